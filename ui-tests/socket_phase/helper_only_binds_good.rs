//! The helper that opens the listener listens.

use windows::Win32::Networking::WinSock::{AF_INET6, IPPROTO_TCP, SOCK_STREAM, SOCKADDR_IN6, SOCKET, WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED, WSAAccept, WSASocketW, bind, closesocket, listen};
use windows::core::{Error, Result};

fn open_listener(port: u16) -> Result<SOCKET> {
    let flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
    let s = unsafe { WSASocketW(AF_INET6.0.into(), SOCK_STREAM.0, IPPROTO_TCP.0, None, 0, flags) }?;
    let any = SOCKADDR_IN6 { sin6_family: AF_INET6, sin6_port: port.to_be(), ..Default::default() };
    let failed = unsafe { bind(s, (&raw const any).cast(), size_of_val(&any) as i32) != 0 || listen(s, 32) != 0 };
    if failed {
        let err = Error::from_thread();
        unsafe { closesocket(s) };
        return Err(err);
    }
    Ok(s)
}

pub fn first_client(port: u16) -> Result<SOCKET> {
    let listener = open_listener(port)?;
    let client = unsafe { WSAAccept(listener, None, None, None, None) };
    unsafe { closesocket(listener) };
    client
}
