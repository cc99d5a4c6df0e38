//! The saved descriptor is shut down while the reader half still owns it.

use std::io::{self, BufRead, BufReader, Read};
use windows_sys::Win32::Networking::WinSock::{SD_SEND, SOCKET, closesocket, recv, shutdown};

pub struct Reader {
    fd: SOCKET,
}

impl Reader {
    /// Owns `fd` from now on.
    pub unsafe fn from_raw(fd: SOCKET) -> Reader {
        Reader { fd }
    }

    pub fn fd(&self) -> SOCKET {
        self.fd
    }
}

impl Read for Reader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = unsafe { recv(self.fd, buf.as_mut_ptr(), buf.len() as i32, 0) };
        usize::try_from(n).map_err(|_| io::Error::last_os_error())
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        unsafe { closesocket(self.fd) };
    }
}

/// Reads up to the line "end" and then ends our side.
pub fn read_all(reader: Reader) -> io::Result<Vec<String>> {
    let fd = reader.fd();
    let mut buffered = BufReader::new(reader);
    let mut lines = Vec::new();
    let mut line = String::new();
    while buffered.read_line(&mut line)? > 0 && line.trim_end() != "end" {
        lines.push(std::mem::take(&mut line));
    }
    if unsafe { shutdown(fd, SD_SEND) } != 0 {
        return Err(io::Error::last_os_error());
    }
    drop(buffered);
    Ok(lines)
}
