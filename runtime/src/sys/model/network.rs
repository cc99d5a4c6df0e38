//! Connections: what is under way, what has arrived, and how a connection ends.
//!
//! A connection is two [`Endpoint`]s that know each other. Data goes from the sender's `outgoing`,
//! once its time has come and the receiver has room, to the receiver's `incoming`. A graceful close
//! queues a FIN behind the data; a hard one takes the endpoint away and leaves a reset behind.
//! Datagrams know no connection: each is on its way alone, to an address.

use std::{collections::VecDeque, net::SocketAddr, time::Duration};

use super::State;
use super::handles::PortKey;
use super::overlapped::Queues;
use crate::ErrorKind;

pub(super) type EndpointId = u64;

/// How long the end that closed first keeps the pair of addresses: the four minutes of RFC 793.
const TIME_WAIT: Duration = Duration::from_secs(240);

/// What carries a socket's data. Each has ports of its own.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Transport {
    #[default]
    Stream,
    Datagram,
}

/// One end of a connection, or what may become one; or a datagram socket.
#[derive(Default)]
pub(super) struct Endpoint {
    pub(super) transport: Transport,
    pub(super) v6: bool,
    pub(super) local: Option<SocketAddr>,
    pub(super) remote: Option<SocketAddr>,
    /// The other end, while there is one.
    pub(super) peer: Option<EndpointId>,
    /// Connections that wait for `accept`, when this end listens.
    pub(super) backlog: Option<Backlog>,
    pub(super) outgoing: VecDeque<Segment>,
    pub(super) fin: Fin,
    pub(super) incoming: VecDeque<u8>,
    /// What a datagram socket has received, and from whom.
    pub(super) datagrams: VecDeque<(SocketAddr, Vec<u8>)>,
    /// The peer has sent all that it will.
    pub(super) peer_finished: bool,
    /// Why the connection ended, if it ended hard.
    pub(super) broken: Option<ErrorKind>,
    pub(super) receive_shut_down: bool,
    /// No descriptor names it any more.
    pub(super) orphan: bool,
    /// It was the first of the two to finish.
    pub(super) finished_first: bool,
    /// The overlapped operations that wait.
    pub(super) operations: Queues,
    /// The completion port that it is associated with.
    pub(super) port: Option<PortKey>,
}

#[derive(Debug)]
pub(super) struct Backlog {
    pub(super) limit: usize,
    pub(super) waiting: VecDeque<EndpointId>,
}

#[derive(Debug)]
pub(super) struct Segment {
    bytes: VecDeque<u8>,
    due: Duration,
}

/// A datagram under way.
#[derive(Debug)]
pub(super) struct Flight {
    pub(super) due: Duration,
    pub(super) from: SocketAddr,
    pub(super) to: SocketAddr,
    pub(super) bytes: Vec<u8>,
}

#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Fin {
    #[default]
    Open,
    /// Behind the queued data.
    Queued {
        due: Duration,
    },
    Delivered,
}

impl Endpoint {
    /// Bytes that the peer has not got yet.
    pub(super) fn unsent(&self) -> usize {
        self.outgoing
            .iter()
            .map(|segment| segment.bytes.len())
            .sum()
    }

    pub(super) fn is_connected(&self) -> bool {
        self.remote.is_some()
    }

    pub(super) fn is_orphan(&self) -> bool {
        self.orphan
    }

    pub(super) fn send_shut_down(&self) -> bool {
        self.fin != Fin::Open
    }

    pub(super) fn queue(&mut self, bytes: &[u8], due: Duration) {
        self.outgoing.push_back(Segment {
            bytes: bytes.to_vec().into(),
            due,
        });
    }

    fn next_due(&self) -> Option<Duration> {
        match (self.outgoing.front(), self.fin) {
            (Some(segment), _) => Some(segment.due),
            (None, Fin::Queued { due }) => Some(due),
            (None, _) => None,
        }
    }
}

/// The first bytes of a queue, taken out as a whole rather than one by one.
pub(super) fn take_front(queue: &mut VecDeque<u8>, len: usize) -> Vec<u8> {
    let (front, back) = queue.as_slices();
    let of_front = len.min(front.len());
    let taken = [&front[..of_front], &back[..len - of_front]].concat();
    queue.drain(..len);
    taken
}

