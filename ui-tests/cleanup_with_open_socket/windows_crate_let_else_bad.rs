//! windows crate: the else block of let-else cleans up and leaves the socket open.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, HRESULT, Result};

fn bound_port(s: SOCKET) -> Option<u16> {
    let mut addr = SOCKADDR_IN::default();
    let mut len = size_of::<SOCKADDR_IN>() as i32;
    let res = unsafe { getsockname(s, (&raw mut addr).cast(), &mut len) };
    (res == 0).then(|| u16::from_be(addr.sin_port))
}

pub fn ephemeral_port() -> Result<u16> {
    let mut data = WSADATA::default();
    let code = unsafe { WSAStartup(0x0202, &mut data) };
    if code != 0 {
        return Err(Error::from_hresult(HRESULT::from_win32(code as u32)));
    }
    let s = match unsafe { socket(AF_INET.0.into(), SOCK_DGRAM, IPPROTO_UDP.0) } {
        Ok(s) => s,
        Err(err) => {
            unsafe { WSACleanup() };
            return Err(err);
        }
    };
    let any = SOCKADDR_IN { sin_family: AF_INET, ..Default::default() };
    let bound = unsafe { bind(s, (&raw const any).cast(), size_of::<SOCKADDR_IN>() as i32) } == 0;
    let Some(port) = bound.then(|| bound_port(s)).flatten() else {
        let code = unsafe { WSAGetLastError() };
        unsafe { WSACleanup() }; //~ cleanup_with_open_socket
        return Err(Error::from_hresult(HRESULT::from_win32(code.0 as u32)));
    };
    unsafe { closesocket(s) };
    unsafe { WSACleanup() };
    Ok(port)
}
