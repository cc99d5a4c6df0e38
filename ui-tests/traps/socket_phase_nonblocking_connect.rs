//! A nonblocking connect that would block is waited for with WSAPoll; then the socket is connected.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, FIONBIO, getsockopt, INVALID_SOCKET, ioctlsocket, POLLWRNORM, send, SO_ERROR, SOCK_STREAM, SOCKADDR, socket, SOL_SOCKET, WSAEWOULDBLOCK, WSAGetLastError, WSAPoll, WSAPOLLFD};

pub fn greet(addr: *const SOCKADDR, len: i32, timeout_ms: i32) -> io::Result<()> {
    unsafe {
        let s = socket(AF_INET as i32, SOCK_STREAM, 0);
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let mut on = 1;
        ioctlsocket(s, FIONBIO, &mut on);
        if connect(s, addr, len) != 0 {
            let code = WSAGetLastError();
            if code != WSAEWOULDBLOCK {
                closesocket(s);
                return Err(io::Error::from_raw_os_error(code));
            }
            let mut poll = WSAPOLLFD { fd: s, events: POLLWRNORM, revents: 0 };
            let (mut error, mut size) = (0i32, 4);
            if WSAPoll(&mut poll, 1, timeout_ms) != 1
                || getsockopt(s, SOL_SOCKET, SO_ERROR, (&raw mut error).cast(), &mut size) != 0
                || error != 0
            {
                closesocket(s);
                return Err(io::ErrorKind::NotConnected.into());
            }
        }
        send(s, b"HELO\r\n".as_ptr(), 6, 0);
        closesocket(s);
    }
    Ok(())
}
