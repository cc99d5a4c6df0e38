//! Before the close a loop reads until the peer has ended; afterwards the descriptor is not touched any more.

use std::collections::HashMap;
use windows::Win32::Networking::WinSock::{
    SD_SEND, SEND_RECV_FLAGS, SOCKET, closesocket, recv, shutdown,
};

#[derive(Default)]
pub struct Pool {
    idle: HashMap<String, SOCKET>,
}

impl Pool {
    /// Takes over a connected socket; gives back the one it had before for that host.
    pub fn put(&mut self, host: &str, s: SOCKET) -> Option<SOCKET> {
        self.idle.insert(host.to_owned(), s)
    }

    pub fn take(&mut self, host: &str) -> Option<SOCKET> {
        self.idle.remove(host)
    }

    /// Closes the idle connection to a host.
    pub fn evict(&mut self, host: &str) -> u32 {
        let mut rounds = 0;
        if let Some(s) = self.idle.remove(host) {
            unsafe { shutdown(s, SD_SEND) };
            loop {
                let mut rest = [0u8; 512];
                if unsafe { recv(s, &mut rest, SEND_RECV_FLAGS(0)) } <= 0 {
                    break;
                }
                rounds += 1;
            }
            unsafe { closesocket(s) };
        }
        rounds
    }
}
