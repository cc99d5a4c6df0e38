//! A guard sets a receive timeout and takes it off again in its Drop.

use windows_sys::Win32::Networking::WinSock::*;

pub struct Timed {
    socket: SOCKET,
}

fn set_timeout(s: SOCKET, millis: u32) -> bool {
    unsafe { setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (&raw const millis).cast(), 4) == 0 }
}

impl Timed {
    pub fn new(socket: SOCKET, millis: u32) -> Option<Timed> {
        set_timeout(socket, millis).then(|| Timed { socket })
    }
}

impl Drop for Timed {
    fn drop(&mut self) {
        if !set_timeout(self.socket, 0) {
            eprintln!("the timeout stays");
        }
    }
}
