//! The project's own bindings define the invalid descriptor as 32 bits of ones; the real one has 64.

mod winsock {
    pub type Socket = usize;
    pub const BAD_SOCKET: Socket = 0xffff_ffff;

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn accept(s: Socket, addr: *mut u8, len: *mut i32) -> Socket;
        pub fn recv(s: Socket, buf: *mut u8, len: i32, flags: i32) -> i32;
        pub fn closesocket(s: Socket) -> i32;
        pub fn WSAGetLastError() -> i32;
    }
}

use winsock::{BAD_SOCKET, Socket, accept, closesocket, recv};

pub trait Sink {
    fn line(&mut self, text: &[u8]);
}

/// Reads one message of each client until accept fails; returns its code.
pub fn collect(listener: Socket, sink: &mut dyn Sink) -> i32 {
    loop {
        let conn = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if conn == BAD_SOCKET { //~ wrong_sentinel
            return unsafe { winsock::WSAGetLastError() };
        }
        let mut buf = [0u8; 1024];
        let n = unsafe { recv(conn, buf.as_mut_ptr(), buf.len() as i32, 0) };
        if n > 0 {
            sink.line(&buf[..n as usize]);
        }
        unsafe { closesocket(conn) };
    }
}
