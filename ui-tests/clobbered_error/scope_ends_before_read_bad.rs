//! The probe's owner goes out of scope at the end of the block, and its failure is looked up after it.

use anyhow::{Result, ensure};
use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_UDP, SO_RCVTIMEO, SOCK_DGRAM, SOCKADDR, SOCKADDR_IN, SOCKET, SOL_SOCKET, bind,
    closesocket, setsockopt, socket,
};

struct Probe {
    s: SOCKET,
}

impl Probe {
    fn open() -> io::Result<Probe> {
        match unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) } {
            INVALID_SOCKET => Err(io::Error::last_os_error()),
            s => Ok(Probe { s }),
        }
    }

    fn timeout(&self, ms: u32) -> bool {
        unsafe { setsockopt(self.s, SOL_SOCKET, SO_RCVTIMEO, (&raw const ms).cast(), 4) == 0 }
    }

    fn bind(&self, addr: &SOCKADDR_IN) -> i32 {
        unsafe { bind(self.s, (&raw const *addr).cast::<SOCKADDR>(), size_of::<SOCKADDR_IN>() as i32) }
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        unsafe { closesocket(self.s) };
    }
}

/// Fails when the address cannot be bound just now.
pub fn ensure_free(addr: &SOCKADDR_IN) -> Result<()> {
    let rc = {
        let probe = Probe::open()?;
        ensure!(probe.timeout(100), "no timeout");
        probe.bind(addr)
    };
    if rc != 0 {
        let err = io::Error::last_os_error(); //~ clobbered_error
        return Err(err.into());
    }
    Ok(())
}
