//! The drain comes before `close`.

use windows_sys::Win32::Networking::WinSock::{closesocket as close, recv, shutdown, SD_SEND, SOCKET};

pub unsafe fn drain(s: SOCKET) -> usize {
    let mut buf = [0u8; 256];
    let mut total = 0;
    shutdown(s, SD_SEND);
    while let n @ 1.. = recv(s, buf.as_mut_ptr(), 256, 0) {
        total += n as usize;
    }
    close(s);
    total
}
