//! A stranger is reset before a byte was sent to it; the known client's close is graceful.

use std::mem::zeroed;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, LINGER, send, setsockopt, SO_LINGER, SOCKADDR_IN, SOCKET, SOL_SOCKET};

pub unsafe fn serve(listener: SOCKET, allowed: &[u32], page: &[u8]) {
    loop {
        let mut peer: SOCKADDR_IN = zeroed();
        let mut len = size_of::<SOCKADDR_IN>() as i32;
        let client = accept(listener, (&raw mut peer).cast(), &mut len);
        if client == INVALID_SOCKET {
            return;
        }
        if !allowed.contains(&peer.sin_addr.S_un.S_addr) {
            let refuse = LINGER { l_onoff: 1, ..zeroed() };
            setsockopt(client, SOL_SOCKET, SO_LINGER, (&raw const refuse).cast(), 4);
            closesocket(client);
            continue;
        }
        send(client, page.as_ptr(), page.len() as i32, 0);
        closesocket(client);
    }
}
