//! Boxes of pending operations move through a Vec that grows, a map and a struct; what they hold does not.

use std::collections::HashMap;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAEALREADY, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub struct Op {
    overlapped: OVERLAPPED,
    bytes: Vec<u8>,
}

pub struct Tables {
    order: Vec<SOCKET>,
    /// Entries are removed when the port has returned their operation.
    running: HashMap<SOCKET, Box<Op>>,
}

unsafe fn start(s: SOCKET, mut op: Box<Op>) -> Result<Box<Op>, i32> {
    let data = WSABUF { len: op.bytes.len() as u32, buf: op.bytes.as_mut_ptr() };
    let mut flags = 0;
    if WSARecv(s, &data, 1, null_mut(), &mut flags, &mut op.overlapped, None) != 0 {
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            return Err(code);
        }
    }
    Ok(op)
}

impl Tables {
    pub unsafe fn run(&mut self, s: SOCKET) -> Result<(), i32> {
        if self.running.contains_key(&s) {
            return Err(WSAEALREADY);
        }
        let op = Box::new(Op { overlapped: OVERLAPPED::default(), bytes: vec![0; 256] });
        let started = start(s, op)?;
        self.order.push(s);
        self.running.insert(s, started);
        Ok(())
    }
}
