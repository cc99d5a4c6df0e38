//! `socket`, `bind`, `listen`, `connect`, `accept`, and the names of both ends.

use std::{collections::VecDeque, net::SocketAddr};

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_INET6, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_STREAM, SOCKET,
};

use super::descriptors::{Descriptor, LingerState};
use super::network::{Backlog, Endpoint, EndpointId, Transport};
use super::transfer::unspecified;
use super::{Call, Model, Outcome, State};
use crate::ErrorKind;

impl Model {
    /// `socket`.
    pub fn socket(&self, family: i32, kind: i32, protocol: i32) -> Outcome<SOCKET> {
        let mut state = self.begin(Call::Socket)?;
        let v6 = match u16::try_from(family) {
            Ok(AF_INET) => false,
            Ok(AF_INET6) => true,
            _ => return Err(ErrorKind::FamilyNotSupported),
        };
        let transport = match (kind, protocol) {
            (SOCK_STREAM, 0 | IPPROTO_TCP) => Transport::Stream,
            (SOCK_DGRAM, 0 | IPPROTO_UDP) => Transport::Datagram,
            _ => return Err(ErrorKind::TypeNotSupported),
        };
        let endpoint = state.insert(Endpoint {
            transport,
            v6,
            ..Endpoint::default()
        });
        let opened = state.descriptors.open(Descriptor {
            endpoint,
            nonblocking: false,
            linger: LingerState::default(),
        });
        if opened.is_err() {
            state.close_hard(endpoint);
        }
        opened
    }

    /// `bind`. Port 0 picks a free one.
    pub fn bind(&self, socket: SOCKET, addr: SocketAddr) -> Outcome<()> {
        let mut state = self.begin(Call::Bind)?;
        let id = state.descriptors.get(socket)?.endpoint;
        state.bind(id, addr).map(drop)
    }

    /// `listen`.
    pub fn listen(&self, socket: SOCKET, limit: i32) -> Outcome<()> {
        let mut state = self.begin(Call::Listen)?;
        let id = state.descriptors.get(socket)?.endpoint;
        let endpoint = state.endpoint_mut(id)?;
        if endpoint.transport == Transport::Datagram {
            return Err(ErrorKind::NotSupported);
        }
        if endpoint.is_connected() {
            return Err(ErrorKind::AlreadyConnected);
        }
        if endpoint.local.is_none() {
            return Err(ErrorKind::InvalidArgument);
        }
        let limit = usize::try_from(limit).unwrap_or(0).max(1);
        match &mut endpoint.backlog {
            Some(backlog) => backlog.limit = limit,
            None => {
                endpoint.backlog = Some(Backlog {
                    limit,
                    waiting: VecDeque::new(),
                });
            }
        }
        Ok(())
    }

    /// `connect`. On a nonblocking socket too it completes at once. A datagram socket merely remembers
    /// the address.
    pub fn connect(&self, socket: SOCKET, addr: SocketAddr) -> Outcome<()> {
        let mut state = self.begin(Call::Connect)?;
        let id = state.descriptors.get(socket)?.endpoint;
        let endpoint = state.endpoint(id)?;
        if endpoint.transport == Transport::Datagram {
            return state.connect_datagram(id, addr);
        }
        if endpoint.is_connected() {
            return Err(ErrorKind::AlreadyConnected);
        }
        if endpoint.backlog.is_some() {
            return Err(ErrorKind::InvalidArgument);
        }
        if endpoint.v6 != addr.is_ipv6() {
            return Err(ErrorKind::FamilyNotSupported);
        }
        let listener = state.listener(addr).ok_or(ErrorKind::ConnectionRefused)?;
        let unnamed = endpoint.local.is_none();
        if unnamed {
            state.bind(id, SocketAddr::new(addr.ip(), 0))?;
        }
        let local = state.endpoint(id)?.local;
        let server = state.insert(Endpoint {
            v6: addr.is_ipv6(),
            local: Some(addr),
            remote: local,
            peer: Some(id),
            ..Endpoint::default()
        });
        let endpoint = state.endpoint_mut(id)?;
        endpoint.remote = Some(addr);
        endpoint.peer = Some(server);
        if let Some(backlog) = &mut state.endpoint_mut(listener)?.backlog {
            backlog.waiting.push_back(server);
        }
        self.notify(state);
        Ok(())
    }

    /// `accept`. The new socket inherits the listener's mode and options.
    pub fn accept(&self, socket: SOCKET) -> Outcome<(SOCKET, SocketAddr)> {
        let state = self.begin(Call::Accept)?;
        let listener = state.descriptors.get(socket)?;
        let attempt = |state: &mut State| state.accept(listener);
        let (state, outcome) = if listener.nonblocking {
            let mut state = state;
            let outcome = attempt(&mut state);
            (state, outcome)
        } else {
            self.block_until(state, None, attempt)
        };
        self.notify(state);
        outcome
    }

