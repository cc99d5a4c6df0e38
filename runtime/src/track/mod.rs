//! What became of each descriptor, in builds that are for finding mistakes.
//!
//! With debug assertions, or with the feature `track`, the calls of this crate — [`Socket`]'s and those of
//! [`raw`] — note where a descriptor is opened, where it is closed, and which calls are in progress.
//! From that follow the [`Fault`]s, each at the moment it happens, and the [`leaks`]. A release build
//! without the feature has none of it: a call is the call to Winsock, and [`ENABLED`] is false.
//!
//! Only what is certain is reported. A descriptor that was handed to other code, std's types for instance,
//! may be closed there, and its number may come back for a socket that this crate never sees; so a
//! second close is a fault when Winsock says `WSAENOTSOCK`, or when the number's owner is known to be
//! another one by now.
//!
//! ```
//! use socket_lifecycle::{Family, Socket, Winsock, track};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let _winsock = Winsock::start()?;
//! let before = track::checkpoint();
//! let socket = Socket::stream(Family::V4)?;
//! std::mem::forget(socket);
//! # if track::ENABLED {
//! assert_eq!(before.leaks().len(), 1);
//! assert!(before.report().to_string().contains("opened by `WSASocketW` at"));
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! [`Socket`]: crate::Socket
//! [`raw`]: crate::raw

use std::{fmt, panic::Location};

use windows_sys::Win32::Networking::WinSock::SOCKET;

#[cfg(not(any(debug_assertions, feature = "track")))]
mod off;
#[cfg(any(debug_assertions, feature = "track"))]
mod on;

#[cfg(not(any(debug_assertions, feature = "track")))]
use self::off as imp;
#[cfg(any(debug_assertions, feature = "track"))]
use self::on as imp;

#[cfg(windows)]
pub(crate) use self::imp::forget;
pub(crate) use self::imp::{
    Calls, Closing, Serial, begin, begin_close, call, call_all, close, disown, open, opened, own,
};

/// Whether this build tracks descriptors.
pub const ENABLED: bool = cfg!(any(debug_assertions, feature = "track"));

