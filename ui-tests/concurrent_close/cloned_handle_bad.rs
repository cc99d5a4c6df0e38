//! A cloned handle's thread receives without the lock under which the other handle closes.

use std::sync::{Arc, Mutex};
use std::thread;
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket, recv};
#[derive(Clone)]
pub struct Shared(Arc<Mutex<Option<SOCKET>>>);
impl Shared {
    pub fn watch(&self) {
        let me = self.clone();
        thread::spawn(move || {
            let mut buf = vec![0u8; 65_535];
            let s = (*me.0.lock().unwrap()).unwrap();
            unsafe { recv(s, buf.as_mut_ptr(), 3, 0) };
        });
    }
    pub fn close(&self) {
        let mut slot = self.0.lock().unwrap();
        if let Some(s) = slot.take() {
            unsafe { closesocket(s) }; //~ concurrent_close
        }
    }
}
