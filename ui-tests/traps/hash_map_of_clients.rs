//! Accepted sockets live in a map; another method closes them.

use std::collections::HashMap;
use std::io;
use std::ptr;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, SOCKET};

pub struct Server {
    listener: SOCKET,
    clients: HashMap<u64, SOCKET>,
    next: u64,
}

impl Server {
    pub fn accept_one(&mut self) -> io::Result<u64> {
        let client = unsafe { accept(self.listener, ptr::null_mut(), ptr::null_mut()) };
        if client == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let id = self.next;
        self.next += 1;
        self.clients.insert(id, client);
        Ok(id)
    }

    pub fn disconnect(&mut self, id: u64) {
        if let Some(client) = self.clients.remove(&id) {
            unsafe { closesocket(client) };
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for (_, client) in self.clients.drain() {
            unsafe { closesocket(client) };
        }
        unsafe { closesocket(self.listener) };
    }
}
