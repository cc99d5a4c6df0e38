//! A send that took bytes is reported with an error code.

use windows_sys::Win32::Networking::WinSock::{send, SOCKET, WSAGetLastError};

pub fn send_some(s: SOCKET, data: &[u8]) -> Result<usize, i32> {
    let n = unsafe { send(s, data.as_ptr(), data.len() as i32, 0) };
    if n >= 0 { //~ inverted_check
        return Err(unsafe { WSAGetLastError() });
    }
    Ok(n as usize)
}
