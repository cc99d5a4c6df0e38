//! The operation is waited for before its field is set to None.

use windows::Win32::Foundation::HANDLE;
use windows::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows::Win32::System::IO::{CancelIoEx, GetOverlappedResult, OVERLAPPED};
use windows::core::PSTR;

struct Op {
    overlapped: OVERLAPPED,
    bytes: [u8; 1024],
}

pub struct Session {
    s: SOCKET,
    reading: Option<Box<Op>>,
}

impl Session {
    pub fn read(&mut self, on_bytes: fn(&[u8]) -> bool) {
        let op = self.reading.insert(Box::new(Op { overlapped: OVERLAPPED::default(), bytes: [0; 1024] }));
        let data = [WSABUF { len: 1024, buf: PSTR(op.bytes.as_mut_ptr()) }];
        let r = unsafe { WSARecv(self.s, &data, None, &mut 0, Some(&raw mut op.overlapped), None) };
        if r == 0 || unsafe { WSAGetLastError() } == WSA_IO_PENDING {
            let file = HANDLE(self.s.0 as *mut _);
            if !on_bytes(b"reading") {
                let _ = unsafe { CancelIoEx(file, Some(&op.overlapped)) };
            }
            let mut n = 0;
            if unsafe { GetOverlappedResult(file, &op.overlapped, &mut n, true) }.is_ok() {
                on_bytes(&op.bytes[..n as usize]);
            }
        }
        self.reading = None;
    }
}
