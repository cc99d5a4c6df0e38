//! The workers share the socket through an Arc whose inner type's Drop closes it, which happens when the last user is gone.

use std::sync::Arc;
use std::thread;
use windows_sys::Win32::Networking::WinSock::*;

struct Inner {
    socket: SOCKET,
}

impl Drop for Inner {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}

pub struct Publisher {
    inner: Arc<Inner>,
}

impl Publisher {
    /// Takes over a connected datagram socket.
    pub fn new(socket: SOCKET) -> Publisher {
        Publisher { inner: Arc::new(Inner { socket }) }
    }

    pub fn publish_later(&self, text: String) {
        let inner = Arc::clone(&self.inner);
        thread::spawn(move || {
            let n = unsafe { send(inner.socket, text.as_ptr(), text.len() as i32, 0) };
            if n == SOCKET_ERROR {
                eprintln!("publish: {}", std::io::Error::last_os_error());
            }
        });
    }

    pub fn stop(self) {
        drop(self.inner);
    }
}
