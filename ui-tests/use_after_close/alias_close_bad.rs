//! `close` is closesocket under another name; the drain comes after it.

use windows_sys::Win32::Networking::WinSock::{closesocket as close, recv, shutdown, SD_SEND, SOCKET};

pub unsafe fn drain(s: SOCKET) -> usize {
    let mut buf = [0u8; 256];
    let mut total = 0;
    shutdown(s, SD_SEND);
    close(s);
    while let n @ 1.. = recv(s, buf.as_mut_ptr(), 256, 0) { //~ use_after_close
        total += n as usize;
    }
    total
}
