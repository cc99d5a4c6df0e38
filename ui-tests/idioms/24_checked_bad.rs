//! The checked close calls its success an error.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

pub struct Owned(pub ws::SOCKET);

impl Owned {
    pub fn close(self) -> io::Result<()> {
        let s = self.0;
        std::mem::forget(self);
        if unsafe { ws::closesocket(s) } == 0 { //~ inverted_check
            return Err(io::Error::from_raw_os_error(unsafe { ws::WSAGetLastError() }));
        }
        Ok(())
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        let _ = unsafe { ws::closesocket(self.0) };
    }
}
