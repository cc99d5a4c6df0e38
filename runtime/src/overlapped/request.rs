//! The memory of one operation, and the only code that may free it.
//!
//! What Winsock uses until the completion is in two places, the [`Header`] and the buffer, both on the
//! heap and reached through raw pointers alone: a reference would claim that nobody writes there. The
//! header has two owners when a completion port is in play, the request and the port's table: the port
//! names an operation by its structure's address, so that address must not come back before the packet
//! has been taken out.

use std::{
    cell::UnsafeCell,
    fmt,
    mem::ManuallyDrop,
    ptr::{self, NonNull},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use windows_sys::Win32::Foundation::{
    ERROR_NOT_FOUND, HANDLE, STATUS_CANCELLED, WAIT_OBJECT_0, WAIT_TIMEOUT,
};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::INFINITE;

use super::{Completion, Outcome};
use crate::addr::{SockAddr, size};
use crate::{AsSocket, Error, ErrorKind, raw, sys};

/// Which operation: no two of a process have the same.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(u64);

impl OperationId {
    fn new() -> OperationId {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        OperationId(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "operation {}", self.0)
    }
}

/// A timeout as the system takes it, not less unless that is more than 49 days; `None` is for ever.
pub(super) fn milliseconds(timeout: Option<Duration>) -> u32 {
    // `INFINITE` is the largest number.
    let finite = |time: Duration| {
        let up = time.saturating_add(Duration::from_nanos(999_999));
        u32::try_from(up.as_millis()).map_or(INFINITE - 1, |time| time.min(INFINITE - 1))
    };
    timeout.map_or(INFINITE, finite)
}

/// An event that is reset by hand.
struct Event(HANDLE);

impl Event {
    fn new(socket: SOCKET) -> Result<Event, Error> {
        let event = sys::create_event(socket);
        match event.is_null() {
            true => Err(Error::last("CreateEventW")),
            false => Ok(Event(event)),
        }
    }

    /// Whether it is signaled within `timeout`; `None` waits for as long as it takes.
    fn wait(&self, timeout: Option<Duration>) -> Result<bool, Error> {
        match sys::wait(self.0, milliseconds(timeout)) {
            WAIT_OBJECT_0 => Ok(true),
            WAIT_TIMEOUT => Ok(false),
            _ => Err(Error::last("WaitForSingleObject")),
        }
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        // SAFETY: the handle is this value's, and no operation names it any more.
        let _ = unsafe { raw::CloseHandle(self.0) };
    }
}

// SAFETY: a handle is a number that every thread may use.
unsafe impl Send for Event {}
// SAFETY: as above.
unsafe impl Sync for Event {}

/// What an operation names beside its data.
pub(super) struct Header {
    event: Event,
    shared: UnsafeCell<Shared>,
}

/// The part that Winsock writes.
struct Shared {
    overlapped: OVERLAPPED,
    flags: u32,
    from: SockAddr,
    from_len: i32,
}

// SAFETY: what is shared is written by Winsock until the event is signaled, and read after that; the
// pointer inside is a handle.
unsafe impl Send for Header {}
// SAFETY: as above.
unsafe impl Sync for Header {}

impl Header {
    fn overlapped(&self) -> *mut OVERLAPPED {
        // SAFETY: the field of a structure that is there.
        unsafe { &raw mut (*self.shared.get()).overlapped }
    }

    /// The name that a completion port has for the operation.
    pub(super) fn address(&self) -> usize {
        self.overlapped().addr()
    }
}

/// How an operation's completion is told.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Report {
    /// By its event alone, whatever port the socket is associated with.
    Event,
    /// By its event and by a packet to the socket's port.
    EventAndPort,
}

/// Which call makes the operation.
#[derive(Copy, Clone, Debug)]
pub(super) enum Kind {
    Send,
    SendTo(std::net::SocketAddr),
    Receive,
    ReceiveFrom,
}

impl Kind {
    fn call(self) -> &'static str {
        match self {
            Kind::Send => "WSASend",
            Kind::SendTo(_) => "WSASendTo",
            Kind::Receive => "WSARecv",
            Kind::ReceiveFrom => "WSARecvFrom",
        }
    }
}

/// The memory of an operation, to be freed: nothing is pending, or nothing any more.
struct Memory<B> {
    header: Arc<Header>,
    /// From `Box::into_raw`; a `Box` would claim to be alone with an array inside it.
    buffer: NonNull<B>,
}

