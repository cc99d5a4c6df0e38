//! The numbers that applications hold, and what each stands for.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use windows_sys::Win32::Networking::WinSock::SOCKET;

use super::network::EndpointId;
use crate::ErrorKind;

/// What belongs to a descriptor rather than to its connection.
#[derive(Copy, Clone, Debug)]
pub(super) struct Descriptor {
    pub(super) endpoint: EndpointId,
    pub(super) nonblocking: bool,
    pub(super) linger: LingerState,
}

/// The `linger` structure of a socket.
#[derive(Copy, Clone, Debug, Default)]
pub(super) struct LingerState {
    pub(super) onoff: bool,
    pub(super) seconds: u16,
    /// The timeout that `SO_LINGER` set last, which `SO_DONTLINGER` reinstates (O18).
    pub(super) established: Option<u16>,
}

/// The descriptors of one model.
pub(super) struct Descriptors {
    open: BTreeMap<SOCKET, Descriptor>,
    /// Closed ones. The last closed is handed out first: the reuse "as soon as closesocket is
    /// issued" that the page warns of (O8).
    free: Vec<SOCKET>,
    first: SOCKET,
    next: SOCKET,
}

/// Models get ranges of their own, so that a descriptor of one is never a socket of another.
const RANGE: usize = 1 << 16;

/// Which range a descriptor or handle is from.
pub(super) fn range_of(number: usize) -> usize {
    number / RANGE
}

/// Whether a number is of the last four of its range, which is not handed out.
pub(super) fn is_last(number: usize) -> bool {
    number % RANGE >= RANGE - 4
}

impl Descriptors {
    pub(super) fn new() -> Descriptors {
        static MODELS: AtomicUsize = AtomicUsize::new(1);
        let range = MODELS.fetch_add(1, Ordering::Relaxed);
        let first = range.wrapping_mul(RANGE);
        Descriptors {
            open: BTreeMap::new(),
            free: Vec::new(),
            first,
            next: first,
        }
    }

    /// Which range the numbers are from.
    pub(super) fn range(&self) -> usize {
        range_of(self.first)
    }

    /// The number that this model's descriptors start from.
    pub(super) fn first(&self) -> SOCKET {
        self.first
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    /// Hands out a descriptor.
    pub(super) fn open(&mut self, descriptor: Descriptor) -> Result<SOCKET, ErrorKind> {
        let socket = match self.free.pop() {
            Some(socket) => socket,
            None => {
                // Windows handles are multiples of four.
                let socket = self.next;
                if is_last(socket) {
                    return Err(ErrorKind::TooManySockets);
                }
                self.next += 4;
                socket
            }
        };
        self.open.insert(socket, descriptor);
        Ok(socket)
    }

    pub(super) fn get(&self, socket: SOCKET) -> Result<Descriptor, ErrorKind> {
        self.open.get(&socket).copied().ok_or(ErrorKind::NotSocket)
    }

    pub(super) fn get_mut(&mut self, socket: SOCKET) -> Result<&mut Descriptor, ErrorKind> {
        self.open.get_mut(&socket).ok_or(ErrorKind::NotSocket)
    }

    /// Takes a descriptor back; it may be handed out again at once.
    pub(super) fn close(&mut self, socket: SOCKET) {
        if self.open.remove(&socket).is_some() {
            self.free.push(socket);
        }
    }

    /// Takes all back.
    pub(super) fn clear(&mut self) -> Vec<EndpointId> {
        let open = std::mem::take(&mut self.open);
        self.free.extend(open.keys());
        open.into_values()
            .map(|descriptor| descriptor.endpoint)
            .collect()
    }
}
