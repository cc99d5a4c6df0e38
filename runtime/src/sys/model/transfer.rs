//! `send`, `recv`, `sendto`, `recvfrom`, `shutdown` and `WSAPoll`.

use std::{
    net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr},
    time::Duration,
};

use windows_sys::Win32::Networking::WinSock::SOCKET;

use super::network::{EndpointId, Flight, Transport, take_front};
use super::{Call, Model, Outcome, State};
use crate::ErrorKind;

/// The largest datagram: what UDP over IPv4 carries.
pub const LARGEST_DATAGRAM: usize = 65507;

/// What a poll asks about a socket.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interest {
    /// Whether a receive or `accept` would not block.
    pub readable: bool,
    /// Whether a send would not block.
    pub writable: bool,
}

/// What a poll found.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Readiness {
    /// A receive or `accept` would not block.
    pub readable: bool,
    /// A send would not block.
    pub writable: bool,
    /// The peer finished, or the connection broke.
    pub hung_up: bool,
    /// The connection broke.
    pub broken: bool,
    /// The descriptor is not a socket.
    pub invalid: bool,
}

impl Readiness {
    fn is_any(self) -> bool {
        self != Readiness::default()
    }
}

/// What a receive got.
pub(super) struct Received {
    pub(super) bytes: Vec<u8>,
    /// Who sent it, of a datagram.
    pub(super) from: Option<SocketAddr>,
    /// The rest of the datagram did not fit, and is lost.
    pub(super) truncated: bool,
}

impl Model {
    /// `send`. A blocking one returns when all is queued; a nonblocking one queues what fits.
    pub fn send(&self, socket: SOCKET, bytes: &[u8]) -> Outcome<usize> {
        self.send_to(socket, bytes, None)
    }

    /// `sendto`. On a stream socket the address makes no difference; without one it is `send`.
    pub fn send_to(&self, socket: SOCKET, bytes: &[u8], to: Option<SocketAddr>) -> Outcome<usize> {
        let mut state = self.begin(Call::Send)?;
        let descriptor = state.descriptors.get(socket)?;
        let id = descriptor.endpoint;
        let transport = state.endpoint(id)?.transport;
        let mut queued = 0;
        let mut attempt = |state: &mut State| {
            if transport == Transport::Datagram {
                return state.send_datagram(id, bytes, to);
            }
            state.settle();
            // Bytes keep their order: what overlapped sends still hold comes first.
            let endpoint = state.still_open(id)?;
            if !endpoint.operations.sends.is_empty() {
                return Err(ErrorKind::WouldBlock);
            }
            queued += state.queue_bytes(id, &bytes[queued..])?;
            match queued {
                all if all == bytes.len() || descriptor.nonblocking => Ok(all),
                _ => Err(ErrorKind::WouldBlock),
            }
        };
        let outcome;
        if descriptor.nonblocking {
            outcome = attempt(&mut state);
        } else {
            (state, outcome) = self.block_until(state, None, attempt);
        }
        state.settle();
        self.notify(state);
        outcome
    }

    /// `recv`. Zero bytes mean that the peer finished.
    pub fn recv(&self, socket: SOCKET, buffer: &mut [u8]) -> Outcome<usize> {
        Ok(self.recv_from(socket, buffer)?.0)
    }

    /// `recvfrom`: also says who sent it, of a datagram.
    ///
    /// # Errors
    /// [`ErrorKind::MessageTooLong`] when the datagram did not fit; what fits is in the buffer.
    pub fn recv_from(
        &self,
        socket: SOCKET,
        buffer: &mut [u8],
    ) -> Outcome<(usize, Option<SocketAddr>)> {
        let mut state = self.begin(Call::Recv)?;
        let descriptor = state.descriptors.get(socket)?;
        let attempt = |state: &mut State| {
            state.settle();
            // As are those that overlapped receives wait for.
            let id = descriptor.endpoint;
            let endpoint = state.still_open(id)?;
            if !endpoint.operations.receives.is_empty() {
                return Err(ErrorKind::WouldBlock);
            }
            state.take_bytes(id, buffer.len())
        };
        let outcome;
        if descriptor.nonblocking {
            outcome = attempt(&mut state);
        } else {
            (state, outcome) = self.block_until(state, None, attempt);
        }
        // There is room now for what waited at the other end.
        state.settle();
        self.notify(state);
        let received = outcome?;
        buffer[..received.bytes.len()].copy_from_slice(&received.bytes);
        match received.truncated {
            true => Err(ErrorKind::MessageTooLong),
            false => Ok((received.bytes.len(), received.from)),
        }
    }

