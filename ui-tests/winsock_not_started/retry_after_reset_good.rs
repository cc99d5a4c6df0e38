//! The retry resets Winsock by WSACleanup and starts it again.

use winapi::shared::ws2def::{AF_INET6, SOCK_STREAM};
use winapi::um::winsock2::*;

/// Winsock stays started for the caller that gets the socket.
pub unsafe fn open_with_reset() -> Option<SOCKET> {
    let mut data: WSADATA = std::mem::zeroed();
    if WSAStartup(0x202, &mut data) != 0 {
        return None;
    }
    let first = socket(AF_INET6, SOCK_STREAM, 0);
    if first != INVALID_SOCKET {
        return Some(first);
    }
    WSACleanup();
    if WSAStartup(0x202, &mut data) != 0 {
        return None;
    }
    match socket(AF_INET6, SOCK_STREAM, 0) {
        INVALID_SOCKET => None,
        second => Some(second),
    }
}
