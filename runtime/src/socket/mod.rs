//! The owned socket: opening, closing, and the way to and from the plain descriptor.

mod calls;
mod close;
#[cfg(windows)]
mod std_types;

use std::{mem::ManuallyDrop, ptr};

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_INET6, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKET,
    WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED,
};

pub use self::close::CloseError;
use crate::{Error, ErrorKind, Linger, sys};

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
/// Dropping never leaks and has no way to report. If the socket lingers with a timeout and is
/// nonblocking, a close may fail with `WSAEWOULDBLOCK` and leave it open (O7, O23): lingering is then
/// turned off and the close repeated, so that what is queued is sent in the background (O20). If it
/// lingers with a timeout and is blocking, dropping blocks (O22).
#[derive(Debug, PartialEq, Eq)]
pub struct Socket(SOCKET);

impl Socket {
    /// Opens a TCP socket, which children of the process do not inherit.
    ///
    /// # Errors
    /// [`ErrorKind::NotInitialised`] if Winsock is not started (O2), or what else `WSASocketW` failed
    /// with.
    pub fn stream(family: Family) -> Result<Socket, Error> {
        let family = match family {
            Family::V4 => AF_INET,
            Family::V6 => AF_INET6,
        };
        let flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
        // SAFETY: the only pointer is null, which is allowed.
        let socket = unsafe {
            sys::WSASocketW(
                family.into(),
                SOCK_STREAM,
                IPPROTO_TCP,
                ptr::null(),
                0,
                flags,
            )
        };
        Socket::opened("WSASocketW", socket)
    }

    /// What `call` opened, unless it failed.
    fn opened(call: &'static str, socket: SOCKET) -> Result<Socket, Error> {
        match socket {
            INVALID_SOCKET => Err(Error::last(call)),
            socket => Ok(Socket(socket)),
        }
    }

    /// Takes a descriptor over: it is this value's to close from now on (O13).
    ///
    /// # Safety
    /// `socket` is open, and nobody else closes it.
    pub unsafe fn from_raw(socket: SOCKET) -> Socket {
        Socket(socket)
    }

    /// Hands the descriptor over: it is the caller's to close from now on (O13).
    #[must_use = "the socket is not closed otherwise"]
    pub fn into_raw(self) -> SOCKET {
        ManuallyDrop::new(self).0
    }

    /// The descriptor, for calls that this type does not have. It is still this value's to close.
    pub fn as_raw(&self) -> SOCKET {
        self.0
    }

    /// `closesocket`, with its result (O1; section "Return value").
    ///
    /// By default, and with [`Linger::Off`], it returns at once and what is queued is sent in the
    /// background (O20). With [`Linger::Timeout`] a blocking socket blocks (O22), and success does not
    /// mean that the data was delivered (O24).
    ///
    /// # Errors
    /// With [`ErrorKind::WouldBlock`] the error [gives the socket back](CloseError::into_socket): it is
    /// still open, and the close must be called again (O7, O23). With any other kind the state of the
    /// descriptor is unknown, and it is given up (O2 to O6).
    pub fn close(self) -> Result<(), CloseError> {
        match close(self.0) {
            Ok(()) => {
                let _closed = self.into_raw();
                Ok(())
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                Err(CloseError::still_open(error, self))
            }
            Err(error) => {
                let _unknown = self.into_raw();
                Err(CloseError::given_up(error))
            }
        }
    }

    /// Resets the connection: sets [`Linger::Abort`] and closes. Unsent data is lost, and the peer's
    /// `recv` fails with `WSAECONNRESET` (O21; section "Remarks").
    ///
    /// # Errors
    /// As for [`close`](Socket::close). If the option cannot be set nothing was closed, and the error
    /// gives the socket back.
    pub fn abort(self) -> Result<(), CloseError> {
        match self.set_raw_linger(Linger::ABORT) {
            Ok(()) => self.close(),
            Err(error) => Err(CloseError::still_open(error, self)),
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let would_block = |error: &Error| error.kind() == ErrorKind::WouldBlock;
        if close(self.0).is_err_and(|error| would_block(&error))
            && self.set_raw_linger(Linger::OFF).is_ok()
        {
            // Nobody is there to be told if this fails too: that is what `close` is for.
            let _ = close(self.0);
        }
    }
}

fn close(socket: SOCKET) -> Result<(), Error> {
    // SAFETY: a descriptor is a number, and closing one that is not a socket is an error.
    match unsafe { sys::closesocket(socket) } {
        0 => Ok(()),
        _ => Err(Error::last("closesocket")),
    }
}
