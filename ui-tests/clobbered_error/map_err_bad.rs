//! `map_err` closes the socket, and only then asks for the code.

use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR_IN, SOCKET, SOCKET_ERROR, WSA_FLAG_OVERLAPPED, WSAGetLastError, WSASocketW};

fn check(r: i32) -> Result<(), ()> {
    if r == SOCKET_ERROR { Err(()) } else { Ok(()) }
}

pub fn udp(addr: &SOCKADDR_IN) -> Result<SOCKET, i32> {
    unsafe {
        let s = WSASocketW(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED);
        if s == INVALID_SOCKET {
            return Err(WSAGetLastError());
        }
        let len = size_of::<SOCKADDR_IN>() as i32;
        check(bind(s, (addr as *const SOCKADDR_IN).cast(), len)).map_err(|()| {
            closesocket(s);
            WSAGetLastError() //~ clobbered_error
        })?;
        Ok(s)
    }
}
