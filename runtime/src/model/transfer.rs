//! `send`, `recv`, `shutdown` and `WSAPoll`.

use std::{net::Shutdown, time::Duration};

use windows_sys::Win32::Networking::WinSock::SOCKET;

use super::network::EndpointId;
use super::{Call, Model, Outcome, State};
use crate::ErrorKind;

/// What a poll asks about a socket.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interest {
    /// Whether `recv` or `accept` would not block.
    pub readable: bool,
    /// Whether `send` would not block.
    pub writable: bool,
}

/// What a poll found.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Readiness {
    /// `recv` or `accept` would not block.
    pub readable: bool,
    /// `send` would not block.
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

impl Model {
    /// `send`. A blocking one returns when all is queued; a nonblocking one queues what fits.
    pub fn send(&self, socket: SOCKET, bytes: &[u8]) -> Outcome<usize> {
        let mut state = self.begin(Call::Send)?;
        let descriptor = state.descriptors.get(socket)?;
        let mut queued = 0;
        let mut attempt = |state: &mut State| {
            queued += state.send(descriptor.endpoint, &bytes[queued..])?;
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
        self.notify(state);
        outcome
    }

    /// `recv`. Zero bytes mean that the peer finished.
    pub fn recv(&self, socket: SOCKET, buffer: &mut [u8]) -> Outcome<usize> {
        let mut state = self.begin(Call::Recv)?;
        let descriptor = state.descriptors.get(socket)?;
        let mut attempt = |state: &mut State| state.recv(descriptor.endpoint, buffer);
        let outcome;
        if descriptor.nonblocking {
            outcome = attempt(&mut state);
        } else {
            (state, outcome) = self.block_until(state, None, attempt);
        }
        self.notify(state);
        outcome
    }

    /// `shutdown`.
    pub fn shutdown(&self, socket: SOCKET, how: Shutdown) -> Outcome<()> {
        let mut state = self.begin(Call::Shutdown)?;
        let id = state.descriptors.get(socket)?.endpoint;
        let endpoint = state.endpoint_mut(id)?;
        if let Some(broken) = endpoint.broken {
            return Err(broken);
        }
        if !endpoint.is_connected() {
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
            state.settle();
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
    fn send(&mut self, id: EndpointId, bytes: &[u8]) -> Outcome<usize> {
        self.settle();
        let due = self.now.saturating_add(self.latency);
        let capacity = self.send_buffer.max(1);
        // Closed while this call was waiting: a bug of the caller's (O10), which Windows reports so.
        let endpoint = self.endpoint_mut(id).map_err(|_| ErrorKind::Interrupted)?;
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
        self.settle();
        Ok(taken)
    }

    fn recv(&mut self, id: EndpointId, buffer: &mut [u8]) -> Outcome<usize> {
        self.settle();
        let endpoint = self.endpoint_mut(id).map_err(|_| ErrorKind::Interrupted)?;
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
        let taken = buffer.len().min(endpoint.incoming.len());
        for (to, from) in buffer.iter_mut().zip(endpoint.incoming.drain(..taken)) {
            *to = from;
        }
        // There is room now for what waited at the other end.
        self.settle();
        Ok(taken)
    }

    fn readiness(&self, socket: SOCKET, interest: Interest) -> Readiness {
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
        Readiness {
            readable: interest.readable && (!endpoint.incoming.is_empty() || waiting),
            writable: interest.writable && endpoint.is_connected() && has_room,
            hung_up: endpoint.peer_finished || endpoint.broken.is_some(),
            broken: endpoint.broken.is_some(),
            invalid: false,
        }
    }
}
