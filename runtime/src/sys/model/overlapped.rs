//! Overlapped operations: `WSASend`, `WSARecv`, `WSASendTo` and `WSARecvFrom` with an `OVERLAPPED`.
//!
//! An operation that cannot be done at once waits in its socket's queue, sends and receives apart and
//! each in order. Until it completes, the model writes and reads through the pointers that it was
//! given, exactly as a driver does: code that frees them early is caught by whatever watches memory.
//! A close or `CancelIoEx` takes an operation out of its queue, but only *initiates* its end: it
//! completes with `WSA_OPERATION_ABORTED` in a later call, after the
//! [time that cancelling takes](Model::set_cancel_latency) (O11, O12).

use std::collections::VecDeque;
use std::ptr;
use std::time::Duration;

use windows_sys::Win32::Foundation::{
    ERROR_INVALID_HANDLE, ERROR_NOT_FOUND, STATUS_CANCELLED, STATUS_PENDING,
};
use windows_sys::Win32::Networking::WinSock::{SOCKADDR, SOCKET, WSABUF};
use windows_sys::Win32::System::IO::OVERLAPPED;

use super::handles::{Packet, PortKey, number, system};
use super::network::{EndpointId, Transport};
use super::{Call, Model, Outcome, State};
use crate::ErrorKind;
use crate::addr;

/// Where a receive writes the sender's address.
#[derive(Copy, Clone, Debug)]
pub struct From {
    /// Writable for as many bytes as `len` says.
    pub addr: *mut SOCKADDR,
    /// Readable and writable.
    pub len: *mut i32,
}

/// The operations of one endpoint that wait, the oldest first.
#[derive(Default)]
pub(super) struct Queues {
    pub(super) sends: VecDeque<Pending>,
    pub(super) receives: VecDeque<Pending>,
}

impl Queues {
    fn is_empty(&self) -> bool {
        self.sends.is_empty() && self.receives.is_empty()
    }
}

/// What a posted operation names, and how far it has come.
pub(super) struct Pending {
    overlapped: *mut OVERLAPPED,
    /// The data: Winsock copies the array of `WSABUF`s before the call returns.
    buffers: Vec<WSABUF>,
    from: Option<From>,
    /// What was queued already, of a send.
    done: usize,
    event: usize,
    port: Option<PortKey>,
}

// SAFETY: whoever posted the operation vouched for the pointers until it completes, from whatever
// thread. All is done under the model's lock.
unsafe impl Send for Pending {}

/// What the model puts into `OVERLAPPED::Internal` for a Winsock code: a status of customers' own.
const FAILED: usize = 0xE000_0000;

fn status(result: Result<usize, ErrorKind>) -> usize {
    match result {
        Ok(_) => 0,
        Err(ErrorKind::Aborted) => STATUS_CANCELLED as u32 as usize,
        Err(kind) => FAILED | kind.code() as usize,
    }
}

fn result(overlapped: &OVERLAPPED) -> Outcome<u32> {
    // What was transferred has a u32's number of bytes at most.
    let bytes = overlapped.InternalHigh as u32;
    match overlapped.Internal {
        0 => Ok(bytes),
        pending if pending == STATUS_PENDING as usize => Err(ErrorKind::Incomplete),
        aborted if aborted == STATUS_CANCELLED as u32 as usize => Err(ErrorKind::Aborted),
        failed => Err(ErrorKind::from_code((failed & !FAILED) as i32)),
    }
}

impl Model {
    /// How long a cancelled operation takes to complete, from now on. Zero at first: it completes in
    /// the next call, of whichever thread.
    pub fn set_cancel_latency(&self, latency: Duration) {
        self.state().cancel_latency = latency;
    }

    /// How many overlapped operations have not completed.
    pub fn pending_operations(&self) -> usize {
        let state = self.state();
        let queued: usize = state
            .waiting
            .iter()
            .filter_map(|id| state.endpoints.get(id))
            .map(|endpoint| endpoint.operations.sends.len() + endpoint.operations.receives.len())
            .sum();
        queued + state.aborting.len()
    }

