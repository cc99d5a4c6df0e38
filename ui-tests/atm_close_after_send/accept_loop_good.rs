//! Each client accepted from an ATM listener is read until it closes, and then closed.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{accept, AF_ATM, ATMPROTO_AAL5, bind, closesocket, INVALID_SOCKET, listen, recv, send, SOCK_RAW, SOCKADDR, SOCKET, socket};

fn listener(addr: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    unsafe {
        let s = socket(AF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32);
        if s == INVALID_SOCKET {
            return None;
        }
        if bind(s, addr, len) != 0 || listen(s, 1) != 0 {
            closesocket(s);
            return None;
        }
        Some(s)
    }
}

pub fn serve(addr: *const SOCKADDR, len: i32, lines: &[String]) {
    let Some(l) = listener(addr, len) else { return };
    for line in lines {
        let client = unsafe { accept(l, null_mut(), null_mut()) };
        if client == INVALID_SOCKET {
            continue;
        }
        unsafe {
            send(client, line.as_ptr(), line.len() as i32, 0);
            let mut rest = [0u8; 48];
            while recv(client, rest.as_mut_ptr(), 48, 0) > 0 {}
            closesocket(client);
        }
    }
    unsafe { closesocket(l) };
}
