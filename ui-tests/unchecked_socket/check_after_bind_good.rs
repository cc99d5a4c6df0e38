//! The check of the new socket stands directly behind the call.

use anyhow::{Context, Result, bail};
use std::io::Error;
use windows_sys::Win32::Networking::WinSock::*;

pub struct Acceptor {
    raw: SOCKET,
    pub backlog: i32,
}

fn zero_or_error(rc: i32) -> std::io::Result<()> {
    (rc == 0).then_some(()).ok_or_else(Error::last_os_error)
}

impl Acceptor {
    pub fn new(local: &SOCKADDR_IN6, backlog: i32) -> Result<Acceptor> {
        let raw = unsafe { WSASocketW(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED) };
        if raw == INVALID_SOCKET {
            bail!("no socket for the acceptor: {}", Error::last_os_error());
        }
        let bound = zero_or_error(unsafe { bind(raw, &raw const *local as *const SOCKADDR, size_of_val(local) as i32) });
        let acceptor = Acceptor { raw, backlog };
        bound.context("the address is taken")?;
        zero_or_error(unsafe { listen(acceptor.raw, backlog) }).with_context(|| format!("backlog {backlog}"))?;
        Ok(acceptor)
    }
}

impl Drop for Acceptor {
    fn drop(&mut self) {
        unsafe { closesocket(self.raw) };
    }
}