    /// `shutdown`.
    pub fn shutdown(&self, socket: SOCKET, how: Shutdown) -> Outcome<()> {
        let mut state = self.begin(Call::Shutdown)?;
        let id = state.descriptors.get(socket)?.endpoint;
        let endpoint = state.endpoint_mut(id)?;
        if let Some(broken) = endpoint.broken {
            return Err(broken);
        }
        if !endpoint.is_connected() && endpoint.transport == Transport::Stream {
            return Err(ErrorKind::NotConnected);
        }
        if matches!(how, Shutdown::Read | Shutdown::Both) {
            endpoint.receive_shut_down = true;
        }
        if matches!(how, Shutdown::Write | Shutdown::Both) {
            state.queue_fin(id);
        }
        state.settle();
        self.notify(state);
        Ok(())
    }

    /// `WSAPoll`: waits until one of `sockets` is ready or `timeout` has passed; `None` waits for as
    /// long as it takes.
    pub fn poll(
        &self,
        sockets: &[(SOCKET, Interest)],
        timeout: Option<Duration>,
    ) -> Outcome<Vec<Readiness>> {
        let state = self.begin(Call::Poll)?;
        let deadline = timeout.map(|timeout| state.now.saturating_add(timeout));
        let (_state, outcome) = self.block_until(state, deadline, |state| {
            let ready: Vec<Readiness> = sockets
                .iter()
                .map(|(socket, interest)| state.readiness(*socket, *interest))
                .collect();
            match ready.iter().any(|ready| ready.is_any()) {
                true => Ok(ready),
                false => Err(ErrorKind::WouldBlock),
            }
        });
        match outcome {
            Err(ErrorKind::TimedOut) => Ok(vec![Readiness::default(); sockets.len()]),
            outcome => outcome,
        }
    }
}

impl State {
    /// An endpoint that a call has waited at.
    ///
    /// # Errors
    /// [`ErrorKind::Interrupted`] if it was closed meanwhile: a bug of the caller's (O10), which Windows
    /// reports so.
    fn still_open(&self, id: EndpointId) -> Outcome<&super::Endpoint> {
        let endpoint = self.endpoints.get(&id).filter(|end| !end.is_orphan());
        endpoint.ok_or(ErrorKind::Interrupted)
    }

    /// Queues as many bytes on a connection as there is room for.
    pub(super) fn queue_bytes(&mut self, id: EndpointId, bytes: &[u8]) -> Outcome<usize> {
        let due = self.now.saturating_add(self.latency);
        let capacity = self.send_buffer.max(1);
        self.still_open(id)?;
        let endpoint = self.endpoint_mut(id)?;
        if let Some(broken) = endpoint.broken {
            return Err(broken);
        }
        if !endpoint.is_connected() {
            return Err(ErrorKind::NotConnected);
        }
        if endpoint.send_shut_down() {
            return Err(ErrorKind::ShutDown);
        }
        if bytes.is_empty() {
            return Ok(0);
        }
        let room = capacity.saturating_sub(endpoint.unsent());
        if room == 0 {
            return Err(ErrorKind::WouldBlock);
        }
        let taken = room.min(bytes.len());
        endpoint.queue(&bytes[..taken], due);
        self.sending.insert(id);
        self.moves += 1;
        Ok(taken)
    }

