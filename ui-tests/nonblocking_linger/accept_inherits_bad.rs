//! The accepted socket inherits its listener's mode and linger time.

use std::ptr;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, FIONBIO, INVALID_SOCKET, ioctlsocket, LINGER, send, setsockopt, SO_LINGER, SOCKET, SOL_SOCKET};

pub unsafe fn greet_one(listener: SOCKET) -> bool {
    let linger = LINGER { l_onoff: 1, l_linger: 2 };
    let mut nonblocking: u32 = 1;
    if setsockopt(listener, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4) != 0
        || ioctlsocket(listener, FIONBIO, &mut nonblocking) != 0
    {
        return false;
    }
    let client = accept(listener, ptr::null_mut(), ptr::null_mut());
    if client == INVALID_SOCKET {
        return false;
    }
    let hello = b"220 ready\r\n";
    let sent = send(client, hello.as_ptr(), hello.len() as i32, 0);
    closesocket(client); //~ nonblocking_linger
    sent == hello.len() as i32
}
