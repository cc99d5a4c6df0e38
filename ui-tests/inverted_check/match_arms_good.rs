//! 0 is the arm that worked.

use std::io;
use winapi::um::winsock2::{listen, SOCKET, SOMAXCONN};

pub fn start(s: SOCKET) -> io::Result<()> {
    match unsafe { listen(s, SOMAXCONN) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}
