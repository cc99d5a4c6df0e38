//! How far a socket is: its type, its family, its phase and its traffic.
//!
//! Every call on a socket advances its [`Course`] by the [`Step`] that the model's row names, as if the
//! call succeeded; when a branch finds that it failed, what it changed is taken back
//! ([`Course::take_back`]). Whether a step can be taken at all is asked before
//! ([`Course::refusal`]): the answer is definite, so whatever is not known refuses nothing.

use super::sock::Mode;
use crate::model::Step;

/// The type that a socket was created with.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// `SOCK_STREAM`
    Stream,
    /// `SOCK_DGRAM`
    Datagram,
    /// Another, or not known.
    Unknown,
}

/// The address family, as far as rules ask for it.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Family {
    /// `AF_IRDA`
    Irda,
    /// `AF_ATM`
    Atm,
    /// Another.
    Other,
    /// Not known.
    Unknown,
}

/// What was done to a socket to connect it.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Phase {
    /// Nothing.
    New,
    /// It is bound to an address.
    Bound,
    /// It listens.
    Listening,
    /// It is connected.
    Connected,
    /// A blocking `connect` failed.
    Refused,
    /// Not known.
    Unknown,
}

/// What was sent since anything last told that the peer is there.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Sent {
    /// Nothing, in this code.
    Nothing,
    /// Something, and nothing was received since.
    Unanswered,
    /// Something, and something was received since.
    Answered,
    /// Not known.
    Unknown,
}

/// See the module's documentation.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct Course {
    /// Its type.
    pub kind: Kind,
    /// Its family.
    pub family: Family,
    /// Its phase.
    pub phase: Phase,
    /// The last call that changed the phase is known to have succeeded.
    pub sure: bool,
    /// What was sent.
    pub sent: Sent,
    /// The last that happened on the path was a send.
    pub just_sent: bool,
    /// Sending was shut down here.
    pub shut_send: bool,
    /// Receiving was shut down here.
    pub shut_receive: bool,
    /// A call on it failed on this path: what follows may well be meant to give up.
    pub troubled: bool,
}

/// Windows' numbers.
const AF_ATM: i128 = 22;
const AF_IRDA: i128 = 26;
const SOCK_STREAM: i128 = 1;
const SOCK_DGRAM: i128 = 2;
const SD_RECEIVE: i128 = 0;
const SD_SEND: i128 = 1;
const SD_BOTH: i128 = 2;

impl Course {
    /// Of a socket that comes from elsewhere: nothing is known but that this code has not sent yet.
    pub fn lent() -> Course {
        Course {
            kind: Kind::Unknown,
            family: Family::Unknown,
            phase: Phase::Unknown,
            sure: true,
            sent: Sent::Nothing,
            just_sent: false,
            shut_send: false,
            shut_receive: false,
            troubled: false,
        }
    }

    /// Of a socket just made by `socket(family, kind, ..)`.
    pub fn new(family: Option<i128>, kind: Option<i128>) -> Course {
        Course {
            kind: match kind {
                Some(SOCK_STREAM) => Kind::Stream,
                Some(SOCK_DGRAM) => Kind::Datagram,
                _ => Kind::Unknown,
            },
            family: match family {
                Some(AF_ATM) => Family::Atm,
                Some(AF_IRDA) => Family::Irda,
                Some(_) => Family::Other,
                None => Family::Unknown,
            },
            // Of a type that is not known nobody says what it asks for.
            phase: Phase::New,
            ..Course::lent()
        }
    }

    /// Of a socket that a listener accepted.
    pub fn accepted(listener: Option<Course>) -> Course {
        let family = listener.map_or(Family::Unknown, |listener| listener.family);
        Course {
            kind: Kind::Stream,
            family,
            phase: Phase::Connected,
            ..Course::lent()
        }
    }

    /// Code that the analysis does not see had it.
    pub fn lose(&mut self) {
        *self = Course {
            kind: self.kind,
            family: self.family,
            sent: Sent::Unknown,
            ..Course::lent()
        };
    }

