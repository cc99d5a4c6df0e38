//! A socket closed half-way keeps its old number in the variable that the common cleanup looks at.

mod net {
    pub use windows_sys::Win32::Networking::WinSock::{
        AF_INET, AF_INET6, INVALID_SOCKET, SOCK_DGRAM, SOCKADDR_IN, SOCKET, closesocket as close,
    };
    use windows_sys::Win32::Networking::WinSock::{self as ws, SOCKADDR};

    pub fn open(family: u16) -> SOCKET {
        unsafe { ws::socket(family as i32, SOCK_DGRAM, 0) }
    }

    pub fn connect(s: SOCKET, addr: &SOCKADDR_IN) -> bool {
        let name = addr as *const SOCKADDR_IN as *const SOCKADDR;
        unsafe { ws::connect(s, name, size_of::<SOCKADDR_IN>() as i32) == 0 }
    }

    pub fn send(s: SOCKET, data: &[u8]) -> bool {
        unsafe { ws::send(s, data.as_ptr(), data.len() as i32, 0) == data.len() as i32 }
    }
}

use net::{INVALID_SOCKET, SOCKET};

/// Sends `data` from two sources to the collector; both sockets are gone afterwards.
pub fn report(collector: &net::SOCKADDR_IN, data: [&[u8]; 2]) -> bool {
    let mut first: SOCKET = INVALID_SOCKET;
    let mut second: SOCKET = INVALID_SOCKET;
    let mut done = false;

    'cleanup: {
        first = net::open(net::AF_INET);
        if first == INVALID_SOCKET || !net::connect(first, collector) {
            break 'cleanup;
        }
        if !net::send(first, data[0]) {
            break 'cleanup;
        }
        unsafe { net::close(first) };

        second = net::open(net::AF_INET);
        if second == INVALID_SOCKET || !net::connect(second, collector) {
            break 'cleanup;
        }
        done = net::send(second, data[1]);
    }

    if first != INVALID_SOCKET {
        unsafe { net::close(first) }; //~ double_close
    }
    if second != INVALID_SOCKET {
        unsafe { net::close(second) };
    }
    done
}
