//! Whether a socket is blocking: Winsock cannot be asked, so it is remembered.

use std::{
    fmt, io,
    sync::atomic::{AtomicU8, Ordering},
    time::Duration,
};

use windows_sys::Win32::Networking::WinSock::FIONBIO;

use super::Socket;
use crate::{Error, Linger, raw};

/// Whether calls on a socket wait.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Calls wait until they can complete. Every socket is opened so.
    Blocking,
    /// Calls that cannot complete at once fail with `WSAEWOULDBLOCK`.
    Nonblocking,
}

/// A mode that shared references may set.
pub(super) struct ModeCell(AtomicU8);

impl ModeCell {
    const UNKNOWN: u8 = 0;
    const BLOCKING: u8 = 1;
    const NONBLOCKING: u8 = 2;

    fn encode(mode: Option<Mode>) -> u8 {
        match mode {
            None => ModeCell::UNKNOWN,
            Some(Mode::Blocking) => ModeCell::BLOCKING,
            Some(Mode::Nonblocking) => ModeCell::NONBLOCKING,
        }
    }

    pub(super) fn new(mode: Option<Mode>) -> ModeCell {
        ModeCell(AtomicU8::new(ModeCell::encode(mode)))
    }

    pub(super) fn get(&self) -> Option<Mode> {
        match self.0.load(Ordering::Relaxed) {
            ModeCell::BLOCKING => Some(Mode::Blocking),
            ModeCell::NONBLOCKING => Some(Mode::Nonblocking),
            _ => None,
        }
    }

    fn set(&self, mode: Option<Mode>) {
        self.0.store(ModeCell::encode(mode), Ordering::Relaxed);
    }
}

impl Socket {
    /// The mode, if it is known: a descriptor that [came from elsewhere](Socket::from_raw) has one that
    /// nobody can tell until it is set here.
    pub fn mode(&self) -> Option<Mode> {
        self.mode.get()
    }

    /// `ioctlsocket` with `FIONBIO`.
    ///
    /// # Errors
    /// [`SetNonblockingError::Lingers`] if the socket is to be nonblocking and lingers with a timeout:
    /// its close could fail with `WSAEWOULDBLOCK` (O7), and the page does not recommend it (O23).
    #[track_caller]
    pub fn set_nonblocking(&self, nonblocking: bool) -> Result<(), SetNonblockingError> {
        // A socket that has no such option does not linger.
        if nonblocking && let Ok(Linger::Timeout(timeout)) = self.linger() {
            return Err(SetNonblockingError::Lingers(timeout));
        }
        Ok(self.ioctl_nonblocking(nonblocking)?)
    }

    #[track_caller]
    pub(super) fn ioctl_nonblocking(&self, nonblocking: bool) -> Result<(), Error> {
        let mut argument = u32::from(nonblocking);
        // SAFETY: `argument` is readable and writable.
        match unsafe { raw::ioctlsocket(self.raw, FIONBIO, &mut argument) } {
            0 => {}
            _ => return Err(Error::last("ioctlsocket")),
        }
        self.mode.set(Some(match nonblocking {
            true => Mode::Nonblocking,
            false => Mode::Blocking,
        }));
        Ok(())
    }
}

/// A mode that was not set.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum SetNonblockingError {
    /// The socket lingers with this timeout, and should not be nonblocking (O23).
    Lingers(Duration),
    /// `ioctlsocket` failed.
    Winsock(Error),
}

impl fmt::Display for SetNonblockingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetNonblockingError::Lingers(timeout) => write!(
                f,
                "a socket that lingers ({timeout:?}) should not be nonblocking: its close would fail"
            ),
            SetNonblockingError::Winsock(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SetNonblockingError {}

impl From<Error> for SetNonblockingError {
    fn from(error: Error) -> SetNonblockingError {
        SetNonblockingError::Winsock(error)
    }
}

impl From<SetNonblockingError> for io::Error {
    fn from(error: SetNonblockingError) -> io::Error {
        match error {
            SetNonblockingError::Lingers(_) => io::Error::new(io::ErrorKind::InvalidInput, error),
            SetNonblockingError::Winsock(error) => error.into(),
        }
    }
}