impl<B> Memory<B> {
    fn new(event: Event, report: Report, buffer: B) -> Memory<B> {
        // With the lowest bit set nothing is queued to a port.
        let tag = usize::from(report == Report::Event);
        let shared = UnsafeCell::new(Shared {
            overlapped: OVERLAPPED {
                hEvent: event.0.map_addr(|address| address | tag),
                ..OVERLAPPED::default()
            },
            flags: 0,
            from: SockAddr::empty(),
            from_len: size::<SockAddr>(),
        });
        Memory {
            header: Arc::new(Header { event, shared }),
            // SAFETY: a box is never null.
            buffer: unsafe { NonNull::new_unchecked(Box::into_raw(Box::new(buffer))) },
        }
    }

    fn into_buffer(self) -> B {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: `this` owns both, and is never used again.
        unsafe {
            ptr::drop_in_place(&mut this.header);
            *Box::from_raw(this.buffer.as_ptr())
        }
    }
}

impl<B> Drop for Memory<B> {
    fn drop(&mut self) {
        // SAFETY: it is the only owner.
        drop(unsafe { Box::from_raw(self.buffer.as_ptr()) });
    }
}

// SAFETY: it is the only owner of the buffer.
unsafe impl<B: Send> Send for Memory<B> {}
// SAFETY: nothing reaches the buffer through a shared reference.
unsafe impl<B: Sync> Sync for Memory<B> {}

/// An operation that was posted.
pub(super) struct Request<B, S> {
    id: OperationId,
    kind: Kind,
    raw: SOCKET,
    /// Winsock's until the event is signaled.
    memory: ManuallyDrop<Memory<B>>,
    /// After the memory, and here, so that a lent socket has to outlive the operation.
    socket: S,
}

impl<B, S> Request<B, S> {
    pub(super) fn id(&self) -> OperationId {
        self.id
    }

    pub(super) fn socket(&self) -> &S {
        &self.socket
    }

    /// Waits for the completion, for `timeout` at most. Whether it came.
    pub(super) fn wait(&self, timeout: Option<Duration>) -> Result<bool, Error> {
        self.memory.header.event.wait(timeout)
    }

    /// Initiates the end of the operation. It completes later, or has completed.
    pub(super) fn cancel(&self) -> Result<(), Error> {
        let file = ptr::without_provenance_mut(self.raw);
        // SAFETY: the structure is there. A socket that is not the operation's has no such operation.
        match unsafe { raw::CancelIoEx(file, self.memory.header.overlapped()) } {
            0 => match Error::last("CancelIoEx") {
                error if error.code() == ERROR_NOT_FOUND as i32 => Ok(()),
                error => Err(error),
            },
            _ => Ok(()),
        }
    }

    /// The buffer, the socket, and what became of the operation.
    ///
    /// # Safety
    /// It has completed: the event was signaled.
    pub(super) unsafe fn finish(self) -> Completion<B, S> {
        let outcome = self.outcome();
        let from = match (self.kind, outcome) {
            // SAFETY: Winsock is done with it.
            (Kind::ReceiveFrom, Outcome::Completed(_)) => unsafe {
                let shared = self.memory.header.shared.get();
                (*shared).from.get((*shared).from_len)
            },
            _ => None,
        };
        let mut this = ManuallyDrop::new(self);
        // SAFETY: both are taken once, and `this` is never used again.
        let (memory, socket) = unsafe {
            (
                ManuallyDrop::take(&mut this.memory),
                ptr::read(&this.socket),
            )
        };
        Completion {
            outcome,
            buffer: memory.into_buffer(),
            socket,
            from,
        }
    }

    /// What became of the operation, which has completed.
    fn outcome(&self) -> Outcome {
        // SAFETY: Winsock is done with the structure.
        let OVERLAPPED {
            Internal: status,
            InternalHigh: bytes,
            ..
        } = unsafe { self.memory.header.overlapped().read() };
        if status == 0 {
            return Outcome::Completed(bytes);
        }
        // An NTSTATUS has 32 bits. This one does not ask for a socket that is still open.
        if status as u32 == STATUS_CANCELLED as u32 {
            return Outcome::Aborted;
        }
        let (mut bytes, mut flags) = (0, 0);
        let overlapped = self.memory.header.overlapped();
        // SAFETY: the structure was the operation's; the others are writable.
        let succeeded =
            unsafe { sys::WSAGetOverlappedResult(self.raw, overlapped, &mut bytes, 0, &mut flags) };
        if succeeded != 0 {
            return Outcome::Completed(bytes as usize);
        }
        let error = Error::last(self.kind.call());
        match error.kind() {
            // The socket was closed, so that is what ended the operation (O11).
            ErrorKind::Aborted | ErrorKind::NotSocket => Outcome::Aborted,
            _ => Outcome::Failed(error),
        }
    }
}

