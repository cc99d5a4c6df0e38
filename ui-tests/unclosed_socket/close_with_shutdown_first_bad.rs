//! A consuming `finish` disarms its own Drop and then returns early when shutdown fails.

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::os::windows::io::{FromRawSocket, RawSocket};
use winapi::um::winsock2 as wsk;

pub struct Conn {
    raw: wsk::SOCKET,
}

impl FromRawSocket for Conn {
    unsafe fn from_raw_socket(sock: RawSocket) -> Self {
        Conn { raw: sock as wsk::SOCKET }
    }
}

impl Write for Conn {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let len = buf.len().min(i32::MAX as usize) as i32;
        match unsafe { wsk::send(self.raw, buf.as_ptr().cast(), len, 0) } {
            wsk::SOCKET_ERROR => Err(io::Error::last_os_error()),
            n => Ok(n as usize),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Conn {
    /// Ends the stream and reports what went wrong, which Drop cannot.
    pub fn finish(self) -> io::Result<()> {
        let this = ManuallyDrop::new(self); //~ unclosed_socket
        if unsafe { wsk::shutdown(this.raw, wsk::SD_SEND) } == wsk::SOCKET_ERROR {
            return Err(io::Error::last_os_error());
        }
        if unsafe { wsk::closesocket(this.raw) } == wsk::SOCKET_ERROR {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }
}

impl Drop for Conn {
    fn drop(&mut self) {
        let _ = unsafe { wsk::closesocket(self.raw) };
    }
}
