//! `delivered` is nothing but the success of the lingering close.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

fn cvt(r: i32) -> io::Result<i32> {
    if r == ws::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(r) }
}

pub fn send_record(addr: &ws::SOCKADDR_IN, record: &[u8]) -> io::Result<bool> {
    let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP) };
    if s == ws::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let linger = ws::LINGER { l_onoff: 1, l_linger: 4 };
    let sent = unsafe {
        cvt(ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4))
            .and_then(|_| cvt(ws::connect(s, (addr as *const ws::SOCKADDR_IN).cast(), size_of::<ws::SOCKADDR_IN>() as i32)))
            .and_then(|_| cvt(ws::send(s, record.as_ptr(), record.len() as i32, 0)))
    };
    if let Err(e) = sent {
        unsafe { ws::closesocket(s) };
        return Err(e);
    }
    let delivered = unsafe { ws::closesocket(s) } != ws::SOCKET_ERROR; //~ close_result_as_delivery
    Ok(delivered)
}
