//! The option is set before the `!= INVALID_SOCKET`.

use winapi::um::winsock2::{INVALID_SOCKET, SOCKET, SOCK_STREAM, SOL_SOCKET, SO_KEEPALIVE, setsockopt, socket};
use winapi::shared::ws2def::AF_INET;

pub fn keepalive() -> Option<SOCKET> {
    let on = 1i32;
    unsafe {
        let s = socket(AF_INET, SOCK_STREAM, 0);
        setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (&raw const on).cast(), 4); //~ unchecked_socket
        if s != INVALID_SOCKET {
            return Some(s);
        }
    }
    None
}
