//! Each thread holds the lock across its call, and the closer leaves INVALID_SOCKET behind.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{closesocket, INVALID_SOCKET, recv, send, SOCKET};

pub fn with_heartbeat(s: SOCKET) -> usize {
    let shared = Arc::new(Mutex::new(s));
    let beat = Arc::clone(&shared);
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_secs(1));
            let socket = beat.lock().unwrap();
            if *socket == INVALID_SOCKET || unsafe { send(*socket, b"\0".as_ptr(), 1, 0) } != 1 {
                return;
            }
        }
    });
    let (mut total, mut buf) = (0, [0u8; 1024]);
    while let n @ 1.. = unsafe { recv(s, buf.as_mut_ptr(), 1024, 0) } {
        total += n as usize;
    }
    let mut socket = shared.lock().unwrap();
    unsafe { closesocket(*socket) };
    *socket = INVALID_SOCKET;
    total
}
