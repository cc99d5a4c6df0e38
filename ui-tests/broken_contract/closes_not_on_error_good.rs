//! `closes`: kept.

use windows_sys::Win32::Networking::WinSock::{SD_SEND, SOCKET, SOCKET_ERROR, closesocket, shutdown};

use socket_lifecycle::socket_lifecycle;

#[socket_lifecycle(closes(s))]
pub fn hang_up(s: SOCKET) -> Result<(), i32> {
    if unsafe { shutdown(s, SD_SEND) } == SOCKET_ERROR {
        unsafe { closesocket(s) };
        return Err(1);
    }
    if unsafe { closesocket(s) } == SOCKET_ERROR {
        return Err(2);
    }
    Ok(())
}
