//! One match writes all socket options; the linger arm takes milliseconds as the timeout arm rightly does.

use std::io;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{self as ws, LINGER, SOCKET};

pub enum SockOpt {
    NoDelay(bool),
    RecvTimeout(Duration),
    Linger(Duration),
    NoLinger,
}

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* $(,)? )) => {{
        let res = unsafe { ws::$fn($($arg),*) };
        if res == ws::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

fn write<T: Copy>(s: SOCKET, level: i32, name: i32, value: &T) -> io::Result<()> {
    syscall!(setsockopt(s, level, name, std::ptr::from_ref(value).cast(), size_of::<T>() as i32)).map(drop)
}

pub fn set_option(s: SOCKET, option: &SockOpt) -> io::Result<()> {
    match option {
        SockOpt::NoDelay(on) => write(s, ws::IPPROTO_TCP, ws::TCP_NODELAY, &i32::from(*on)),
        SockOpt::RecvTimeout(d) => {
            let millis = u32::try_from(d.as_millis()).unwrap_or(u32::MAX);
            write(s, ws::SOL_SOCKET, ws::SO_RCVTIMEO, &millis)
        }
        SockOpt::Linger(d) => {
            let mut value = LINGER { l_onoff: 1, l_linger: 0 };
            value.l_linger = u16::try_from(d.as_millis()).map_err(|_| io::ErrorKind::InvalidInput)?; //~ linger_units
            write(s, ws::SOL_SOCKET, ws::SO_LINGER, &value)
        }
        SockOpt::NoLinger => write(s, ws::SOL_SOCKET, ws::SO_LINGER, &LINGER { l_onoff: 0, l_linger: 0 }),
    }
}
