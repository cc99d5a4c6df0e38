//! Of the two failure exits of init only one takes the start back; the caller never learns of the other start.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, SIO_GET_EXTENSION_FUNCTION_POINTER, SOCK_STREAM, WSACleanup, WSADATA, WSAID_ACCEPTEX,
    WSAIoctl, WSAStartup, closesocket, socket,
};

/// What the rest of the program needs to know; Winsock is started while it has one.
pub struct Stack {
    pub version: u16,
    pub accept_ex: usize,
}

pub fn init() -> io::Result<Stack> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    match unsafe { WSAStartup(0x0202, &mut data) } { //~ unbalanced_startup
        0 => {}
        code => return Err(io::Error::from_raw_os_error(code)),
    }
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        let e = io::Error::last_os_error();
        unsafe { WSACleanup() };
        return Err(e);
    }
    let guid = WSAID_ACCEPTEX;
    let (mut accept_ex, mut len) = (0usize, 0u32);
    let res = unsafe {
        WSAIoctl(
            s,
            SIO_GET_EXTENSION_FUNCTION_POINTER,
            (&raw const guid).cast(),
            size_of_val(&guid) as u32,
            (&raw mut accept_ex).cast(),
            size_of::<usize>() as u32,
            &mut len,
            std::ptr::null_mut(),
            None,
        )
    };
    if res != 0 {
        let e = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(e);
    }
    unsafe { closesocket(s) };
    Ok(Stack { version: data.wVersion, accept_ex })
}
