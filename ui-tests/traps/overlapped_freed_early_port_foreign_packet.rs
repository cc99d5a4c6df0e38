//! A synchronous read over a shared port dequeues until the packet is its own.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::{GetQueuedCompletionStatus, OVERLAPPED};

pub struct Port(pub HANDLE);

pub struct Packet {
    pub key: usize,
    pub bytes: u32,
    pub overlapped: *mut OVERLAPPED,
}

impl Port {
    fn next(&self) -> Packet {
        let mut p = Packet { key: 0, bytes: 0, overlapped: std::ptr::null_mut() };
        unsafe { GetQueuedCompletionStatus(self.0, &mut p.bytes, &mut p.key, &mut p.overlapped, u32::MAX) };
        p
    }
}

/// Reads once; packets of other operations go to `other`.
pub fn read(port: &Port, s: SOCKET, buf: &mut [u8], other: &mut Vec<Packet>) -> io::Result<u32> {
    let mut overlapped: OVERLAPPED = unsafe { std::mem::zeroed() };
    let wsabuf = WSABUF { len: buf.len() as u32, buf: buf.as_mut_ptr() };
    let mut flags = 0;
    if unsafe { WSARecv(s, &wsabuf, 1, std::ptr::null_mut(), &mut flags, &mut overlapped, None) } != 0 {
        let code = unsafe { WSAGetLastError() };
        if code != WSA_IO_PENDING {
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    loop {
        let packet = port.next();
        if packet.overlapped == &raw mut overlapped {
            return Ok(packet.bytes);
        }
        other.push(packet);
    }
}