impl<B, S> Drop for Request<B, S> {
    fn drop(&mut self) {
        // Whether this fails or not: only the completion counts (O12).
        let _ = self.cancel();
        // If that cannot be waited for, the memory may be in use for ever, and nobody ever frees it.
        if let Ok(true) = self.wait(None) {
            // SAFETY: Winsock is done with the memory, and this is the end of its owner.
            unsafe { ManuallyDrop::drop(&mut self.memory) };
        }
    }
}

/// Everything that a call needs, at its final place; nothing is pending yet.
pub(super) struct Unposted<B, S> {
    id: OperationId,
    kind: Kind,
    raw: SOCKET,
    /// Where the data is, in the memory's buffer.
    data: WSABUF,
    memory: Memory<B>,
    socket: S,
}

/// A call that failed, and what it was given.
pub(super) type Refused<B, S> = (Error, B, S);

impl<B, S: AsSocket> Unposted<B, S> {
    /// `data` finds the bytes in the buffer, once that is where it stays. It is not this crate's code: if it
    /// panics, nothing is pending.
    pub(super) fn prepare(
        kind: Kind,
        report: Report,
        socket: S,
        buffer: B,
        data: impl FnOnce(&mut B) -> (*mut u8, usize),
    ) -> Result<Unposted<B, S>, Refused<B, S>> {
        let raw = socket.as_socket().as_raw();
        let event = match Event::new(raw) {
            Ok(event) => event,
            Err(error) => return Err((error, buffer, socket)),
        };
        let mut memory = Memory::new(event, report, buffer);
        // SAFETY: nothing is pending, so this is the only access.
        let (buf, len) = data(unsafe { memory.buffer.as_mut() });
        Ok(Unposted {
            id: OperationId::new(),
            kind,
            raw,
            data: WSABUF {
                // A longer buffer is used in part.
                len: u32::try_from(len).unwrap_or(u32::MAX),
                buf,
            },
            memory,
            socket,
        })
    }

    pub(super) fn header(&self) -> &Arc<Header> {
        &self.memory.header
    }

    pub(super) fn id(&self) -> OperationId {
        self.id
    }

    /// Makes the call.
    #[track_caller]
    pub(super) fn post(self) -> Result<Request<B, S>, Refused<B, S>> {
        let header = &self.memory.header;
        let shared = header.shared.get();
        // SAFETY: the structure, the flags, the address and the data stay until the operation
        // completes: `Request` sees to that. The array of one element need not.
        let result = unsafe {
            let overlapped = header.overlapped();
            let flags = &raw mut (*shared).flags;
            let from = (*shared).from.as_mut_ptr();
            let from_len = &raw mut (*shared).from_len;
            let (socket, none) = (self.raw, ptr::null_mut());
            let array = &raw const self.data;
            match self.kind {
                Kind::Send => raw::WSASend(socket, array, 1, none, 0, overlapped, None),
                Kind::SendTo(to) => {
                    let (to, tolen) = SockAddr::new(to);
                    let to = to.as_ptr();
                    raw::WSASendTo(socket, array, 1, none, 0, to, tolen, overlapped, None)
                }
                Kind::Receive => raw::WSARecv(socket, array, 1, none, flags, overlapped, None),
                Kind::ReceiveFrom => raw::WSARecvFrom(
                    socket, array, 1, none, flags, from, from_len, overlapped, None,
                ),
            }
        };
        if result == 0 || sys::last_error() == WSA_IO_PENDING {
            return Ok(Request {
                id: self.id,
                kind: self.kind,
                raw: self.raw,
                memory: ManuallyDrop::new(self.memory),
                socket: self.socket,
            });
        }
        let error = Error::last(self.kind.call());
        Err((error, self.memory.into_buffer(), self.socket))
    }
}
