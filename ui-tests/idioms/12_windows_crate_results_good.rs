//! The windows crate: socket is a Result, bind a number; failures close.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, HRESULT};

#[derive(Debug)]
pub enum Failure {
    Socket(Error),
    Option(Error),
}

fn check(code: i32) -> windows::core::Result<()> {
    if code == SOCKET_ERROR {
        return Err(Error::from_hresult(HRESULT::from_win32(unsafe { WSAGetLastError() }.0 as u32)));
    }
    Ok(())
}

pub fn open(ttl: u32) -> Result<SOCKET, Failure> {
    let s = unsafe { socket(AF_INET.0 as i32, SOCK_DGRAM, IPPROTO_UDP.0) }.map_err(Failure::Socket)?;
    match check(unsafe { setsockopt(s, IPPROTO_IP.0, IP_TTL, Some(&ttl.to_ne_bytes())) }) {
        Ok(()) => Ok(s),
        Err(e) => {
            unsafe { closesocket(s) };
            Err(Failure::Option(e))
        }
    }
}
