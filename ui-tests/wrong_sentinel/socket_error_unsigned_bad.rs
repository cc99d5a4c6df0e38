//! accept's result is compared with SOCKET_ERROR widened through u32, which is not INVALID_SOCKET on 64 bits.

use std::collections::HashMap;
use std::io;
use winapi::um::winsock2::{FIONBIO, SOCKET, SOCKET_ERROR, accept, closesocket, ioctlsocket};

#[derive(Default)]
pub struct Registry {
    clients: HashMap<u32, SOCKET>,
    next: u32,
}

impl Registry {
    pub fn accept(&mut self, listener: SOCKET) -> io::Result<u32> {
        let client = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if client == SOCKET_ERROR as u32 as SOCKET { //~ wrong_sentinel
            return Err(io::Error::last_os_error());
        }
        let mut on = 1;
        if unsafe { ioctlsocket(client, FIONBIO, &mut on) } == SOCKET_ERROR {
            let err = io::Error::last_os_error();
            unsafe { closesocket(client) };
            return Err(err);
        }
        let id = self.next;
        self.next += 1;
        self.clients.insert(id, client);
        Ok(id)
    }

    pub fn get(&self, id: u32) -> Option<SOCKET> {
        self.clients.get(&id).copied()
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        for (_, client) in self.clients.drain() {
            unsafe { closesocket(client) };
        }
    }
}
