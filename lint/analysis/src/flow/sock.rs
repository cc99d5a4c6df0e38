//! What is known of one socket.

use super::course::Course;
use crate::span::Span;

/// Index of an [`Origin`](super::Origin).
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct OriginId(pub u32);

/// Whether a descriptor may be the failure value.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Valid {
    /// It was acquired and not checked.
    Unchecked,
    /// It may be; that it was not checked here is no fault.
    Assumed,
    /// It is a socket.
    Yes,
    /// It is `INVALID_SOCKET`.
    No,
}

/// Whether the socket is open.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Status {
    /// It is.
    Open,
    /// It was closed.
    Closed(Closer),
    /// A close failed for a reason that is not known.
    Unsure,
}

/// What closed a socket.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Closer {
    /// A call.
    Call,
    /// A call in a `Drop` of the sources.
    OwnDrop,
    /// The drop of an owner that the model knows.
    Owner,
}

/// Who has to close it.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Duty {
    /// This code: it acquired it.
    Ours,
    /// Whoever lent it (a parameter, a field of one).
    Lent,
    /// Code that the analysis does not see may.
    Escaped,
}

/// Blocking mode.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Mode {
    /// The default of a new socket.
    Blocking,
    /// FIONBIO or an event selection.
    Nonblocking,
    /// Not known.
    Unknown,
}

/// `l_onoff` and `l_linger`.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Linger {
    /// `l_onoff` zero. The timeout set earlier, if one was: SO_DONTLINGER reinstates it.
    Off {
        /// Whether a nonzero timeout was set before.
        earlier: bool,
    },
    /// On with timeout zero.
    Hard,
    /// On with a timeout.
    Timed,
    /// Not known.
    Unknown,
}

/// A socket.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Sock {
    /// Where it comes from.
    pub origin: OriginId,
    /// Whether it may be `INVALID_SOCKET`.
    pub valid: Valid,
    /// Whether it is open.
    pub status: Status,
    /// Who closes it.
    pub duty: Duty,
    /// Blocking mode.
    pub mode: Mode,
    /// Linger option.
    pub linger: Linger,
    /// The site of a close that would have blocked and is to be repeated.
    pub to_retry: Option<Span>,
    /// Whoever lent it lent the bare descriptor: taking it out of an owner made here gives it back.
    pub lent_raw: bool,
    /// A copy of the descriptor is where the analysis does not see it.
    pub copied_out: bool,
    /// Where it was closed, or got another owner, while an owner lives: paths that differ in it are to blame apart.
    pub wrong_at: Option<Span>,
    /// The thread that closes it, at a time that this path does not know, and where it does.
    pub closed_by_thread: Option<ThreadCall>,
    /// `WSAAsyncSelect` asked for its FD_CLOSE.
    pub posts_close: bool,
    /// Calls that threads make on it at times that this path does not know.
    pub busy: Vec<ThreadCall>,
    /// Type, phase and traffic.
    pub course: Course,
}

/// A call on a socket that another thread makes.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct ThreadCall {
    /// Where the thread was started.
    pub thread: Span,
    /// The call.
    pub call: Span,
    /// The function that is called.
    pub name: &'static str,
    /// The thread has let others know of something since (a message, a flag, a lock): whoever was waiting for
    /// that comes after the call.
    pub published: bool,
    /// The thread has a counted reference to what owns the socket.
    pub shares: bool,
}
