//! A connect with a time limit: each arm of the match on select closes or hands on.

use std::io;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock as ws;

fn last() -> io::Error {
    io::Error::from_raw_os_error(unsafe { ws::WSAGetLastError() })
}

fn set_nonblocking(s: ws::SOCKET, on: bool) -> bool {
    let mut arg = on as u32;
    unsafe { ws::ioctlsocket(s, ws::FIONBIO, &mut arg) != ws::SOCKET_ERROR }
}

pub fn connect_timeout(addr: &ws::SOCKADDR_IN, limit: Duration) -> io::Result<ws::SOCKET> {
    let s = match unsafe { ws::socket(ws::AF_INET.into(), ws::SOCK_STREAM, ws::IPPROTO_TCP) } {
        ws::INVALID_SOCKET => return Err(last()),
        s => s,
    };
    if !set_nonblocking(s, true) {
        let err = last();
        unsafe { ws::closesocket(s) };
        return Err(err);
    }
    let ptr: *const ws::SOCKADDR_IN = addr;
    if unsafe { ws::connect(s, ptr.cast(), size_of_val(addr) as i32) } == ws::SOCKET_ERROR {
        let err = last();
        if err.raw_os_error() != Some(ws::WSAEWOULDBLOCK) {
            unsafe { ws::closesocket(s) };
            return Err(err);
        }
    }
    let mut writable: ws::FD_SET = Default::default();
    writable.fd_count = 1;
    writable.fd_array[0] = s;
    let mut failed = writable;
    let tv = ws::TIMEVAL { tv_sec: limit.as_secs() as i32, tv_usec: limit.subsec_micros() as i32 };
    match unsafe { ws::select(1, std::ptr::null_mut(), &mut writable, &mut failed, &tv) } {
        ws::SOCKET_ERROR => {
            let err = last();
            unsafe { ws::closesocket(s) };
            Err(err)
        }
        0 => {
            unsafe { ws::closesocket(s) };
            Err(io::Error::new(io::ErrorKind::TimedOut, "connection timed out"))
        }
        _ if failed.fd_count != 0 => {
            unsafe { ws::closesocket(s) };
            Err(io::ErrorKind::ConnectionRefused.into())
        }
        _ => Ok(s),
    }
}
