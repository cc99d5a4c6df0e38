//! The lent socket, and who can lend one.

use std::{
    marker::PhantomData,
    net::{Shutdown, SocketAddr},
};

use windows_sys::Win32::Networking::WinSock::{
    LINGER, SD_BOTH, SD_RECEIVE, SD_SEND, SO_LINGER, SOCKADDR, SOCKET, SOL_SOCKET,
};

use crate::addr::{SockAddr, size};
use crate::{Error, ErrorKind, Linger, raw};

/// A socket that somebody else closes, and not before this value is gone.
///
/// What it can do with the socket is what does not change who may use it how; the rest is [`Socket`]'s.
///
/// [`Socket`]: crate::Socket
#[derive(Copy, Clone, Debug)]
pub struct BorrowedSocket<'a> {
    raw: SOCKET,
    owner: PhantomData<&'a ()>,
}

/// What a call that returns 0 or `SOCKET_ERROR` says (O1).
pub(super) fn status(call: &'static str, result: i32) -> Result<(), Error> {
    match result {
        0 => Ok(()),
        _ => Err(Error::last(call)),
    }
}

/// What a call that returns a number of bytes or `SOCKET_ERROR` says (O1).
fn count(call: &'static str, result: i32) -> Result<usize, Error> {
    usize::try_from(result).map_err(|_| Error::last(call))
}

/// A buffer's length as Winsock takes it. A longer buffer is used in part, which a send and a receive
/// may do anyway.
fn length(buffer: &[u8]) -> i32 {
    i32::try_from(buffer.len()).unwrap_or(i32::MAX)
}

/// A call named an address that is neither IPv4 nor IPv6.
pub(super) fn foreign(call: &'static str) -> Error {
    Error::new(call, ErrorKind::FamilyNotSupported)
}

