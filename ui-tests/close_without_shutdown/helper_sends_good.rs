//! A helper sends everything; the caller shuts down and closes.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

fn write_all(s: ws::SOCKET, mut data: &[u8]) -> io::Result<()> {
    while !data.is_empty() {
        match unsafe { ws::send(s, data.as_ptr(), data.len() as i32, 0) } {
            ws::SOCKET_ERROR => return Err(io::Error::last_os_error()),
            n => data = &data[n as usize..],
        }
    }
    Ok(())
}

fn dial(addr: *const ws::SOCKADDR, len: i32) -> io::Result<ws::SOCKET> {
    let s = unsafe { ws::socket(ws::AF_INET6 as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP) };
    if s == ws::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { ws::connect(s, addr, len) } != 0 {
        let err = io::Error::last_os_error();
        unsafe { ws::closesocket(s) };
        return Err(err);
    }
    Ok(s)
}

pub fn upload(addr: *const ws::SOCKADDR, len: i32, header: &[u8; 16], body: &[u8]) -> io::Result<()> {
    let s = dial(addr, len)?;
    write_all(s, header).and_then(|()| write_all(s, body)).inspect_err(|_| {
        unsafe { ws::closesocket(s) };
    })?;
    unsafe { ws::shutdown(s, ws::SD_SEND) };
    unsafe { ws::closesocket(s) };
    Ok(())
}