/// A call in the program.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Site {
    /// Winsock's name of the function, or this crate's of the method.
    pub call: &'static str,
    /// Where it was called.
    pub location: &'static Location<'static>,
    /// The name of the thread that called it, if it has one.
    pub thread: Option<String>,
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` at {}", self.call, self.location)?;
        match &self.thread {
            Some(thread) => write!(f, " (thread {thread})"),
            None => Ok(()),
        }
    }
}

/// A socket that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Open {
    /// Its descriptor.
    pub socket: SOCKET,
    /// Where it was opened, or first seen.
    pub opened: Site,
    /// Whether a [`Socket`](crate::Socket) owns it.
    pub owned: bool,
}

impl fmt::Display for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "socket {} was opened by {}", self.socket, self.opened)?;
        match self.owned {
            true => f.write_str(" and its owner was never dropped"),
            false => f.write_str(" and never closed"),
        }
    }
}

/// A misuse of a descriptor.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The descriptor.
    pub socket: SOCKET,
    /// What was wrong.
    pub kind: FaultKind,
}

/// What was wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// The descriptor was closed and closed again: had it been handed out in between, somebody else's
    /// socket would have been closed (O8, O9).
    ClosedTwice {
        /// Where it was opened.
        opened: Site,
        /// The close that was its own.
        closed: Site,
        /// The one too many.
        again: Site,
    },
    /// The descriptor was closed by its number while a [`Socket`](crate::Socket) owned it, which will
    /// close it again (O8).
    ClosedUnderOwner {
        /// Where it was opened.
        opened: Site,
        /// The close that was not the owner's.
        closed: Site,
    },
    /// The descriptor was closed while another thread was in a call on it (O10).
    ClosedDuringCall {
        /// Where it was opened.
        opened: Site,
        /// The call in progress.
        call: Site,
        /// The close.
        closed: Site,
    },
    /// The descriptor was used after it was closed, and not yet handed out again (O8, O9).
    UsedAfterClose {
        /// Where it was opened.
        opened: Site,
        /// Where it was closed.
        closed: Site,
        /// The use.
        used: Site,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "socket {} ", self.socket)?;
        let opened = match &self.kind {
            FaultKind::ClosedTwice {
                opened,
                closed,
                again,
            } => {
                write!(f, "was closed twice: by {closed}, and again by {again}")?;
                opened
            }
            FaultKind::ClosedUnderOwner { opened, closed } => {
                write!(f, "was closed under its owner, by {closed}")?;
                opened
            }
            FaultKind::ClosedDuringCall {
                opened,
                call,
                closed,
            } => {
                write!(
                    f,
                    "was closed while it was in use: by {closed}, during {call}"
                )?;
                opened
            }
            FaultKind::UsedAfterClose {
                opened,
                closed,
                used,
            } => {
                write!(
                    f,
                    "was used after close: closed by {closed}, used by {used}"
                )?;
                opened
            }
        };
        write!(f, "; it was opened by {opened}")
    }
}

impl std::error::Error for Fault {}

/// What is wrong, as text for a person: every fault and every leak, a line each.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The misuses so far.
    pub faults: Vec<Fault>,
    /// What is still open.
    pub leaks: Vec<Open>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty() && self.leaks.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            writeln!(f, "{fault}")?;
        }
        for leak in &self.leaks {
            writeln!(f, "{leak}")?;
        }
        let (faults, leaks) = (self.faults.len(), self.leaks.len());
        write!(f, "{faults} misuses, {leaks} sockets open")
    }
}

/// A moment of the process, to ask what happened since.
#[derive(Copy, Clone, Debug)]
pub struct Checkpoint(u64);

/// Now.
///
/// # Panics
/// If this build does [not track](ENABLED).
pub fn checkpoint() -> Checkpoint {
    Checkpoint(imp::moment())
}

impl Checkpoint {
    /// What was opened since and is still open (O13), as [`leaks`].
    pub fn leaks(&self) -> Vec<Open> {
        imp::leaks(self.0)
    }

    /// The misuses since, as [`faults`].
    pub fn faults(&self) -> Vec<Fault> {
        imp::faults(self.0)
    }

    /// Both, as [`report`].
    pub fn report(&self) -> Report {
        Report {
            faults: self.faults(),
            leaks: self.leaks(),
        }
    }
}

/// What this crate opened, or was given, and did not close, and is still open (O13).
///
/// At the end of a test that is what leaked. Before that, sockets in use are among it. A descriptor that
/// Winsock no longer knows was closed elsewhere, and is left out; one that was converted into a type of
/// std's, or went out by `into_raw_socket`, is somebody else's to close. A plain number that was closed by
/// code that is not seen, and handed out again to such code, cannot be told from one that was never
/// closed. On the [model](crate::model) this is about the current one.
///
/// # Panics
/// If this build does [not track](ENABLED): a test that asks in vain shall not pass.
pub fn leaks() -> Vec<Open> {
    imp::leaks(0)
}

/// The misuses so far. On the [model](crate::model) this is about the current one.
///
/// # Panics
/// If this build does [not track](ENABLED).
pub fn faults() -> Vec<Fault> {
    imp::faults(0)
}

/// The calls in progress on a descriptor, of all threads.
///
/// # Panics
/// If this build does [not track](ENABLED).
pub fn calls(socket: SOCKET) -> Vec<Site> {
    imp::calls(socket)
}

/// [`faults`] and [`leaks`], to be printed.
///
/// # Panics
/// If this build does [not track](ENABLED).
pub fn report() -> Report {
    Report {
        faults: faults(),
        leaks: leaks(),
    }
}

/// Has `handler` called with each fault, when it happens, in the thread that does it, in place of a line on
/// standard error. In a build that does not track, it never is.
pub fn set_handler(handler: fn(&Fault)) {
    imp::set_handler(handler);
}
