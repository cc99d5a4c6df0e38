//! Sockets to test with, on whichever Winsock is underneath.
#![allow(dead_code, reason = "each test file uses what it needs")]

pub mod random;

use std::net::SocketAddr;

use socket_lifecycle::{Family, Socket};

pub const LOOPBACK: ([u8; 4], u16) = ([127, 0, 0, 1], 0);

pub fn listener() -> Socket {
    let listener = Socket::stream(Family::V4).expect("socket");
    listener.bind(LOOPBACK.into()).expect("bind");
    listener.listen(4).expect("listen");
    listener
}

/// Two ends of a connection.
pub fn pair() -> (Socket, Socket) {
    let listener = listener();
    let near = Socket::stream(Family::V4).expect("socket");
    near.connect(listener.local_addr().expect("name"))
        .expect("connect");
    let (far, addr) = listener.accept().expect("accept");
    assert_eq!(near.local_addr(), Ok(addr));
    assert_eq!(near.peer_addr(), far.local_addr());
    (near, far)
}

/// A bound datagram socket and its address.
pub fn datagram() -> (Socket, SocketAddr) {
    let socket = Socket::datagram(Family::V4).expect("socket");
    socket.bind(LOOPBACK.into()).expect("bind");
    let addr = socket.local_addr().expect("name");
    (socket, addr)
}

/// Whether this is Wine, whose Winsock differs here and there. Each difference stands beside its test.
pub fn on_wine() -> bool {
    #[cfg(windows)]
    {
        use windows_sys::Win32::System::LibraryLoader::{GetModuleHandleA, GetProcAddress};
        // SAFETY: the names end with a zero.
        unsafe {
            let ntdll = GetModuleHandleA(c"ntdll.dll".as_ptr().cast());
            GetProcAddress(ntdll, c"wine_get_version".as_ptr().cast()).is_some()
        }
    }
    #[cfg(not(windows))]
    false
}
