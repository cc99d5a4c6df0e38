//! The guard is dropped after the last call.

use windows_sys::Win32::Networking::WinSock::{closesocket, send, SOCKET};

struct Guard(SOCKET);

impl Drop for Guard {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

pub fn say_goodbye(s: SOCKET, message: &[u8]) -> i32 {
    let guard = Guard(s);
    let sent = unsafe { send(s, message.as_ptr(), message.len() as i32, 0) };
    drop(guard);
    sent
}
