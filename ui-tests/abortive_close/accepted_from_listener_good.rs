//! The listener does not linger, and so the clients' closes are graceful.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, LINGER, send, setsockopt, SO_LINGER, SOCKET, SOL_SOCKET};

pub unsafe fn serve_time(listener: SOCKET, stop: &AtomicBool) {
    let linger = LINGER { l_onoff: 0, l_linger: 0 };
    if setsockopt(listener, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4) != 0 {
        return;
    }
    while !stop.load(Ordering::Relaxed) {
        let client = accept(listener, null_mut(), null_mut());
        if client == INVALID_SOCKET {
            continue;
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        let now = now.to_be_bytes();
        send(client, now.as_ptr(), now.len() as i32, 0);
        closesocket(client);
    }
}
