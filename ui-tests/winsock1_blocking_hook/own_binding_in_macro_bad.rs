//! An own binding of WSACancelBlockingCall is called through a macro.

use std::ffi::{c_int, c_void};
use std::io;

#[link(name = "wsock32")]
unsafe extern "system" {
    fn WSACancelBlockingCall() -> c_int;
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
    os!(WSACancelBlockingCall(), 0) //~ winsock1_blocking_hook
}
