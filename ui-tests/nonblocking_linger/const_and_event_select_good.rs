//! The `windows` crate: the constant passed to the socket of WSAEventSelect is "off".

use windows::Win32::Foundation::{HANDLE, WAIT_OBJECT_0};
use windows::Win32::Networking::WinSock::*;
use windows::core::Result;

const KEEP_OPEN: LINGER = LINGER { l_onoff: 1, l_linger: 3 };
const OFF: LINGER = LINGER { l_onoff: 0, ..KEEP_OPEN };

unsafe fn set_linger(s: SOCKET, linger: &LINGER) -> bool {
    let bytes = std::slice::from_raw_parts((linger as *const LINGER).cast::<u8>(), 4);
    setsockopt(s, SOL_SOCKET, SO_LINGER, Some(bytes)) == 0
}

pub unsafe fn wait_readable(addr: &SOCKADDR_IN, ms: u32) -> Result<bool> {
    let event = WSACreateEvent()?;
    let s = match socket(AF_INET.0.into(), SOCK_STREAM, 0) {
        Ok(s) => s,
        Err(e) => {
            let _ = WSACloseEvent(event);
            return Err(e);
        }
    };
    let mut ready = set_linger(s, &OFF);
    ready &= connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) == 0;
    if ready {
        WSAEventSelect(s, Some(event), FD_READ as i32);
        let handle = HANDLE(event.0 as _);
        ready = WSAWaitForMultipleEvents(&[handle], false, ms, false) == WAIT_OBJECT_0;
    }
    closesocket(s);
    let _ = WSACloseEvent(event);
    Ok(ready)
}
