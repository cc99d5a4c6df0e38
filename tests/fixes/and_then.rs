use std::io;
use std::task::Poll;
use windows_sys::Win32::Foundation::{CloseHandle, GetLastError, HANDLE};
use windows_sys::Win32::Networking::WinSock::*;
fn cvt(r: i32) -> io::Result<i32> {
    if r == SOCKET_ERROR {
        Err(io::Error::last_os_error())
    } else {
        Ok(r)
    }
}
fn opt(r: i32) -> Option<i32> {
    if r == SOCKET_ERROR { None } else { Some(r) }
}

fn new_socket() -> io::Result<SOCKET> {
    let s = unsafe { socket(2, 1, 6) };
    if s == INVALID_SOCKET { Err(io::Error::last_os_error()) } else { Ok(s) }
}
fn open(a: *const SOCKADDR) -> io::Result<SOCKET> {
    new_socket().and_then(|socket| {
        cvt(unsafe { ioctlsocket(socket, FIONBIO, &mut 1) }).map(|_| socket)
    })
}
