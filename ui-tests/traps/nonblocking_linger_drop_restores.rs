//! The owner's Drop makes the socket blocking again before it closes it.

use windows_sys::Win32::Networking::WinSock::*;

pub struct Stream(SOCKET);

impl Drop for Stream {
    fn drop(&mut self) {
        unsafe {
            ioctlsocket(self.0, FIONBIO, &mut 0);
            closesocket(self.0);
        }
    }
}

pub fn open(addr: *const SOCKADDR, len: i32) -> Option<i32> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return None;
    }
    let stream = Stream(s);
    let linger = LINGER { l_onoff: 1, l_linger: 2 };
    unsafe {
        setsockopt(stream.0, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
        if connect(stream.0, addr, len) != 0 {
            return None;
        }
        ioctlsocket(stream.0, FIONBIO, &mut 1);
        Some(send(stream.0, b"x".as_ptr(), 1, 0))
    }
}
