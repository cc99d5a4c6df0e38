//! The pump helper leaves both ends open, and its caller shuts down, then closes them.

use std::io;
use winapi::um::winsock2::{SD_BOTH, SOCKET, closesocket, recv, send, shutdown};

fn send_all(s: SOCKET, mut data: &[i8]) -> bool {
    while !data.is_empty() {
        match unsafe { send(s, data.as_ptr(), data.len() as i32, 0) } {
            n @ 1.. => data = &data[n as usize..],
            _ => return false,
        }
    }
    true
}

/// Copies from one end to the other until one of them stops.
fn pump(from: SOCKET, to: SOCKET) -> u64 {
    let mut total = 0;
    let mut buf = [0i8; 4096];
    loop {
        let n = unsafe { recv(from, buf.as_mut_ptr(), buf.len() as i32, 0) };
        if n <= 0 || !send_all(to, &buf[..n as usize]) {
            break;
        }
        total += n as u64;
    }
    total
}

/// Runs the relay to its end; both sockets are closed afterwards.
pub fn relay(upstream: SOCKET, downstream: SOCKET) -> io::Result<u64> {
    let total = pump(upstream, downstream);
    let rc = unsafe { shutdown(downstream, SD_BOTH) };
    let result = if rc != 0 && total == 0 { Err(io::Error::last_os_error()) } else { Ok(total) };
    unsafe {
        closesocket(upstream);
        closesocket(downstream);
    }
    result
}
