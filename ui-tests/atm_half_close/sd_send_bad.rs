//! An ATM connection is half closed by SD_SEND before the reply is read.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_ATM, ATMPROTO_AAL5, closesocket, connect, INVALID_SOCKET, recv, SD_SEND, send, shutdown, SOCK_RAW, SOCKADDR, socket, SOCKET_ERROR};

/// `addr` is a sockaddr_atm.
pub fn ask(addr: *const SOCKADDR, len: i32, question: &[u8], reply: &mut [u8]) -> io::Result<usize> {
    let s = unsafe { socket(AF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { connect(s, addr, len) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    unsafe {
        send(s, question.as_ptr(), question.len() as i32, 0);
        shutdown(s, SD_SEND); //~ atm_half_close
        let n = recv(s, reply.as_mut_ptr(), reply.len() as i32, 0);
        let result = if n < 0 { Err(io::Error::last_os_error()) } else { Ok(n as usize) };
        closesocket(s);
        result
    }
}
