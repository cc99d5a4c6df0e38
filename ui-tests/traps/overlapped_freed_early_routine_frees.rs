//! The completion routine takes the box over and frees it.

use std::io;
use std::sync::mpsc::Sender;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
struct Read {
    overlapped: OVERLAPPED,
    data: Vec<u8>,
    to: Sender<io::Result<Vec<u8>>>,
}

unsafe extern "system" fn done(error: u32, bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    let mut read = unsafe { Box::from_raw(overlapped.cast::<Read>()) };
    let result = match error {
        0 => {
            read.data.truncate(bytes as usize);
            Ok(std::mem::take(&mut read.data))
        }
        code => Err(io::Error::from_raw_os_error(code as i32)),
    };
    let _ = read.to.send(result);
}

/// The caller goes into an alertable wait afterwards.
pub fn read(s: SOCKET, to: Sender<io::Result<Vec<u8>>>) {
    let read = Box::leak(Box::new(Read { overlapped: OVERLAPPED::default(), data: vec![0; 8192], to }));
    let wsabuf = WSABUF { len: 8192, buf: read.data.as_mut_ptr() };
    let mut flags = 0;
    let rc = unsafe { WSARecv(s, &wsabuf, 1, std::ptr::null_mut(), &mut flags, (&raw mut *read).cast(), Some(done)) };
    if rc == SOCKET_ERROR {
        let code = unsafe { WSAGetLastError() };
        if code != WSA_IO_PENDING {
            let read = unsafe { Box::from_raw(read) };
            let _ = read.to.send(Err(io::Error::from_raw_os_error(code)));
        }
    }
}