    /// `WSASend` and, with an address, `WSASendTo`.
    ///
    /// # Errors
    /// [`ErrorKind::Pending`] when it completes later.
    ///
    /// # Safety
    /// `overlapped` and the memory that `buffers` names are valid until the operation completes.
    pub unsafe fn send_overlapped(
        &self,
        socket: SOCKET,
        buffers: &[WSABUF],
        to: Option<std::net::SocketAddr>,
        overlapped: *mut OVERLAPPED,
    ) -> Outcome<usize> {
        let mut state = self.begin(Call::SendOverlapped)?;
        let id = state.descriptors.get(socket)?.endpoint;
        // SAFETY: the caller's structure is valid.
        let mut send = unsafe { state.pending(id, buffers, None, overlapped)? };
        let endpoint = state.endpoint(id)?;
        if endpoint.transport == Transport::Datagram {
            let bytes = send.gather();
            let sent = state.send_datagram(id, &bytes, to)?;
            state.complete(&send, Ok(sent));
            state.settle();
            self.notify(state);
            return Ok(sent);
        }
        let first = endpoint.operations.sends.is_empty();
        let outcome = match first.then(|| state.advance_send(id, &mut send)) {
            Some(Err(kind)) => Err(kind),
            Some(Ok(Some(sent))) => {
                state.complete(&send, Ok(sent));
                Ok(sent)
            }
            Some(Ok(None)) | None => {
                state.endpoint_mut(id)?.operations.sends.push_back(send);
                state.waiting.insert(id);
                Err(ErrorKind::Pending)
            }
        };
        state.settle();
        self.notify(state);
        outcome
    }

    /// `WSARecv` and `WSARecvFrom`.
    ///
    /// # Errors
    /// [`ErrorKind::Pending`] when it completes later.
    ///
    /// # Safety
    /// `overlapped`, the memory that `buffers` names, and what `from` names are valid until the
    /// operation completes.
    pub unsafe fn receive_overlapped(
        &self,
        socket: SOCKET,
        buffers: &[WSABUF],
        from: Option<From>,
        overlapped: *mut OVERLAPPED,
    ) -> Outcome<usize> {
        let mut state = self.begin(Call::ReceiveOverlapped)?;
        let id = state.descriptors.get(socket)?.endpoint;
        // SAFETY: the caller's structure is valid.
        let receive = unsafe { state.pending(id, buffers, from, overlapped)? };
        let first = state.endpoint(id)?.operations.receives.is_empty();
        let outcome = match first.then(|| state.advance_receive(id, &receive)) {
            Some(Err(kind)) if kind != ErrorKind::WouldBlock => Err(kind),
            Some(Ok(received)) => {
                state.complete(&receive, Ok(received));
                Ok(received)
            }
            Some(Err(_)) | None => {
                let receives = &mut state.endpoint_mut(id)?.operations.receives;
                receives.push_back(receive);
                state.waiting.insert(id);
                Err(ErrorKind::Pending)
            }
        };
        state.settle();
        self.notify(state);
        outcome
    }

    /// `WSAGetOverlappedResult`: the number of bytes, or why the operation failed.
    ///
    /// # Errors
    /// [`ErrorKind::Incomplete`] when it has not completed and `wait` is not set.
    ///
    /// # Safety
    /// `overlapped` was given to an operation on `socket`, and is still there.
    pub unsafe fn overlapped_result(
        &self,
        socket: SOCKET,
        overlapped: *const OVERLAPPED,
        wait: bool,
    ) -> Outcome<u32> {
        let state = self.begin(Call::OverlappedResult)?;
        state.descriptors.get(socket)?;
        // SAFETY: the caller's structure is there; others write it under the model's lock alone.
        let look = |_: &mut State| result(&unsafe { overlapped.read() });
        let (_state, outcome) = match wait {
            false => {
                let mut state = state;
                let outcome = look(&mut state);
                (state, outcome)
            }
            true => self.block_until(state, None, |state| match look(state) {
                Err(ErrorKind::Incomplete) => Err(ErrorKind::WouldBlock),
                outcome => outcome,
            }),
        };
        outcome
    }

