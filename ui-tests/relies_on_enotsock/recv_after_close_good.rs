//! The result of closesocket says whether the socket is closed.

use windows_sys::Win32::Networking::WinSock::{closesocket, SD_BOTH, shutdown, SOCKET};

pub unsafe fn close_and_verify(s: SOCKET) -> bool {
    shutdown(s, SD_BOTH);
    closesocket(s) == 0
}
