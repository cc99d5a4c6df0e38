//! WSAPoll's SOCKET_ERROR is the error.

use std::io;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{SOCKET_ERROR, WSAPoll, WSAPOLLFD};

pub fn wait(fds: &mut [WSAPOLLFD], timeout: Option<Duration>) -> io::Result<usize> {
    let millis = timeout.map_or(-1, |t| t.as_millis() as i32);
    let ready = unsafe { WSAPoll(fds.as_mut_ptr(), fds.len() as u32, millis) };
    if ready == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    Ok(ready.max(0) as usize)
}
