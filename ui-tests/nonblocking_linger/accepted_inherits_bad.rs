//! The listener is nonblocking and lingers; accepted sockets inherit both and are closed so.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    FIONBIO, INVALID_SOCKET, LINGER, SO_LINGER, SOCKET, SOL_SOCKET, WSAEWOULDBLOCK, WSAGetLastError, accept, closesocket, ioctlsocket, send, setsockopt,
};

const LINGER_SECS: u16 = 2;

fn prepare(listener: SOCKET) -> io::Result<()> {
    let linger = LINGER { l_onoff: 1, l_linger: LINGER_SECS };
    let mut on = 1;
    if unsafe { setsockopt(listener, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of_val(&linger) as i32) } != 0 {
        return Err(io::Error::last_os_error());
    }
    if unsafe { ioctlsocket(listener, FIONBIO, &mut on) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// Turns everybody away who is in the backlog of the caller's listener.
pub fn turn_away(listener: SOCKET, text: &str) -> io::Result<usize> {
    prepare(listener)?;
    let mut count = 0;
    loop {
        let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if s == INVALID_SOCKET {
            match unsafe { WSAGetLastError() } {
                WSAEWOULDBLOCK => return Ok(count),
                code => return Err(io::Error::from_raw_os_error(code)),
            }
        }
        unsafe {
            send(s, text.as_ptr(), text.len() as i32, 0);
            closesocket(s); //~ nonblocking_linger
        }
        count += 1;
    }
}
