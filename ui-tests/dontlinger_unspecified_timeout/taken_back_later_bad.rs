//! Taking SO_DONTLINGER back does not restore the default: the socket lingers for no set time.

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
    let result = (|| {
        let mut dont = ENABLE;
        cvt(setsockopt(s, SOL_SOCKET, SO_DONTLINGER, (&raw const dont).cast(), 4))?;
        cvt(connect(s, addr, len))?;
        let n = cvt(recv(s, banner.as_mut_ptr(), banner.len() as i32, 0))?;
        dont = DISABLE;
        cvt(setsockopt(s, SOL_SOCKET, SO_DONTLINGER, (&raw const dont).cast(), 4))?; //~ dontlinger_unspecified_timeout
        Ok(n)
    })();
    closesocket(s);
    result
}
