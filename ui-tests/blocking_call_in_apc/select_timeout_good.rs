//! The routine asks select for writability with a zero timeout.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{FD_SET, select, SOCKET, TIMEVAL, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecvFrom};
use windows_sys::Win32::System::IO::OVERLAPPED;

const PATIENCE: TIMEVAL = TIMEVAL { tv_sec: 0, tv_usec: 0 };

#[repr(C)]
pub struct Receive {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    buf: [u8; 1500],
    can_answer: Option<bool>,
}

unsafe extern "system" fn received(_error: u32, _bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    unsafe {
        let receive = overlapped.cast::<Receive>();
        let mut set: FD_SET = zeroed();
        set.fd_count = 1;
        set.fd_array[0] = (*receive).socket;
        let n = select(0, null_mut(), &mut set, null_mut(), &PATIENCE);
        (*receive).can_answer = Some(n == 1);
    }
}

pub fn start(receive: *mut Receive) -> bool {
    unsafe {
        let data = WSABUF { len: 1500, buf: (&raw mut (*receive).buf).cast() };
        let mut flags = 0;
        let r = WSARecvFrom((*receive).socket, &data, 1, null_mut(), &mut flags, null_mut(), null_mut(), receive.cast(), Some(received));
        r == 0 || WSAGetLastError() == WSA_IO_PENDING
    }
}
