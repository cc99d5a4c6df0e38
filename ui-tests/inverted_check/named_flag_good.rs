//! The flag `failed` is true when the call failed.

use windows_sys::Win32::Networking::WinSock::{setsockopt, SO_BROADCAST, SOCKET, SOL_SOCKET, WSAGetLastError};

pub fn mark_broadcast(sockets: &[SOCKET]) -> Result<(), (SOCKET, i32)> {
    let on = 1i32;
    for &s in sockets {
        let r = unsafe { setsockopt(s, SOL_SOCKET, SO_BROADCAST, (&raw const on).cast(), 4) };
        let failed = r != 0;
        if failed {
            return Err((s, unsafe { WSAGetLastError() }));
        }
    }
    Ok(())
}
