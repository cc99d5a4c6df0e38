//! A builder over the windows crate: an option that fails leaves the new socket without an owner.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, HRESULT, Result};

#[derive(Default)]
pub struct UdpBuilder {
    reuse: bool,
    broadcast: bool,
}

fn check(rc: i32) -> Result<()> {
    if rc == SOCKET_ERROR {
        let code = unsafe { WSAGetLastError() };
        return Err(Error::from_hresult(HRESULT::from_win32(code.0 as u32)));
    }
    Ok(())
}

fn enable(s: SOCKET, name: i32) -> Result<()> {
    let one = 1u32.to_ne_bytes();
    check(unsafe { setsockopt(s, SOL_SOCKET, name, Some(&one)) })
}

impl UdpBuilder {
    pub fn reuse(mut self, on: bool) -> Self {
        self.reuse = on;
        self
    }

    pub fn broadcast(self, on: bool) -> Self {
        Self { broadcast: on, ..self }
    }

    pub fn build(&self, local: &SOCKADDR_IN) -> Result<SOCKET> {
        let s = unsafe { WSASocketW(AF_INET.0.into(), SOCK_DGRAM.0, 0, None, 0, WSA_FLAG_OVERLAPPED) }?; //~ unclosed_socket
        if self.reuse {
            enable(s, SO_REUSEADDR)?;
        }
        if self.broadcast {
            enable(s, SO_BROADCAST)?;
        }
        if let Err(e) = check(unsafe { bind(s, local as *const _ as *const SOCKADDR, size_of_val(local) as i32) }) {
            unsafe { closesocket(s) };
            return Err(e);
        }
        Ok(s)
    }
}
