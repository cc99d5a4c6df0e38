//! The last message goes out before the helper closes.

use windows_sys::Win32::Networking::WinSock::{closesocket, SD_BOTH, send, shutdown, SOCKET};

unsafe fn finish(s: SOCKET) {
    shutdown(s, SD_BOTH);
    let _ = closesocket(s);
}

pub unsafe fn reject(s: SOCKET, reason: &[u8]) -> bool {
    let sent = send(s, reason.as_ptr(), reason.len() as i32, 0) >= 0;
    finish(s);
    sent
}