    /// Sends one datagram. It leaves at once, and arrives or not.
    pub(super) fn send_datagram(
        &mut self,
        id: EndpointId,
        bytes: &[u8],
        to: Option<SocketAddr>,
    ) -> Outcome<usize> {
        let endpoint = self.still_open(id)?;
        if endpoint.send_shut_down() {
            return Err(ErrorKind::ShutDown);
        }
        let to = to.or(endpoint.remote).ok_or(ErrorKind::NotConnected)?;
        if endpoint.v6 != to.is_ipv6() {
            return Err(ErrorKind::FamilyNotSupported);
        }
        if bytes.len() > LARGEST_DATAGRAM {
            return Err(ErrorKind::MessageTooLong);
        }
        let local = match endpoint.local {
            Some(local) => local,
            None => self.bind(id, SocketAddr::new(unspecified(to), 0))?,
        };
        let from = match local.ip().is_unspecified() {
            true => SocketAddr::new(to.ip(), local.port()),
            false => local,
        };
        self.flights.push_back(Flight {
            due: self.now.saturating_add(self.latency),
            from,
            to,
            bytes: bytes.to_vec(),
        });
        Ok(bytes.len())
    }

    /// Takes what has arrived, as far as there is room for it.
    pub(super) fn take_bytes(&mut self, id: EndpointId, room: usize) -> Outcome<Received> {
        self.still_open(id)?;
        let endpoint = self.endpoint_mut(id)?;
        if endpoint.transport == Transport::Datagram {
            return endpoint.take_datagram(room);
        }
        if let Some(broken) = endpoint.broken {
            return Err(broken);
        }
        if !endpoint.is_connected() {
            return Err(ErrorKind::NotConnected);
        }
        if endpoint.receive_shut_down {
            return Err(ErrorKind::ShutDown);
        }
        if endpoint.incoming.is_empty() && !endpoint.peer_finished {
            return Err(ErrorKind::WouldBlock);
        }
        let taken = room.min(endpoint.incoming.len());
        let bytes = take_front(&mut endpoint.incoming, taken);
        if let Some(peer) = endpoint.peer {
            // It may have waited for room.
            self.sending.insert(peer);
        }
        self.moves += u64::from(taken > 0);
        Ok(Received {
            bytes,
            from: None,
            truncated: false,
        })
    }

    pub(super) fn readiness(&self, socket: SOCKET, interest: Interest) -> Readiness {
        let endpoint = self
            .descriptors
            .get(socket)
            .and_then(|descriptor| self.endpoint(descriptor.endpoint));
        let Ok(endpoint) = endpoint else {
            return Readiness {
                invalid: true,
                ..Readiness::default()
            };
        };
        let has_room = endpoint.unsent() < self.send_buffer.max(1);
        let waiting = endpoint
            .backlog
            .as_ref()
            .is_some_and(|backlog| !backlog.waiting.is_empty());
        let arrived = !endpoint.incoming.is_empty() || !endpoint.datagrams.is_empty();
        let can_send = endpoint.is_connected() || endpoint.transport == Transport::Datagram;
        Readiness {
            readable: interest.readable && (arrived || waiting),
            writable: interest.writable && can_send && has_room,
            hung_up: endpoint.peer_finished || endpoint.broken.is_some(),
            broken: endpoint.broken.is_some(),
            invalid: false,
        }
    }
}

impl super::Endpoint {
    fn take_datagram(&mut self, room: usize) -> Outcome<Received> {
        if self.local.is_none() {
            return Err(ErrorKind::InvalidArgument);
        }
        if self.receive_shut_down {
            return Err(ErrorKind::ShutDown);
        }
        let (from, mut bytes) = self.datagrams.pop_front().ok_or(ErrorKind::WouldBlock)?;
        let truncated = bytes.len() > room;
        bytes.truncate(room);
        Ok(Received {
            bytes,
            from: Some(from),
            truncated,
        })
    }
}

/// The address of `like`'s family that stands for all of the machine's.
pub(super) fn unspecified(like: SocketAddr) -> std::net::IpAddr {
    match like {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    }
}
