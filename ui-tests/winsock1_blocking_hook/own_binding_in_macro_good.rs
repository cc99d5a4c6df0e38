//! The macro calls an own binding of CancelIoEx, which ends overlapped operations.

use std::ffi::{c_int, c_void};
use std::io;

#[link(name = "kernel32")]
unsafe extern "system" {
    fn CancelIoEx(file: *mut c_void, overlapped: *mut c_void) -> c_int;
}

macro_rules! os {
    ($call:expr, $ok:pat) => {
        match unsafe { $call } {
            $ok => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    };
}

/// Ends what the socket waits for; the caller keeps its OVERLAPPED until then.
pub fn give_up(socket: *mut c_void) -> io::Result<()> {
    if socket.is_null() {
        return Ok(());
    }
    os!(CancelIoEx(socket, std::ptr::null_mut()), 1..)
}
