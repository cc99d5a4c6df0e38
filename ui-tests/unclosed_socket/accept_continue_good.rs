//! The rejected client is closed before the next round.

use std::ptr;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, send, SOCKADDR_IN, SOCKET};

unsafe fn serve(listener: SOCKET, allowed: fn(&SOCKADDR_IN) -> bool) {
    loop {
        let mut from: SOCKADDR_IN = std::mem::zeroed();
        let mut len = std::mem::size_of::<SOCKADDR_IN>() as i32;
        let client = accept(listener, ptr::addr_of_mut!(from).cast(), &mut len);
        if client == INVALID_SOCKET {
            break;
        }
        if !allowed(&from) {
            closesocket(client);
            continue;
        }
        send(client, b"welcome\n".as_ptr(), 8, 0);
        closesocket(client);
    }
}
