//! The receiver keeps the mutex locked while it receives, so close() under the lock excludes it.

use std::io;
use std::sync::{Arc, Mutex};
use std::thread;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, closesocket, recvfrom, setsockopt, SOL_SOCKET, SO_RCVTIMEO};

#[derive(Clone)]
pub struct Shared(Arc<Mutex<Option<SOCKET>>>);

impl Shared {
    /// Takes over a bound datagram socket.
    pub fn new(s: SOCKET) -> Shared {
        let ms = 250u32;
        unsafe { setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (&raw const ms).cast(), 4) };
        Shared(Arc::new(Mutex::new(Some(s))))
    }

    fn receive(&self, buf: &mut [u8]) -> Option<io::Result<usize>> {
        let slot = self.0.lock().unwrap();
        let s = (*slot)?;
        let n = unsafe { recvfrom(s, buf.as_mut_ptr(), buf.len() as i32, 0, std::ptr::null_mut(), std::ptr::null_mut()) };
        Some(if n == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(n as usize) })
    }

    pub fn watch(&self, mut on_datagram: impl FnMut(&[u8]) + Send + 'static) {
        let me = self.clone();
        thread::spawn(move || {
            let mut buf = vec![0u8; 65_535];
            while let Some(res) = me.receive(&mut buf) {
                if let Ok(n) = res {
                    on_datagram(&buf[..n]);
                }
            }
        });
    }

    pub fn close(&self) {
        let mut slot = self.0.lock().unwrap();
        if let Some(s) = slot.take() {
            unsafe { closesocket(s) };
        }
    }
}
