//! The `windows` crate: SO_DONTLINGER takes the hard close back before the socket is closed.

use windows::Win32::Networking::WinSock::*;
use windows::core::{PSTR, Result};

unsafe fn bytes_of(linger: &LINGER) -> &[u8] {
    std::slice::from_raw_parts((linger as *const LINGER).cast(), size_of::<LINGER>())
}

pub unsafe fn log_remote(addr: &SOCKADDR_IN, text: &mut [u8]) -> Result<u32> {
    let s = socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0)?;
    let mut linger = LINGER::default();
    linger.l_onoff = 1;
    setsockopt(s, SOL_SOCKET, SO_LINGER, Some(bytes_of(&linger)));
    let mut sent = 0;
    if connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) == 0 {
        let buffer = WSABUF { len: text.len() as u32, buf: PSTR(text.as_mut_ptr()) };
        if WSASend(s, &[buffer], Some(&mut sent), 0, None, None) == SOCKET_ERROR {
            closesocket(s);
            return Ok(0);
        }
    }
    setsockopt(s, SOL_SOCKET, SO_DONTLINGER, Some(&1i32.to_ne_bytes()));
    closesocket(s);
    Ok(sent)
}
