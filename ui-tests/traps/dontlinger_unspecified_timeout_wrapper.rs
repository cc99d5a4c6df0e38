//! A generic wrapper clears SO_DONTLINGER on sockets of others, of which nothing is known: they may have a timeout.

use std::io;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{
    SO_DONTLINGER, SO_OOBINLINE, SOCKET, SOCKET_ERROR, SOL_SOCKET, getsockopt, setsockopt,
};

fn set_bool(s: SOCKET, name: i32, on: bool) -> io::Result<()> {
    let value = i32::from(on);
    let res = unsafe { setsockopt(s, SOL_SOCKET, name, (&raw const value).cast(), size_of::<i32>() as i32) };
    if res == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

pub trait LingerExt: AsRawSocket {
    fn set_dont_linger(&self, on: bool) -> io::Result<()> {
        set_bool(self.as_raw_socket() as SOCKET, SO_DONTLINGER, on)
    }

    /// Back to the timeout that the socket had before.
    fn restore_linger(&self) -> io::Result<()> {
        self.set_dont_linger(false)
    }

    fn dont_linger(&self) -> io::Result<bool> {
        let (mut value, mut len) = (0i32, size_of::<i32>() as i32);
        let s = self.as_raw_socket() as SOCKET;
        match unsafe { getsockopt(s, SOL_SOCKET, SO_DONTLINGER, (&raw mut value).cast(), &mut len) } {
            0 => Ok(value != 0),
            _ => Err(io::Error::last_os_error()),
        }
    }

    fn set_oob_inline(&self, on: bool) -> io::Result<()> {
        set_bool(self.as_raw_socket() as SOCKET, SO_OOBINLINE, on)
    }
}

impl<T: AsRawSocket + ?Sized> LingerExt for T {}
