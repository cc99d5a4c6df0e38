//! The routine closes without linger, polls select with a zero timeout and sets an event: none of it blocks.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{closesocket, FD_SET, SD_BOTH, select, shutdown, SOCKET, TIMEVAL, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::SetEvent;

#[repr(C)]
pub struct Probe {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    finished: HANDLE,
    byte: u8,
    more: bool,
}

unsafe extern "system" fn probed(_error: u32, _bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    unsafe {
        let probe = overlapped.cast::<Probe>();
        let mut readable: FD_SET = zeroed();
        readable.fd_count = 1;
        readable.fd_array[0] = (*probe).socket;
        let now: TIMEVAL = zeroed();
        (*probe).more = select(0, &mut readable, null_mut(), null_mut(), &now) == 1;
        shutdown((*probe).socket, SD_BOTH);
        closesocket((*probe).socket);
        SetEvent((*probe).finished);
    }
}

/// `probe` must live until its event is set; the routine closes the socket.
pub unsafe fn start(probe: *mut Probe) -> bool {
    let data = WSABUF { len: 1, buf: &raw mut (*probe).byte };
    let mut flags = 0;
    let r = WSARecv((*probe).socket, &data, 1, null_mut(), &mut flags, &raw mut (*probe).overlapped, Some(probed));
    r == 0 || WSAGetLastError() == WSA_IO_PENDING
}
