//! A delay lies between the last send and closesocket.

use std::io;
use std::thread;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{AF_ATM, ATMPROTO_AAL5, closesocket, connect, INVALID_SOCKET, send, SOCK_RAW, SOCKADDR, socket, SOCKET_ERROR};

pub fn push(addr: *const SOCKADDR, len: i32, cell: &[u8; 48]) -> io::Result<()> {
    let s = unsafe { socket(AF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { connect(s, addr, len) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    let n = unsafe { send(s, cell.as_ptr(), 48, 0) };
    let result = if n == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) };
    thread::sleep(Duration::from_millis(500));
    unsafe { closesocket(s) };
    result
}
