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
    mem::{self, ManuallyDrop},
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

use super::Outcome;
use crate::addr::{SockAddr, size};
use crate::{Error, ErrorKind, raw, sys};

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
        // INFINITE is the largest number; the last but one is 49 days.
        let finite = |time: Duration| {
            let up = time.saturating_add(Duration::from_nanos(999_999));
            u32::try_from(up.as_millis()).map_or(INFINITE - 1, |time| time.min(INFINITE - 1))
        };
        match sys::wait(self.0, timeout.map_or(INFINITE, finite)) {
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

/// An operation that was posted, and its memory.
pub(super) struct Request<B> {
    id: OperationId,
    kind: Kind,
    socket: SOCKET,
    header: Arc<Header>,
    /// From `Box::into_raw`; a `Box` would claim to be alone with an array inside it.
    buffer: NonNull<B>,
}

// SAFETY: the request is the only owner of the buffer, and any thread may wait for the event.
unsafe impl<B: Send> Send for Request<B> {}
// SAFETY: nothing reaches the buffer through a shared reference.
unsafe impl<B: Sync> Sync for Request<B> {}

impl<B> Request<B> {
    /// Everything that the call needs, at its final place; nothing is posted yet.
    pub(super) fn prepare(
        kind: Kind,
        socket: SOCKET,
        report: Report,
        buffer: B,
    ) -> Result<Unposted<B>, (Error, B)> {
        let event = match Event::new(socket) {
            Ok(event) => event,
            Err(error) => return Err((error, buffer)),
        };
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
        Ok(Unposted(Request {
            id: OperationId::new(),
            kind,
            socket,
            header: Arc::new(Header { event, shared }),
            // SAFETY: a box is never null.
            buffer: unsafe { NonNull::new_unchecked(Box::into_raw(Box::new(buffer))) },
        }))
    }

    pub(super) fn id(&self) -> OperationId {
        self.id
    }

    /// Waits for the completion, for `timeout` at most. Whether it came.
    pub(super) fn wait(&self, timeout: Option<Duration>) -> Result<bool, Error> {
        self.header.event.wait(timeout)
    }

    /// Initiates the end of the operation. It completes later, or has completed.
    pub(super) fn cancel(&self) -> Result<(), Error> {
        let file = ptr::without_provenance_mut(self.socket);
        // SAFETY: the structure is there. A socket that is not the operation's has no such operation.
        match unsafe { raw::CancelIoEx(file, self.header.overlapped()) } {
            0 => match Error::last("CancelIoEx") {
                error if error.code() == ERROR_NOT_FOUND as i32 => Ok(()),
                error => Err(error),
            },
            _ => Ok(()),
        }
    }

    /// The buffer, and what became of the operation.
    ///
    /// # Safety
    /// It has completed: the event was signaled.
    pub(super) unsafe fn finish(self) -> (B, Outcome, Option<std::net::SocketAddr>) {
        let mut this = ManuallyDrop::new(self);
        let outcome = this.outcome();
        let from = match this.kind {
            // SAFETY: Winsock is done with it.
            Kind::ReceiveFrom => unsafe {
                let shared = this.header.shared.get();
                (*shared).from.get((*shared).from_len)
            },
            _ => None,
        };
        // SAFETY: Winsock is done with the buffer, and `this` is never used again.
        let buffer = unsafe {
            ptr::drop_in_place(&mut this.header);
            *Box::from_raw(this.buffer.as_ptr())
        };
        let from = from.filter(|_| matches!(outcome, Outcome::Completed(_)));
        (buffer, outcome, from)
    }

    /// What became of the operation, which has completed.
    fn outcome(&self) -> Outcome {
        // SAFETY: Winsock is done with the structure.
        let OVERLAPPED {
            Internal: status,
            InternalHigh: bytes,
            ..
        } = unsafe { self.header.overlapped().read() };
        if status == 0 {
            return Outcome::Completed(bytes);
        }
        // An NTSTATUS has 32 bits. This one does not ask for a socket that is still open.
        if status as u32 == STATUS_CANCELLED as u32 {
            return Outcome::Aborted;
        }
        let (mut bytes, mut flags) = (0, 0);
        // SAFETY: the structure was the operation's; the others are writable.
        let succeeded = unsafe {
            raw::WSAGetOverlappedResult(
                self.socket,
                self.header.overlapped(),
                &mut bytes,
                0,
                &mut flags,
            )
        };
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

impl<B> Drop for Request<B> {
    fn drop(&mut self) {
        // Whether this fails or not: only the completion counts (O12).
        let _ = self.cancel();
        if let Ok(true) = self.wait(None) {
            // SAFETY: Winsock is done with the buffer, and this is the end of its owner.
            drop(unsafe { Box::from_raw(self.buffer.as_ptr()) });
        } else {
            // It may be in use for ever: so nobody ever frees it.
            mem::forget(self.header.clone());
        }
    }
}

/// A request whose call was not made yet, so that nothing is pending.
pub(super) struct Unposted<B>(Request<B>);

impl<B> Unposted<B> {
    pub(super) fn header(&self) -> &Arc<Header> {
        &self.0.header
    }

    pub(super) fn id(&self) -> OperationId {
        self.0.id
    }

    /// Makes the call, with the bytes that `data` finds in the buffer.
    #[track_caller]
    pub(super) fn post(
        self,
        data: impl FnOnce(&mut B) -> (*mut u8, usize),
    ) -> Result<Request<B>, (Error, B)> {
        let Unposted(mut request) = self;
        // SAFETY: nothing is pending, so this is the only access.
        let (buf, len) = data(unsafe { request.buffer.as_mut() });
        let buffers = [WSABUF {
            // A longer buffer is used in part.
            len: u32::try_from(len).unwrap_or(u32::MAX),
            buf,
        }];
        let shared = request.header.shared.get();
        // SAFETY: the structure, the flags, the address and the data stay until the operation
        // completes: `Request` sees to that. The array need not.
        let result = unsafe {
            let overlapped = request.header.overlapped();
            let flags = &raw mut (*shared).flags;
            let from = (*shared).from.as_mut_ptr();
            let from_len = &raw mut (*shared).from_len;
            let (socket, none) = (request.socket, ptr::null_mut());
            let array = buffers.as_ptr();
            match request.kind {
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
            return Ok(request);
        }
        let error = Error::last(request.kind.call());
        Err((error, Unposted(request).into_buffer()))
    }

    /// The buffer of an operation that never was.
    pub(super) fn into_buffer(self) -> B {
        let mut request = ManuallyDrop::new(self.0);
        // SAFETY: nothing is pending, and `request` is never used again.
        unsafe {
            ptr::drop_in_place(&mut request.header);
            *Box::from_raw(request.buffer.as_ptr())
        }
    }
}
