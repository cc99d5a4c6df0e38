//! A message pump polls the socket between messages, with winapi's names.

use std::{io, mem, ptr};
use winapi::um::winsock2::{SOCKET, SOCKET_ERROR, fd_set, recv, select, timeval};
use winapi::um::winuser::{DispatchMessageW, PM_REMOVE, PeekMessageW, TranslateMessage};

fn pump() -> isize {
    unsafe {
        let mut msg = mem::zeroed();
        let got = PeekMessageW(&mut msg, ptr::null_mut(), 0, 0, PM_REMOVE);
        if got != 0 {
            TranslateMessage(&msg);
            DispatchMessageW(&msg);
        }
        got as isize
    }
}

fn readable(s: SOCKET) -> bool {
    let mut set: fd_set = unsafe { mem::zeroed() };
    set.fd_count = 1;
    set.fd_array[0] = s;
    let timeout = timeval { tv_sec: 0, tv_usec: 10_000 };
    unsafe { select(0, &mut set, ptr::null_mut(), ptr::null_mut(), &timeout) == 1 }
}

pub fn read_with_messages(s: SOCKET, buf: &mut [u8]) -> io::Result<usize> {
    while !readable(s) {
        while pump() != 0 {}
        std::thread::yield_now();
    }
    match unsafe { recv(s, buf.as_mut_ptr().cast(), buf.len() as i32, 0) } {
        SOCKET_ERROR => Err(io::Error::last_os_error()),
        n => Ok(n as usize),
    }
}
