//! usize::MAX is INVALID_SOCKET at every width.

use winapi::shared::ws2def::{AF_INET, SOCK_DGRAM};
use winapi::um::winsock2::{socket, SOCKET};

pub fn datagram() -> Result<SOCKET, String> {
    let s = unsafe { socket(AF_INET, SOCK_DGRAM, 0) };
    if s == usize::MAX as SOCKET {
        return Err(std::io::Error::last_os_error().to_string());
    }
    Ok(s)
}
