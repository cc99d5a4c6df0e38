//! A connection's finish(), meant for good ends, takes the same abort path as errors do after it has flushed.

use std::io::{self, Write};
use winapi::um::winsock2 as ws2;
use winapi::um::winsock2::SOCKET;

const NO_WAIT: u16 = 0;

pub struct Conn {
    socket: SOCKET,
    out: Vec<u8>,
}

impl Write for Conn {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.out.extend_from_slice(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        while !self.out.is_empty() {
            let n = unsafe { ws2::send(self.socket, self.out.as_ptr().cast(), self.out.len() as i32, 0) };
            if n == ws2::SOCKET_ERROR {
                return Err(io::Error::from_raw_os_error(unsafe { ws2::WSAGetLastError() }));
            }
            self.out.drain(..n as usize);
        }
        Ok(())
    }
}

impl Conn {
    /// Takes over an accepted socket.
    pub fn from_accepted(socket: SOCKET) -> Conn {
        Conn { socket, out: Vec::with_capacity(512) }
    }

    fn set_linger(&self, on: bool, seconds: u16) {
        let option = ws2::linger { l_onoff: on as u16, l_linger: seconds };
        unsafe { ws2::setsockopt(self.socket, ws2::SOL_SOCKET, ws2::SO_LINGER, (&raw const option).cast(), 4) };
    }

    pub fn finish(mut self, last_words: &str) -> io::Result<()> {
        self.write_all(last_words.as_bytes())?;
        let res = self.flush();
        self.set_linger(true, NO_WAIT);
        unsafe { ws2::closesocket(self.socket) }; //~ abortive_close
        std::mem::forget(self);
        res
    }
}

impl Drop for Conn {
    fn drop(&mut self) {
        unsafe { ws2::closesocket(self.socket) };
    }
}
