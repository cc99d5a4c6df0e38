//! Only the common end closes.

use winapi::shared::minwindef::TRUE;
use winapi::um::winsock2 as wsa;

pub unsafe fn announce(message: &[u8], to: *const winapi::shared::ws2def::SOCKADDR, len: i32) -> bool {
    let s = wsa::socket(2, wsa::SOCK_DGRAM, 0);
    if s == wsa::INVALID_SOCKET {
        return false;
    }
    let mut ok = true;
    let yes = TRUE;
    if wsa::setsockopt(s, wsa::SOL_SOCKET, wsa::SO_BROADCAST, (&raw const yes).cast(), 4) != 0 {
        ok = false;
    } else if wsa::sendto(s, message.as_ptr().cast(), message.len() as i32, 0, to, len) < 0 {
        ok = false;
    }
    wsa::closesocket(s);
    ok
}
