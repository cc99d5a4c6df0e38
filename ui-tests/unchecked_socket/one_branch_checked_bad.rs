//! The IPv6 branch checks its socket, the IPv4 branch does not.

use winapi::shared::ws2def::{AF_INET, AF_INET6, SOCKADDR, SOCK_DGRAM};
use winapi::um::winsock2::{bind, closesocket, socket, INVALID_SOCKET, SOCKET};

pub unsafe fn open(addr: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    let s = if (*addr).sa_family as i32 == AF_INET6 {
        let v6 = socket(AF_INET6, SOCK_DGRAM, 0);
        if v6 == INVALID_SOCKET {
            return None;
        }
        v6
    } else {
        socket(AF_INET, SOCK_DGRAM, 0)
    };
    if bind(s, addr, len) != 0 { //~ unchecked_socket
        closesocket(s);
        return None;
    }
    Some(s)
}
