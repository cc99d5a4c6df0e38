//! The completion routine of a send asks select with a zero timeout whether an answer has come.

use windows_sys::Win32::Networking::WinSock as ws;
use windows_sys::Win32::System::IO::OVERLAPPED;

const NOW: ws::TIMEVAL = ws::TIMEVAL { tv_sec: 0, tv_usec: 0 };

#[repr(C)]
pub struct Request {
    pub overlapped: OVERLAPPED,
    pub socket: ws::SOCKET,
    pub answered: bool,
    pub text: Vec<u8>,
}

impl Request {
    fn readable(&self, wait: &ws::TIMEVAL) -> bool {
        let mut set: ws::FD_SET = unsafe { std::mem::zeroed() };
        set.fd_count = 1;
        set.fd_array[0] = self.socket;
        let null = std::ptr::null_mut();
        unsafe { ws::select(0, &mut set, null, null, wait) == 1 }
    }
}

unsafe extern "system" fn sent(error: u32, _bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    let request = unsafe { &mut *overlapped.cast::<Request>() };
    request.answered = error == 0 && request.readable(&NOW);
}

/// The caller keeps `request` where it is until the routine has run.
pub unsafe fn submit(request: *mut Request) -> bool {
    unsafe {
        let wsabuf = ws::WSABUF { len: (&(*request).text).len() as u32, buf: (&mut (*request).text).as_mut_ptr() };
        let overlapped = &raw mut (*request).overlapped;
        let res = ws::WSASend((*request).socket, &wsabuf, 1, std::ptr::null_mut(), 0, overlapped, Some(sent));
        res == 0 || ws::WSAGetLastError() == ws::WSA_IO_PENDING
    }
}
