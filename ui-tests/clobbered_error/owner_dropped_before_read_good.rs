//! The error of the failed connect is read while the connection is still there.

use std::fmt;
use windows_sys::Win32::Networking::WinSock::{
    self as ws, INVALID_SOCKET, SOCKADDR, SOCKADDR_IN, SOCKET, WSAGetLastError, closesocket,
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct WsaError(i32);

impl WsaError {
    fn last() -> WsaError {
        WsaError(unsafe { WSAGetLastError() })
    }
}

impl fmt::Display for WsaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "winsock error {}", self.0)
    }
}

pub struct Conn(SOCKET);

impl Drop for Conn {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

impl Conn {
    fn new() -> Option<Conn> {
        let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP) };
        if s == INVALID_SOCKET { None } else { Some(Conn(s)) }
    }

    pub fn open(to: &SOCKADDR_IN) -> Result<Conn, WsaError> {
        let conn = Conn::new().ok_or_else(WsaError::last)?;
        let name = to as *const SOCKADDR_IN as *const SOCKADDR;
        if unsafe { ws::connect(conn.0, name, size_of_val(to) as i32) } == 0 {
            return Ok(conn);
        }
        let code = unsafe { WSAGetLastError() };
        drop(conn);
        Err(WsaError(code))
    }
}
