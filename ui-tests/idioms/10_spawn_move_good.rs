//! `spawn(move || ..)`: the thread owns the client and closes it on each exit.

use std::thread;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, recv, send, SOCKET, SOCKET_ERROR};

pub fn serve(listener: SOCKET) {
    loop {
        let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if s == INVALID_SOCKET {
            break;
        }
        thread::spawn(move || {
            let mut buf = [0u8; 512];
            loop {
                let n = unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) };
                if n <= 0 {
                    break;
                }
                if unsafe { send(s, buf.as_ptr(), n, 0) } == SOCKET_ERROR {
                    break;
                }
            }
            unsafe { closesocket(s) };
        });
    }
}
