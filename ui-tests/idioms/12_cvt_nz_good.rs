//! `cvt_nz` in a chain that closes once at its end.

use std::io;
use windows_sys::Win32::Networking::WinSock as c;

fn cvt_nz(res: i32) -> io::Result<()> {
    if res == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

pub fn bound(addr: *const c::SOCKADDR, len: i32) -> io::Result<c::SOCKET> {
    let s = unsafe { c::socket(c::AF_INET as i32, c::SOCK_STREAM, 0) };
    if s == !0 {
        return Err(io::Error::last_os_error());
    }
    let res = cvt_nz(unsafe { c::bind(s, addr, len) }).and_then(|()| cvt_nz(unsafe { c::listen(s, c::SOMAXCONN as i32) }));
    res.inspect_err(|_| {
        unsafe { c::closesocket(s) };
    })?;
    Ok(s)
}
