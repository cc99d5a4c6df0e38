//! u32::MAX as usize is not INVALID_SOCKET where a SOCKET has 64 bits.

use winapi::shared::ws2def::{AF_INET, SOCK_DGRAM};
use winapi::um::winsock2::{socket, SOCKET};

pub fn datagram() -> Result<SOCKET, String> {
    let s = unsafe { socket(AF_INET, SOCK_DGRAM, 0) };
    if s == u32::MAX as SOCKET { //~ wrong_sentinel
        return Err(std::io::Error::last_os_error().to_string());
    }
    Ok(s)
}
