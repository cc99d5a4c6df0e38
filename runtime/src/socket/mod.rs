//! The owned socket: opening, and the way to and from the plain descriptor.

mod borrowed;
mod calls;
mod close;
mod graceful;
mod mode;
#[cfg(windows)]
mod std_types;

use std::{fmt, mem::ManuallyDrop, ptr};

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_INET6, INVALID_SOCKET, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_STREAM, SOCKET,
    WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED,
};

use self::mode::ModeCell;
use crate::{Error, raw, startup, track};

pub use self::borrowed::{AsSocket, BorrowedSocket};
pub use self::close::CloseError;
pub use self::graceful::Graceful;
pub use self::mode::{Mode, SetNonblockingError};

/// The address family of a socket.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// `AF_INET`.
    V4,
    /// `AF_INET6`.
    V6,
}

/// A socket that is this value's to close.
///
/// Each successful open is matched by one close (O13; section "Remarks"): dropping the value closes,
/// and [`close`](Socket::close) closes and reports. Both consume the value, so that the descriptor,
/// which may stand for another socket from that moment, cannot be used any more (O8, O9). A call
/// borrows the value, so that no close runs at the same time (O10).
///
/// Dropping closes, and has no way to report: a close that fails with another code than `WSAEWOULDBLOCK`
/// leaves the descriptor in a state that is not known, and it is given up. If the socket lingers with a timeout and is
/// nonblocking, a close may fail with `WSAEWOULDBLOCK` and leave it open (O7, O23): lingering is then
/// turned off and the close repeated until it succeeds, so that what is queued is sent in the
/// background (O20). If it lingers with a timeout and is blocking, dropping blocks (O22).
///
/// ```compile_fail,E0382
/// # use socket_lifecycle::{Family, Socket};
/// # fn f(socket: Socket) {
/// socket.close().ok();
/// socket.send(b"data").ok(); // the descriptor may be another socket's by now
/// # }
/// ```
pub struct Socket {
    raw: SOCKET,
    mode: ModeCell,
    serial: track::Serial,
}

impl Socket {
    /// Opens a TCP socket, which children of the process do not inherit.
    ///
    /// # Errors
    /// [`ErrorKind::NotInitialised`](crate::ErrorKind::NotInitialised) if Winsock is not started (O2),
    /// or what else `WSASocketW` failed with.
    #[track_caller]
    pub fn stream(family: Family) -> Result<Socket, Error> {
        Socket::open(family, SOCK_STREAM, IPPROTO_TCP)
    }

    /// Opens a UDP socket, which children of the process do not inherit.
    ///
    /// # Errors
    /// As for [`stream`](Socket::stream).
    #[track_caller]
    pub fn datagram(family: Family) -> Result<Socket, Error> {
        Socket::open(family, SOCK_DGRAM, IPPROTO_UDP)
    }

    #[track_caller]
    fn open(family: Family, kind: i32, protocol: i32) -> Result<Socket, Error> {
        let family = match family {
            Family::V4 => AF_INET,
            Family::V6 => AF_INET6,
        };
        let flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
        // SAFETY: the only pointer is null, which is allowed.
        let socket =
            unsafe { raw::WSASocketW(family.into(), kind, protocol, ptr::null(), 0, flags) };
        Socket::opened("WSASocketW", socket, Some(Mode::Blocking))
    }

    /// What `call` opened, unless it failed.
    #[track_caller]
    fn opened(call: &'static str, socket: SOCKET, mode: Option<Mode>) -> Result<Socket, Error> {
        match socket {
            INVALID_SOCKET => Err(Error::last(call)),
            socket => Ok(Socket::owning(call, socket, mode)),
        }
    }

    /// Takes a descriptor over: it is this value's to close from now on (O13). Whether it is blocking
    /// is not [known](Socket::mode), since Winsock cannot be asked.
    ///
    /// # Safety
    /// `socket` is open, and nobody else closes it.
    #[track_caller]
    pub unsafe fn from_raw(socket: SOCKET) -> Socket {
        Socket::owning("Socket::from_raw", socket, None)
    }

    #[track_caller]
    fn owning(name: &'static str, socket: SOCKET, mode: Option<Mode>) -> Socket {
        startup::owned(socket);
        Socket {
            raw: socket,
            mode: ModeCell::new(mode),
            serial: track::own(name, socket),
        }
    }

    /// Hands the descriptor over: it is the caller's to close from now on (O13).
    #[must_use = "the socket is not closed otherwise"]
    pub fn into_raw(self) -> SOCKET {
        let socket = ManuallyDrop::new(self);
        track::disown(socket.raw, socket.serial);
        startup::disowned(socket.raw);
        socket.raw
    }

    /// The descriptor, for calls that this type does not have. It is still this value's to close.
    pub fn as_raw(&self) -> SOCKET {
        self.raw
    }

    /// The socket, lent.
    pub(crate) fn lend(&self) -> BorrowedSocket<'_> {
        // SAFETY: it is open as long as `self` is there.
        unsafe { BorrowedSocket::borrow_raw(self.raw) }
    }
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket")
            .field("raw", &self.raw)
            .field("mode", &self.mode())
            .finish()
    }
}
