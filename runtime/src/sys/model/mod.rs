//! An in-process Winsock that behaves as the reference page of `closesocket` says, on any system.
//!
//! It is for two purposes. Where there is no Windows it is what this crate's calls go to, so that
//! code which manages sockets can be tested on Linux. And it is exact where real providers are
//! lenient or take their time, so that a test can ask for every line of the page:
//!
//! - a descriptor that was closed is the next one to be handed out (O8, O9);
//! - the close table (O19 to O25), with `WSAEWOULDBLOCK` leaving the handle valid (O23);
//! - delivery takes [virtual time](Model::set_latency), and a receiver's buffer is finite, so there
//!   is such a thing as data that is not sent yet;
//! - an overlapped operation that is cancelled, by a close too, completes
//!   [later](Model::set_cancel_latency) than the call that cancelled it, and its memory is used until
//!   then (O11, O12);
//! - every call can be made to [fail](Model::fail_next) with every code (O2 to O7).
//!
//! ```
//! # #[cfg(not(windows))]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use socket_lifecycle::model::{Call, Model};
//! use socket_lifecycle::{ErrorKind, Family, Socket, Winsock};
//!
//! let model = Model::new();
//! let _entered = model.enter();
//! let _winsock = Winsock::start()?;
//! let socket = Socket::stream(Family::V4)?;
//! model.fail_next(Call::CloseSocket, ErrorKind::WouldBlock);
//! let error = socket.close().expect_err("as asked for");
//! let socket = error.into_socket().expect("it is still open");
//! socket.close()?;
//! assert_eq!(model.open_descriptors(), 0);
//! # Ok(())
//! # }
//! # #[cfg(windows)]
//! # fn main() {}
//! ```
//!
//! # Time
//!
//! The clock stands still until somebody moves it: [`Model::advance`], or a call that blocks, which
//! moves it to the next delivery. When no delivery is due and the call has a deadline of its own (a
//! linger timeout, `WSAPoll`'s), it moves the clock there; other threads get a moment of real time
//! first, since one of them may be about to act, and as long as they do act the clock keeps up with real
//! time. [`Model::set_alone`] does without the moment. Calls take no time: with a latency of zero, so does
//! a peer that sends without end.
//!
//! # Which model
//!
//! Winsock is one per process. A test wants one for itself: [`Model::enter`] makes a model the
//! current one of the calling thread, as long as the guard lives. Threads that never entered one
//! share the process's. That is about calls that begin something, `WSAStartup`, `socket` and the like: a
//! call on a descriptor or a handle goes to the model that gave it out, from whichever thread.
//!
//! # What it leaves out
//!
//! An operation outlives the thread that started it, which real Winsock aborts (see
//! [`Operation`](crate::Operation)). Stream and datagram sockets over IPv4 and IPv6 inside the process are all there is. A nonblocking
//! `connect` completes at once, and so does an overlapped send for which there is room. Completion
//! routines, out-of-band data and flags are not there, nor are `AcceptEx` and its kin. The options
//! known are `SO_LINGER`, `SO_DONTLINGER` and `SO_TYPE`.

mod close;
mod descriptors;
#[cfg(not(windows))]
pub(crate) mod ffi;
mod handles;
mod network;
mod open;
mod options;
mod overlapped;
mod transfer;
mod wait;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt,
    marker::PhantomData,
    net::SocketAddr,
    sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak},
    time::Duration,
};

use self::descriptors::Descriptors;
use self::handles::Handles;
use self::network::{Endpoint, EndpointId, Flight, Transport};
use self::overlapped::Pending;
use crate::ErrorKind;

pub use self::handles::Packet;
pub use self::options::DEFAULT_LINGER;
pub use self::overlapped::From;
pub use self::transfer::{Interest, LARGEST_DATAGRAM, Readiness};

/// What a call of the model returns: the error is what `WSAGetLastError` would say (O1).
pub type Outcome<T> = Result<T, ErrorKind>;

/// The calls of the model, to name the one that shall fail.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named after the function")]
#[non_exhaustive]
pub enum Call {
    Startup,
    Cleanup,
    Socket,
    Bind,
    Listen,
    Accept,
    Connect,
    Send,
    Recv,
    Shutdown,
    Poll,
    Ioctl,
    SetOption,
    GetOption,
    SockName,
    PeerName,
    CloseSocket,
    SendOverlapped,
    ReceiveOverlapped,
    OverlappedResult,
    Cancel,
    CreateEvent,
    SetEvent,
    Wait,
    CreatePort,
    PostPacket,
    Dequeue,
    CloseHandle,
}

