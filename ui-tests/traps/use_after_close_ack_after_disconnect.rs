//! A poll loop closes the client that hung up and goes on with the next one.

use windows_sys::Win32::Networking::WinSock::{POLLIN, SOCKET, WSAPOLLFD, WSAPoll, closesocket, recv, send};

const ACK: [u8; 2] = *b"+\n";

#[derive(Default)]
pub struct Clients {
    fds: Vec<WSAPOLLFD>,
}

impl Clients {
    /// The table owns the socket from here on.
    pub fn push(&mut self, s: SOCKET) {
        self.fds.push(WSAPOLLFD { fd: s, events: POLLIN, revents: 0 });
    }

    /// One turn: reads from whoever has something. Returns the number of lines.
    pub fn turn(&mut self, timeout_ms: i32) -> usize {
        let ready = unsafe { WSAPoll(self.fds.as_mut_ptr(), self.fds.len() as u32, timeout_ms) };
        if ready <= 0 {
            return 0;
        }
        let mut lines = 0;
        let mut kept = Vec::with_capacity(self.fds.len());
        let mut buf = [0u8; 1024];
        for entry in self.fds.drain(..) {
            if entry.revents == 0 {
                kept.push(entry);
                continue;
            }
            let client = entry.fd;
            let n = unsafe { recv(client, buf.as_mut_ptr(), buf.len() as i32, 0) };
            if n <= 0 {
                unsafe { closesocket(client) };
                continue;
            }
            lines += buf[..n as usize].iter().filter(|b| **b == b'\n').count();
            kept.push(WSAPOLLFD { fd: client, events: POLLIN, revents: 0 });
            unsafe { send(client, ACK.as_ptr(), ACK.len() as i32, 0) };
        }
        self.fds = kept;
        lines
    }
}

impl Drop for Clients {
    fn drop(&mut self) {
        for entry in &self.fds {
            unsafe { closesocket(entry.fd) };
        }
    }
}
