//! What a close does with data that is still queued.

use std::{fmt, io, num::NonZeroU16, time::Duration};

use windows_sys::Win32::Networking::WinSock::LINGER;

use crate::Error;

/// What `closesocket` does with data that is still queued to be sent (O14, O15).
///
/// The close table of the page (section "Remarks", O19), with the names used here:
///
/// | `Linger` | `l_onoff` | `l_linger` | type of close | waits |
/// | --- | --- | --- | --- | --- |
/// | [`Off`](Linger::Off) | zero | ignored | graceful, in the background | no |
/// | [`Abort`](Linger::Abort) | nonzero | zero | hard | no |
/// | [`Timeout`](Linger::Timeout) | nonzero | nonzero | graceful if all is sent in time, else hard | yes |
///
/// A connection that is reset does not enter `TIME_WAIT`; one whose data was all sent may (O25).
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Linger {
    /// The default (O16, O17). The close returns at once and never with `WSAEWOULDBLOCK`; what is
    /// queued is sent in the background, for as long as that takes (O20).
    #[default]
    Off,
    /// The close resets the connection at once: unsent data is lost and the peer's `recv` fails
    /// with `WSAECONNRESET` (O21).
    Abort,
    /// The close waits until all is sent, but no longer than this: whole seconds, 1 to 65535.
    ///
    /// On a nonblocking socket this is not recommended: a close that cannot be completed at
    /// once fails with `WSAEWOULDBLOCK` (O23). On a blocking socket the close blocks (O22), and
    /// its result does not tell whether the data was delivered (O24).
    Timeout(Duration),
}

impl Linger {
    pub(crate) const OFF: LINGER = LINGER {
        l_onoff: 0,
        l_linger: 0,
    };

    pub(crate) const ABORT: LINGER = LINGER {
        l_onoff: 1,
        l_linger: 0,
    };

    /// The pair as it is handed to `setsockopt`.
    pub(crate) fn to_raw(self) -> Result<LINGER, LingerError> {
        Ok(match self {
            Linger::Off => Linger::OFF,
            Linger::Abort => Linger::ABORT,
            Linger::Timeout(timeout) => LINGER {
                l_onoff: 1,
                l_linger: whole_seconds(timeout)?.get(),
            },
        })
    }

    /// What `getsockopt` read (O26).
    pub(crate) fn from_raw(raw: LINGER) -> Linger {
        match (raw.l_onoff, raw.l_linger) {
            (0, _) => Linger::Off,
            (_, 0) => Linger::Abort,
            (_, seconds) => Linger::Timeout(Duration::from_secs(seconds.into())),
        }
    }
}

fn whole_seconds(timeout: Duration) -> Result<NonZeroU16, LingerError> {
    let fits = timeout.subsec_nanos() == 0;
    u16::try_from(timeout.as_secs())
        .ok()
        .and_then(NonZeroU16::new)
        .filter(|_| fits)
        .ok_or(LingerError { timeout })
}

/// A linger timeout that `l_linger` cannot hold: it counts whole seconds in a `u16` (O15), and
/// zero means something else ([`Linger::Abort`]).
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct LingerError {
    timeout: Duration,
}

impl fmt::Display for LingerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a linger timeout is whole seconds from 1 to 65535, not {:?}",
            self.timeout
        )
    }
}

impl std::error::Error for LingerError {}

/// A linger option that was not set.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum SetLingerError {
    /// The timeout is not one (O15).
    Timeout(LingerError),
    /// The socket is nonblocking, and should not linger with a timeout (O23).
    Nonblocking,
    /// `setsockopt` failed.
    Winsock(Error),
}

impl fmt::Display for SetLingerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetLingerError::Timeout(error) => error.fmt(f),
            SetLingerError::Nonblocking => f.write_str(
                "a nonblocking socket should not linger with a timeout: its close would fail",
            ),
            SetLingerError::Winsock(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SetLingerError {}

impl From<LingerError> for SetLingerError {
    fn from(error: LingerError) -> SetLingerError {
        SetLingerError::Timeout(error)
    }
}

impl From<Error> for SetLingerError {
    fn from(error: Error) -> SetLingerError {
        SetLingerError::Winsock(error)
    }
}

impl From<SetLingerError> for io::Error {
    fn from(error: SetLingerError) -> io::Error {
        match error {
            SetLingerError::Timeout(_) | SetLingerError::Nonblocking => {
                io::Error::new(io::ErrorKind::InvalidInput, error)
            }
            SetLingerError::Winsock(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_u16_of_seconds_holds_goes_there_and_back() {
        let longest = Duration::from_secs(65535);
        for linger in [
            Linger::Off,
            Linger::Abort,
            Linger::Timeout(Duration::from_secs(1)),
            Linger::Timeout(longest),
        ] {
            let raw = linger.to_raw().expect("it fits");
            assert_eq!(Linger::from_raw(raw), linger);
        }
    }

    #[test]
    fn the_timeout_is_ignored_when_l_onoff_is_zero() {
        let raw = LINGER {
            l_onoff: 0,
            l_linger: 9,
        };
        assert_eq!(Linger::from_raw(raw), Linger::Off);
    }

    #[test]
    fn a_timeout_that_would_change_its_meaning_is_rejected() {
        for timeout in [
            Duration::ZERO,
            Duration::from_millis(1500),
            Duration::from_millis(999),
            Duration::from_secs(65536),
            Duration::MAX,
        ] {
            let error = Linger::Timeout(timeout).to_raw().map(|raw| raw.l_linger);
            assert_eq!(error, Err(LingerError { timeout }));
        }
    }
}
