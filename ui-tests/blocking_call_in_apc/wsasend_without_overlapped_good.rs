//! winapi: the routine passes the OVERLAPPED that has just come back on to WSASend.

use std::ptr;
use winapi::shared::minwindef::DWORD;
use winapi::shared::ws2def::WSABUF;
use winapi::um::minwinbase::OVERLAPPED;
use winapi::um::winsock2::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSAGetLastError, WSARecv, WSASend};

#[repr(C)]
pub struct Session {
    pub overlapped: OVERLAPPED,
    pub socket: SOCKET,
    pub buf: [u8; 512],
    pub failed: bool,
}

unsafe extern "system" fn acknowledge(error: DWORD, bytes: DWORD, overlapped: *mut OVERLAPPED, _flags: DWORD) {
    let session = overlapped as *mut Session;
    if error != 0 || bytes == 0 {
        (*session).failed = true;
        return;
    }
    let mut data = WSABUF { len: bytes, buf: (&raw mut (*session).buf).cast() };
    let r = WSASend((*session).socket, &mut data, 1, ptr::null_mut(), 0, overlapped, Some(acknowledged));
    (*session).failed = r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING as i32;
}

unsafe extern "system" fn acknowledged(error: DWORD, _bytes: DWORD, overlapped: *mut OVERLAPPED, _flags: DWORD) {
    (*(overlapped as *mut Session)).failed = error != 0;
}

/// `session` must live until its last operation is complete.
pub unsafe fn receive(session: *mut Session) -> Result<(), i32> {
    let mut data = WSABUF { len: 512, buf: (&raw mut (*session).buf).cast() };
    let mut flags = 0;
    let r = WSARecv((*session).socket, &mut data, 1, ptr::null_mut(), &mut flags, &raw mut (*session).overlapped, Some(acknowledge));
    match r {
        SOCKET_ERROR => match WSAGetLastError() {
            code if code == WSA_IO_PENDING as i32 => Ok(()),
            code => Err(code),
        },
        _ => Ok(()),
    }
}
