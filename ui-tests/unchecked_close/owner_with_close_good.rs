//! A consuming close of an own type returns what closesocket says.

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
        let rc = unsafe { ws::closesocket(this.raw) };
        (rc == 0).then_some(()).ok_or_else(io::Error::last_os_error)
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if unsafe { ws::closesocket(self.raw) } != 0 && !std::thread::panicking() {
            eprintln!("closesocket: {}", io::Error::last_os_error());
        }
    }
}
