//! winapi: the socket's variable is declared before the guard, and so outlives it.

use winapi::shared::ws2def::{AF_INET, SOCK_DGRAM};
use winapi::um::winsock2 as ws;

struct Started;

impl Started {
    fn new() -> Option<Started> {
        let mut data: ws::WSADATA = unsafe { std::mem::zeroed() };
        (unsafe { ws::WSAStartup(0x202, &mut data) } == 0).then(|| Started)
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        unsafe { ws::WSACleanup() }; //~ cleanup_with_open_socket
    }
}

struct Owned(ws::SOCKET);

impl Drop for Owned {
    fn drop(&mut self) {
        unsafe { ws::closesocket(self.0) }; //~ winsock_not_started
    }
}

pub fn receive_buffer() -> Option<i32> {
    let socket;
    let _started = Started::new()?;
    let s = unsafe { ws::socket(AF_INET, SOCK_DGRAM, 0) };
    if s == ws::INVALID_SOCKET {
        return None;
    }
    socket = Owned(s);
    let (mut size, mut len) = (0i32, 4i32);
    let res = unsafe { ws::getsockopt(socket.0, ws::SOL_SOCKET, ws::SO_RCVBUF, (&raw mut size).cast(), &mut len) };
    (res == 0).then_some(size)
}
