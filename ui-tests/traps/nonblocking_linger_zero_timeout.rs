//! Nonblocking sockets in a table are reset: l_onoff is set, the timeout is zero, and nothing was sent.

use std::collections::HashMap;
use std::io;
use windows_sys::Win32::Networking::WinSock::{
    FIONBIO, INVALID_SOCKET, LINGER, SO_LINGER, SOCKET, SOCKET_ERROR, SOL_SOCKET, accept, closesocket, ioctlsocket, setsockopt,
};

#[derive(Default)]
pub struct Refuser {
    waiting: HashMap<u64, SOCKET>,
    next: u64,
}

impl Refuser {
    /// The listener stays the caller's.
    pub fn take_in(&mut self, listener: SOCKET) -> io::Result<u64> {
        let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let mut on = 1;
        let hard = LINGER { l_onoff: 1, l_linger: 0 };
        let rc = unsafe {
            ioctlsocket(s, FIONBIO, &mut on) | setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const hard).cast(), size_of::<LINGER>() as i32)
        };
        if rc == SOCKET_ERROR {
            let err = io::Error::last_os_error();
            unsafe { closesocket(s) };
            return Err(err);
        }
        self.next += 1;
        self.waiting.insert(self.next, s);
        Ok(self.next)
    }

    pub fn refuse(&mut self, id: u64) -> bool {
        match self.waiting.remove(&id) {
            Some(s) => unsafe { closesocket(s) == 0 },
            None => false,
        }
    }
}

impl Drop for Refuser {
    fn drop(&mut self) {
        for (_, s) in self.waiting.drain() {
            unsafe { closesocket(s) };
        }
    }
}
