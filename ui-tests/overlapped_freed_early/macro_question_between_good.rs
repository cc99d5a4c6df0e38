//! Every `syscall!` that can fail comes before the start or after the wait.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SO_SNDTIMEO, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSA_IO_PENDING, WSABUF, WSAGetOverlappedResult, WSASend, setsockopt};
use windows_sys::Win32::System::IO::OVERLAPPED;

macro_rules! syscall {
    ($call:expr, $failed:path, $value:expr) => {{
        let r = unsafe { $call };
        if $failed(&r, &$value) { Err(io::Error::last_os_error()) } else { Ok(r) }
    }};
}

pub fn send_page(s: SOCKET, page: Box<[u8]>, millis: u32) -> io::Result<u32> {
    let mut overlapped = OVERLAPPED::default();
    let data = WSABUF { len: page.len() as u32, buf: page.as_ptr().cast_mut() };
    let (mut n, mut flags) = (0, 0);
    let timeout = (&raw const millis).cast();
    syscall!(setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, timeout, 4), PartialEq::eq, SOCKET_ERROR)?;
    let started = syscall!(WSASend(s, &data, 1, null_mut(), 0, &mut overlapped, None), PartialEq::eq, SOCKET_ERROR);
    match started {
        Err(e) if e.raw_os_error() != Some(WSA_IO_PENDING) => return Err(e),
        _ => {}
    }
    syscall!(WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags), PartialEq::eq, 0)?;
    Ok(n)
}
