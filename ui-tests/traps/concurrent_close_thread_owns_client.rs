//! Each client thread closes its own accepted socket; the accepting thread closes only the listener, which no other thread uses.

use std::thread;
use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, SOCKET, accept, closesocket, recv, send};

fn echo(s: SOCKET) {
    let mut buf = [0u8; 1024];
    loop {
        let n = unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) };
        if n <= 0 || unsafe { send(s, buf.as_ptr(), n, 0) } != n {
            break;
        }
    }
}

/// Takes over a listening socket and serves `max` clients.
pub fn serve(listener: SOCKET, max: usize) -> usize {
    let mut served = 0;
    while served < max {
        let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if s == INVALID_SOCKET {
            break;
        }
        let started = thread::Builder::new().spawn(move || {
            echo(s);
            unsafe { closesocket(s) };
        });
        if started.is_err() {
            unsafe { closesocket(s) };
            break;
        }
        served += 1;
    }
    unsafe { closesocket(listener) };
    served
}
