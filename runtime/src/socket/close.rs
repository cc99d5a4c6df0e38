//! What a close that failed leaves behind.

use std::fmt;

use super::Socket;
use crate::{Error, ErrorKind};

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

    pub(super) fn given_up(error: Error) -> CloseError {
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
}

impl fmt::Display for CloseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.socket {
            Some(_) => write!(f, "{}; the socket is still open", self.error),
            None => write!(f, "{}", self.error),
        }
    }
}

impl std::error::Error for CloseError {}