/// One Winsock. Clones are the same one.
#[derive(Clone)]
pub struct Model {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    /// Notified whenever a call changed something that another may wait for.
    changed: Condvar,
    /// Which descriptors and handles it gives out.
    range: usize,
}

impl Drop for Shared {
    fn drop(&mut self) {
        registry().remove(&self.range);
    }
}

/// The models that there are, by their range.
fn registry() -> MutexGuard<'static, BTreeMap<usize, Weak<Shared>>> {
    static REGISTRY: Mutex<BTreeMap<usize, Weak<Shared>>> = Mutex::new(BTreeMap::new());
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner)
}

struct State {
    startups: u32,
    descriptors: Descriptors,
    endpoints: BTreeMap<EndpointId, Endpoint>,
    next_endpoint: EndpointId,
    /// Who listens, and who merely holds an address.
    bound: BTreeMap<(Transport, SocketAddr), EndpointId>,
    /// The endpoints that have something to deliver.
    sending: BTreeSet<EndpointId>,
    flights: VecDeque<Flight>,
    /// The endpoints at which overlapped operations wait.
    waiting: BTreeSet<EndpointId>,
    /// The operations that were aborted, by when they complete.
    aborting: Vec<(Duration, Pending)>,
    handles: Handles,
    next_port: u16,
    faults: Vec<(Call, ErrorKind)>,
    latency: Duration,
    cancel_latency: Duration,
    receive_buffer: usize,
    send_buffer: usize,
    now: Duration,
    /// The ends in `TIME_WAIT`, by when they leave it.
    time_wait: VecDeque<Duration>,
    /// No other thread uses this model.
    alone: bool,
    /// Counts changes, for who waits to see whether anything happens.
    changes: u64,
    /// Counts what moves: bytes that are queued, delivered or taken, operations that complete.
    moves: u64,
}

