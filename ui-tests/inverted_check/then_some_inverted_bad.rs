//! A close through `then_some` gives Ok for a nonzero result of closesocket.

use std::io;
use windows::Win32::Networking::WinSock::{SD_BOTH, SOCKET, closesocket, shutdown};

#[derive(Default)]
pub struct Group {
    members: Vec<SOCKET>,
    pub failed: usize,
}

fn close_one(s: SOCKET) -> io::Result<()> {
    let rc = unsafe { closesocket(s) };
    (rc != 0).then_some(()).ok_or_else(io::Error::last_os_error) //~ inverted_check
}

impl Group {
    /// The group owns `s` from here on.
    pub fn add(&mut self, s: SOCKET) -> &mut Self {
        self.members.push(s);
        self
    }

    /// Closes all members; the first error counts.
    pub fn close(mut self) -> io::Result<()> {
        let mut first = Ok(());
        for s in std::mem::take(&mut self.members) {
            unsafe { shutdown(s, SD_BOTH) };
            if let Err(err) = close_one(s) {
                self.failed += 1;
                first = first.and(Err(err));
            }
        }
        first
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        for s in self.members.drain(..) {
            let _ = unsafe { closesocket(s) };
        }
    }
}
