//! The error of a receive is read before the socket is closed and then put into an error type of the crate's, WSAENOTSOCK too.

use std::fmt;
use windows_sys::Win32::Networking::WinSock::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetError {
    NotASocket,
    Reset,
    Down,
    Other(i32),
}

impl From<i32> for NetError {
    fn from(code: i32) -> NetError {
        match code {
            WSAENOTSOCK => NetError::NotASocket,
            WSAECONNRESET | WSAECONNABORTED => NetError::Reset,
            WSAENETDOWN => NetError::Down,
            code => NetError::Other(code),
        }
    }
}

impl fmt::Display for NetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NetError::NotASocket => f.write_str("not a socket (WSAENOTSOCK)"),
            NetError::Reset => f.write_str("connection reset"),
            NetError::Down => f.write_str("network down"),
            NetError::Other(code) => write!(f, "Winsock error {code}"),
        }
    }
}

impl std::error::Error for NetError {}

/// Reads a connected socket to its end and closes it.
pub fn read_to_end(s: SOCKET) -> Result<Vec<u8>, NetError> {
    let mut all = Vec::new();
    let mut buf = [0u8; 4096];
    let res = loop {
        match unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) } {
            0 => break Ok(()),
            SOCKET_ERROR => break Err(NetError::from(unsafe { WSAGetLastError() })),
            n => all.extend_from_slice(&buf[..n as usize]),
        }
    };
    let failed = unsafe { closesocket(s) } == SOCKET_ERROR;
    res?;
    if failed {
        return Err(unsafe { WSAGetLastError() }.into());
    }
    Ok(all)
}
