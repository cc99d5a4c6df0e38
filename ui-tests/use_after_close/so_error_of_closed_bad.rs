//! The pending error is asked of a socket that is closed already.

use windows_sys::Win32::Networking::WinSock::{closesocket, getsockopt, SO_ERROR, SOCKET, SOL_SOCKET};

pub unsafe fn finish_connect(s: SOCKET, ready: bool) -> Result<SOCKET, i32> {
    if ready {
        return Ok(s);
    }
    let mut code = 0i32;
    let mut len = 4i32;
    closesocket(s);
    getsockopt(s, SOL_SOCKET, SO_ERROR, (&raw mut code).cast(), &mut len); //~ use_after_close
    Err(code)
}
