//! A consuming close of an own type ignores the result and says Ok.

use std::io;
use std::mem::ManuallyDrop;
use std::os::windows::io::{FromRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock as ws;

pub struct Socket {
    raw: ws::SOCKET,
}

impl FromRawSocket for Socket {
    unsafe fn from_raw_socket(raw: RawSocket) -> Self {
        Socket { raw: raw as ws::SOCKET }
    }
}

impl Socket {
    /// Closes the socket and says whether that went well.
    pub fn close(self) -> io::Result<()> {
        let this = ManuallyDrop::new(self);
        unsafe { ws::closesocket(this.raw) }; //~ unchecked_close
        Ok(())
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if unsafe { ws::closesocket(self.raw) } != 0 && !std::thread::panicking() {
            eprintln!("closesocket: {}", io::Error::last_os_error());
        }
    }
}
