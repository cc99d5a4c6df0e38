//! `let _ =` of a close that fails with WSAEWOULDBLOCK: nonblocking and lingering.

use windows_sys::Win32::Networking::WinSock::{closesocket, FIONBIO, ioctlsocket, LINGER, setsockopt, SO_LINGER, SOCKET, SOL_SOCKET};

pub fn quick_close(s: SOCKET) {
    let mut on = 1u32;
    let linger = LINGER { l_onoff: 1, l_linger: 5 };
    unsafe {
        ioctlsocket(s, FIONBIO, &mut on);
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32);
        let _ = closesocket(s); //~ nonblocking_linger
    }
}
