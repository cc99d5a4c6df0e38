//! One send or receive, from its call to its completion.

use std::{fmt, io, net::SocketAddr, sync::Arc, time::Duration};

use super::port::CompletionPort;
use super::request::{Kind, OperationId, Refused, Report, Request, Unposted};
use super::{ReceiveBuffer, SendBuffer};
use crate::{AsSocket, Error, ErrorKind, Socket};

/// An overlapped send or receive that owns what it uses until it has completed (O12).
///
/// `B` is the buffer; `S` is whatever keeps the socket open, an `Arc<Socket>` most often. Both come back
/// with the [`Completion`]. Dropping the operation cancels it and waits until that is done, which takes as
/// long as the driver takes to let go, before the buffer is freed. [`cancel`](Operation::cancel) lets
/// several end together.
///
/// Windows also aborts what a thread has started when that thread ends, unless the socket is
/// [associated](super::CompletionPort::associate) with a port: let it live as long as its operations.
///
/// ```compile_fail,E0505
/// # use socket_lifecycle::{Socket, overlapped::Operation};
/// # fn f(socket: Socket) {
/// let receive = Operation::receive(&socket, vec![0; 512]);
/// socket.close().ok(); // the operation uses it
/// drop(receive);
/// # }
/// ```
#[must_use = "an operation that is dropped is cancelled"]
pub struct Operation<B, S = Arc<Socket>> {
    request: Request<B, S>,
    /// Its table still knows the operation.
    _port: Option<CompletionPort>,
}

/// How an operation ended (O11).
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As many bytes were transferred. Zero of a receive on a stream mean that the peer sends no more.
    Completed(usize),
    /// It was cancelled, by [`Operation::cancel`], because the socket was closed, or because the thread that
    /// had started it ended: `WSA_OPERATION_ABORTED` (O11). Whether bytes were transferred is not known.
    Aborted,
    /// It failed otherwise.
    Failed(Error),
}

impl Outcome {
    /// The number of bytes, as other calls give it.
    ///
    /// # Errors
    /// [`ErrorKind::Aborted`] for an operation that was cancelled, or its own error.
    pub fn result(self) -> Result<usize, Error> {
        match self {
            Outcome::Completed(bytes) => Ok(bytes),
            Outcome::Aborted => Err(Error::new("WSAGetOverlappedResult", ErrorKind::Aborted)),
            Outcome::Failed(error) => Err(error),
        }
    }
}

/// An operation that has completed, and what it used.
#[derive(Debug)]
#[non_exhaustive]
pub struct Completion<B, S = Arc<Socket>> {
    /// How it ended.
    pub outcome: Outcome,
    /// The buffer. Of a receive, what arrived is at its beginning.
    pub buffer: B,
    /// The socket.
    pub socket: S,
    /// Who sent the datagram, of a [`receive_from`](Operation::receive_from).
    pub from: Option<SocketAddr>,
}

/// An operation that could not be started, and what it would have used.
pub struct PostError<B, S = Arc<Socket>> {
    error: Error,
    buffer: B,
    socket: S,
}

impl<B, S> PostError<B, S> {
    /// What went wrong (O1).
    pub fn error(&self) -> Error {
        self.error
    }

    /// What went wrong, by Winsock's code.
    pub fn kind(&self) -> ErrorKind {
        self.error.kind()
    }

    /// The buffer and the socket, as they were given.
    pub fn into_parts(self) -> (B, S) {
        (self.buffer, self.socket)
    }
}

impl<B, S> fmt::Debug for PostError<B, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PostError").field(&self.error).finish()
    }
}

impl<B, S> fmt::Display for PostError<B, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<B, S> std::error::Error for PostError<B, S> {}

impl<B, S> From<Refused<B, S>> for PostError<B, S> {
    fn from((error, buffer, socket): Refused<B, S>) -> PostError<B, S> {
        PostError {
            error,
            buffer,
            socket,
        }
    }
}

impl<B, S> From<PostError<B, S>> for Error {
    fn from(error: PostError<B, S>) -> Error {
        error.error
    }
}

impl<B, S> From<PostError<B, S>> for io::Error {
    fn from(error: PostError<B, S>) -> io::Error {
        error.error.into()
    }
}

/// Each of the calls fails with what the function failed with, and gives back what it was given: then
/// nothing is pending. A failure that shows later is in the [`Completion`].
impl<B: SendBuffer, S: AsSocket> Operation<B, S> {
    /// `WSASend`, told by an event of its own.
    ///
    /// # Errors
    /// See above.
    #[track_caller]
    pub fn send(socket: S, buffer: B) -> Result<Self, PostError<B, S>> {
        Operation::post_send(Kind::Send, socket, buffer, None)
    }

    /// `WSASendTo`, told by an event of its own.
    ///
    /// # Errors
    /// See above.
    #[track_caller]
    pub fn send_to(socket: S, buffer: B, to: SocketAddr) -> Result<Self, PostError<B, S>> {
        Operation::post_send(Kind::SendTo(to), socket, buffer, None)
    }

