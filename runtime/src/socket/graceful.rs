//! The close that says whether the peer got everything.

use std::{net::Shutdown, time::Duration};

use windows_sys::Win32::Networking::WinSock::{POLLRDNORM, WSAPOLLFD};

use super::{BorrowedSocket, CloseError, Socket};
use crate::{Error, ErrorKind, Linger, raw, sys};

/// How a graceful close ended.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Graceful {
    /// The peer finished sending, and all that it sent was received. An application that finishes when it
    /// has read to the end says so that it got everything; one that closes without reading resets.
    Confirmed,
    /// The peer did not finish in time. What is still queued is sent in the background (O20), unless the peer
    /// sent more meanwhile, which a close that leaves it unread answers with a reset; whether it arrives is not
    /// known.
    TimedOut,
    /// The connection was reset: data may be lost.
    Reset,
}

impl Socket {
    /// Ends the connection in the order that loses nothing, and closes: `shutdown` with `SD_SEND`,
    /// receiving until the peer finishes too, then `closesocket` (O27; the note in section "Remarks").
    ///
    /// For a connection, that is: on a datagram socket nobody confirms anything.
    ///
    /// It is the way to know that data was delivered, which the result of a lingering close cannot tell
    /// (O24). What the peer still sends is dropped; [`close_graceful_with`](Socket::close_graceful_with)
    /// hands it out. It takes no longer than `timeout`, whatever the linger option says, and both a
    /// blocking and a nonblocking socket will do.
    ///
    /// # Errors
    /// What `shutdown`, `recv` or `closesocket` failed with, other than a reset: the error [gives the
    /// socket back](CloseError::into_socket) if it is still open.
    #[track_caller]
    pub fn close_graceful(self, timeout: Duration) -> Result<Graceful, CloseError> {
        self.close_graceful_with(timeout, |_| {})
    }

    /// [`close_graceful`](Socket::close_graceful), with what the peer still sends given to `received`.
    ///
    /// # Errors
    /// As for `close_graceful`.
    #[track_caller]
    pub fn close_graceful_with(
        self,
        timeout: Duration,
        received: impl FnMut(&[u8]),
    ) -> Result<Graceful, CloseError> {
        let outcome = match confirm(self.lend(), timeout, received) {
            Ok(outcome) => outcome,
            Err(error) if is_reset(error) => Graceful::Reset,
            Err(error) => return Err(CloseError::still_open(error, self)),
        };
        // The time is over: what is left goes in the background, and nothing is reset (O20).
        match self.set_raw_linger(Linger::OFF) {
            Err(error) if error.kind() != ErrorKind::UnknownOption => {
                Err(CloseError::still_open(error, self))
            }
            // Nothing lingers on a datagram socket.
            _ => self.close().map(|()| outcome),
        }
    }
}

fn is_reset(error: Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted
    )
}

#[track_caller]
fn confirm(
    socket: BorrowedSocket<'_>,
    timeout: Duration,
    mut received: impl FnMut(&[u8]),
) -> Result<Graceful, Error> {
    let now = || sys::now(socket.as_raw());
    let deadline = now().saturating_add(timeout);
    socket.shutdown(Shutdown::Write)?;
    let mut buffer = [0; 4096];
    loop {
        let left = deadline.saturating_sub(now());
        if !readable(socket, left)? {
            return Ok(Graceful::TimedOut);
        }
        match socket.recv(&mut buffer) {
            Ok(0) => return Ok(Graceful::Confirmed),
            Ok(len) => received(&buffer[..len]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        // A peer that never stops sending does not keep the socket.
        if now() > deadline {
            return Ok(Graceful::TimedOut);
        }
    }
}

/// Whether a receive would return something within `timeout`: data, the end or an error.
#[track_caller]
fn readable(socket: BorrowedSocket<'_>, timeout: Duration) -> Result<bool, Error> {
    let mut poll = WSAPOLLFD {
        fd: socket.as_raw(),
        events: POLLRDNORM,
        revents: 0,
    };
    // SAFETY: it is an array of one element.
    match unsafe { raw::WSAPoll(&mut poll, 1, milliseconds(timeout)) } {
        0 => Ok(false),
        1.. => Ok(true),
        _ => Err(Error::last("WSAPoll")),
    }
}

/// As `WSAPoll` takes it, not less than `timeout` unless that is more than 24 days.
fn milliseconds(timeout: Duration) -> i32 {
    let up = timeout.saturating_add(Duration::from_nanos(999_999));
    i32::try_from(up.as_millis()).unwrap_or(i32::MAX)
}
