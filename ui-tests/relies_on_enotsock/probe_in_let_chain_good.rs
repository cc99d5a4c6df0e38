//! What the close itself returned decides, and the descriptor is not touched again.

use windows_sys::Win32::Networking::WinSock::{closesocket as close, SOCKET, SOCKET_ERROR};

pub unsafe fn release(slot: &mut Option<SOCKET>) -> bool {
    if let Some(s) = slot.take()
        && close(s) != SOCKET_ERROR
    {
        println!("{s} released");
        return true;
    }
    false
}
