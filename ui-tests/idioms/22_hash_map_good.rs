//! The socket is put into the table, or closed.

use std::collections::HashMap;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, SOCKET};

pub struct Clients {
    by_id: HashMap<u32, SOCKET>,
    max: usize,
}

impl Clients {
    pub fn admit(&mut self, listener: SOCKET, id: u32) -> bool {
        let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if s == INVALID_SOCKET {
            return false;
        }
        if self.by_id.len() >= self.max || self.by_id.contains_key(&id) {
            unsafe { closesocket(s) };
            return false;
        }
        self.by_id.insert(id, s);
        true
    }

    pub fn expel(&mut self, id: u32) -> bool {
        match self.by_id.remove(&id) {
            Some(s) => unsafe { closesocket(s) == 0 },
            None => false,
        }
    }
}
