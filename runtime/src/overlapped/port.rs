//! Completion ports: one queue for the completions of many operations.
//!
//! A packet names its operation by the address of the `OVERLAPPED`. The port's table keeps that
//! structure, a few dozen bytes, from before the call until its packet is taken out, also when the operation
//! was dropped meanwhile: so no other operation can get the address, and a late packet is never taken
//! for somebody else's. The structure's event says when the memory may go; the port is never asked.

use std::{
    collections::HashMap,
    fmt,
    net::SocketAddr,
    ptr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use windows_sys::Win32::Foundation::{HANDLE, INVALID_HANDLE_VALUE, WAIT_TIMEOUT};

use super::operation::{Operation, PostError};
use super::request::{Header, Kind, OperationId, milliseconds};
use super::{ReceiveBuffer, SendBuffer};
use crate::{AsSocket, Error, raw, sys};

/// A completion port. Clones are the same one; it is closed when the last is dropped, and no operation
/// that reports to it is left.
///
/// ```
/// use std::sync::Arc;
/// use socket_lifecycle::overlapped::CompletionPort;
/// # use socket_lifecycle::{Family, Socket, Winsock};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let _winsock = Winsock::start()?;
/// let port = CompletionPort::new()?;
/// let socket = Socket::datagram(Family::V4)?;
/// socket.bind(([127, 0, 0, 1], 0).into())?;
/// let addr = socket.local_addr()?;
/// let socket = port.associate(Arc::new(socket), 7)?;
///
/// let receive = socket.receive_from(vec![0; 64])?;
/// socket.socket().send_to(b"to myself", addr)?;
///
/// let packet = port.wait(None)?.expect("it waits for as long as it takes");
/// assert_eq!((packet.key, packet.operation), (7, Some(receive.id())));
/// assert_eq!(receive.wait().from, Some(addr));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct CompletionPort(Arc<Port>);

struct Port {
    handle: HANDLE,
    /// The operations whose packet was not taken out, by the address of their structure.
    expected: Mutex<HashMap<usize, (OperationId, Arc<Header>)>>,
}

// SAFETY: a handle is a number that every thread may use.
unsafe impl Send for Port {}
// SAFETY: as above.
unsafe impl Sync for Port {}

/// What [`CompletionPort::wait`] took out.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Packet {
    /// What the socket was associated with, or what was posted.
    pub key: usize,
    /// The operation that has completed; none in a packet that was [posted](CompletionPort::post).
    pub operation: Option<OperationId>,
}

impl CompletionPort {
    /// `CreateIoCompletionPort`, for a new port.
    ///
    /// # Errors
    /// What the function failed with.
    pub fn new() -> Result<CompletionPort, Error> {
        // SAFETY: it takes no pointer.
        let handle =
            unsafe { raw::CreateIoCompletionPort(INVALID_HANDLE_VALUE, ptr::null_mut(), 0, 0) };
        match handle.is_null() {
            true => Err(Error::last("CreateIoCompletionPort")),
            false => Ok(CompletionPort(Arc::new(Port {
                handle,
                expected: Mutex::default(),
            }))),
        }
    }

    /// `CreateIoCompletionPort`, for a socket: for good, and with one port only. What is posted through
    /// the result reports to this port, with `key`.
    ///
    /// # Errors
    /// What the function failed with, and the socket.
    pub fn associate<S: AsSocket>(
        &self,
        socket: S,
        key: usize,
    ) -> Result<Associated<S>, AssociateError<S>> {
        let file: HANDLE = ptr::without_provenance_mut(socket.as_socket().as_raw());
        // SAFETY: it takes no pointer.
        let handle = unsafe { raw::CreateIoCompletionPort(file, self.0.handle, key, 0) };
        match handle.is_null() {
            true => Err(AssociateError {
                error: Error::last("CreateIoCompletionPort"),
                socket,
            }),
            false => Ok(Associated {
                socket,
                port: self.clone(),
            }),
        }
    }

    /// `GetQueuedCompletionStatus`: the next packet, or none within `timeout`; `None` waits for as long
    /// as it takes.
    ///
    /// The operation has completed then, and [`Operation::wait`] does not wait. The packet of an operation
    /// that is gone, because it was dropped or finished by its event, is not handed out.
    ///
    /// # Errors
    /// What the function failed with. That an operation failed is in its
    /// [completion](super::Completion).
    pub fn wait(&self, timeout: Option<Duration>) -> Result<Option<Packet>, Error> {
        let now = || sys::now(self.0.handle.addr());
        let deadline = timeout.map(|timeout| now().saturating_add(timeout));
        loop {
            let left = deadline.map(|deadline| deadline.saturating_sub(now()));
            let (mut bytes, mut key, mut overlapped) = (0, 0, ptr::null_mut());
            // SAFETY: the pointers are writable.
            let succeeded = unsafe {
                raw::GetQueuedCompletionStatus(
                    self.0.handle,
                    &mut bytes,
                    &mut key,
                    &mut overlapped,
                    milliseconds(left),
                )
            };
            if succeeded == 0 && overlapped.is_null() {
                return match Error::last("GetQueuedCompletionStatus") {
                    error if error.code() == WAIT_TIMEOUT as i32 => Ok(None),
                    error => Err(error),
                };
            }
            if overlapped.is_null() {
                let operation = None;
                return Ok(Some(Packet { key, operation }));
            }
            // Of packets that others queued nothing is known, and nothing handed out.
            if let Some((id, header)) = self.expected().remove(&overlapped.addr())
                && Arc::strong_count(&header) > 1
            {
                let operation = Some(id);
                return Ok(Some(Packet { key, operation }));
            }
        }
    }

