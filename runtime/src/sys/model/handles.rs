//! Events and completion ports: the handles that overlapped operations report through.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::MutexGuard,
    time::Duration,
};

use windows_sys::Win32::Foundation::{
    ERROR_ABANDONED_WAIT_0, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER,
    ERROR_NO_SYSTEM_RESOURCES, HANDLE, WAIT_TIMEOUT, WIN32_ERROR,
};
use windows_sys::Win32::Networking::WinSock::SOCKET;
use windows_sys::Win32::System::IO::OVERLAPPED;

use super::descriptors::is_last;
use super::{Call, Model, Outcome, State};
use crate::ErrorKind;

/// A code of `GetLastError`, which is the same number as `WSAGetLastError`'s.
pub(super) fn system(code: WIN32_ERROR) -> ErrorKind {
    // The codes that the model uses have three digits.
    ErrorKind::from_code(code as i32)
}

/// What a completion port hands out.
#[derive(Copy, Clone, Debug)]
pub struct Packet {
    /// The number of bytes that were transferred, or what was posted in its place.
    pub bytes: u32,
    /// What the socket was associated with, or what was posted in its place.
    pub key: usize,
    /// The operation's structure, or what was posted in its place.
    pub overlapped: *mut OVERLAPPED,
    /// Why the operation failed, if it did.
    pub error: Option<ErrorKind>,
}

// SAFETY: the pointer is a name for the caller's structure; the model never follows it.
unsafe impl Send for Packet {}

/// A port and the key under which a socket reports to it.
#[derive(Copy, Clone, Debug)]
pub(super) struct PortKey {
    pub(super) port: usize,
    pub(super) key: usize,
}

/// The handles of one model. Their numbers lie between those of its sockets.
pub(super) struct Handles {
    /// Whether each is signaled.
    events: BTreeMap<usize, bool>,
    ports: BTreeMap<usize, VecDeque<Packet>>,
    /// Closed ones.
    free: Vec<usize>,
    next: usize,
}

impl Handles {
    pub(super) fn new(first: SOCKET) -> Handles {
        Handles {
            events: BTreeMap::new(),
            ports: BTreeMap::new(),
            free: Vec::new(),
            // The lowest bit of an event's handle says something else in an OVERLAPPED.
            next: first + 2,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.events.len() + self.ports.len()
    }

    /// A number for a new handle.
    fn number(&mut self) -> Outcome<usize> {
        if let Some(number) = self.free.pop() {
            return Ok(number);
        }
        let number = self.next;
        if is_last(number) {
            return Err(system(ERROR_NO_SYSTEM_RESOURCES));
        }
        self.next += 4;
        Ok(number)
    }

    pub(super) fn set(&mut self, event: usize, signaled: bool) -> Outcome<()> {
        let state = self.events.get_mut(&event);
        *state.ok_or(system(ERROR_INVALID_HANDLE))? = signaled;
        Ok(())
    }

    pub(super) fn queue(&mut self, port: usize, packet: Packet) -> Outcome<()> {
        let queue = self.ports.get_mut(&port);
        queue.ok_or(system(ERROR_INVALID_HANDLE))?.push_back(packet);
        Ok(())
    }
}

/// Handles are numbers here, never addresses.
pub(super) fn number(handle: HANDLE) -> usize {
    handle.addr()
}

fn handle(number: usize) -> HANDLE {
    std::ptr::without_provenance_mut(number)
}

impl Model {
    /// `WSACreateEvent`: reset by hand, not signaled.
    pub fn create_event(&self) -> Outcome<HANDLE> {
        self.begin(Call::CreateEvent)?.create_event()
    }

    /// `CreateEvent`: the same, without asking whether Winsock is started.
    pub fn create_system_event(&self) -> Outcome<HANDLE> {
        self.begin_system(Call::CreateEvent)?.create_event()
    }

    /// `WSASetEvent`, and `WSAResetEvent` for `false`.
    ///
    /// # Safety
    /// Whoever waits for the event does not conclude from it that memory is free: an
    /// [`Operation`](crate::Operation) does, of its own.
    pub unsafe fn set_event(&self, event: HANDLE, signaled: bool) -> Outcome<()> {
        let mut state = self.begin(Call::SetEvent)?;
        state.handles.set(number(event), signaled)?;
        self.notify(state);
        Ok(())
    }

    /// `WSAWaitForMultipleEvents`: the index of an event that is signaled, or of the first of them all.
    ///
    /// # Errors
    /// `WAIT_TIMEOUT` in [`ErrorKind::Other`] when `timeout` passes first; `None` waits for as long as
    /// it takes.
    pub fn wait(&self, events: &[HANDLE], all: bool, timeout: Option<Duration>) -> Outcome<usize> {
        let state = self.begin(Call::Wait)?;
        self.wait_for(state, events, all, timeout)
    }

