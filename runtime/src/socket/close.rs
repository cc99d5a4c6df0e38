//! `closesocket`, what it may leave behind, and what dropping does about that.

use std::{fmt, io, mem::ManuallyDrop, time::Duration};

use super::Socket;
use crate::{Error, ErrorKind, Linger, startup, sys, track};

/// How long a close that must not be given up pauses between attempts.
const PAUSE: Duration = Duration::from_millis(1);

/// How often dropping tries. With lingering turned off the first attempt succeeds (O20); the rest is
/// for a Winsock that does not keep to the page.
const ATTEMPTS: u32 = 1000;

impl Socket {
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
    #[track_caller]
    pub fn close(self) -> Result<(), CloseError> {
        let result = self.closesocket("closesocket");
        match result {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                Err(CloseError::still_open(error, self))
            }
            result => {
                startup::disowned(ManuallyDrop::new(self).raw);
                result.map_err(CloseError::given_up)
            }
        }
    }

    /// Resets the connection: sets [`Linger::Abort`] and closes. Unsent data is lost, and the peer's
    /// `recv` fails with `WSAECONNRESET` (O21; section "Remarks").
    ///
    /// # Errors
    /// As for [`close`](Socket::close). If the option cannot be set nothing was closed, and the error
    /// gives the socket back.
    #[track_caller]
    pub fn abort(self) -> Result<(), CloseError> {
        match self.set_raw_linger(Linger::ABORT) {
            Err(error) if error.kind() != ErrorKind::UnknownOption => {
                Err(CloseError::still_open(error, self))
            }
            // A datagram socket has no connection to reset, and no such option.
            _ => self.close(),
        }
    }

    #[track_caller]
    fn closesocket(&self, name: &'static str) -> Result<(), Error> {
        let owner = Some(self.serial);
        // SAFETY: a descriptor is a number, and closing one that is not a socket is an error.
        let result = track::close(name, self.raw, owner, || unsafe {
            sys::closesocket(self.raw)
        });
        match result {
            0 => Ok(()),
            _ => Err(Error::last("closesocket")),
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.close_somehow();
        startup::disowned(self.raw);
    }
}

impl Socket {
    fn close_somehow(&self) {
        for _ in 0..ATTEMPTS {
            match self.closesocket("Socket::drop") {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                // Nobody is there to be told of other errors: that is what `close` is for.
                _ => return,
            }
            // Without a linger timeout a close never fails so (O20). A blocking socket's waits (O22).
            if self.set_raw_linger(Linger::OFF).is_err() && self.ioctl_nonblocking(false).is_err() {
                sys::sleep(self.raw, PAUSE);
            }
        }
    }
}

/// A close that failed, with the socket if that is still open (O7, O23).
///
/// Dropping the error drops the socket, which closes it.
#[derive(Debug)]
pub struct CloseError {
    error: Error,
    socket: Option<Socket>,
}

impl CloseError {
    pub(super) fn still_open(error: Error, socket: Socket) -> CloseError {
        CloseError {
            error,
            socket: Some(socket),
        }
    }

    fn given_up(error: Error) -> CloseError {
        CloseError {
            error,
            socket: None,
        }
    }

    /// What went wrong (O1).
    pub fn error(&self) -> Error {
        self.error
    }

    /// What went wrong, by Winsock's code (O1 to O7).
    pub fn kind(&self) -> ErrorKind {
        self.error.kind()
    }

    /// The socket, if it is still open: it may be closed again, also after turning lingering off
    /// (O23).
    pub fn into_socket(self) -> Option<Socket> {
        self.socket
    }

    /// Closes again until that succeeds, which is what the page asks for (O23), for `time` at most.
    ///
    /// # Errors
    /// The last attempt's, with the socket as long as that is still open; this error, if there is
    /// nothing to close any more.
    #[track_caller]
    pub fn retry(self, time: Duration) -> Result<(), CloseError> {
        let Some(mut socket) = self.socket else {
            return Err(CloseError::given_up(self.error));
        };
        let number = socket.raw;
        let deadline = sys::now(number).saturating_add(time);
        loop {
            let last = match socket.close() {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            match last.socket {
                Some(open) if sys::now(number) < deadline => socket = open,
                open => {
                    let error = last.error;
                    return Err(CloseError {
                        error,
                        socket: open,
                    });
                }
            }
            sys::sleep(number, PAUSE);
        }
    }
}

impl fmt::Display for CloseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.socket {
            Some(_) => write!(f, "{}; the socket is still open", self.error),
            None => write!(f, "{}", self.error),
        }
    }
}

impl std::error::Error for CloseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// Closes the socket, if there still is one.
impl From<CloseError> for io::Error {
    fn from(error: CloseError) -> io::Error {
        error.error.into()
    }
}
