//! A helper turns Option<Duration> into a LINGER; the caller of a nonblocking socket passes Some seconds.

use std::io;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock as ws;

pub struct Config {
    pub keepalive: bool,
    pub linger: Option<Duration>,
}

fn into_linger(duration: Option<Duration>) -> ws::LINGER {
    match duration {
        Some(d) => ws::LINGER { l_onoff: 1, l_linger: d.as_secs() as _ },
        None => ws::LINGER { l_onoff: 0, l_linger: 0 },
    }
}

fn setsockopt<T>(s: ws::SOCKET, name: i32, payload: T) -> io::Result<()> {
    let rc = unsafe { ws::setsockopt(s, ws::SOL_SOCKET, name, (&raw const payload).cast(), size_of::<T>() as i32) };
    if rc == ws::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn set_nonblocking(s: ws::SOCKET, nonblocking: bool) -> io::Result<()> {
    let mut value = nonblocking as u32;
    if unsafe { ws::ioctlsocket(s, ws::FIONBIO, &raw mut value) } == ws::SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

fn apply(s: ws::SOCKET, config: &Config) -> io::Result<()> {
    set_nonblocking(s, true)?;
    setsockopt(s, ws::SO_KEEPALIVE, config.keepalive as u32)?;
    setsockopt(s, ws::SO_LINGER, into_linger(config.linger))
}

/// Whether this system takes our options at all.
pub fn self_test() -> io::Result<bool> {
    let s = unsafe { ws::WSASocketW(ws::AF_INET as i32, ws::SOCK_STREAM, 0, std::ptr::null(), 0, ws::WSA_FLAG_OVERLAPPED) };
    if s == ws::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let config = Config { keepalive: true, linger: Some(Duration::from_secs(10)) };
    let taken = apply(s, &config).is_ok();
    unsafe { ws::closesocket(s) }; //~ nonblocking_linger
    Ok(taken)
}
