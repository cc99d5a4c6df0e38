//! A helper with a harmless name closes its parameter, and the caller sends one more time.

use windows_sys::Win32::Networking::WinSock::{closesocket, SD_BOTH, send, shutdown, SOCKET};

unsafe fn finish(s: SOCKET) {
    shutdown(s, SD_BOTH);
    let _ = closesocket(s);
}

pub unsafe fn reject(s: SOCKET, reason: &[u8]) -> bool {
    finish(s);
    send(s, reason.as_ptr(), reason.len() as i32, 0) >= 0 //~ use_after_close
}
