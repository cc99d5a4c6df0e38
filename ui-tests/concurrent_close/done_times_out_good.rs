//! When the wait for the done message times out, the worker is woken and awaited.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{self, SOCKET};

fn read_body(s: SOCKET) -> Vec<u8> {
    let (mut body, mut buf) = (Vec::new(), [0u8; 4096]);
    loop {
        let n = unsafe { WinSock::recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) };
        let Ok(n @ 1..) = usize::try_from(n) else { return body };
        body.extend_from_slice(&buf[..n]);
    }
}

pub fn fetch(s: SOCKET, limit: Duration) -> Option<Vec<u8>> {
    let (done, finished) = mpsc::channel();
    thread::spawn(move || {
        let body = read_body(s);
        let _ = done.send(body);
    });
    let body = match finished.recv_timeout(limit) {
        Ok(body) => Some(body),
        Err(_) => {
            unsafe { WinSock::shutdown(s, WinSock::SD_BOTH) };
            finished.recv().ok()
        }
    };
    unsafe { WinSock::closesocket(s) };
    body
}