    /// `WaitForSingleObject` on an event: the same, without asking whether Winsock is started.
    ///
    /// # Errors
    /// As for [`wait`](Model::wait).
    pub fn wait_system(&self, event: HANDLE, timeout: Option<Duration>) -> Outcome<usize> {
        let state = self.begin_system(Call::Wait)?;
        self.wait_for(state, &[event], true, timeout)
    }

    fn wait_for(
        &self,
        state: MutexGuard<'_, State>,
        events: &[HANDLE],
        all: bool,
        timeout: Option<Duration>,
    ) -> Outcome<usize> {
        let deadline = timeout.map(|timeout| state.now.saturating_add(timeout));
        let (_state, outcome) = self.block_until(state, deadline, |state| {
            let signaled = |event: &HANDLE| {
                let signaled = state.handles.events.get(&number(*event));
                signaled.copied().ok_or(system(ERROR_INVALID_HANDLE))
            };
            let states = Outcome::<Vec<bool>>::from_iter(events.iter().map(signaled))?;
            match (states.iter().position(|state| *state), all) {
                (Some(first), false) => Ok(first),
                (Some(_), true) if states.iter().all(|state| *state) => Ok(0),
                _ => Err(ErrorKind::WouldBlock),
            }
        });
        outcome.map_err(timed_out)
    }

    /// `CreateIoCompletionPort` for a new port.
    pub fn create_port(&self) -> Outcome<HANDLE> {
        let mut state = self.begin_system(Call::CreatePort)?;
        let number = state.handles.number()?;
        state.handles.ports.insert(number, VecDeque::new());
        Ok(handle(number))
    }

    /// `CreateIoCompletionPort` for a socket and a port: for good, and once.
    pub fn associate(&self, socket: SOCKET, port: HANDLE, key: usize) -> Outcome<()> {
        let mut state = self.begin_system(Call::CreatePort)?;
        let port = number(port);
        if !state.handles.ports.contains_key(&port) {
            return Err(system(ERROR_INVALID_HANDLE));
        }
        let Ok(descriptor) = state.descriptors.get(socket) else {
            return Err(system(ERROR_INVALID_HANDLE));
        };
        let endpoint = state.endpoint_mut(descriptor.endpoint)?;
        if endpoint.port.is_some() {
            return Err(system(ERROR_INVALID_PARAMETER));
        }
        endpoint.port = Some(PortKey { port, key });
        Ok(())
    }

    /// `PostQueuedCompletionStatus`.
    pub fn post_packet(&self, port: HANDLE, packet: Packet) -> Outcome<()> {
        let mut state = self.begin_system(Call::PostPacket)?;
        state.handles.queue(number(port), packet)?;
        self.notify(state);
        Ok(())
    }

    /// `GetQueuedCompletionStatus`: the next packet.
    ///
    /// # Errors
    /// `WAIT_TIMEOUT` in [`ErrorKind::Other`] when `timeout` passes first; `None` waits for as long as
    /// it takes. `ERROR_ABANDONED_WAIT_0` when the port is closed meanwhile.
    pub fn dequeue(&self, port: HANDLE, timeout: Option<Duration>) -> Outcome<Packet> {
        let port = number(port);
        let state = self.begin_system(Call::Dequeue)?;
        if !state.handles.ports.contains_key(&port) {
            return Err(system(ERROR_INVALID_HANDLE));
        }
        let deadline = timeout.map(|timeout| state.now.saturating_add(timeout));
        let (_state, outcome) = self.block_until(state, deadline, |state: &mut State| {
            let queue = state.handles.ports.get_mut(&port);
            let queue = queue.ok_or(system(ERROR_ABANDONED_WAIT_0))?;
            queue.pop_front().ok_or(ErrorKind::WouldBlock)
        });
        outcome.map_err(timed_out)
    }

    /// `WSACloseEvent` and `CloseHandle`, for events and ports.
    ///
    /// # Safety
    /// The handle is the caller's: its number may be handed out again at once, and an
    /// [`Operation`](crate::Operation) concludes from its own event that memory is free.
    pub unsafe fn close_handle(&self, handle: HANDLE) -> Outcome<()> {
        let mut state = self.begin_system(Call::CloseHandle)?;
        let number = number(handle);
        let event = state.handles.events.remove(&number).is_some();
        if !event && state.handles.ports.remove(&number).is_none() {
            return Err(system(ERROR_INVALID_HANDLE));
        }
        state.handles.free.push(number);
        self.notify(state);
        Ok(())
    }

    /// How many events and completion ports are open.
    pub fn open_handles(&self) -> usize {
        self.state().handles.len()
    }
}

impl State {
    fn create_event(&mut self) -> Outcome<HANDLE> {
        let number = self.handles.number()?;
        self.handles.events.insert(number, false);
        Ok(handle(number))
    }
}

fn timed_out(kind: ErrorKind) -> ErrorKind {
    match kind {
        ErrorKind::TimedOut => system(WAIT_TIMEOUT),
        kind => kind,
    }
}