impl State {
    pub(super) fn insert(&mut self, endpoint: Endpoint) -> EndpointId {
        let id = self.next_endpoint;
        self.next_endpoint += 1;
        self.endpoints.insert(id, endpoint);
        id
    }

    /// The endpoint of an open descriptor. It is there as long as the descriptor is.
    pub(super) fn endpoint(&self, id: EndpointId) -> Result<&Endpoint, ErrorKind> {
        self.endpoints.get(&id).ok_or(ErrorKind::NotSocket)
    }

    pub(super) fn endpoint_mut(&mut self, id: EndpointId) -> Result<&mut Endpoint, ErrorKind> {
        self.endpoints.get_mut(&id).ok_or(ErrorKind::NotSocket)
    }

    /// When something happens next by itself. What is overdue waits for room at the receiver, not for
    /// time.
    pub(super) fn next_due(&self) -> Option<Duration> {
        let segments = self
            .sending
            .iter()
            .filter_map(|id| self.endpoints.get(id)?.next_due());
        let flights = self.flights.iter().map(|flight| flight.due);
        let aborts = self.aborting.iter().map(|(due, _)| *due);
        segments
            .chain(flights)
            .chain(aborts)
            .filter(|due| *due > self.now)
            .min()
    }

    /// Lets all happen that can happen by now.
    ///
    /// Not the completion of aborted operations: they complete later than the call that aborts them
    /// (O12), see [`finish_aborted`](State::finish_aborted).
    pub(super) fn settle(&mut self) {
        loop {
            let before = self.moves;
            for id in Vec::from_iter(self.sending.iter().copied()) {
                self.deliver(id);
            }
            self.land();
            // An operation that goes on may have queued data, or made room for some.
            self.progress();
            if self.moves == before {
                break;
            }
        }
        while self.time_wait.front().is_some_and(|end| *end <= self.now) {
            self.time_wait.pop_front();
        }
    }

    /// Delivers the datagrams whose time has come. One that nobody waits for, or that does not fit,
    /// is lost, as datagrams are.
    fn land(&mut self) {
        let now = self.now;
        let (landed, flights) = std::mem::take(&mut self.flights)
            .into_iter()
            .partition::<VecDeque<_>, _>(|flight| flight.due <= now);
        self.flights = flights;
        for flight in landed {
            let capacity = self.receive_buffer;
            let Some(to) = self
                .bound_to(Transport::Datagram, flight.to)
                .and_then(|id| self.endpoints.get_mut(&id))
            else {
                continue;
            };
            let held: usize = to.datagrams.iter().map(|(_, bytes)| bytes.len()).sum();
            let expected = to.remote.is_none_or(|remote| remote == flight.from);
            if expected && !to.receive_shut_down && held + flight.bytes.len() <= capacity {
                self.moves += 1;
                to.datagrams.push_back((flight.from, flight.bytes));
            }
        }
    }

    /// Delivers what one end has queued.
    fn deliver(&mut self, id: EndpointId) {
        let (now, capacity) = (self.now, self.receive_buffer);
        // Both ends are needed at once: this one is taken out meanwhile.
        let Some(mut from) = self.endpoints.remove(&id) else {
            self.sending.remove(&id);
            return;
        };
        let mut refused = false;
        if let Some(to) = from.peer.and_then(|peer| self.endpoints.get_mut(&peer)) {
            while let Some(segment) = from.outgoing.front_mut()
                && segment.due <= now
            {
                if to.orphan || to.receive_shut_down {
                    // Nobody will ever receive it. A real stack answers with a reset.
                    refused = true;
                    break;
                }
                let room = capacity.saturating_sub(to.incoming.len());
                let taken = room.min(segment.bytes.len());
                self.moves += u64::from(taken > 0);
                to.incoming.extend(take_front(&mut segment.bytes, taken));
                if !segment.bytes.is_empty() {
                    break;
                }
                from.outgoing.pop_front();
            }
            if let Fin::Queued { due } = from.fin
                && due <= now
                && from.outgoing.is_empty()
            {
                from.fin = Fin::Delivered;
                self.moves += 1;
                to.peer_finished = true;
                from.finished_first = to.fin != Fin::Delivered;
            }
        }
        let peer = from.peer;
        if from.next_due().is_none() || peer.is_none() {
            self.sending.remove(&id);
        }
        self.endpoints.insert(id, from);
        if refused {
            self.reset(id, ErrorKind::ConnectionReset);
            if let Some(peer) = peer {
                self.reset(peer, ErrorKind::ConnectionAborted);
            }
        }
        self.reap(id);
        if let Some(peer) = peer {
            self.reap(peer);
        }
    }

