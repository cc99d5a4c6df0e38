//! Taking SO_DONTLINGER back restores the time that the socket had at first.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, LINGER, recv, setsockopt, SO_DONTLINGER, SO_LINGER, SOCK_STREAM, SOCKADDR, socket, SOCKET_ERROR, SOL_SOCKET};

const ENABLE: i32 = 1;
const DISABLE: i32 = 0;

fn cvt(r: i32) -> io::Result<i32> {
    if r == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(r) }
}

pub unsafe fn read_banner(addr: *const SOCKADDR, len: i32, banner: &mut [u8]) -> io::Result<i32> {
    let s = socket(AF_INET as i32, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let linger = LINGER { l_onoff: 1, l_linger: 3 };
    let result = (|| {
        cvt(setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4))?;
        let mut dont = ENABLE;
        cvt(setsockopt(s, SOL_SOCKET, SO_DONTLINGER, (&raw const dont).cast(), 4))?;
        cvt(connect(s, addr, len))?;
        let n = cvt(recv(s, banner.as_mut_ptr(), banner.len() as i32, 0))?;
        dont = DISABLE;
        cvt(setsockopt(s, SOL_SOCKET, SO_DONTLINGER, (&raw const dont).cast(), 4))?;
        Ok(n)
    })();
    closesocket(s);
    result
}
