//! WSAStartup succeeds with an old version and the function leaves without WSACleanup.

use winapi::shared::minwindef::{HIBYTE, LOBYTE, MAKEWORD};
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM};
use winapi::um::winsock2::{INVALID_SOCKET, WSACleanup, WSADATA, WSAStartup, closesocket, socket};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Support {
    None,
    TooOld,
    NoTcp,
    Full,
}

pub unsafe fn support() -> Support {
    let mut data: WSADATA = std::mem::zeroed();
    if WSAStartup(MAKEWORD(2, 2), &raw mut data) != 0 { //~ unbalanced_startup
        return Support::None;
    }
    if LOBYTE(data.wVersion) != 2 || HIBYTE(data.wVersion) != 2 {
        return Support::TooOld;
    }
    let s = socket(AF_INET, SOCK_STREAM, 0);
    let found = if s == INVALID_SOCKET { Support::NoTcp } else { Support::Full };
    if found == Support::Full {
        closesocket(s);
    }
    WSACleanup();
    found
}
