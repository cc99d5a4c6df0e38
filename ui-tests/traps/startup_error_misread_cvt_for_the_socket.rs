//! The helper that reads the last error serves socket and bind; WSAStartup's code is used itself.

use std::io;
use windows_sys::Win32::Networking::WinSock as c;

fn cvt(res: i32) -> io::Result<()> {
    if res == c::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

pub fn bound(addr: &c::SOCKADDR_IN) -> io::Result<c::SOCKET> {
    let mut data: c::WSADATA = unsafe { std::mem::zeroed() };
    let res = unsafe { c::WSAStartup(0x202, &mut data) };
    if res != 0 {
        return Err(io::Error::from_raw_os_error(res));
    }
    let s = unsafe { c::socket(c::AF_INET as i32, c::SOCK_DGRAM, c::IPPROTO_UDP) };
    if s == c::INVALID_SOCKET {
        let err = io::Error::last_os_error();
        unsafe { c::WSACleanup() };
        return Err(err);
    }
    let res = unsafe { c::bind(s, (addr as *const c::SOCKADDR_IN).cast(), size_of::<c::SOCKADDR_IN>() as i32) };
    if let Err(err) = cvt(res) {
        unsafe { c::closesocket(s) };
        unsafe { c::WSACleanup() };
        return Err(err);
    }
    Ok(s)
}
