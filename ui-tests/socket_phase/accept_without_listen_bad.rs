//! accept on a socket that was bound and never put in the listening state.

use std::io;
use std::ptr;
use windows_sys::Win32::Networking::WinSock::{accept, AF_INET, bind, closesocket, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR};

pub fn wait_for_peer(addr: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let listener = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if listener == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { bind(listener, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(listener) };
        return Err(err);
    }
    let peer = unsafe { accept(listener, ptr::null_mut(), ptr::null_mut()) }; //~ socket_phase
    let result = if peer == INVALID_SOCKET { Err(io::Error::last_os_error()) } else { Ok(peer) };
    unsafe { closesocket(listener) };
    result
}
