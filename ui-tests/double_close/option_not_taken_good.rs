//! `take` empties the Option, so that the restart path finds nothing to close.

use windows_sys::Win32::Networking::WinSock::{closesocket, SD_SEND, shutdown, SOCKET};

pub unsafe fn restart(mut slot: Option<SOCKET>, graceful: bool) {
    if graceful {
        if let Some(s) = slot.take() {
            shutdown(s, SD_SEND);
            closesocket(s);
        }
    }
    if let Some(s) = slot.take() {
        closesocket(s);
    }
}
