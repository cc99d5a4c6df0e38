//! `takes`, but a path forgets the number.

use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};

use socket_lifecycle::socket_lifecycle;

pub struct Pool(Vec<SOCKET>);

impl Pool {
    #[socket_lifecycle(takes(s))] //~ broken_contract
    pub fn add(&mut self, s: SOCKET) {
        if self.0.len() < 8 {
            self.0.push(s);
        }
    }
}
