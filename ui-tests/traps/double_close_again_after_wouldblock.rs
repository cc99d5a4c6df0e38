//! A close that fails with WSAEWOULDBLOCK left the socket open, so it is closed again.

use std::thread::sleep;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{self as ws, SOCKET};

#[derive(Debug)]
pub enum Closed {
    AtOnce,
    After(u32),
    Failed(i32),
}

/// Takes `s` over and closes it, whatever its mode and linger option are.
pub unsafe fn close(s: SOCKET, max: u32) -> Closed {
    let mut tries = 0;
    loop {
        if unsafe { ws::closesocket(s) } == 0 {
            return if tries == 0 { Closed::AtOnce } else { Closed::After(tries) };
        }
        match unsafe { ws::WSAGetLastError() } {
            ws::WSAEWOULDBLOCK if tries < max => tries += 1,
            code => return Closed::Failed(code),
        }
        sleep(Duration::from_millis(50));
    }
}

/// The same with one further try only, after the socket was made blocking.
pub unsafe fn close_now(s: SOCKET) -> bool {
    unsafe {
        if ws::closesocket(s) != ws::SOCKET_ERROR {
            return true;
        }
        if ws::WSAGetLastError() != ws::WSAEWOULDBLOCK {
            return false;
        }
        let mut blocking = 0;
        ws::ioctlsocket(s, ws::FIONBIO, &mut blocking);
        ws::closesocket(s) == 0
    }
}
