use std::io;

mod c {
    pub use windows_sys::Win32::Networking::WinSock::{
        INVALID_SOCKET, SOCKADDR, SOCKET, bind, closesocket as close, socket,
    };
}
pub fn open(a: *const c::SOCKADDR) -> io::Result<c::SOCKET> {
    let s = unsafe { c::socket(2, 1, 6) };
    if s == c::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { c::bind(s, a, 16) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(s)
}
pub fn open2(a: *const c::SOCKADDR) -> io::Result<c::SOCKET> {
    let s = unsafe { c::socket(2, 1, 6) };
    if s == 0 {
        return Err(io::Error::last_os_error());
    }
    if unsafe { c::bind(s, a, 16) } != 0 {
        let e = io::Error::last_os_error();
        unsafe { c::close(s) };
        return Err(e);
    }
    Ok(s)
}
