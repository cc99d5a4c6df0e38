//! The value of the match is kept and compared.

use winapi::um::winsock2::{closesocket, SD_BOTH, shutdown, SOCKET};

pub enum End {
    Close,
    Shutdown,
    Keep,
}

pub fn end(s: SOCKET, how: End) -> bool {
    unsafe {
        let r = match how {
            End::Close => closesocket(s),
            End::Shutdown => shutdown(s, SD_BOTH),
            End::Keep => return false,
        };
        r == 0
    }
}
