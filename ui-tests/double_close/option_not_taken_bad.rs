//! The shutdown path closes the Option's socket but leaves it in place, and the restart path closes it again.

use windows_sys::Win32::Networking::WinSock::{closesocket, SD_SEND, shutdown, SOCKET};

pub unsafe fn restart(mut slot: Option<SOCKET>, graceful: bool) {
    if graceful {
        if let Some(s) = slot {
            shutdown(s, SD_SEND);
            closesocket(s);
        }
    }
    if let Some(s) = slot.take() {
        closesocket(s); //~ double_close
    }
}