    /// `PostQueuedCompletionStatus`: a packet without an operation, to wake a thread that waits.
    ///
    /// # Errors
    /// What the function failed with.
    pub fn post(&self, key: usize) -> Result<(), Error> {
        // SAFETY: the pointer is null, which is allowed.
        match unsafe { raw::PostQueuedCompletionStatus(self.0.handle, 0, key, ptr::null()) } {
            0 => Err(Error::last("PostQueuedCompletionStatus")),
            _ => Ok(()),
        }
    }

    /// No foreign code runs under the lock, so a poisoned one is as good.
    fn expected(&self) -> MutexGuard<'_, HashMap<usize, (OperationId, Arc<Header>)>> {
        let expected = self.0.expected.lock();
        expected.unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn expect(&self, id: OperationId, header: &Arc<Header>) {
        let entry = (id, header.clone());
        self.expected().insert(header.address(), entry);
    }

    pub(super) fn expect_no_more(&self, header: &Header) {
        self.expected().remove(&header.address());
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        // SAFETY: the handle is this value's. Every operation that reports here has completed: each
        // keeps the port.
        let _ = unsafe { raw::CloseHandle(self.handle) };
    }
}

impl fmt::Debug for CompletionPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CompletionPort")
            .field("handle", &self.0.handle)
            .field("expected", &self.expected().len())
            .finish()
    }
}

/// A socket that was associated with a completion port.
#[derive(Clone, Debug)]
pub struct Associated<S> {
    socket: S,
    port: CompletionPort,
}

/// As the calls of [`Operation`], but told by a packet of the port too.
impl<S: AsSocket + Clone> Associated<S> {
    /// `WSASend`.
    ///
    /// # Errors
    /// As for [`Operation::send`].
    #[track_caller]
    pub fn send<B: SendBuffer>(&self, buffer: B) -> Result<Operation<B, S>, PostError<B, S>> {
        Operation::post_send(Kind::Send, self.socket.clone(), buffer, Some(&self.port))
    }

    /// `WSASendTo`.
    ///
    /// # Errors
    /// As for [`Operation::send_to`].
    #[track_caller]
    pub fn send_to<B: SendBuffer>(
        &self,
        buffer: B,
        to: SocketAddr,
    ) -> Result<Operation<B, S>, PostError<B, S>> {
        let kind = Kind::SendTo(to);
        Operation::post_send(kind, self.socket.clone(), buffer, Some(&self.port))
    }

    /// `WSARecv`.
    ///
    /// # Errors
    /// As for [`Operation::receive`].
    #[track_caller]
    pub fn receive<B: ReceiveBuffer>(&self, buffer: B) -> Result<Operation<B, S>, PostError<B, S>> {
        Operation::post_receive(Kind::Receive, self.socket.clone(), buffer, Some(&self.port))
    }

    /// `WSARecvFrom`.
    ///
    /// # Errors
    /// As for [`Operation::receive_from`].
    #[track_caller]
    pub fn receive_from<B: ReceiveBuffer>(
        &self,
        buffer: B,
    ) -> Result<Operation<B, S>, PostError<B, S>> {
        let kind = Kind::ReceiveFrom;
        Operation::post_receive(kind, self.socket.clone(), buffer, Some(&self.port))
    }
}

impl<S> Associated<S> {
    /// The socket.
    pub fn socket(&self) -> &S {
        &self.socket
    }

    /// The socket, which stays associated.
    pub fn into_socket(self) -> S {
        self.socket
    }

    /// The port.
    pub fn port(&self) -> &CompletionPort {
        &self.port
    }
}

/// A socket that could not be associated.
pub struct AssociateError<S> {
    error: Error,
    socket: S,
}

impl<S> AssociateError<S> {
    /// What went wrong.
    pub fn error(&self) -> Error {
        self.error
    }

    /// The socket, as it was given.
    pub fn into_socket(self) -> S {
        self.socket
    }
}

impl<S> fmt::Debug for AssociateError<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AssociateError").field(&self.error).finish()
    }
}

impl<S> fmt::Display for AssociateError<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<S> std::error::Error for AssociateError<S> {}

impl<S> From<AssociateError<S>> for Error {
    fn from(error: AssociateError<S>) -> Error {
        error.error
    }
}
