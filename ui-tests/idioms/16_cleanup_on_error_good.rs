//! The error path closes before WSACleanup.

use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR_IN, SOCKET, socket, WSACleanup, WSADATA, WSAGetLastError, WSAStartup};

pub fn with_winsock(addr: &SOCKADDR_IN, run: fn(SOCKET)) -> Result<(), i32> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let res = unsafe { WSAStartup(0x202, &mut data) };
    if res != 0 {
        return Err(res);
    }
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        let code = unsafe { WSAGetLastError() };
        unsafe { WSACleanup() };
        return Err(code);
    }
    if unsafe { bind(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN>() as i32) } != 0 {
        let code = unsafe { WSAGetLastError() };
        unsafe { closesocket(s) };
        unsafe { WSACleanup() };
        return Err(code);
    }
    // `run` owns the socket and closes it.
    run(s);
    unsafe { WSACleanup() };
    Ok(())
}