    /// `CancelIoEx`: initiates the end of one operation of the socket, or of all for `None`.
    ///
    /// # Errors
    /// `ERROR_NOT_FOUND` in [`ErrorKind::Other`] when there is none.
    pub fn cancel(&self, socket: SOCKET, overlapped: Option<*const OVERLAPPED>) -> Outcome<()> {
        let mut state = self.begin_system(Call::Cancel)?;
        let Ok(descriptor) = state.descriptors.get(socket) else {
            return Err(system(ERROR_INVALID_HANDLE));
        };
        let cancelled = state.abort(descriptor.endpoint, |pending| {
            overlapped.is_none_or(|one| ptr::eq(one, pending.overlapped))
        });
        self.notify(state);
        match cancelled {
            0 => Err(system(ERROR_NOT_FOUND)),
            _ => Ok(()),
        }
    }
}

impl State {
    /// A new operation: its structure says that it is pending, and its event is reset.
    ///
    /// # Safety
    /// `overlapped` is valid.
    unsafe fn pending(
        &mut self,
        id: EndpointId,
        buffers: &[WSABUF],
        from: Option<From>,
        overlapped: *mut OVERLAPPED,
    ) -> Outcome<Pending> {
        // SAFETY: as for this function.
        let event = number(unsafe { (*overlapped).hEvent });
        // With the lowest bit set nothing is queued to a port.
        let port = self.endpoint(id)?.port.filter(|_| event & 1 == 0);
        let event = event & !1;
        if event != 0 {
            self.handles.set(event, false)?;
        }
        // SAFETY: as for this function.
        unsafe {
            (*overlapped).Internal = STATUS_PENDING as usize;
            (*overlapped).InternalHigh = 0;
        }
        Ok(Pending {
            overlapped,
            buffers: buffers.to_vec(),
            from,
            done: 0,
            event,
            port,
        })
    }

    /// Ends an operation: from here on its memory is the application's again.
    fn complete(&mut self, pending: &Pending, result: Result<usize, ErrorKind>) {
        self.moves += 1;
        // SAFETY: whoever posted the operation keeps the structure until now.
        unsafe {
            (*pending.overlapped).InternalHigh = result.unwrap_or(0);
            (*pending.overlapped).Internal = status(result);
        }
        if pending.event != 0 {
            // An event that was closed meanwhile tells nobody: the application's mistake.
            let _ = self.handles.set(pending.event, true);
        }
        if let Some(PortKey { port, key }) = pending.port {
            let packet = Packet {
                bytes: result.unwrap_or(0) as u32,
                key,
                overlapped: pending.overlapped,
                error: result.err(),
            };
            // As is a port that was closed.
            let _ = self.handles.queue(port, packet);
        }
    }

    /// Lets waiting operations go on.
    pub(super) fn progress(&mut self) {
        for id in Vec::from_iter(self.waiting.iter().copied()) {
            while let Some(mut send) = self.pop(id, |queues| &mut queues.sends) {
                let Some(result) = self.advance_send(id, &mut send).transpose() else {
                    self.put_back(id, send, |queues| &mut queues.sends);
                    break;
                };
                self.complete(&send, result);
            }
            while let Some(receive) = self.pop(id, |queues| &mut queues.receives) {
                let result = self.advance_receive(id, &receive);
                if result == Err(ErrorKind::WouldBlock) {
                    self.put_back(id, receive, |queues| &mut queues.receives);
                    break;
                }
                self.complete(&receive, result);
            }
            let idle = |endpoint: &super::Endpoint| endpoint.operations.is_empty();
            if self.endpoints.get(&id).is_none_or(idle) {
                self.waiting.remove(&id);
            }
        }
    }

    fn pop(
        &mut self,
        id: EndpointId,
        queue: impl Fn(&mut Queues) -> &mut VecDeque<Pending>,
    ) -> Option<Pending> {
        let endpoint = self.endpoints.get_mut(&id)?;
        queue(&mut endpoint.operations).pop_front()
    }

    fn put_back(
        &mut self,
        id: EndpointId,
        pending: Pending,
        queue: impl Fn(&mut Queues) -> &mut VecDeque<Pending>,
    ) {
        if let Some(endpoint) = self.endpoints.get_mut(&id) {
            queue(&mut endpoint.operations).push_front(pending);
        }
    }

