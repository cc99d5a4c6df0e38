//! A datagram socket is connected, sent on and closed: there is no connection to shut down.

use winapi::shared::ws2def::{AF_INET, IPPROTO_UDP, SOCKADDR_IN};
use winapi::um::winsock2::{closesocket, connect, INVALID_SOCKET, send, SOCK_DGRAM, socket};

pub fn syslog(addr: &SOCKADDR_IN, line: &str) -> bool {
    unsafe {
        let s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP as i32);
        if s == INVALID_SOCKET {
            return false;
        }
        let mut sent = false;
        if connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) == 0 {
            sent = send(s, line.as_ptr().cast(), line.len() as i32, 0) == line.len() as i32;
        }
        closesocket(s);
        sent
    }
}
