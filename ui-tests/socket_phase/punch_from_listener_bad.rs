//! The peer-to-peer node dials out on the very socket that listens.

use std::io::{Error, Result};

mod sys {
    pub use windows_sys::Win32::Networking::WinSock::{
        AF_INET, INVALID_SOCKET, IPPROTO_TCP, SO_REUSEADDR, SOCK_STREAM, SOCKADDR_IN, SOCKET, SOL_SOCKET, bind,
        closesocket, connect, listen, setsockopt, socket,
    };
}

pub struct Sock(sys::SOCKET);

impl Drop for Sock {
    fn drop(&mut self) {
        unsafe { sys::closesocket(self.0) };
    }
}

fn check(res: i32) -> Result<()> {
    match res {
        0 => Ok(()),
        _ => Err(Error::last_os_error()),
    }
}

const LEN: i32 = size_of::<sys::SOCKADDR_IN>() as i32;

fn shared(local: &sys::SOCKADDR_IN) -> Result<Sock> {
    let s = unsafe { sys::socket(sys::AF_INET as i32, sys::SOCK_STREAM, sys::IPPROTO_TCP) };
    if s == sys::INVALID_SOCKET {
        return Err(Error::last_os_error());
    }
    let sock = Sock(s);
    let on = 1i32;
    check(unsafe { sys::setsockopt(sock.0, sys::SOL_SOCKET, sys::SO_REUSEADDR, (&raw const on).cast(), 4) })?;
    check(unsafe { sys::bind(sock.0, std::ptr::from_ref(local).cast(), LEN) })?;
    Ok(sock)
}

pub struct Node {
    pub incoming: Sock,
    pub outgoing: Option<Sock>,
    pub reached: bool,
}

pub fn join(local: &sys::SOCKADDR_IN, peer: &sys::SOCKADDR_IN) -> Result<Node> {
    let incoming = shared(local)?;
    check(unsafe { sys::listen(incoming.0, 8) })?;
    let peer = std::ptr::from_ref(peer).cast();
    let reached = unsafe { sys::connect(incoming.0, peer, LEN) } == 0; //~ socket_phase
    Ok(Node { incoming, outgoing: None, reached })
}
