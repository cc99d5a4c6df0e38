//! The linger time is read, l_onoff cleared and written back before a nonblocking socket is closed.

use std::io;
use std::mem::MaybeUninit;
use windows_sys::Win32::Networking::WinSock::{
    FIONBIO, LINGER, SO_LINGER, SOCKET, SOL_SOCKET, closesocket, getsockopt, ioctlsocket, setsockopt,
};

trait SocketExt {
    fn get<T>(self, name: i32) -> io::Result<T>;
    fn set<T>(self, name: i32, value: &T) -> io::Result<()>;
}

impl SocketExt for SOCKET {
    fn get<T>(self, name: i32) -> io::Result<T> {
        let mut value = MaybeUninit::<T>::uninit();
        let mut len = size_of::<T>() as i32;
        match unsafe { getsockopt(self, SOL_SOCKET, name, value.as_mut_ptr().cast(), &mut len) } {
            0 => Ok(unsafe { value.assume_init() }),
            _ => Err(io::Error::last_os_error()),
        }
    }

    fn set<T>(self, name: i32, value: &T) -> io::Result<()> {
        match unsafe { setsockopt(self, SOL_SOCKET, name, (&raw const *value).cast(), size_of::<T>() as i32) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

/// The socket may have any linger time; it stays open when its option cannot be changed.
pub fn close_in_background(s: SOCKET) -> io::Result<()> {
    let mut on = 1u32;
    if unsafe { ioctlsocket(s, FIONBIO, &mut on) } != 0 {
        return Err(io::Error::last_os_error());
    }
    s.set(SO_LINGER, &LINGER { l_onoff: 1, l_linger: 9 })?;
    let mut linger: LINGER = s.get(SO_LINGER)?;
    linger.l_onoff = 0;
    s.set(SO_LINGER, &linger)?;
    match unsafe { closesocket(s) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}
