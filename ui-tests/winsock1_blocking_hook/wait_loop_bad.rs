//! A function-local import: the loop waits until WSAIsBlocking says no.

use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::SOCKET;

pub fn wait_readable(s: SOCKET, limit: Duration) -> bool {
    use windows_sys::Win32::Networking::WinSock as wsa;
    let mut waited = Duration::ZERO;
    while unsafe { wsa::WSAIsBlocking() } != 0 { //~ winsock1_blocking_hook
        if waited >= limit {
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
        waited += Duration::from_millis(10);
    }
    println!("socket {s} is free");
    true
}
