//! The body closes and breaks; the line after the loop closes again.

use windows_sys::Win32::Networking::WinSock::{closesocket, recv, send, SOCKET};

pub fn echo(s: SOCKET) {
    let mut buf = [0u8; 512];
    loop {
        let n = unsafe { recv(s, buf.as_mut_ptr(), 512, 0) };
        if n <= 0 {
            break;
        }
        if unsafe { send(s, buf.as_ptr(), n, 0) } != n {
            unsafe { closesocket(s) };
            break;
        }
    }
    unsafe { closesocket(s) }; //~ double_close
}
