//! `match unsafe { .. }` with the failure as its own arm.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

pub fn connect(addr: &ws::SOCKADDR_IN) -> io::Result<ws::SOCKET> {
    let s = match unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP) } {
        ws::INVALID_SOCKET => return Err(io::Error::last_os_error()),
        s => s,
    };
    match unsafe { ws::connect(s, std::ptr::from_ref(addr).cast(), size_of::<ws::SOCKADDR_IN>() as i32) } {
        0 => Ok(s),
        _ => {
            let err = io::Error::last_os_error();
            unsafe { ws::closesocket(s) };
            Err(err)
        }
    }
}
