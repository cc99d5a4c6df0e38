//! `close(self)` closes the descriptor, and then Drop runs for the consumed value and closes it again.

use std::io;
use windows_sys::Win32::Networking::WinSock::{SD_SEND, SOCKET, closesocket, recv, shutdown};

trait Cvt: Sized {
    fn cvt(self) -> io::Result<Self>;
}

impl Cvt for i32 {
    fn cvt(self) -> io::Result<i32> {
        if self < 0 { Err(io::Error::last_os_error()) } else { Ok(self) }
    }
}

pub struct Session {
    raw: SOCKET,
    name: String,
}

impl Session {
    /// Takes `raw` over.
    pub unsafe fn new(raw: SOCKET, name: &str) -> Session {
        Session { raw, name: name.to_owned() }
    }

    fn drain(&self) -> io::Result<()> {
        let mut rest = [0u8; 128];
        while unsafe { recv(self.raw, rest.as_mut_ptr(), rest.len() as i32, 0) }.cvt()? != 0 {}
        Ok(())
    }

    /// Ends the session in an orderly way and says whether that worked.
    pub fn close(self) -> io::Result<()> {
        unsafe { shutdown(self.raw, SD_SEND) }.cvt()?;
        self.drain().map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", self.name)))?;
        unsafe { closesocket(self.raw) }.cvt()?; //~ double_close
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = unsafe { closesocket(self.raw) };
    }
}