/// Each method fails with what the call of the same name failed with (O1).
impl<'a> BorrowedSocket<'a> {
    /// A descriptor that stays open for `'a`.
    ///
    /// # Safety
    /// `socket` is open, and nobody closes it for as long as `'a` lasts.
    pub unsafe fn borrow_raw(socket: SOCKET) -> BorrowedSocket<'a> {
        BorrowedSocket {
            raw: socket,
            owner: PhantomData,
        }
    }

    /// The descriptor, for calls that this type does not have.
    pub fn as_raw(&self) -> SOCKET {
        self.raw
    }

    /// `send`; see [`Socket::send`](crate::Socket::send).
    #[track_caller]
    pub fn send(&self, bytes: &[u8]) -> Result<usize, Error> {
        // SAFETY: `bytes` is readable for its length.
        let sent = unsafe { raw::send(self.raw, bytes.as_ptr(), length(bytes), 0) };
        count("send", sent)
    }

    /// `sendto`; see [`Socket::send_to`](crate::Socket::send_to).
    #[track_caller]
    pub fn send_to(&self, bytes: &[u8], to: SocketAddr) -> Result<usize, Error> {
        let (to, tolen) = SockAddr::new(to);
        let (data, len) = (bytes.as_ptr(), length(bytes));
        // SAFETY: `bytes` and `to` are readable for their lengths.
        let sent = unsafe { raw::sendto(self.raw, data, len, 0, to.as_ptr(), tolen) };
        count("sendto", sent)
    }

    /// `recv`; see [`Socket::recv`](crate::Socket::recv).
    #[track_caller]
    pub fn recv(&self, buffer: &mut [u8]) -> Result<usize, Error> {
        let len = length(buffer);
        // SAFETY: `buffer` is writable for its length.
        let received = unsafe { raw::recv(self.raw, buffer.as_mut_ptr(), len, 0) };
        count("recv", received)
    }

    /// `recvfrom`; see [`Socket::recv_from`](crate::Socket::recv_from).
    #[track_caller]
    pub fn recv_from(&self, buffer: &mut [u8]) -> Result<(usize, SocketAddr), Error> {
        let mut addr = SockAddr::empty();
        let mut addr_len = size::<SockAddr>();
        let (data, len) = (buffer.as_mut_ptr(), length(buffer));
        let from = addr.as_mut_ptr();
        // SAFETY: `buffer` and `addr` are writable for their lengths.
        let received = unsafe { raw::recvfrom(self.raw, data, len, 0, from, &mut addr_len) };
        let received = count("recvfrom", received)?;
        let addr = addr.get(addr_len).ok_or(foreign("recvfrom"))?;
        Ok((received, addr))
    }

    /// `shutdown`; see [`Socket::shutdown`](crate::Socket::shutdown).
    #[track_caller]
    pub fn shutdown(&self, how: Shutdown) -> Result<(), Error> {
        let how = match how {
            Shutdown::Read => SD_RECEIVE,
            Shutdown::Write => SD_SEND,
            Shutdown::Both => SD_BOTH,
        };
        // SAFETY: it takes no pointer.
        status("shutdown", unsafe { raw::shutdown(self.raw, how) })
    }

    /// `getsockname`: the address of this end.
    #[track_caller]
    pub fn local_addr(&self) -> Result<SocketAddr, Error> {
        let mut addr = SockAddr::empty();
        let mut len = size::<SockAddr>();
        let name: *mut SOCKADDR = addr.as_mut_ptr();
        // SAFETY: `addr` is writable for `len` bytes.
        let result = unsafe { raw::getsockname(self.raw, name, &mut len) };
        status("getsockname", result)?;
        addr.get(len).ok_or(foreign("getsockname"))
    }

    /// `getpeername`: the address of the other end.
    #[track_caller]
    pub fn peer_addr(&self) -> Result<SocketAddr, Error> {
        let mut addr = SockAddr::empty();
        let mut len = size::<SockAddr>();
        let name: *mut SOCKADDR = addr.as_mut_ptr();
        // SAFETY: `addr` is writable for `len` bytes.
        let result = unsafe { raw::getpeername(self.raw, name, &mut len) };
        status("getpeername", result)?;
        addr.get(len).ok_or(foreign("getpeername"))
    }

    /// `getsockopt` with `SO_LINGER`; see [`Socket::linger`](crate::Socket::linger).
    #[track_caller]
    pub fn linger(&self) -> Result<Linger, Error> {
        let mut linger = LINGER::default();
        let mut len = size::<LINGER>();
        let value = (&raw mut linger).cast();
        // SAFETY: `value` is writable for `len` bytes.
        status("getsockopt", unsafe {
            raw::getsockopt(self.raw, SOL_SOCKET, SO_LINGER, value, &mut len)
        })?;
        Ok(Linger::from_raw(linger))
    }
}

/// What can lend a socket that is open.
///
/// On Windows that is everything that implements std's trait of the same name: std's own types, and those of
/// other crates. Elsewhere std has no such trait, and this crate's types implement this one.
pub trait AsSocket {
    /// The socket, lent.
    fn as_socket(&self) -> BorrowedSocket<'_>;
}

#[cfg(not(windows))]
mod lenders {
    use std::{rc::Rc, sync::Arc};

    use super::{AsSocket, BorrowedSocket};
    use crate::Socket;

    impl AsSocket for Socket {
        fn as_socket(&self) -> BorrowedSocket<'_> {
            self.lend()
        }
    }

    impl AsSocket for BorrowedSocket<'_> {
        fn as_socket(&self) -> BorrowedSocket<'_> {
            *self
        }
    }

    /// What leads to a lender lends what that lends.
    macro_rules! through {
        ($($pointer:ty),*) => {
            $(
                impl<T: AsSocket + ?Sized> AsSocket for $pointer {
                    fn as_socket(&self) -> BorrowedSocket<'_> {
                        (**self).as_socket()
                    }
                }
            )*
        };
    }

    through!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);
}
