//! A compatibility module has functions of the old names that only keep a flag; no Winsock call is behind them.

use std::io;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, recv};

#[allow(non_snake_case)]
mod winsock1 {
    use std::sync::atomic::{AtomicBool, Ordering};

    static BLOCKING: AtomicBool = AtomicBool::new(false);

    pub fn WSAIsBlocking() -> bool {
        BLOCKING.load(Ordering::Acquire)
    }

    pub fn WSACancelBlockingCall() -> Result<(), &'static str> {
        if WSAIsBlocking() { Err("not supported by Winsock 2") } else { Ok(()) }
    }

    pub struct Mark;

    pub fn mark() -> Mark {
        BLOCKING.store(true, Ordering::Release);
        Mark
    }

    impl Drop for Mark {
        fn drop(&mut self) {
            BLOCKING.store(false, Ordering::Release);
        }
    }
}

pub fn read(s: SOCKET, buf: &mut [u8]) -> io::Result<usize> {
    if winsock1::WSAIsBlocking() {
        winsock1::WSACancelBlockingCall().map_err(io::Error::other)?;
    }
    let _mark = winsock1::mark();
    match unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) } {
        SOCKET_ERROR => Err(io::Error::last_os_error()),
        n => Ok(n as usize),
    }
}
