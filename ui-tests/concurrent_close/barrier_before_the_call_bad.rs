//! The worker passes the barrier before its recv, so that the barrier does not order it before the close.

use std::sync::{Arc, Barrier};
use std::thread;
use windows_sys::Win32::Networking::WinSock::{closesocket, MSG_WAITALL, recv, send, SOCKET};

pub fn knock(s: SOCKET, secret: [u8; 16]) {
    let barrier = Arc::new(Barrier::new(2));
    let theirs = barrier.clone();
    thread::spawn(move || {
        let mut answer = [0u8; 16];
        theirs.wait();
        let n = unsafe { recv(s, answer.as_mut_ptr(), 16, MSG_WAITALL) };
        if n == 16 {
            println!("answer: {answer:?}");
        }
    });
    unsafe { send(s, secret.as_ptr(), 16, 0) };
    barrier.wait();
    unsafe { closesocket(s) }; //~ concurrent_close
}
