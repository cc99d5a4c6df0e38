//! Closes that need no shutdown: a datagram socket that sent, an IrDA stream, and a socket that never connected.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_IRDA, INVALID_SOCKET, SOCK_DGRAM, SOCK_STREAM, SOCKADDR, SOCKADDR_IN, SOCKET, SOCKET_ERROR, closesocket, connect, send, sendto, socket,
};

fn open(family: u16, kind: i32) -> io::Result<SOCKET> {
    match unsafe { socket(family as i32, kind, 0) } {
        INVALID_SOCKET => Err(io::Error::last_os_error()),
        s => Ok(s),
    }
}

pub fn beacon(to: &SOCKADDR_IN, payload: &[u8]) -> io::Result<bool> {
    let s = open(AF_INET, SOCK_DGRAM)?;
    let n = unsafe { sendto(s, payload.as_ptr(), payload.len() as i32, 0, (&raw const *to).cast::<SOCKADDR>(), size_of::<SOCKADDR_IN>() as i32) };
    unsafe { closesocket(s) };
    Ok(n as usize == payload.len())
}

/// # Safety
/// `peer` is an IrDA address of `len` bytes.
pub unsafe fn beam(peer: *const SOCKADDR, len: i32, card: &[u8]) -> io::Result<bool> {
    let s = open(AF_IRDA, SOCK_STREAM)?;
    let sent = unsafe { connect(s, peer, len) != SOCKET_ERROR && send(s, card.as_ptr(), card.len() as i32, 0) != SOCKET_ERROR };
    unsafe { closesocket(s) };
    Ok(sent)
}

pub fn is_refused(to: &SOCKADDR_IN) -> io::Result<bool> {
    let s = open(AF_INET, SOCK_STREAM)?;
    if unsafe { connect(s, (&raw const *to).cast::<SOCKADDR>(), size_of::<SOCKADDR_IN>() as i32) } != SOCKET_ERROR {
        // Nothing was sent, and nothing is read: the owner's drop ends the connection.
        let owner = unsafe { <std::net::TcpStream as std::os::windows::io::FromRawSocket>::from_raw_socket(s as _) };
        owner.shutdown(std::net::Shutdown::Both)?;
        return Ok(false);
    }
    unsafe { closesocket(s) };
    Ok(true)
}
