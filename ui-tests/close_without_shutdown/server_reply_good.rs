//! A daytime server shuts each accepted connection down after its reply and drains it.

use std::io;
use std::time::SystemTime;
use windows_sys::Win32::Networking::WinSock::{self as ws, SOCKET};

fn reply(s: SOCKET) {
    let secs = SystemTime::UNIX_EPOCH.elapsed().map(|d| d.as_secs()).unwrap_or(0);
    let line = format!("{secs}\r\n");
    unsafe { ws::send(s, line.as_ptr(), line.len() as i32, 0) };
}

/// Serves `count` clients of the caller's listener.
pub fn serve(listener: SOCKET, count: usize) -> io::Result<()> {
    for _ in 0..count {
        let client = unsafe { ws::accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if client == ws::INVALID_SOCKET {
            if unsafe { ws::WSAGetLastError() } == ws::WSAECONNRESET {
                continue;
            }
            return Err(io::Error::last_os_error());
        }
        reply(client);
        let mut sink = [0u8; 64];
        if unsafe { ws::shutdown(client, ws::SD_SEND) } == 0 {
            while unsafe { ws::recv(client, sink.as_mut_ptr(), 64, 0) } > 0 {}
        }
        unsafe { ws::closesocket(client) };
    }
    Ok(())
}
