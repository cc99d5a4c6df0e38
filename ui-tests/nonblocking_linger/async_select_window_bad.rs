//! A window client asks for WSAAsyncSelect messages, sets a linger time and closes in the same state.

use std::io;
use windows_sys::Win32::Foundation::HWND;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, FD_CLOSE, FD_READ, FIONBIO, INVALID_SOCKET, IPPROTO_TCP, LINGER, SO_LINGER, SOCK_STREAM, SOCKADDR, SOCKADDR_IN, SOCKET, SOCKET_ERROR,
    SOL_SOCKET, WSAAsyncSelect, closesocket, connect, ioctlsocket, send, setsockopt, socket,
};

const WM_SOCKET: u32 = 0x8000 + 1;

fn check(rc: i32) -> io::Result<()> {
    if rc == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn notify(s: SOCKET, window: HWND, to: &SOCKADDR_IN) -> io::Result<()> {
    check(unsafe { connect(s, (&raw const *to).cast::<SOCKADDR>(), size_of::<SOCKADDR_IN>() as i32) })?;
    let linger = LINGER { l_onoff: 1, l_linger: 3 };
    check(unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32) })?;
    check(unsafe { WSAAsyncSelect(s, window, WM_SOCKET, (FD_READ | FD_CLOSE) as i32) })?;
    check(unsafe { send(s, b"BYE\r\n".as_ptr(), 5, 0) })?;
    Ok(())
}

pub fn say_goodbye(window: HWND, to: &SOCKADDR_IN) -> io::Result<()> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let result = notify(s, window, to);
    unsafe { closesocket(s) }; //~ nonblocking_linger
    result
}
