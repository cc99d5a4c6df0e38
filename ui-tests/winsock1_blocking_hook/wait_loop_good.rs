//! A function-local import: WSAPoll waits with a timeout.

use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::SOCKET;

pub fn wait_readable(s: SOCKET, limit: Duration) -> bool {
    use windows_sys::Win32::Networking::WinSock as wsa;
    let mut entry = wsa::WSAPOLLFD { fd: s, events: wsa::POLLRDNORM, revents: 0 };
    if unsafe { wsa::WSAPoll(&mut entry, 1, limit.as_millis() as i32) } != 1 {
        return false;
    }
    println!("socket {s} is readable");
    true
}
