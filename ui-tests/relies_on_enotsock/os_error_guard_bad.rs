//! Over the size limit the connection is closed, and the next write's io::Error with WSAENOTSOCK is what ends the loop.

use std::io;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSAENOTSOCK, closesocket, send};

fn put(s: SOCKET, data: &[u8]) -> io::Result<usize> {
    let n = unsafe { send(s, data.as_ptr(), data.len() as i32, 0) };
    usize::try_from(n).map_err(|_| io::Error::last_os_error())
}

pub struct Limited {
    pub limit: usize,
}

impl Limited {
    /// Sends over a connected socket of which it takes care, at most `limit` bytes and one chunk.
    pub fn copy<'a>(&self, s: SOCKET, chunks: impl Iterator<Item = &'a [u8]>) -> io::Result<usize> {
        let mut total = 0;
        let mut closed = false;
        for chunk in chunks {
            match put(s, chunk) { //~ use_after_close
                Ok(n) => total += n,
                Err(e) if e.raw_os_error() == Some(WSAENOTSOCK) => break, //~ relies_on_enotsock
                Err(e) => {
                    if !closed {
                        unsafe { closesocket(s) };
                    }
                    return Err(e);
                }
            }
            if total > self.limit && !closed {
                unsafe { closesocket(s) };
                closed = true;
            }
        }
        if !closed {
            unsafe { closesocket(s) };
        }
        Ok(total)
    }
}
