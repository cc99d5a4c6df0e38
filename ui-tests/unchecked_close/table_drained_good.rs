//! The loop counts the sockets that could not be closed.

use std::collections::HashMap;
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};

#[derive(Default)]
pub struct Table {
    by_name: HashMap<String, SOCKET>,
}

impl Table {
    pub fn insert(&mut self, name: &str, s: SOCKET) -> Option<SOCKET> {
        self.by_name.insert(name.to_owned(), s)
    }

    pub fn close_all(&mut self) -> usize {
        let mut count = 0;
        for (_, s) in self.by_name.drain() {
            if unsafe { closesocket(s) } != 0 {
                count += 1;
            }
        }
        count
    }
}