    #[track_caller]
    pub(super) fn post_send(
        kind: Kind,
        socket: S,
        buffer: B,
        port: Option<&CompletionPort>,
    ) -> Result<Self, PostError<B, S>> {
        Operation::post(kind, socket, buffer, port, |buffer| {
            let bytes = buffer.bytes();
            (bytes.as_ptr().cast_mut(), bytes.len())
        })
    }
}

/// As for the sends.
impl<B: ReceiveBuffer, S: AsSocket> Operation<B, S> {
    /// `WSARecv`, told by an event of its own.
    ///
    /// # Errors
    /// See above.
    #[track_caller]
    pub fn receive(socket: S, buffer: B) -> Result<Self, PostError<B, S>> {
        Operation::post_receive(Kind::Receive, socket, buffer, None)
    }

    /// `WSARecvFrom`, told by an event of its own. The sender is in the
    /// [`Completion`](Completion::from).
    ///
    /// # Errors
    /// See above.
    #[track_caller]
    pub fn receive_from(socket: S, buffer: B) -> Result<Self, PostError<B, S>> {
        Operation::post_receive(Kind::ReceiveFrom, socket, buffer, None)
    }

    #[track_caller]
    pub(super) fn post_receive(
        kind: Kind,
        socket: S,
        buffer: B,
        port: Option<&CompletionPort>,
    ) -> Result<Self, PostError<B, S>> {
        Operation::post(kind, socket, buffer, port, |buffer| {
            let bytes = buffer.bytes_mut();
            (bytes.as_mut_ptr(), bytes.len())
        })
    }
}

impl<B, S: AsSocket> Operation<B, S> {
    #[track_caller]
    fn post(
        kind: Kind,
        socket: S,
        buffer: B,
        port: Option<&CompletionPort>,
        data: impl FnOnce(&mut B) -> (*mut u8, usize),
    ) -> Result<Self, PostError<B, S>> {
        let report = match port {
            Some(_) => Report::EventAndPort,
            None => Report::Event,
        };
        let request = Unposted::prepare(kind, report, socket, buffer, data)?;
        // Its packet may be taken out before the call returns.
        let (id, header) = (request.id(), request.header().clone());
        if let Some(port) = port {
            port.expect(id, &header);
        }
        match (request.post(), port) {
            (Ok(request), port) => Ok(Operation {
                request,
                _port: port.cloned(),
            }),
            (Err(refused), port) => {
                if let Some(port) = port {
                    port.expect_no_more(&header);
                }
                Err(refused.into())
            }
        }
    }
}

impl<B, S> Operation<B, S> {
    /// Which operation this is, for the [`Packet`](super::Packet) of a completion port.
    pub fn id(&self) -> OperationId {
        self.request.id()
    }

    /// The socket.
    pub fn socket(&self) -> &S {
        self.request.socket()
    }

    /// Whether it has completed.
    pub fn is_complete(&self) -> bool {
        // A wait that fails has seen nothing.
        self.request.wait(Some(Duration::ZERO)).unwrap_or(false)
    }

    /// `CancelIoEx`: initiates the end of the operation and returns at once. It is not over before it
    /// [completes](Operation::wait), most often as [`Outcome::Aborted`] (O11, O12); one that has
    /// completed stays as it is.
    ///
    /// # Errors
    /// What `CancelIoEx` failed with.
    pub fn cancel(&self) -> Result<(), Error> {
        self.request.cancel()
    }

    /// Waits for the completion.
    ///
    /// # Panics
    /// If the system cannot wait for the event, as on a [model](crate::model) that is gone. The memory is
    /// leaked then.
    pub fn wait(self) -> Completion<B, S> {
        let mut operation = self;
        loop {
            match operation.wait_at_most(None) {
                Ok(completion) => return completion,
                // It has no timeout.
                Err(pending) => operation = pending,
            }
        }
    }

    /// Waits for the completion, for `timeout` at most.
    ///
    /// # Errors
    /// The operation, still pending.
    ///
    /// # Panics
    /// As for [`wait`](Operation::wait).
    pub fn wait_timeout(self, timeout: Duration) -> Result<Completion<B, S>, Self> {
        self.wait_at_most(Some(timeout))
    }

    /// The completion, if it has come.
    ///
    /// # Errors
    /// The operation, still pending.
    ///
    /// # Panics
    /// As for [`wait`](Operation::wait).
    pub fn try_finish(self) -> Result<Completion<B, S>, Self> {
        self.wait_at_most(Some(Duration::ZERO))
    }

    fn wait_at_most(self, timeout: Option<Duration>) -> Result<Completion<B, S>, Self> {
        match self.request.wait(timeout) {
            // SAFETY: it has completed.
            Ok(true) => Ok(unsafe { self.request.finish() }),
            Ok(false) => Err(self),
            Err(error) => panic!("an operation cannot be waited for: {error}"),
        }
    }
}

impl<B, S: fmt::Debug> fmt::Debug for Operation<B, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("id", &self.id())
            .field("socket", self.socket())
            .field("complete", &self.is_complete())
            .finish_non_exhaustive()
    }
}
