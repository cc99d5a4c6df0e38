//! `borrows`: kept.

use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, closesocket, send};

use socket_lifecycle::socket_lifecycle;

#[socket_lifecycle(borrows(s))]
pub fn say(s: SOCKET, text: &[u8]) -> bool {
    match unsafe { send(s, text.as_ptr(), text.len() as i32, 0) } {
        SOCKET_ERROR => {
            false
        }
        _ => true,
    }
}
