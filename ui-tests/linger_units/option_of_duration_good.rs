//! The linger time of an Option<Duration> is written in seconds.

use std::io;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock as c;

fn cvt(r: i32) -> io::Result<i32> {
    if r == c::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(r) }
}

fn setsockopt<T>(s: c::SOCKET, level: i32, option: i32, value: T) -> io::Result<()> {
    unsafe { cvt(c::setsockopt(s, level, option, (&raw const value).cast(), size_of::<T>() as i32)).map(drop) }
}

pub fn set_linger(s: c::SOCKET, linger: Option<Duration>) -> io::Result<()> {
    let linger = c::LINGER { l_onoff: linger.is_some() as u16, l_linger: linger.unwrap_or_default().as_secs() as u16 };
    setsockopt(s, c::SOL_SOCKET, c::SO_LINGER, linger)
}
