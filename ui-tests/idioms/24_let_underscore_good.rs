//! `let _ =` of a close that cannot block: the linger is off.

use windows_sys::Win32::Networking::WinSock::{closesocket, FIONBIO, ioctlsocket, LINGER, setsockopt, SO_LINGER, SOCKET, SOL_SOCKET};

pub fn quick_close(s: SOCKET) {
    let mut on = 1u32;
    let linger = LINGER { l_onoff: 0, l_linger: 0 };
    unsafe {
        ioctlsocket(s, FIONBIO, &mut on);
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32);
        let _ = closesocket(s);
    }
}
