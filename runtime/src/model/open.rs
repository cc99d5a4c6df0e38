//! `socket`, `bind`, `listen`, `connect`, `accept`, and the names of both ends.

use std::{collections::VecDeque, net::SocketAddr};

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_INET6, IPPROTO_TCP, SOCK_STREAM, SOCKET,
};

use super::descriptors::{Descriptor, LingerState};
use super::network::{Backlog, Endpoint, EndpointId};
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
        if kind != SOCK_STREAM || !(protocol == 0 || protocol == IPPROTO_TCP) {
            return Err(ErrorKind::TypeNotSupported);
        }
        let endpoint = state.insert(Endpoint {
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
        state.bind(id, addr)
    }

    /// `listen`.
    pub fn listen(&self, socket: SOCKET, limit: i32) -> Outcome<()> {
        let mut state = self.begin(Call::Listen)?;
        let id = state.descriptors.get(socket)?.endpoint;
        let endpoint = state.endpoint_mut(id)?;
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

    /// `connect`. On a nonblocking socket too it completes at once.
    pub fn connect(&self, socket: SOCKET, addr: SocketAddr) -> Outcome<()> {
        let mut state = self.begin(Call::Connect)?;
        let id = state.descriptors.get(socket)?.endpoint;
        let endpoint = state.endpoint(id)?;
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
    fn bind(&mut self, id: EndpointId, addr: SocketAddr) -> Outcome<()> {
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
        let addr = match addr.port() {
            0 => self.free_port(addr).ok_or(ErrorKind::AddressInUse)?,
            _ if self.bound.contains_key(&addr) => return Err(ErrorKind::AddressInUse),
            _ => addr,
        };
        self.bound.insert(addr, id);
        self.endpoint_mut(id)?.local = Some(addr);
        Ok(())
    }

    /// `addr` with a port of the dynamic range that is free.
    fn free_port(&mut self, mut addr: SocketAddr) -> Option<SocketAddr> {
        const DYNAMIC: std::ops::RangeInclusive<u16> = 49152..=65535;
        for _ in DYNAMIC {
            addr.set_port(self.next_port);
            self.next_port = self.next_port.checked_add(1).unwrap_or(*DYNAMIC.start());
            if !self.bound.contains_key(&addr) {
                return Some(addr);
            }
        }
        None
    }

    /// Who listens at `addr`, or at its port on all addresses, and has room.
    fn listener(&self, addr: SocketAddr) -> Option<EndpointId> {
        let any = match addr {
            SocketAddr::V4(_) => {
                SocketAddr::new(std::net::Ipv4Addr::UNSPECIFIED.into(), addr.port())
            }
            SocketAddr::V6(_) => {
                SocketAddr::new(std::net::Ipv6Addr::UNSPECIFIED.into(), addr.port())
            }
        };
        let id = *self.bound.get(&addr).or_else(|| self.bound.get(&any))?;
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
