//! Under the name `cancel`, in a closure: the Winsock 1.1 call is to end a slow connect.

use std::io;
use std::time::{Duration, Instant};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSACancelBlockingCall as cancel};

const LIMIT: Duration = Duration::from_secs(20);

pub fn watchdog(s: SOCKET, started: Instant) -> io::Result<()> {
    let late = started.elapsed() > LIMIT;
    match late.then(|| unsafe { cancel() }) { //~ winsock1_blocking_hook
        Some(0) => eprintln!("connect on {s} cancelled"),
        Some(_) => return Err(io::Error::last_os_error()),
        None => {}
    }
    Ok(())
}
