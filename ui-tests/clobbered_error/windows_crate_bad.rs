//! The `windows` crate: the code is asked for after `closesocket`.

use std::io;
use windows::Win32::Networking::WinSock::*;

pub fn listen_on(addr: &SOCKADDR_IN6) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET6.0.into(), SOCK_STREAM, IPPROTO_TCP.0) }?;
    let len = size_of::<SOCKADDR_IN6>() as i32;
    let failed = unsafe {
        bind(s, (addr as *const SOCKADDR_IN6).cast(), len) == SOCKET_ERROR || listen(s, 128) == SOCKET_ERROR
    };
    if failed {
        unsafe { closesocket(s) };
        let code = unsafe { WSAGetLastError() }; //~ clobbered_error
        return Err(io::Error::from_raw_os_error(code.0));
    }
    Ok(s)
}
