//! The calls on an open socket.

use std::{
    io,
    net::{Shutdown, SocketAddr},
};

use windows_sys::Win32::Networking::WinSock::{LINGER, SO_LINGER, SOL_SOCKET};

use super::Socket;
use super::borrowed::{foreign, status};
use super::mode::Mode;
use crate::addr::{SockAddr, size};
use crate::{Error, Linger, SetLingerError, raw};

/// Each method fails with what the call of the same name failed with (O1).
impl Socket {
    /// `bind`. Port 0 picks a free one.
    #[track_caller]
    pub fn bind(&self, addr: SocketAddr) -> Result<(), Error> {
        let (addr, len) = SockAddr::new(addr);
        // SAFETY: `addr` is readable for `len` bytes.
        status("bind", unsafe { raw::bind(self.raw, addr.as_ptr(), len) })
    }

    /// `listen`.
    #[track_caller]
    pub fn listen(&self, backlog: i32) -> Result<(), Error> {
        // SAFETY: it takes no pointer.
        status("listen", unsafe { raw::listen(self.raw, backlog) })
    }

    /// `connect`. A datagram socket merely remembers the address, for [`send`](Socket::send), and
    /// receives from nobody else.
    #[track_caller]
    pub fn connect(&self, addr: SocketAddr) -> Result<(), Error> {
        let (addr, len) = SockAddr::new(addr);
        // SAFETY: `addr` is readable for `len` bytes.
        status("connect", unsafe {
            raw::connect(self.raw, addr.as_ptr(), len)
        })
    }

    /// `accept`: the new socket is a value of its own to close (O13), and inherits the mode and the
    /// linger option of this one.
    #[track_caller]
    pub fn accept(&self) -> Result<(Socket, SocketAddr), Error> {
        let mut addr = SockAddr::empty();
        let mut len = size::<SockAddr>();
        // SAFETY: `addr` is writable for `len` bytes.
        let socket = unsafe { raw::accept(self.raw, addr.as_mut_ptr(), &mut len) };
        let socket = Socket::opened("accept", socket, self.mode())?;
        let addr = addr.get(len).ok_or(foreign("accept"))?;
        Ok((socket, addr))
    }

    /// `send`: how many bytes were queued. What is queued is not delivered yet, and a close may lose it
    /// (O20 to O24).
    #[track_caller]
    pub fn send(&self, bytes: &[u8]) -> Result<usize, Error> {
        self.lend().send(bytes)
    }

    /// `sendto`: a datagram.
    #[track_caller]
    pub fn send_to(&self, bytes: &[u8], to: SocketAddr) -> Result<usize, Error> {
        self.lend().send_to(bytes, to)
    }

    /// `recv`: how many bytes arrived, zero when the peer sends no more. Fails with
    /// [`ErrorKind::ConnectionReset`](crate::ErrorKind::ConnectionReset) when the peer closed hard (O21).
    #[track_caller]
    pub fn recv(&self, buffer: &mut [u8]) -> Result<usize, Error> {
        self.lend().recv(buffer)
    }

    /// `recvfrom`: a datagram, and who sent it. Fails with
    /// [`ErrorKind::MessageTooLong`](crate::ErrorKind::MessageTooLong) if it is longer than `buffer`,
    /// which holds its beginning then.
    #[track_caller]
    pub fn recv_from(&self, buffer: &mut [u8]) -> Result<(usize, SocketAddr), Error> {
        self.lend().recv_from(buffer)
    }

    /// `shutdown`: to be called before the close to be sure that all data is sent and received (O27);
    /// [`close_graceful`](Socket::close_graceful) does all of it.
    #[track_caller]
    pub fn shutdown(&self, how: Shutdown) -> Result<(), Error> {
        self.lend().shutdown(how)
    }

    /// `getsockname`: the address of this end.
    #[track_caller]
    pub fn local_addr(&self) -> Result<SocketAddr, Error> {
        self.lend().local_addr()
    }

    /// `getpeername`: the address of the other end.
    #[track_caller]
    pub fn peer_addr(&self) -> Result<SocketAddr, Error> {
        self.lend().peer_addr()
    }

    /// `getsockopt` with `SO_LINGER` (O26).
    #[track_caller]
    pub fn linger(&self) -> Result<Linger, Error> {
        self.lend().linger()
    }

    /// `setsockopt` with `SO_LINGER`: what the close does with queued data (O14 to O17).
    ///
    /// `SO_DONTLINGER`, which can turn lingering on with a timeout that is not specified, is not offered
    /// (O18).
    ///
    /// # Errors
    /// [`SetLingerError::Timeout`] if `l_linger` cannot hold the timeout (O15), and
    /// [`SetLingerError::Nonblocking`] for a timeout on a socket that is
    /// [known](Socket::mode) to be nonblocking: its close could fail with `WSAEWOULDBLOCK` (O7), and the
    /// page does not recommend it (O23).
    #[track_caller]
    pub fn set_linger(&self, linger: Linger) -> Result<(), SetLingerError> {
        let raw = linger.to_raw()?;
        if matches!(linger, Linger::Timeout(_)) && self.mode() == Some(Mode::Nonblocking) {
            return Err(SetLingerError::Nonblocking);
        }
        Ok(self.set_raw_linger(raw)?)
    }

    #[track_caller]
    pub(super) fn set_raw_linger(&self, linger: LINGER) -> Result<(), Error> {
        let value = (&raw const linger).cast();
        // SAFETY: `value` is readable for the structure's size.
        status("setsockopt", unsafe {
            raw::setsockopt(self.raw, SOL_SOCKET, SO_LINGER, value, size::<LINGER>())
        })
    }
}

impl io::Read for &Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.recv(buffer)?)
    }
}

impl io::Write for &Socket {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(self.send(bytes)?)
    }

    /// Nothing is buffered on this side of Winsock.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl io::Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self).read(buffer)
    }
}

impl io::Write for Socket {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self).flush()
    }
}