    /// Why the socket cannot take the step, if it certainly cannot.
    pub fn refusal(&self, step: Step) -> Option<&'static str> {
        use Kind::{Datagram, Stream};
        use Phase::{Bound, Connected, Listening, New, Refused};
        let sure = self.sure;
        match (step, self.kind, self.phase) {
            (Step::Any | Step::Shutdown(_) | Step::Disconnect, ..) => None,
            (Step::Bind, _, Bound) if sure => Some("it is bound already"),
            (Step::Bind, _, Listening) if sure => Some("it listens already"),
            (Step::Bind, Stream, Connected) if sure => Some("it is connected already"),
            (Step::Bind, ..) => None,
            (Step::Listen, Datagram, _) => Some("it is a datagram socket"),
            (Step::Listen, _, New) => Some("it is not bound"),
            (Step::Listen, Stream, Connected) if sure => Some("it is connected"),
            (Step::Listen, ..) => None,
            (Step::Accept, Datagram, _) => Some("it is a datagram socket"),
            (Step::Accept, _, New | Bound) => Some("it does not listen"),
            (Step::Accept, Stream, Connected) if sure => {
                Some("it is connected and does not listen")
            }
            (Step::Accept, ..) => None,
            (Step::Connect | Step::ConnectEx, _, Listening) if sure => Some("it listens"),
            (Step::Connect | Step::ConnectEx, Stream, Connected) if sure => {
                Some("it is connected already")
            }
            (Step::ConnectEx, _, New) => Some("it is not bound, which `ConnectEx` asks for"),
            (Step::Connect | Step::ConnectEx, ..) => None,
            (Step::Send | Step::SendTo, ..) if self.shut_send => {
                Some("its sending side was shut down")
            }
            (Step::Send, _, New | Bound) => Some("it is not connected"),
            (Step::Send, _, Listening) => Some("it listens and is not connected"),
            (Step::SendTo, Stream, New | Bound) => Some("it is not connected"),
            (Step::SendTo, Stream, Listening) => Some("it listens and is not connected"),
            (Step::Send | Step::SendTo, Stream, Refused) => {
                Some("it is not connected: `connect` failed")
            }
            (Step::Send | Step::SendTo, ..) => None,
            (Step::Receive, _, _) if self.shut_receive => Some("its receiving side was shut down"),
            (Step::Receive, Stream, New | Bound) => Some("it is not connected"),
            (Step::Receive, Stream, Listening) => Some("it listens and is not connected"),
            (Step::Receive, Stream, Refused) => Some("it is not connected: `connect` failed"),
            (Step::Receive, Datagram, New) => Some("it is not bound"),
            (Step::Receive, ..) => None,
        }
    }

    /// The step is taken. `how`: the value of the argument that says which directions end.
    pub fn advance(&mut self, step: Step, how: Option<i128>) {
        let phase = match step {
            Step::Bind => Some(Phase::Bound),
            Step::Listen => Some(Phase::Listening),
            Step::Connect | Step::ConnectEx => Some(Phase::Connected),
            Step::Disconnect => Some(Phase::Unknown),
            // The system binds it.
            Step::SendTo if self.kind == Kind::Datagram && self.phase == Phase::New => {
                Some(Phase::Bound)
            }
            Step::SendTo if self.phase == Phase::New => Some(Phase::Unknown),
            _ => None,
        };
        if let Some(phase) = phase {
            self.phase = phase;
            self.sure = false;
        }
        match step {
            Step::Send | Step::SendTo => {
                if self.sent != Sent::Unknown {
                    self.sent = Sent::Unanswered;
                }
                self.just_sent = true;
            }
            Step::Receive => {
                if self.sent == Sent::Unanswered {
                    self.sent = Sent::Answered;
                }
                self.just_sent = false;
            }
            Step::Shutdown(of) => {
                let how = match of {
                    crate::model::How::Send => Some(SD_SEND),
                    crate::model::How::Receive => Some(SD_RECEIVE),
                    crate::model::How::Argument(_) => how,
                };
                match how {
                    Some(SD_SEND) => self.shut_send = true,
                    Some(SD_RECEIVE) => self.shut_receive = true,
                    Some(SD_BOTH) => (self.shut_send, self.shut_receive) = (true, true),
                    // One of them, or both.
                    _ => self.sent = Sent::Unknown,
                }
                self.just_sent = false;
            }
            // With TF_REUSE_SOCKET it is like new.
            Step::Disconnect => {
                (self.shut_send, self.shut_receive) = (false, false);
                (self.sent, self.just_sent) = (Sent::Unknown, false);
            }
            _ => {}
        }
    }

    /// The step turned out to have succeeded.
    pub fn confirm(&mut self, step: Step) {
        if matches!(
            step,
            Step::Bind | Step::Listen | Step::Connect | Step::ConnectEx
        ) {
            self.sure = true;
        }
    }

    /// The step turned out to have failed; `before` is what was known when it was tried.
    pub fn take_back(&mut self, step: Step, before: Course, mode: Mode) {
        match step {
            Step::Bind | Step::Listen => {
                (self.phase, self.sure) = (before.phase, before.sure);
            }
            Step::Connect | Step::ConnectEx | Step::Disconnect => {
                // A nonblocking connect fails with WSAEWOULDBLOCK and goes on.
                let refused = step == Step::Connect && mode == Mode::Blocking;
                self.phase = match refused && before.kind == Kind::Stream {
                    true => Phase::Refused,
                    false => Phase::Unknown,
                };
                self.sure = true;
            }
            Step::Send | Step::SendTo | Step::Receive => {
                (self.sent, self.just_sent) = (before.sent, before.just_sent);
            }
            Step::Shutdown(_) => {
                (self.shut_send, self.shut_receive) = (before.shut_send, before.shut_receive);
            }
            Step::Any | Step::Accept => {}
        }
        self.troubled = true;
    }

    /// A stream whose peer may still be waiting for what was sent, or that never heard an end.
    pub fn is_stream_with_data(&self) -> bool {
        self.kind != Kind::Datagram
            && matches!(self.sent, Sent::Unanswered | Sent::Answered)
            && !self.shut_send
            && !self.troubled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::How;

    fn stream() -> Course {
        Course::new(Some(2), Some(SOCK_STREAM))
    }

    #[test]
    fn what_is_not_known_refuses_nothing() {
        for step in [
            Step::Bind,
            Step::Listen,
            Step::Accept,
            Step::Connect,
            Step::ConnectEx,
            Step::Send,
            Step::SendTo,
            Step::Receive,
            Step::Shutdown(How::Send),
        ] {
            assert_eq!(Course::lent().refusal(step), None, "{step:?}");
        }
    }

    #[test]
    fn a_server_goes_through_its_phases_in_order() {
        let mut course = stream();
        assert!(course.refusal(Step::Accept).is_some());
        assert!(course.refusal(Step::Listen).is_some());
        for step in [Step::Bind, Step::Listen] {
            assert_eq!(course.refusal(step), None);
            course.advance(step, None);
            course.confirm(step);
        }
        assert_eq!(course.refusal(Step::Accept), None);
        assert!(course.refusal(Step::Connect).is_some());
        assert!(course.refusal(Step::Send).is_some());
    }

    #[test]
    fn what_failed_is_taken_back() {
        let before = stream();
        let mut course = before;
        course.advance(Step::Bind, None);
        course.take_back(Step::Bind, before, Mode::Blocking);
        assert!(course.refusal(Step::Listen).is_some());
        assert_eq!(course.refusal(Step::Bind), None);
    }

    #[test]
    fn a_failed_nonblocking_connect_may_still_connect() {
        let before = stream();
        let mut course = before;
        course.advance(Step::Connect, None);
        course.take_back(Step::Connect, before, Mode::Nonblocking);
        assert_eq!(course.refusal(Step::Send), None);
    }
}
