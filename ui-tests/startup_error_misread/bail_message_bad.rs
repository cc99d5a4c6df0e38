//! The text that bail! makes for a failed WSAStartup is that of the last error.

use anyhow::{Context, Result, bail, ensure};
use std::io::Error;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKET, WSACleanup, WSADATA, WSAStartup, closesocket, socket,
};

pub struct Stack {
    data: Box<WSADATA>,
}

impl Stack {
    pub fn start(version: u16) -> Result<Stack> {
        let mut data: Box<WSADATA> = Box::new(unsafe { std::mem::zeroed() });
        let ret = unsafe { WSAStartup(version, &mut *data) };
        if ret != 0 {
            bail!("WSAStartup {version:#x}: {}", Error::last_os_error()); //~ startup_error_misread
        }
        let stack = Stack { data };
        ensure!(stack.data.wVersion == version, "only {:#x} is there", stack.data.wVersion);
        Ok(stack)
    }

    pub fn tcp(&self) -> Result<Tcp<'_>> {
        let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
        if s == INVALID_SOCKET {
            return Err(Error::last_os_error()).context("socket");
        }
        Ok(Tcp { s, _stack: self })
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

pub struct Tcp<'a> {
    s: SOCKET,
    _stack: &'a Stack,
}

impl Drop for Tcp<'_> {
    fn drop(&mut self) {
        unsafe { closesocket(self.s) };
    }
}
