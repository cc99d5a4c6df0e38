//! The Once that starts Winsock keeps the code WSAStartup returned for later callers.

use std::io;
use std::sync::Once;
use std::sync::atomic::{AtomicI32, Ordering};
use winapi::shared::minwindef::MAKEWORD;
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM};
use winapi::um::winsock2::{INVALID_SOCKET, SOCKET, WSADATA, WSAGetLastError, WSAStartup, socket};

static INIT: Once = Once::new();
static FAILURE: AtomicI32 = AtomicI32::new(0);

fn init() -> Result<(), i32> {
    INIT.call_once(|| unsafe {
        let mut data: WSADATA = std::mem::zeroed();
        let rc = WSAStartup(MAKEWORD(2, 2), &mut data);
        if rc != 0 {
            FAILURE.store(rc, Ordering::Release);
        }
    });
    match FAILURE.load(Ordering::Acquire) {
        0 => Ok(()),
        code => Err(code),
    }
}

/// The caller closes the socket.
pub fn stream_socket() -> io::Result<SOCKET> {
    init().map_err(io::Error::from_raw_os_error)?;
    match unsafe { socket(AF_INET, SOCK_STREAM, 0) } {
        INVALID_SOCKET => Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() })),
        s => Ok(s),
    }
}
