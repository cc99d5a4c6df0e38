//! A closure of map_err closes the socket and drops the result.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

fn cvt(r: i32) -> io::Result<i32> {
    if r == ws::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(r) }
}

pub fn listener(addr: *const ws::SOCKADDR, len: i32) -> io::Result<ws::SOCKET> {
    let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0) };
    if s == ws::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    cvt(unsafe { ws::bind(s, addr, len) })
        .and_then(|_| cvt(unsafe { ws::listen(s, 16) }))
        .map_err(|err| unsafe {
            ws::closesocket(s); //~ unchecked_close
            err
        })?;
    Ok(s)
}