    /// `getsockname`.
    pub fn local_addr(&self, socket: SOCKET) -> Outcome<SocketAddr> {
        let state = self.begin(Call::SockName)?;
        let id = state.descriptors.get(socket)?.endpoint;
        state.endpoint(id)?.local.ok_or(ErrorKind::InvalidArgument)
    }

    /// `getpeername`.
    pub fn peer_addr(&self, socket: SOCKET) -> Outcome<SocketAddr> {
        let state = self.begin(Call::PeerName)?;
        let id = state.descriptors.get(socket)?.endpoint;
        state.endpoint(id)?.remote.ok_or(ErrorKind::NotConnected)
    }
}

impl State {
    fn connect_datagram(&mut self, id: EndpointId, addr: SocketAddr) -> Outcome<()> {
        let endpoint = self.endpoint(id)?;
        if endpoint.v6 != addr.is_ipv6() {
            return Err(ErrorKind::FamilyNotSupported);
        }
        if endpoint.local.is_none() {
            self.bind(id, SocketAddr::new(addr.ip(), 0))?;
        }
        self.endpoint_mut(id)?.remote = Some(addr);
        Ok(())
    }

    /// Gives an endpoint its address, with the port that it really gets.
    pub(super) fn bind(&mut self, id: EndpointId, addr: SocketAddr) -> Outcome<SocketAddr> {
        let endpoint = self.endpoint(id)?;
        if endpoint.local.is_some() {
            return Err(ErrorKind::InvalidArgument);
        }
        if endpoint.v6 != addr.is_ipv6() {
            return Err(ErrorKind::FamilyNotSupported);
        }
        if !addr.ip().is_loopback() && !addr.ip().is_unspecified() {
            return Err(ErrorKind::AddressNotAvailable);
        }
        let transport = endpoint.transport;
        let addr = match addr.port() {
            0 => self
                .free_port(transport, addr)
                .ok_or(ErrorKind::AddressInUse)?,
            _ if self.bound.contains_key(&(transport, addr)) => {
                return Err(ErrorKind::AddressInUse);
            }
            _ => addr,
        };
        self.bound.insert((transport, addr), id);
        self.endpoint_mut(id)?.local = Some(addr);
        Ok(addr)
    }

    /// `addr` with a port of the dynamic range that is free.
    fn free_port(&mut self, transport: Transport, mut addr: SocketAddr) -> Option<SocketAddr> {
        const DYNAMIC: std::ops::RangeInclusive<u16> = 49152..=65535;
        for _ in DYNAMIC {
            addr.set_port(self.next_port);
            self.next_port = self.next_port.checked_add(1).unwrap_or(*DYNAMIC.start());
            if !self.bound.contains_key(&(transport, addr)) {
                return Some(addr);
            }
        }
        None
    }

    /// Who is bound to `addr`, or to its port on all addresses.
    pub(super) fn bound_to(&self, transport: Transport, addr: SocketAddr) -> Option<EndpointId> {
        let any = SocketAddr::new(unspecified(addr), addr.port());
        let at = |addr| self.bound.get(&(transport, addr)).copied();
        at(addr).or_else(|| at(any))
    }

    /// Who listens at `addr` and has room.
    fn listener(&self, addr: SocketAddr) -> Option<EndpointId> {
        let id = self.bound_to(Transport::Stream, addr)?;
        let backlog = self.endpoints.get(&id)?.backlog.as_ref()?;
        (backlog.waiting.len() < backlog.limit).then_some(id)
    }

    fn accept(&mut self, listener: Descriptor) -> Outcome<(SOCKET, SocketAddr)> {
        // Closed while this call was waiting: a bug of the caller's (O10), which Windows reports so.
        let endpoint = self
            .endpoint(listener.endpoint)
            .map_err(|_| ErrorKind::Interrupted)?;
        let backlog = endpoint
            .backlog
            .as_ref()
            .ok_or(ErrorKind::InvalidArgument)?;
        let id = *backlog.waiting.front().ok_or(ErrorKind::WouldBlock)?;
        let socket = self.descriptors.open(Descriptor {
            endpoint: id,
            ..listener
        })?;
        if let Some(backlog) = &mut self.endpoint_mut(listener.endpoint)?.backlog {
            backlog.waiting.pop_front();
        }
        let remote = self.endpoint(id)?.remote.ok_or(ErrorKind::NotConnected)?;
        Ok((socket, remote))
    }
}
