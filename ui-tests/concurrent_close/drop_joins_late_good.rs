//! Drop joins the thread that reads from the socket and then closes it.

use std::thread::{self, JoinHandle};
use windows_sys::Win32::Networking::WinSock::{closesocket, recv, SD_BOTH, shutdown, SOCKET};

pub struct Subscription {
    socket: SOCKET,
    handle: Option<JoinHandle<()>>,
}

impl Subscription {
    pub fn start(socket: SOCKET, mut sink: impl FnMut(&[u8]) + Send + 'static) -> Subscription {
        let handle = thread::spawn(move || {
            let mut buf = [0u8; 1024];
            loop {
                match unsafe { recv(socket, buf.as_mut_ptr(), buf.len() as i32, 0) } {
                    n if n > 0 => sink(&buf[..n as usize]),
                    _ => return,
                }
            }
        });
        Subscription { socket, handle: Some(handle) }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        unsafe { shutdown(self.socket, SD_BOTH) };
        if let Some(handle) = self.handle.take() {
            let _ = handle.join();
        }
        unsafe { closesocket(self.socket) };
    }
}
