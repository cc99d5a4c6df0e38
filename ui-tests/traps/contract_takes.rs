//! What is taken is somebody else's to close.

use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, SOCKET, SOCK_STREAM, socket};
use socket_lifecycle::socket_lifecycle;

pub trait Registry {
    #[socket_lifecycle(takes(s))]
    fn register(&self, s: SOCKET);
}

pub fn open(registry: &dyn Registry) -> bool {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return false;
    }
    registry.register(s);
    true
}
