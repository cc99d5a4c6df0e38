//! One socket2 owner is made from the accepted descriptor; the other worker gets a clone of it.

use socket2::{SockAddr, Socket};
use std::io;
use std::os::windows::io::{FromRawSocket, RawSocket};
use winapi::um::winsock2::{self as wsk, SOCKET};

/// A connection with one handle for sending and one for control.
pub struct Split {
    pub data: Socket,
    pub control: Socket,
    pub peer: Option<SockAddr>,
}

fn accepted(listener: SOCKET) -> io::Result<SOCKET> {
    match unsafe { wsk::accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) } {
        wsk::INVALID_SOCKET => Err(io::Error::last_os_error()),
        s => Ok(s),
    }
}

pub fn accept_split(listener: SOCKET) -> io::Result<Split> {
    let raw = accepted(listener)? as RawSocket;
    let data = unsafe { Socket::from_raw_socket(raw) };
    let peer = data.peer_addr().ok();
    let control = data.try_clone()?;
    Ok(Split { data, control, peer })
}
