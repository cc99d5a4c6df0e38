//! Without an OVERLAPPED the call is complete when it returns.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSABUF, WSAIoctl, WSARecv, WSASend};
use windows_sys::Win32::Networking::WinSock::{LPFN_CONNECTEX, SIO_GET_EXTENSION_FUNCTION_POINTER, WSAID_CONNECTEX};

pub fn echo(s: SOCKET) -> io::Result<u32> {
    let mut buf = [0u8; 1024];
    let mut data = WSABUF { len: 1024, buf: buf.as_mut_ptr() };
    let (mut n, mut flags) = (0, 0);
    if unsafe { WSARecv(s, &data, 1, &mut n, &mut flags, null_mut(), None) } == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    data.len = n;
    if unsafe { WSASend(s, &data, 1, &mut n, 0, null_mut(), None) } == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    Ok(n)
}

pub fn connect_ex(s: SOCKET) -> LPFN_CONNECTEX {
    let id = WSAID_CONNECTEX;
    let mut f: LPFN_CONNECTEX = None;
    let mut n = 0;
    let code = SIO_GET_EXTENSION_FUNCTION_POINTER;
    unsafe { WSAIoctl(s, code, (&raw const id).cast(), 16, (&raw mut f).cast(), 8, &mut n, null_mut(), None) };
    f
}
