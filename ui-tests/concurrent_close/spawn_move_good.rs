//! The reader is woken by shutdown and joined, and only then is the socket closed.

use std::thread;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{closesocket, recv, SD_BOTH, shutdown, SOCKET};

pub fn count_for(s: SOCKET, time: Duration) -> u64 {
    let reader = thread::spawn(move || {
        let (mut total, mut buf) = (0, [0u8; 4096]);
        loop {
            let n = unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) };
            if n <= 0 {
                return total;
            }
            total += n as u64;
        }
    });
    thread::sleep(time);
    unsafe { shutdown(s, SD_BOTH) };
    let total = reader.join().unwrap_or(0);
    unsafe { closesocket(s) };
    total
}