    /// Drops an end that has no descriptor and nothing left to do.
    fn reap(&mut self, id: EndpointId) {
        let Some(endpoint) = self.endpoints.get(&id) else {
            return;
        };
        let done = endpoint.fin == Fin::Delivered && endpoint.peer_finished;
        if !endpoint.orphan || !(done || endpoint.peer.is_none()) {
            return;
        }
        if done && endpoint.finished_first && endpoint.broken.is_none() {
            self.time_wait.push_back(self.now.saturating_add(TIME_WAIT));
        }
        self.remove(id);
    }

    fn remove(&mut self, id: EndpointId) {
        let Some(endpoint) = self.endpoints.remove(&id) else {
            return;
        };
        self.sending.remove(&id);
        self.waiting.remove(&id);
        if let Some(local) = endpoint.local
            && self.bound.get(&(endpoint.transport, local)) == Some(&id)
        {
            self.bound.remove(&(endpoint.transport, local));
        }
        if let Some(peer) = endpoint.peer.and_then(|peer| self.endpoints.get_mut(&peer)) {
            peer.peer = None;
        }
    }

    /// Breaks a connection at this end: what was queued either way is lost.
    fn reset(&mut self, id: EndpointId, why: ErrorKind) {
        if let Some(endpoint) = self.endpoints.get_mut(&id) {
            endpoint.outgoing.clear();
            endpoint.incoming.clear();
            endpoint.peer = None;
            endpoint.broken = Some(why);
        }
    }

    /// The hard close: the peer is reset at once, unsent data is lost, no `TIME_WAIT` (O21, O25).
    pub(super) fn close_hard(&mut self, id: EndpointId) {
        self.abort_all(id);
        let Some(endpoint) = self.endpoints.get_mut(&id) else {
            return;
        };
        let peer = endpoint.peer;
        let waiting = endpoint.backlog.take().map(|backlog| backlog.waiting);
        self.remove(id);
        if let Some(peer) = peer {
            self.reset(peer, ErrorKind::ConnectionReset);
            self.reap(peer);
        }
        // Connections that nobody will accept now.
        for id in waiting.into_iter().flatten() {
            self.close_hard(id);
        }
    }

    /// The graceful close: the FIN goes behind the queued data, and the rest happens in the
    /// background (O20).
    pub(super) fn close_graceful(&mut self, id: EndpointId) {
        self.abort_all(id);
        let Some(endpoint) = self.endpoints.get_mut(&id) else {
            return;
        };
        let ended = endpoint.fin == Fin::Delivered && endpoint.peer_finished;
        let unread = !endpoint.incoming.is_empty();
        if unread || (endpoint.peer.is_none() && !(ended && endpoint.broken.is_none())) {
            // Never connected, listening, or the peer is gone: nothing to be graceful about. What was
            // received and not read is lost, and as with every TCP the peer is told by a reset.
            self.close_hard(id);
            return;
        }
        endpoint.orphan = true;
        self.queue_fin(id);
        self.reap(id);
    }

    /// No more is sent after what is queued.
    pub(super) fn queue_fin(&mut self, id: EndpointId) {
        let due = self.now.saturating_add(self.latency);
        if let Some(endpoint) = self.endpoints.get_mut(&id)
            && endpoint.fin == Fin::Open
        {
            endpoint.fin = Fin::Queued { due };
            self.sending.insert(id);
        }
    }
}
