//! An own type with a method that starts a receive; its Drop waits for it.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::*;
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

struct Probe {
    socket: SOCKET,
    overlapped: Box<OVERLAPPED>,
    byte: Box<u8>,
    started: bool,
}

impl Probe {
    fn start(&mut self) -> bool {
        let data = WSABUF { len: 1, buf: &mut *self.byte };
        let mut flags = MSG_PEEK as u32;
        let r = unsafe { WSARecv(self.socket, &data, 1, null_mut(), &mut flags, &mut *self.overlapped, None) };
        self.started = r == 0 || unsafe { WSAGetLastError() } == WSA_IO_PENDING;
        self.started
    }

    fn result(&self, wait: i32) -> bool {
        let (mut n, mut flags) = (0, 0);
        unsafe { WSAGetOverlappedResult(self.socket, &*self.overlapped, &mut n, wait, &mut flags) != 0 }
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        if self.started {
            unsafe { CancelIoEx(self.socket as _, &*self.overlapped) };
            self.result(1);
        }
    }
}

/// Is there something to read within about a second?
pub fn readable(socket: SOCKET) -> bool {
    let mut probe = Probe { socket, overlapped: Box::default(), byte: Box::new(0), started: false };
    probe.start() && (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        probe.result(0)
    })
}
