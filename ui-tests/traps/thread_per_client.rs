//! Each client's thread closes it; a client that is turned away is closed here.

use std::ptr;
use std::thread;
use winapi::um::winsock2::{INVALID_SOCKET, SOCKET, WSAECONNRESET, WSAGetLastError, accept, closesocket, recv, send};

fn handle(client: SOCKET) {
    let mut buf = [0u8; 256];
    loop {
        let n = unsafe { recv(client, buf.as_mut_ptr().cast(), buf.len() as i32, 0) };
        if n <= 0 || unsafe { send(client, buf.as_ptr().cast(), n, 0) } != n {
            break;
        }
    }
    unsafe { closesocket(client) };
}

pub fn serve(listener: SOCKET, limit: usize) -> i32 {
    let mut threads = Vec::new();
    loop {
        let client = unsafe { accept(listener, ptr::null_mut(), ptr::null_mut()) };
        if client == INVALID_SOCKET {
            match unsafe { WSAGetLastError() } {
                WSAECONNRESET => continue,
                code => return code,
            }
        }
        if threads.len() >= limit {
            unsafe { closesocket(client) };
            continue;
        }
        threads.push(thread::spawn(move || handle(client)));
    }
}
