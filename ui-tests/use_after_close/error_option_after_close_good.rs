//! The pending error of a failed connection is asked for before the wrapper closes it.

use std::time::{Duration, Instant};
use windows::Win32::Networking::WinSock::*;
use windows::core::PSTR;

unsafe fn close(s: SOCKET) {
    if closesocket(s) == SOCKET_ERROR {
        eprintln!("closesocket: {:?}", WSAGetLastError());
    }
}

unsafe fn writable(s: SOCKET, wait: Duration) -> bool {
    let mut fd = WSAPOLLFD { fd: s, events: POLLOUT, ..Default::default() };
    WSAPoll(&mut fd, 1, wait.as_millis() as i32) == 1 && fd.revents.0 & POLLOUT.0 != 0
}

/// A connected socket, still nonblocking, or the code that says why there is none within `wait`.
pub unsafe fn finish_connect(addr: &SOCKADDR_IN, wait: Duration) -> Result<SOCKET, WSA_ERROR> {
    let Ok(s) = socket(AF_INET.0.into(), SOCK_STREAM, 0) else {
        return Err(WSAGetLastError());
    };
    let started = Instant::now();
    let mut mode = 1;
    if ioctlsocket(s, FIONBIO, &mut mode) != 0 {
        let code = WSAGetLastError();
        close(s);
        return Err(code);
    }
    if connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) == 0 {
        return Ok(s);
    }
    let code = WSAGetLastError();
    if code != WSAEWOULDBLOCK {
        close(s);
        return Err(code);
    }
    if writable(s, wait) {
        return Ok(s);
    }
    let mut pending = [0u8; 4];
    let mut len = 4;
    let got = getsockopt(s, SOL_SOCKET, SO_ERROR, PSTR(pending.as_mut_ptr()), &mut len);
    close(s);
    println!("{:?} after {:?}", s, started.elapsed());
    match i32::from_ne_bytes(pending) {
        0 => Err(WSAETIMEDOUT),
        _ if got != 0 => Err(WSAETIMEDOUT),
        code => Err(WSA_ERROR(code)),
    }
}
