//! `stop` takes the guard out of its Option and drops it after the lookup.

use std::ffi::CStr;
use windows_sys::Win32::Networking::WinSock::{self as ws, WSADATA};

struct Started;

impl Drop for Started {
    fn drop(&mut self) {
        unsafe { ws::WSACleanup() };
    }
}

pub struct Resolver {
    started: Option<Started>,
}

impl Resolver {
    pub fn new() -> Result<Resolver, i32> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        match unsafe { ws::WSAStartup(0x202, &mut data) } {
            0 => Ok(Resolver { started: Some(Started) }),
            code => Err(code),
        }
    }

    pub fn stop(&mut self) {
        drop(self.started.take());
    }
}

pub fn resolves(name: &CStr) -> Result<bool, i32> {
    let mut resolver = Resolver::new()?;
    let entry = unsafe { ws::gethostbyname(name.as_ptr().cast()) };
    let known = !entry.is_null();
    resolver.stop();
    Ok(known)
}
