//! A helper closes the socket, whose FD_CLOSE is one bit of a mask, and the event is then waited for.

use windows_sys::Win32::Foundation::WAIT_OBJECT_0;
use windows_sys::Win32::Networking::WinSock::*;

const INTEREST: u32 = FD_READ | FD_CLOSE;

unsafe fn farewell(s: SOCKET) {
    shutdown(s, SD_SEND);
    let _ = closesocket(s);
}

/// Reads what is there within a second and takes the socket.
pub unsafe fn read_and_close(s: SOCKET, event: WSAEVENT, buf: &mut [u8]) -> (i32, bool) {
    let mut n = -1;
    let handle = event as *mut core::ffi::c_void;
    if WSAEventSelect(s, event, INTEREST as i32) == 0 && WSAWaitForMultipleEvents(1, &handle, 1, 1_000, 0) == WAIT_OBJECT_0 {
        n = recv(s, buf.as_mut_ptr(), buf.len() as i32, 0);
    }
    WSAResetEvent(event);
    farewell(s);
    let closed = WSAWaitForMultipleEvents(1, &handle, 1, 10_000, 0) == WAIT_OBJECT_0; //~ fd_close_after_close
    (n, closed)
}
