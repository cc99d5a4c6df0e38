//! Findings at deny are errors at the tokens that a programmer would change.

use socket_lifecycle::socket_lifecycle;
use windows_sys::Win32::Networking::WinSock::*;

#[inline]
#[socket_lifecycle]
/// Opens, or does not.
pub unsafe fn open(addr: *const SOCKADDR, len: i32) -> Result<SOCKET, i32> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return Err(1);
    }
    if unsafe { bind(s, addr, len) } == SOCKET_ERROR {
        return Err(2);
    }
    Ok(s)
}

pub struct Conn<T>(SOCKET, T);

#[socket_lifecycle]
impl<T> Conn<T> {
    pub async fn twice(self) {
        unsafe { closesocket(self.0) };
        unsafe { closesocket(self.0) };
    }
}

#[socket_lifecycle]
mod inline {
    use super::*;

    pub fn after(s: SOCKET) {
        unsafe {
            closesocket(s);
            shutdown(s, SD_SEND);
        }
    }
}

fn main() {}
