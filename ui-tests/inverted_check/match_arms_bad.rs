//! The arms of the match are the wrong way round.

use std::io;
use winapi::um::winsock2::{listen, SOCKET, SOMAXCONN};

pub fn start(s: SOCKET) -> io::Result<()> {
    match unsafe { listen(s, SOMAXCONN) } {
        0 => Err(io::Error::last_os_error()), //~ inverted_check
        _ => Ok(()),
    }
}
