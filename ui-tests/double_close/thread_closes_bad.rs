//! The joined thread has closed the socket that its spawner closes.

use std::thread;
use windows_sys::Win32::Networking::WinSock::{closesocket, recv, SOCKET};

pub fn read_all(s: SOCKET) -> usize {
    let reader = thread::spawn(move || {
        let mut buf = [0u8; 1024];
        let mut total = 0usize;
        loop {
            let n = unsafe { recv(s, buf.as_mut_ptr(), 1024, 0) };
            if n <= 0 {
                unsafe { closesocket(s) };
                return total;
            }
            total += n as usize;
        }
    });
    let total = reader.join().unwrap_or(0);
    unsafe { closesocket(s) }; //~ double_close
    total
}
