//! SO_DONTLINGER is read into a variable that starts as 0; nothing is set.

use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn default_is_dont_linger() -> Option<bool> {
    let s = socket(AF_INET as i32, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return None;
    }
    let mut dont = 0i32;
    let mut len = 4;
    let r = getsockopt(s, SOL_SOCKET, SO_DONTLINGER, (&raw mut dont).cast(), &mut len);
    closesocket(s);
    (r == 0).then_some(dont != 0)
}
