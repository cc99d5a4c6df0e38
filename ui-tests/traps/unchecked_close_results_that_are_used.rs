//! The result of closesocket is asserted, stored in a field, handed to a function, and given to the caller.

use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};

#[derive(Default)]
pub struct Log {
    last: i32,
    failures: u32,
}

impl Log {
    fn note(&mut self, r: i32) {
        self.failures += (r != 0) as u32;
    }

    pub fn close_three(&mut self, sockets: [SOCKET; 3]) -> i32 {
        unsafe {
            assert_eq!(closesocket(sockets[0]), 0, "close");
            self.last = closesocket(sockets[1]);
            self.note(closesocket(sockets[2]));
        }
        self.last
    }
}

pub unsafe fn close(s: SOCKET) -> i32 {
    closesocket(s)
}

pub fn close_all(sockets: Vec<SOCKET>) -> bool {
    sockets.into_iter().map(|s| unsafe { close(s) }).fold(true, |ok, r| ok && r == 0)
}
