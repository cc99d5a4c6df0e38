//! winapi: select with a timeout comes before recv.

use winapi::um::winsock2 as ws;

pub unsafe fn receive(s: ws::SOCKET, seconds: i32, buf: &mut [u8]) -> Option<usize> {
    let mut set = ws::fd_set { fd_count: 1, fd_array: [s; ws::FD_SETSIZE] };
    let limit = ws::timeval { tv_sec: seconds, tv_usec: 0 };
    let none = std::ptr::null_mut();
    if ws::select(0, &mut set, none, none, &limit) != 1 {
        return None;
    }
    let n = ws::recv(s, buf.as_mut_ptr().cast(), buf.len() as i32, 0);
    usize::try_from(n).ok()
}
