//! The loop receives until the peer has closed, and closesocket comes after it.

use windows_sys::Win32::Networking::WinSock::{closesocket, recv, SD_SEND, shutdown, SOCKET};

pub fn drain(s: SOCKET) -> usize {
    let (mut total, mut buf) = (0, [0u8; 512]);
    unsafe { shutdown(s, SD_SEND) };
    loop {
        let n = unsafe { recv(s, buf.as_mut_ptr(), 512, 0) };
        if n <= 0 {
            break;
        }
        total += n.max(0) as usize;
    }
    unsafe { closesocket(s) };
    total
}
