//! Each accepted client gets a greeting and is closed without shutdown.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::*;

pub fn greet_all(listener: SOCKET, greeting: &[u8]) -> u32 {
    let mut greeted = 0;
    let len = greeting.len() as i32;
    loop {
        let client = unsafe { accept(listener, null_mut(), null_mut()) };
        if client == INVALID_SOCKET {
            return greeted;
        }
        if unsafe { send(client, greeting.as_ptr(), len, 0) } == SOCKET_ERROR {
            unsafe { closesocket(client) };
            continue;
        }
        greeted += 1;
        unsafe { closesocket(client) }; //~ close_without_shutdown
    }
}
