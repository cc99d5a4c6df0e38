//! An extension trait converts Option<Duration> with as_secs, clamped to what l_linger can hold.

use std::io;
use std::os::windows::io::AsRawSocket;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{
    LINGER, SO_KEEPALIVE, SO_LINGER, SOCKET, SOCKET_ERROR, SOL_SOCKET, setsockopt,
};

fn set<T>(s: SOCKET, level: i32, name: i32, value: T) -> io::Result<()> {
    let res = unsafe { setsockopt(s, level, name, (&raw const value).cast(), size_of::<T>() as i32) };
    if res == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

pub trait SocketExt {
    fn set_keepalive(&self, on: bool) -> io::Result<()>;
    fn set_linger(&self, timeout: Option<Duration>) -> io::Result<()>;
}

impl<T: AsRawSocket> SocketExt for T {
    fn set_keepalive(&self, on: bool) -> io::Result<()> {
        set(self.as_raw_socket() as _, SOL_SOCKET, SO_KEEPALIVE, i32::from(on))
    }

    fn set_linger(&self, timeout: Option<Duration>) -> io::Result<()> {
        let on = u16::from(timeout.is_some());
        let linger = LINGER { l_onoff: on, l_linger: timeout.map_or(0, |d| d.as_secs().min(u16::MAX.into()) as u16) };
        set(self.as_raw_socket() as _, SOL_SOCKET, SO_LINGER, linger)
    }
}
