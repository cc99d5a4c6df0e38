//! The thread is never joined, but it signals a condition variable after its last call on the socket.

use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use windows_sys::Win32::Networking::WinSock::{closesocket, recv, SD_SEND, send, shutdown, SOCKET};

pub fn converse(s: SOCKET, request: &[u8]) {
    let finished = Arc::new((Mutex::new(false), Condvar::new()));
    let theirs = Arc::clone(&finished);
    thread::spawn(move || {
        let mut buf = [0u8; 512];
        while unsafe { recv(s, buf.as_mut_ptr(), 512, 0) } > 0 {}
        *theirs.0.lock().unwrap() = true;
        theirs.1.notify_one();
        println!("reader of {s} done");
    });
    unsafe { send(s, request.as_ptr(), request.len() as i32, 0) };
    unsafe { shutdown(s, SD_SEND) };
    let mut done = finished.0.lock().unwrap();
    while !*done {
        done = finished.1.wait(done).unwrap();
    }
    unsafe { closesocket(s) };
}
