//! The reader closes at the end of the stream while the spawner goes on sending.

use std::thread;
use windows_sys::Win32::Networking::WinSock::{closesocket, recv, SD_BOTH, send, shutdown, SOCKET, SOCKET_ERROR};

pub fn push_lines(s: SOCKET, lines: impl Iterator<Item = Vec<u8>>) -> usize {
    let discard = thread::spawn(move || {
        let mut buf = [0u8; 256];
        while unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) } > 0 {}
        unsafe { closesocket(s) }; //~ concurrent_close
    });
    let mut sent = 0;
    for line in lines {
        if unsafe { send(s, line.as_ptr(), line.len() as i32, 0) } == SOCKET_ERROR {
            break;
        }
        sent += 1;
    }
    unsafe { shutdown(s, SD_BOTH) };
    let _ = discard.join();
    sent
}
