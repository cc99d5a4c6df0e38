//! The calls on an open socket.

use std::net::{Shutdown, SocketAddr};

use windows_sys::Win32::Networking::WinSock::{
    FIONBIO, LINGER, SD_BOTH, SD_RECEIVE, SD_SEND, SO_LINGER, SOCKADDR, SOCKET, SOL_SOCKET,
};

use super::Socket;
use crate::addr::{SockAddr, size};
use crate::{Error, ErrorKind, Linger, SetLingerError, raw, sys};

/// What a call that returns 0 or `SOCKET_ERROR` says (O1).
fn status(call: &'static str, result: i32) -> Result<(), Error> {
    match result {
        0 => Ok(()),
        _ => Err(Error::last(call)),
    }
}

/// What a call that returns a number of bytes or `SOCKET_ERROR` says (O1).
fn count(call: &'static str, result: i32) -> Result<usize, Error> {
    usize::try_from(result).map_err(|_| Error::last(call))
}

/// A buffer's length as Winsock takes it. A longer buffer is used in part, which `send` and `recv`
/// may do anyway.
fn length(buffer: &[u8]) -> i32 {
    i32::try_from(buffer.len()).unwrap_or(i32::MAX)
}

/// Each method fails with what the call of the same name failed with (O1).
impl Socket {
    /// `bind`. Port 0 picks a free one.
    pub fn bind(&self, addr: SocketAddr) -> Result<(), Error> {
        let (addr, len) = SockAddr::new(addr);
        // SAFETY: `addr` is readable for `len` bytes.
        status("bind", unsafe { sys::bind(self.0, addr.as_ptr(), len) })
    }

    /// `listen`.
    pub fn listen(&self, backlog: i32) -> Result<(), Error> {
        // SAFETY: it takes no pointer.
        status("listen", unsafe { sys::listen(self.0, backlog) })
    }

    /// `connect`.
    pub fn connect(&self, addr: SocketAddr) -> Result<(), Error> {
        let (addr, len) = SockAddr::new(addr);
        // SAFETY: `addr` is readable for `len` bytes.
        status("connect", unsafe {
            sys::connect(self.0, addr.as_ptr(), len)
        })
    }

    /// `accept`: the new socket is a value of its own to close (O13), and inherits the mode and the
    /// linger option of this one.
    pub fn accept(&self) -> Result<(Socket, SocketAddr), Error> {
        let mut addr = SockAddr::empty();
        let mut len = size::<SockAddr>();
        // SAFETY: `addr` is writable for `len` bytes.
        let socket = unsafe { sys::accept(self.0, addr.as_mut_ptr(), &mut len) };
        let socket = Socket::opened("accept", socket)?;
        let addr = addr.get(len).ok_or(foreign("accept"))?;
        Ok((socket, addr))
    }

    /// `send`: how many bytes were queued.
    pub fn send(&self, bytes: &[u8]) -> Result<usize, Error> {
        // SAFETY: `bytes` is readable for its length.
        let sent = unsafe { sys::send(self.0, bytes.as_ptr(), length(bytes), 0) };
        count("send", sent)
    }

    /// `recv`: how many bytes arrived, zero when the peer sends no more. Fails with
    /// [`ErrorKind::ConnectionReset`] when the peer closed hard (O21).
    pub fn recv(&self, buffer: &mut [u8]) -> Result<usize, Error> {
        let len = length(buffer);
        // SAFETY: `buffer` is writable for its length.
        let received = unsafe { sys::recv(self.0, buffer.as_mut_ptr(), len, 0) };
        count("recv", received)
    }

    /// `shutdown`: to be called before the close to be sure that all data is sent and received (O27).
    pub fn shutdown(&self, how: Shutdown) -> Result<(), Error> {
        let how = match how {
            Shutdown::Read => SD_RECEIVE,
            Shutdown::Write => SD_SEND,
            Shutdown::Both => SD_BOTH,
        };
        // SAFETY: it takes no pointer.
        status("shutdown", unsafe { sys::shutdown(self.0, how) })
    }

    /// `getsockname`: the address of this end.
    pub fn local_addr(&self) -> Result<SocketAddr, Error> {
        self.name("getsockname", raw::getsockname)
    }

    /// `getpeername`: the address of the other end.
    pub fn peer_addr(&self) -> Result<SocketAddr, Error> {
        self.name("getpeername", raw::getpeername)
    }

    fn name(
        &self,
        call: &'static str,
        function: unsafe fn(SOCKET, *mut SOCKADDR, *mut i32) -> i32,
    ) -> Result<SocketAddr, Error> {
        let mut addr = SockAddr::empty();
        let mut len = size::<SockAddr>();
        // SAFETY: `addr` is writable for `len` bytes.
        status(call, unsafe {
            function(self.0, addr.as_mut_ptr(), &mut len)
        })?;
        addr.get(len).ok_or(foreign(call))
    }

    /// `ioctlsocket` with `FIONBIO`. A nonblocking socket should not linger with a timeout (O23).
    pub fn set_nonblocking(&self, nonblocking: bool) -> Result<(), Error> {
        let mut argument = u32::from(nonblocking);
        // SAFETY: `argument` is readable and writable.
        status("ioctlsocket", unsafe {
            sys::ioctlsocket(self.0, FIONBIO, &mut argument)
        })
    }

    /// `setsockopt` with `SO_LINGER`: what the close does with queued data (O14 to O17).
    pub fn set_linger(&self, linger: Linger) -> Result<(), SetLingerError> {
        let linger = linger.to_raw()?;
        Ok(self.set_raw_linger(linger)?)
    }

    pub(super) fn set_raw_linger(&self, linger: LINGER) -> Result<(), Error> {
        let value = (&raw const linger).cast();
        // SAFETY: `value` is readable for the structure's size.
        status("setsockopt", unsafe {
            sys::setsockopt(self.0, SOL_SOCKET, SO_LINGER, value, size::<LINGER>())
        })
    }

    /// `getsockopt` with `SO_LINGER` (O26).
    pub fn linger(&self) -> Result<Linger, Error> {
        let mut linger = LINGER::default();
        let mut len = size::<LINGER>();
        let value = (&raw mut linger).cast();
        // SAFETY: `value` is writable for `len` bytes.
        status("getsockopt", unsafe {
            sys::getsockopt(self.0, SOL_SOCKET, SO_LINGER, value, &mut len)
        })?;
        Ok(Linger::from_raw(linger))
    }
}

/// A call named an address that is neither IPv4 nor IPv6.
fn foreign(call: &'static str) -> Error {
    Error::new(call, ErrorKind::FamilyNotSupported)
}
