//! closesocket is the value of a match arm, and the match is a statement.

use winapi::um::winsock2::{closesocket, SD_BOTH, shutdown, SOCKET};

pub enum End {
    Close,
    Shutdown,
    Keep,
}

pub fn end(s: SOCKET, how: End) -> bool {
    unsafe {
        match how {
            End::Close => closesocket(s), //~ unchecked_close
            End::Shutdown => shutdown(s, SD_BOTH),
            End::Keep => return false,
        };
    }
    true
}
