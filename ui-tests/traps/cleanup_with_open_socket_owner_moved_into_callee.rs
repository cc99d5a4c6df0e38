//! The owner is moved into a function and dropped there, long before the guard.

use winapi::shared::ws2def::{AF_INET6, SOCK_STREAM};
use winapi::um::winsock2::{INVALID_SOCKET, SO_KEEPALIVE, SOCKET, SOL_SOCKET, WSACleanup, WSADATA, WSAStartup, closesocket, setsockopt, socket};

struct Owner(SOCKET);

impl Drop for Owner {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

struct Winsock;

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

fn takes_keepalive(owner: Owner) -> bool {
    let on = 1i32;
    unsafe { setsockopt(owner.0, SOL_SOCKET, SO_KEEPALIVE, (&raw const on).cast(), 4) == 0 }
}

pub fn keepalive_works() -> Option<bool> {
    let owner;
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    if unsafe { WSAStartup(0x202, &mut data) } != 0 {
        return None;
    }
    let _winsock = Winsock;
    let s = unsafe { socket(AF_INET6, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return None;
    }
    // Declared before the guard, but empty again when the guard is dropped.
    owner = Owner(s);
    Some(takes_keepalive(owner))
}
