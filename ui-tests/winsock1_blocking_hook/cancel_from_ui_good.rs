//! A user's cancel button ends a blocking receive by shutting the connection down.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use windows_sys::Win32::Networking::WinSock as ws;

/// The socket is the caller's and outlives the download.
pub struct Download {
    socket: ws::SOCKET,
    cancelled: AtomicBool,
}

impl Download {
    pub fn new(socket: ws::SOCKET) -> Download {
        Download { socket, cancelled: AtomicBool::new(false) }
    }

    pub fn cancel(&self) -> io::Result<()> {
        self.cancelled.store(true, Ordering::SeqCst);
        if unsafe { ws::shutdown(self.socket, ws::SD_BOTH) } == ws::SOCKET_ERROR {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }

    pub fn read(&self, buf: &mut [u8]) -> io::Result<usize> {
        let n = unsafe { ws::recv(self.socket, buf.as_mut_ptr(), buf.len() as i32, 0) };
        if self.cancelled.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if n == ws::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(n as usize) }
    }
}