    /// Queues what fits of a send; all of it is how many bytes.
    fn advance_send(&mut self, id: EndpointId, send: &mut Pending) -> Outcome<Option<usize>> {
        let bytes = send.gather();
        match self.queue_bytes(id, &bytes[send.done..]) {
            Ok(queued) => send.done += queued,
            Err(ErrorKind::WouldBlock) => {}
            Err(kind) => return Err(kind),
        }
        Ok((send.done == bytes.len()).then_some(send.done))
    }

    fn advance_receive(&mut self, id: EndpointId, receive: &Pending) -> Outcome<usize> {
        let room = receive.buffers.iter().map(|buffer| buffer.len as usize);
        let received = self.take_bytes(id, room.sum())?;
        receive.scatter(&received.bytes);
        if let (Some(from), Some(sender)) = (receive.from, received.from) {
            // SAFETY: whoever posted the operation keeps these until now. An address that does not
            // fit is left out, since the data is there.
            let _ = unsafe { addr::write(sender, from.addr, from.len) };
        }
        match received.truncated {
            true => Err(ErrorKind::MessageTooLong),
            false => Ok(received.bytes.len()),
        }
    }

    /// Initiates the end of those operations of an endpoint that are meant; says how many.
    fn abort(&mut self, id: EndpointId, meant: impl Fn(&Pending) -> bool) -> usize {
        let due = self.now.saturating_add(self.cancel_latency);
        let Some(endpoint) = self.endpoints.get_mut(&id) else {
            return 0;
        };
        let before = self.aborting.len();
        let Queues { sends, receives } = &mut endpoint.operations;
        for queue in [sends, receives] {
            let (aborted, kept) = queue.drain(..).partition::<VecDeque<_>, _>(&meant);
            *queue = kept;
            self.aborting
                .extend(aborted.into_iter().map(|pending| (due, pending)));
        }
        self.aborting.len() - before
    }

    /// What a close does with the operations that are pending (O11).
    pub(super) fn abort_all(&mut self, id: EndpointId) {
        self.abort(id, |_| true);
    }

    /// Completes the aborted operations whose time has come. Whether there were any.
    pub(super) fn finish_aborted(&mut self) -> bool {
        let now = self.now;
        let (due, later): (Vec<_>, _) = std::mem::take(&mut self.aborting)
            .into_iter()
            .partition(|(due, _)| *due <= now);
        self.aborting = later;
        for (_, pending) in &due {
            pending.touch();
            self.complete(pending, Err(ErrorKind::Aborted));
        }
        !due.is_empty()
    }
}

impl Pending {
    /// Reads the data of a send.
    fn gather(&self) -> Vec<u8> {
        let mut bytes = Vec::<u8>::new();
        for buffer in &self.buffers {
            let len = bytes.len() + buffer.len as usize;
            bytes.reserve(buffer.len as usize);
            // SAFETY: whoever posted the operation keeps the buffer readable until it completes, and
            // there is room for it.
            unsafe {
                let end = bytes.as_mut_ptr().add(bytes.len());
                end.copy_from_nonoverlapping(buffer.buf, buffer.len as usize);
                bytes.set_len(len);
            }
        }
        bytes
    }

    /// Writes what arrived; it fits.
    fn scatter(&self, mut bytes: &[u8]) {
        for buffer in &self.buffers {
            let (part, rest) = bytes.split_at(bytes.len().min(buffer.len as usize));
            // SAFETY: whoever posted the operation keeps the buffer writable until it completes.
            unsafe {
                buffer
                    .buf
                    .copy_from_nonoverlapping(part.as_ptr(), part.len())
            };
            bytes = rest;
        }
    }

    /// A driver may use the buffers up to the end, also of an operation that is aborted: this reads
    /// every one, so that a buffer that was freed early does not go unnoticed.
    fn touch(&self) {
        for buffer in self.buffers.iter().filter(|buffer| buffer.len > 0) {
            // SAFETY: whoever posted the operation keeps the buffer until now.
            unsafe {
                buffer
                    .buf
                    .cast::<std::mem::MaybeUninit<u8>>()
                    .read_volatile()
            };
        }
    }
}
