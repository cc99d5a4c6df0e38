//! A helper makes the LINGER from an Option, and None is passed.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

fn linger(secs: Option<u16>) -> ws::LINGER {
    match secs {
        Some(l_linger) => ws::LINGER { l_onoff: 1, l_linger },
        None => ws::LINGER { l_onoff: 0, l_linger: 0 },
    }
}

fn fail<T>(s: ws::SOCKET) -> io::Result<T> {
    let err = io::Error::last_os_error();
    unsafe { ws::closesocket(s) };
    Err(err)
}

pub unsafe fn ping(addr: *const ws::SOCKADDR, len: i32) -> io::Result<bool> {
    let s = ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0);
    if s == ws::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if ws::connect(s, addr, len) == ws::SOCKET_ERROR {
        return fail(s);
    }
    let mut on = 1u32;
    if ws::ioctlsocket(s, ws::FIONBIO, &mut on) == ws::SOCKET_ERROR {
        return fail(s);
    }
    let option = linger(None);
    ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const option).cast(), size_of_val(&option) as i32);
    let pong = ws::send(s, b"PING".as_ptr(), 4, 0) == 4;
    ws::closesocket(s);
    Ok(pong)
}