impl Model {
    /// A Winsock in which nothing was started.
    pub fn new() -> Model {
        let descriptors = Descriptors::new();
        let state = State {
            startups: 0,
            handles: Handles::new(descriptors.first()),
            descriptors,
            endpoints: BTreeMap::new(),
            next_endpoint: 0,
            bound: BTreeMap::new(),
            sending: BTreeSet::new(),
            flights: VecDeque::new(),
            waiting: BTreeSet::new(),
            aborting: Vec::new(),
            next_port: 49152,
            faults: Vec::new(),
            latency: Duration::ZERO,
            cancel_latency: Duration::ZERO,
            receive_buffer: 64 * 1024,
            send_buffer: 64 * 1024,
            now: Duration::ZERO,
            time_wait: VecDeque::new(),
            alone: false,
            changes: 0,
            moves: 0,
        };
        let range = state.descriptors.range();
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            changed: Condvar::new(),
            range,
        });
        registry().insert(range, Arc::downgrade(&shared));
        Model { shared }
    }

    /// The model that gave out a descriptor or a handle, or else the current one.
    #[cfg(not(windows))]
    pub(crate) fn of(number: usize) -> Model {
        let current = Model::current();
        if current.gave_out(number) {
            return current;
        }
        let range = descriptors::range_of(number);
        let shared = registry().get(&range).and_then(Weak::upgrade);
        shared.map_or(current, |shared| Model { shared })
    }

    /// Whether a number is one of this model's, open or not.
    #[cfg(not(windows))]
    pub(crate) fn gave_out(&self, number: usize) -> bool {
        self.shared.range == descriptors::range_of(number)
    }

    /// The calling thread's model: the one that it entered last, or else the process's.
    pub fn current() -> Model {
        static PROCESS: OnceLock<Model> = OnceLock::new();
        // A thread that ends has no thread-local values any more, but may still drop sockets.
        ENTERED
            .try_with(|entered| entered.borrow().last().cloned())
            .ok()
            .flatten()
            .unwrap_or_else(|| PROCESS.get_or_init(Model::new).clone())
    }

    /// Makes this the calling thread's model until the guard is dropped.
    #[must_use = "the model is left when the guard is dropped"]
    pub fn enter(&self) -> Entered {
        ENTERED.with_borrow_mut(|entered| entered.push(self.clone()));
        Entered {
            model: self.clone(),
            not_send: PhantomData,
        }
    }

    /// Promises that no other thread uses this model, or takes the promise back: a call with a deadline
    /// moves the clock there at once.
    pub fn set_alone(&self, alone: bool) {
        self.state().alone = alone;
    }

    /// How long sent data takes to the peer, from now on. Zero at first.
    pub fn set_latency(&self, latency: Duration) {
        self.state().latency = latency;
    }

    /// How many bytes an end keeps for an application that does not receive. What does not fit
    /// stays unsent at the other end.
    pub fn set_receive_buffer(&self, bytes: usize) {
        let mut state = self.state();
        state.receive_buffer = bytes;
        state.settle();
        self.notify(state);
    }

    /// How many unsent bytes `send` accepts before it blocks.
    pub fn set_send_buffer(&self, bytes: usize) {
        let mut state = self.state();
        state.send_buffer = bytes;
        state.settle();
        self.notify(state);
    }

    /// Makes the next `call` fail with `kind`, and do nothing else.
    ///
    /// Several wait their turn. `WSACleanup` and `WSAStartup` can be made to fail too.
    ///
    /// # Panics
    /// For [`ErrorKind::Pending`], which says that a call did not fail.
    pub fn fail_next(&self, call: Call, kind: ErrorKind) {
        assert_ne!(
            kind,
            ErrorKind::Pending,
            "an operation that is pending did not fail"
        );
        self.state().faults.push((call, kind));
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        let mut state = self.state();
        state.now = state.now.saturating_add(by);
        state.finish_aborted();
        state.settle();
        self.notify(state);
    }

    /// The virtual time since the model began.
    pub fn now(&self) -> Duration {
        self.state().now
    }

    /// How many descriptors are open (O13).
    pub fn open_descriptors(&self) -> usize {
        self.state().descriptors.len()
    }

    /// How many sockets are closed but still held, because queued data is being sent in the
    /// background (O20).
    pub fn closing_in_background(&self) -> usize {
        let state = self.state();
        state
            .endpoints
            .values()
            .filter(|endpoint| endpoint.is_orphan())
            .count()
    }

    /// How many ends are in `TIME_WAIT` (O25).
    pub fn in_time_wait(&self) -> usize {
        self.state().time_wait.len()
    }

    /// A poisoned lock is taken all the same: no state is left half-changed by a panic, since no
    /// call runs foreign code while it holds the lock.
    fn state(&self) -> MutexGuard<'_, State> {
        self.shared
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends a change: whoever waits looks again.
    fn notify(&self, mut state: MutexGuard<'_, State>) {
        state.changes += 1;
        drop(state);
        self.shared.changed.notify_all();
    }

    /// Begins a call: lets injected faults and a Winsock that is not started fail it.
    fn begin(&self, call: Call) -> Outcome<MutexGuard<'_, State>> {
        let state = self.begin_system(call)?;
        match state.startups {
            0 if call != Call::Startup => Err(ErrorKind::NotInitialised),
            _ => Ok(state),
        }
    }

    /// Begins a call of the system's, which does not ask whether Winsock is started.
    ///
    /// What was aborted before completes now at the earliest: this is a later call (O12).
    fn begin_system(&self, call: Call) -> Outcome<MutexGuard<'_, State>> {
        let mut state = self.state();
        if state.finish_aborted() {
            state.settle();
            state.changes += 1;
            self.shared.changed.notify_all();
        }
        match state.faults.iter().position(|(of, _)| *of == call) {
            Some(index) => Err(state.faults.remove(index).1),
            None => Ok(state),
        }
    }

    /// `WSAStartup`: calls are counted (O2).
    pub fn startup(&self) -> Outcome<()> {
        self.begin(Call::Startup)?.startups += 1;
        Ok(())
    }

    /// `WSACleanup`: the last one resets and releases the sockets that are still open.
    pub fn cleanup(&self) -> Outcome<()> {
        let mut state = self.begin(Call::Cleanup)?;
        state.startups -= 1;
        if state.startups == 0 {
            for endpoint in state.descriptors.clear() {
                state.close_hard(endpoint);
            }
        }
        self.notify(state);
        Ok(())
    }
}

impl Default for Model {
    fn default() -> Model {
        Model::new()
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Model")
            .field("startups", &state.startups)
            .field("open_descriptors", &state.descriptors.len())
            .field("now", &state.now)
            .finish_non_exhaustive()
    }
}

thread_local! {
    static ENTERED: RefCell<Vec<Model>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a model current; see [`Model::enter`].
#[derive(Debug)]
pub struct Entered {
    model: Model,
    /// It undoes what it did to its own thread, so it must stay there.
    not_send: PhantomData<*const ()>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        // Where the value is gone already there is nothing to undo.
        let _ = ENTERED.try_with(|entered| {
            let mut entered = entered.borrow_mut();
            let of_this = |model: &Model| Arc::ptr_eq(&model.shared, &self.model.shared);
            if let Some(index) = entered.iter().rposition(of_this) {
                entered.remove(index);
            }
        });
    }
}
