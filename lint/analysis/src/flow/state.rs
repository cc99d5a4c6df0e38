//! The state of one path.
//!
//! Locations, symbols, sockets and operations are numbered densely.
//! [`State::normalize`] renumbers them in the order in which they are reached
//! from the locals and drops what cannot be reached, so that two paths that
//! agree on everything that can still matter have *equal* states. What led
//! there (the [`Trail`]) is kept beside the state and takes no part in equality.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use super::course::Course;
use super::sock::{OriginId, Sock};
use super::startup::Startup;
use super::value::{Agg, AggKind, Closure, Loc, OpId, Pointer, SockId, SymId, Value, Variant};
use crate::mir::Name;
use crate::model::{Effect, FnRow};
use crate::names::{DefId, RTy};
use crate::span::Span;

/// How a call went.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Outcome {
    /// Not examined.
    Open,
    /// It succeeded.
    Success,
    /// It failed.
    Failure,
}

/// What is known of a Winsock call whose result is still around.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct CallFact {
    /// The function.
    pub row: &'static FnRow,
    /// The call.
    pub span: Span,
    /// The socket it was made on.
    pub sock: Option<SockId>,
    /// The operation it started.
    pub op: Option<OpId>,
    /// The operations whose events a wait for any of several handles names, by index.
    pub waits: Vec<Option<OpId>>,
    /// The wait is for all of them.
    pub waits_all: bool,
    /// The thread that is waited for.
    pub thread: Option<Span>,
    /// How it went.
    pub outcome: Outcome,
    /// Where that was found out.
    pub decided_at: Option<Span>,
    /// A closesocket ran after it.
    pub closed_since: Option<Span>,
    /// What was known of the socket's course when it was made.
    pub before: Option<Course>,
    /// The socket was closed when it was made.
    pub after_close: bool,
    /// Where the last error was read while the outcome was open.
    pub read_at: Option<Span>,
    /// The close of a blocking socket with a linger timeout whose data nobody confirmed.
    pub claims: bool,
}

impl CallFact {
    /// A call that was just made.
    pub fn new(row: &'static FnRow, span: Span) -> CallFact {
        CallFact {
            row,
            span,
            sock: None,
            op: None,
            waits: Vec::new(),
            waits_all: false,
            thread: None,
            outcome: Outcome::Open,
            decided_at: None,
            closed_since: None,
            before: None,
            after_close: false,
            read_at: None,
            claims: false,
        }
    }
}

/// In what surroundings code runs.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Context {
    /// In a completion routine or a queued procedure: where it was handed over.
    pub apc: Option<Span>,
    /// In an async body.
    pub is_async: bool,
    /// In another thread: where it was started.
    pub thread: Option<Span>,
    /// That thread has waited for something that another did.
    pub acquired: bool,
    /// A caller in this thread holds a lock.
    pub locked: bool,
}

/// What a symbol stands for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum SymKind {
    /// Some value.
    Plain,
    /// The result of a Winsock call.
    Call(CallFact),
    /// The last error, after the given call.
    LastError(Option<SymId>),
    /// An error object made from the last error.
    OsError(Option<SymId>),
    /// A comparison that has not been decided.
    Compare(crate::mir::BinOp, Value, Value, Span),
    /// Both, or either (`true`), of two booleans.
    Logic(bool, Value, Value),
    /// The opposite of a boolean.
    Not(Value),
    /// A handle that is no socket: what it is, and what it waits for.
    Handle(&'static str, Awaits),
    /// The handle of the thread that was started there.
    Thread(Span),
    /// The OVERLAPPED that a completion port returned, or null after a timeout.
    Dequeued,
}

/// Whether a window gets the FD_CLOSE message of a socket.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Messages {
    /// Nothing speaks against it.
    Open,
    /// A socket that had asked for it was closed.
    Closed,
    /// Since then a message was read, there.
    Read(Span),
}

/// Whether an event is signalled when a socket's peer closes.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Awaits {
    /// Nobody asked for it.
    Nothing,
    /// `WSAEventSelect` asked for FD_CLOSE of that socket.
    Close(SockId),
    /// That socket was closed since: FD_CLOSE does not come any more.
    Never(OriginId),
}

/// What is known not to hold of a symbol.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Excluded {
    /// It is not this integer.
    Int(i128),
    /// It is not this variant.
    Variant(Variant),
    /// It is not this constant.
    Named(Name),
}

/// A symbol.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Sym {
    /// Its type.
    pub ty: RTy,
    /// What it stands for.
    pub kind: SymKind,
    /// What it turned out to be.
    pub known: Option<Value>,
    /// What it turned out not to be.
    pub excluded: Vec<Excluded>,
    /// It counts milliseconds.
    pub millis: bool,
    /// Bits that are certainly set.
    pub bits: i128,
}

/// How far an overlapped operation is.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum OpStatus {
    /// Started; whether it is pending has not been asked.
    Started,
    /// It is pending: WSA_IO_PENDING was seen.
    Pending,
    /// The call failed; with which error has not been asked.
    Failed,
    /// It completed, never started, or is not followed any more.
    Done,
}

/// An overlapped operation.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Op {
    /// The function that started it.
    pub row: &'static FnRow,
    /// The call that started it.
    pub span: Span,
    /// The socket.
    pub sock: Option<SockId>,
    /// The pointer to its OVERLAPPED.
    pub handle: Value,
    /// A routine is called when it completes.
    pub routine: bool,
    /// An alertable wait, in which the routine may have run, came after its start.
    pub alerted: bool,
    /// What must live until completion, and its name in messages.
    pub pins: Vec<(Rc<Pointer>, &'static str)>,
    /// The event, if it has one.
    pub event: Option<Value>,
    /// How far it is.
    pub status: OpStatus,
}

impl Op {
    /// Whether something that it pins is in one of these locations.
    pub fn pins_in(&self, reached: &Reached) -> bool {
        self.pins
            .iter()
            .any(|(pin, _)| reached.locs.contains(&pin.loc))
    }
}

/// The last error, as far as rules ask for it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct LastError {
    /// The result of the last Winsock call.
    pub call: Option<SymId>,
    /// A call that is known to have failed and whose error has not been read.
    pub unread: Option<(Span, &'static str)>,
    /// A closesocket that ran since then.
    pub clobbered: Option<Span>,
}

/// What a step on a trail was.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Mark {
    /// A socket was acquired.
    Acquired,
    /// It was closed.
    Closed,
    /// It was wrapped in an owner.
    Owned,
    /// The bare descriptor went to a function that closes it, while its owner stays here.
    GivenAway,
    /// It became nonblocking.
    Nonblocking,
    /// A linger timeout was set.
    Lingers,
    /// The time of a linger option was given.
    LingerTime,
    /// It was taken out of its owner.
    Released,
    /// A branch was taken that says something about a call.
    Branch,
    /// The body returned.
    Exit,
}

/// One step of a trail.
#[derive(Clone, Debug)]
pub struct TrailStep {
    /// Where.
    pub span: Span,
    /// What, for people.
    pub text: Rc<str>,
    /// What, for us.
    pub mark: Mark,
    /// Which socket it is about.
    pub about: Option<OriginId>,
}

/// The steps that led to a state, newest first.
#[derive(Clone, Debug, Default)]
pub struct Trail(pub Option<Rc<TrailNode>>);

/// A node of a [`Trail`].
#[derive(Debug)]
pub struct TrailNode {
    /// The step.
    pub step: TrailStep,
    /// What came before.
    pub before: Trail,
    /// How many steps there are.
    pub len: usize,
}

/// Longer trails forget no step, but take no further one.
const MAX_TRAIL: usize = 2000;

impl Trail {
    /// Adds a step.
    pub fn push(&mut self, step: TrailStep) {
        let len = self.0.as_ref().map_or(0, |node| node.len);
        if len < MAX_TRAIL {
            let before = std::mem::take(self);
            self.0 = Some(Rc::new(TrailNode {
                step,
                before,
                len: len + 1,
            }));
        }
    }

    /// The steps, oldest first.
    pub fn steps(&self) -> Vec<TrailStep> {
        self.since(&Trail(None))
    }

    /// The steps after `mark`, oldest first.
    pub fn since(&self, mark: &Trail) -> Vec<TrailStep> {
        let mut steps = Vec::new();
        let mut at = self;
        while let Some(node) = &at.0 {
            if mark.0.as_ref().is_some_and(|mark| Rc::ptr_eq(mark, node)) {
                break;
            }
            steps.push(node.step.clone());
            at = &node.before;
        }
        steps.reverse();
        steps
    }
}

impl Drop for Trail {
    /// Iteratively: trails are long lists.
    fn drop(&mut self) {
        let mut at = self.0.take();
        while let Some(node) = at {
            match Rc::try_unwrap(node) {
                Ok(mut node) => at = node.before.0.take(),
                Err(_) => break,
            }
        }
    }
}

/// How many of each kind were handed in at the entry of a body: their numbers are the caller's to interpret and stay.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Entry {
    /// Locals of the body: `mem[..locals]`.
    pub locals: usize,
    /// Locations handed in: `mem[locals..locals + locs]`.
    pub locs: usize,
    /// Symbols handed in.
    pub syms: usize,
    /// Sockets handed in.
    pub socks: usize,
    /// Operations handed in.
    pub ops: usize,
}

/// The state of one path. See the module's documentation.
#[derive(Clone, Debug)]
pub struct State {
    /// What was handed in.
    pub entry: Entry,
    /// What each location holds; the first ones are the body's locals.
    pub mem: Vec<Value>,
    /// The symbols.
    pub syms: Vec<Sym>,
    /// The sockets.
    pub socks: Vec<Sock>,
    /// The overlapped operations.
    pub ops: Vec<Op>,
    /// The last error.
    pub err: LastError,
    /// The path takes some variant of an enum that came from outside: which one it really is, nobody said.
    pub presumed: bool,
    /// Whether Winsock is started.
    pub startup: Startup,
    /// The surroundings.
    pub context: Context,
    /// Window messages that tell of sockets.
    pub message: Messages,
    /// The close of a lingering socket whose outcome was examined last, and whether it succeeded.
    pub claim: Option<(Span, bool)>,
    /// A thread was started on this path.
    pub spawned: bool,
    /// Atomics that are statics, and where this path keeps them.
    pub statics: Vec<(DefId, Loc)>,
    /// Sockets that got lost while Winsock was started on this path, and where: WSACleanup may still close them.
    pub lost: Vec<(Sock, Span)>,
    /// What led here.
    pub trail: Trail,
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.mem == other.mem
            && self.socks == other.socks
            && self.syms == other.syms
            && self.ops == other.ops
            && self.err == other.err
            && self.presumed == other.presumed
            && self.startup == other.startup
            && self.context == other.context
            && self.message == other.message
            && self.claim == other.claim
            && self.lost == other.lost
            && self.spawned == other.spawned
            && self.statics == other.statics
            && self.entry == other.entry
    }
}

impl Eq for State {}

impl Hash for State {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.mem.hash(state);
        self.socks.hash(state);
        self.syms.len().hash(state);
        self.ops.len().hash(state);
    }
}

impl State {
    /// The state in which a body with so many locals starts, before arguments.
    pub fn new(locals: usize) -> State {
        State {
            entry: Entry {
                locals,
                ..Entry::default()
            },
            mem: vec![Value::Moved; locals],
            syms: Vec::new(),
            socks: Vec::new(),
            ops: Vec::new(),
            err: LastError::default(),
            presumed: false,
            startup: Startup::default(),
            context: Context::default(),
            message: Messages::Open,
            claim: None,
            lost: Vec::new(),
            spawned: false,
            statics: Vec::new(),
            trail: Trail::default(),
        }
    }

    /// A new location.
    pub fn alloc(&mut self, value: Value) -> Loc {
        self.mem.push(value);
        Loc(self.mem.len() as u32 - 1)
    }

    /// A new symbol.
    pub fn sym(&mut self, ty: RTy, kind: SymKind) -> SymId {
        self.syms.push(Sym {
            ty,
            kind,
            known: None,
            excluded: Vec::new(),
            millis: false,
            bits: 0,
        });
        SymId(self.syms.len() as u32 - 1)
    }

    /// A new symbol of which only the type is known.
    pub fn plain(&mut self, ty: RTy) -> Value {
        Value::Sym(self.sym(ty, SymKind::Plain))
    }

    /// A new socket.
    pub fn sock(&mut self, sock: Sock) -> SockId {
        self.socks.push(sock);
        SockId(self.socks.len() as u32 - 1)
    }

    /// The socket.
    pub fn sock_mut(&mut self, id: SockId) -> &mut Sock {
        &mut self.socks[id.0 as usize]
    }

    /// Whether a number counts milliseconds.
    pub fn counts_millis(&self, value: &Value) -> bool {
        let mut value = value;
        for _ in 0..8 {
            let Value::Sym(id) = value else { return false };
            let sym = &self.syms[id.0 as usize];
            match &sym.known {
                _ if sym.millis => return true,
                Some(known) => value = known,
                None => return false,
            }
        }
        false
    }

    /// A number that counts milliseconds.
    pub fn millis(&mut self, ty: RTy) -> Value {
        let id = self.sym(ty, SymKind::Plain);
        self.syms[id.0 as usize].millis = true;
        Value::Sym(id)
    }

    /// Follows what symbols turned out to be.
    pub fn resolve(&self, value: &Value) -> Value {
        let mut value = value;
        let mut steps = 0;
        while let Value::Sym(id) = value {
            match &self.syms[id.0 as usize].known {
                Some(known) if steps < 64 => value = known,
                _ => break,
            }
            steps += 1;
        }
        value.clone()
    }

    /// The value at a path into a location, through symbols.
    pub fn read(&self, loc: Loc, path: &[Name]) -> Option<Value> {
        let mut value = self.resolve(&self.mem[loc.0 as usize]);
        for step in path {
            value = match &value {
                Value::Agg(agg) => match (agg.field(step), &agg.kind) {
                    (Some(field), _) => self.resolve(field),
                    (None, AggKind::Open(true)) => Value::Int(0),
                    (None, AggKind::Open(false)) => Value::Unknown,
                    (None, _) => return None,
                },
                _ => return None,
            };
        }
        Some(value)
    }

    /// Replaces the value at a path into a location. `false` if the path
    /// leads into something whose parts are not known.
    pub fn write(&mut self, loc: Loc, path: &[Name], value: Value) -> bool {
        let old = std::mem::replace(&mut self.mem[loc.0 as usize], Value::Moved);
        match self.with_written(old, path, value) {
            Ok(new) => {
                self.mem[loc.0 as usize] = new;
                true
            }
            Err(old) => {
                self.mem[loc.0 as usize] = old;
                false
            }
        }
    }

    fn with_written(&self, old: Value, path: &[Name], value: Value) -> Result<Value, Value> {
        let Some((first, rest)) = path.split_first() else {
            return Ok(value);
        };
        match self.resolve(&old) {
            Value::Agg(agg) => {
                let mut new: Agg = (*agg).clone();
                if let AggKind::Open(zero) = new.kind
                    && new.field(first).is_none()
                {
                    let missing = if rest.is_empty() {
                        Value::Unknown
                    } else {
                        Value::agg(AggKind::Open(zero), Vec::new())
                    };
                    new.fields.push((first.clone(), missing));
                }
                let Some(slot) = new.fields.iter_mut().find(|(name, _)| name == first) else {
                    return Err(old);
                };
                let inner = std::mem::replace(&mut slot.1, Value::Moved);
                match self.with_written(inner, rest, value) {
                    Ok(written) => {
                        slot.1 = written;
                        Ok(Value::Agg(Rc::new(new)))
                    }
                    Err(_) => Err(old),
                }
            }
            _ => Err(old),
        }
    }

    /// Everything that can still be reached from the body's locals, the
    /// handed-in locations and the globals is renumbered in the order of
    /// reaching; the rest goes. Returns the sockets that went.
    pub fn normalize(&mut self) -> Vec<Sock> {
        let mut map = Renumber::new(self);
        for index in 0..self.entry.locals + self.entry.locs {
            map.visit(&self.mem[index]);
        }
        map.visit_last_error(self);
        map.visit_statics(self);
        map.finish(self);
        map.close_over_ops(self);
        let lost: Vec<Sock> = (0..self.socks.len())
            .filter(|&index| map.socks[index].is_none())
            .map(|index| self.socks[index].clone())
            .collect();
        if !map.is_identity() {
            map.apply(self);
        }
        lost
    }

    /// All that can be reached from the given values.
    pub fn reachable(&self, from: &[Value]) -> Reached {
        let mut map = Renumber::empty(self);
        for value in from {
            map.visit(value);
        }
        map.finish(self);
        let ids = |slots: &[Option<u32>]| -> Vec<u32> {
            slots
                .iter()
                .enumerate()
                .filter(|(_, slot)| slot.is_some())
                .map(|(index, _)| index as u32)
                .collect()
        };
        Reached {
            locs: ids(&map.locs).into_iter().map(Loc).collect(),
            syms: ids(&map.syms).into_iter().map(SymId).collect(),
            socks: ids(&map.socks).into_iter().map(SockId).collect(),
        }
    }
}

/// What can be reached from some values.
pub struct Reached {
    /// Locations.
    pub locs: Vec<Loc>,
    /// Symbols.
    pub syms: Vec<SymId>,
    /// Sockets.
    pub socks: Vec<SockId>,
}

/// A renumbering in the making: for each old number the new one, once reached.
pub struct Renumber {
    /// Locations.
    pub locs: Vec<Option<u32>>,
    /// Symbols.
    pub syms: Vec<Option<u32>>,
    /// Sockets.
    pub socks: Vec<Option<u32>>,
    /// Operations.
    pub ops: Vec<Option<u32>>,
    next: [u32; 4],
    queue: Vec<Work>,
    /// Whether the result of a call leads to the socket and operation that it was made on.
    follow_calls: bool,
}

enum Work {
    Loc(Loc),
    Sym(SymId),
    Op(OpId),
}

impl Renumber {
    /// Starts with what was handed in at entry: it keeps its numbers.
    fn new(state: &State) -> Renumber {
        let mut map = Renumber::empty(state);
        let entry = &state.entry;
        for index in 0..entry.locals + entry.locs {
            map.locs[index] = Some(index as u32);
        }
        for index in 0..entry.syms {
            map.syms[index] = Some(index as u32);
            map.queue.push(Work::Sym(SymId(index as u32)));
        }
        for index in 0..entry.socks {
            map.socks[index] = Some(index as u32);
        }
        for index in 0..entry.ops {
            map.ops[index] = Some(index as u32);
            map.queue.push(Work::Op(OpId(index as u32)));
        }
        map.next = [
            (entry.locals + entry.locs) as u32,
            entry.syms as u32,
            entry.socks as u32,
            entry.ops as u32,
        ];
        map
    }

    /// Starts with nothing.
    pub fn empty(state: &State) -> Renumber {
        Renumber {
            locs: vec![None; state.mem.len()],
            syms: vec![None; state.syms.len()],
            socks: vec![None; state.socks.len()],
            ops: vec![None; state.ops.len()],
            next: [0; 4],
            queue: Vec::new(),
            follow_calls: false,
        }
    }

    /// The result of a call leads to what it was made on: its outcome changes what is known of that.
    pub fn follow_calls(&mut self) {
        self.follow_calls = true;
    }

    /// Numbers for locations start here.
    pub fn start_locs_at(&mut self, first: u32) {
        self.next[0] = first;
    }

    fn loc(&mut self, loc: Loc) {
        let slot = &mut self.locs[loc.0 as usize];
        if slot.is_none() {
            *slot = Some(self.next[0]);
            self.next[0] += 1;
            self.queue.push(Work::Loc(loc));
        }
    }

    fn sym(&mut self, sym: SymId) {
        let slot = &mut self.syms[sym.0 as usize];
        if slot.is_none() {
            *slot = Some(self.next[1]);
            self.next[1] += 1;
            self.queue.push(Work::Sym(sym));
        }
    }

    fn sock(&mut self, sock: SockId) {
        let slot = &mut self.socks[sock.0 as usize];
        if slot.is_none() {
            *slot = Some(self.next[2]);
            self.next[2] += 1;
        }
    }

    fn op(&mut self, op: OpId) {
        let slot = &mut self.ops[op.0 as usize];
        if slot.is_none() {
            *slot = Some(self.next[3]);
            self.next[3] += 1;
            self.queue.push(Work::Op(op));
        }
    }

    /// Reaches what a value mentions.
    pub fn visit(&mut self, value: &Value) {
        match value {
            Value::Sym(id) => self.sym(*id),
            Value::Sock(id, _) | Value::Owner(_, id) => self.sock(*id),
            Value::Agg(agg) => {
                for (_, field) in &agg.fields {
                    self.visit(field);
                }
            }
            Value::Ref(to, _) | Value::Capture(to) => self.loc(to.loc),
            Value::Box(_, loc) | Value::Held(loc) => self.loc(*loc),
            Value::Closure(closure) => {
                for capture in &closure.captures {
                    self.visit(capture);
                }
            }
            Value::Unknown
            | Value::Moved
            | Value::Int(_)
            | Value::Bool(_)
            | Value::Str(_)
            | Value::Named(_)
            | Value::Fn(_) => {}
        }
    }

    /// Reaches what the last error mentions.
    pub fn visit_last_error(&mut self, state: &State) {
        if let Some(call) = state.err.call {
            self.sym(call);
        }
    }

    /// Reaches what is kept for good.
    pub fn visit_statics(&mut self, state: &State) {
        for (_, loc) in &state.statics {
            self.loc(*loc);
        }
    }

    /// The statics with new numbers.
    pub fn statics(&self, statics: &[(DefId, Loc)]) -> Vec<(DefId, Loc)> {
        let kept = statics
            .iter()
            .filter_map(|(id, loc)| self.loc_id(*loc).map(|loc| (*id, loc)));
        kept.collect()
    }

    /// Follows everything that was reached.
    pub fn finish(&mut self, state: &State) {
        while let Some(work) = self.queue.pop() {
            match work {
                Work::Loc(loc) => self.visit(&state.mem[loc.0 as usize]),
                Work::Sym(id) => {
                    let sym = &state.syms[id.0 as usize];
                    if let Some(known) = &sym.known {
                        self.visit(known);
                    }
                    match &sym.kind {
                        SymKind::Call(fact) => {
                            // The result of a call does not keep its socket
                            // from getting lost, unless it is what holds it.
                            let holds = matches!(fact.row.effect, Effect::Acquire { .. });
                            if let Some(sock) = fact.sock.filter(|_| holds || self.follow_calls) {
                                self.sock(sock);
                            }
                            if self.follow_calls {
                                for op in fact.op.iter().chain(fact.waits.iter().flatten()) {
                                    self.op(*op);
                                }
                            }
                        }
                        SymKind::LastError(Some(of)) | SymKind::OsError(Some(of)) => self.sym(*of),
                        SymKind::Compare(_, a, b, _) => {
                            // The answer of a comparison does not carry the descriptor.
                            for side in [a, b] {
                                if !matches!(side, Value::Sock(..)) {
                                    self.visit(side);
                                }
                            }
                        }
                        SymKind::Logic(_, a, b) => {
                            self.visit(a);
                            self.visit(b);
                        }
                        SymKind::Not(a) => self.visit(a),
                        SymKind::Plain
                        | SymKind::Handle(..)
                        | SymKind::Thread(_)
                        | SymKind::Dequeued
                        | SymKind::LastError(None)
                        | SymKind::OsError(None) => {}
                    }
                }
                Work::Op(id) => {
                    let op = &state.ops[id.0 as usize];
                    self.visit(&op.handle);
                    for (pin, _) in &op.pins {
                        self.loc(pin.loc);
                    }
                    if let Some(event) = &op.event {
                        self.visit(event);
                    }
                }
            }
        }
    }

    /// Reaches every operation that is not done and pins a location that was reached.
    pub fn close_over_ops(&mut self, state: &State) {
        loop {
            let mut grew = false;
            for (index, op) in state.ops.iter().enumerate() {
                if self.ops[index].is_none()
                    && op.status != OpStatus::Done
                    && op
                        .pins
                        .iter()
                        .any(|(pin, _)| self.locs[pin.loc.0 as usize].is_some())
                {
                    self.op(OpId(index as u32));
                    grew = true;
                }
            }
            if !grew {
                return;
            }
            self.finish(state);
        }
    }

    fn is_identity(&self) -> bool {
        let same = |slots: &[Option<u32>]| {
            slots
                .iter()
                .enumerate()
                .all(|(old, new)| *new == Some(old as u32))
        };
        same(&self.locs) && same(&self.syms) && same(&self.socks) && same(&self.ops)
    }

    fn apply(&self, state: &mut State) {
        fn permute<T>(items: &mut Vec<T>, slots: &[Option<u32>], rename: impl Fn(T) -> T) {
            let count = slots
                .iter()
                .filter_map(|slot| *slot)
                .max()
                .map_or(0, |max| max as usize + 1);
            let mut new: Vec<Option<T>> = Vec::new();
            new.resize_with(count, || None);
            for (item, slot) in std::mem::take(items).into_iter().zip(slots) {
                if let Some(slot) = slot {
                    new[*slot as usize] = Some(rename(item));
                }
            }
            items.extend(new.into_iter().flatten());
        }
        permute(&mut state.mem, &self.locs, |value| self.value(&value));
        permute(&mut state.syms, &self.syms, |sym| self.symbol(sym));
        permute(&mut state.socks, &self.socks, |sock| sock);
        permute(&mut state.ops, &self.ops, |op| self.operation(op));
        state.err.call = state.err.call.map(|call| self.sym_id(call));
        state.statics = self.statics(&state.statics);
    }

    /// The new number of a location; none if it is a local of a body that has ended.
    fn loc_id(&self, loc: Loc) -> Option<Loc> {
        self.locs.get(loc.0 as usize).copied().flatten().map(Loc)
    }

    fn sym_id(&self, sym: SymId) -> SymId {
        self.syms
            .get(sym.0 as usize)
            .copied()
            .flatten()
            .map_or(sym, SymId)
    }

    /// The new number of a socket.
    pub fn sock_id(&self, sock: SockId) -> SockId {
        self.socks
            .get(sock.0 as usize)
            .copied()
            .flatten()
            .map_or(sock, SockId)
    }

    /// The new number of a socket that may have got lost.
    fn known_sock(&self, sock: SockId) -> Option<SockId> {
        self.socks
            .get(sock.0 as usize)
            .copied()
            .flatten()
            .map(SockId)
    }

    /// A symbol with new numbers inside.
    pub fn symbol(&self, mut sym: Sym) -> Sym {
        sym.known = sym.known.map(|known| self.value(&known));
        sym.kind = match sym.kind {
            SymKind::Call(mut fact) => {
                fact.sock = fact.sock.and_then(|sock| self.known_sock(sock));
                let op = |op: OpId| self.ops.get(op.0 as usize).copied().flatten().map(OpId);
                fact.op = fact.op.and_then(op);
                for waited in &mut fact.waits {
                    *waited = waited.and_then(op);
                }
                SymKind::Call(fact)
            }
            SymKind::LastError(of) => SymKind::LastError(of.map(|of| self.sym_id(of))),
            SymKind::OsError(of) => SymKind::OsError(of.map(|of| self.sym_id(of))),
            SymKind::Compare(op, a, b, at) => {
                SymKind::Compare(op, self.value(&a), self.value(&b), at)
            }
            SymKind::Logic(or, a, b) => SymKind::Logic(or, self.value(&a), self.value(&b)),
            SymKind::Not(a) => SymKind::Not(self.value(&a)),
            SymKind::Plain => SymKind::Plain,
            SymKind::Handle(what, Awaits::Close(sock)) => {
                let awaits = self.known_sock(sock).map_or(Awaits::Nothing, Awaits::Close);
                SymKind::Handle(what, awaits)
            }
            SymKind::Handle(what, awaits) => SymKind::Handle(what, awaits),
            SymKind::Thread(span) => SymKind::Thread(span),
            SymKind::Dequeued => SymKind::Dequeued,
        };
        sym
    }

    /// An operation with new numbers inside.
    pub fn operation(&self, mut op: Op) -> Op {
        op.pins.retain_mut(|(pin, _)| match self.pointer(pin) {
            Some(new) => {
                *pin = new;
                true
            }
            None => false,
        });
        op.handle = self.value(&op.handle);
        op.event = op.event.map(|event| self.value(&event));
        op.sock = op.sock.and_then(|sock| self.known_sock(sock));
        op
    }

    /// The last error with new numbers inside.
    pub fn last_error(&self, mut err: LastError) -> LastError {
        err.call = err.call.map(|call| self.sym_id(call));
        err
    }

    fn pointer(&self, pointer: &Rc<Pointer>) -> Option<Rc<Pointer>> {
        let loc = self.loc_id(pointer.loc)?;
        Some(if loc == pointer.loc {
            pointer.clone()
        } else {
            Rc::new(Pointer {
                loc,
                path: pointer.path.clone(),
            })
        })
    }

    /// A value with new numbers inside.
    pub fn value(&self, value: &Value) -> Value {
        match value {
            Value::Sym(id) => Value::Sym(self.sym_id(*id)),
            Value::Sock(id, repr) => self
                .known_sock(*id)
                .map_or(Value::Unknown, |id| Value::Sock(id, *repr)),
            Value::Owner(ty, id) => Value::Owner(ty.clone(), self.sock_id(*id)),
            Value::Agg(agg) => {
                if agg
                    .fields
                    .iter()
                    .all(|(_, field)| field.is_scalar() || matches!(field, Value::Moved))
                {
                    return value.clone();
                }
                let fields = agg
                    .fields
                    .iter()
                    .map(|(name, field)| (name.clone(), self.value(field)))
                    .collect();
                Value::Agg(Rc::new(Agg {
                    kind: agg.kind.clone(),
                    fields,
                }))
            }
            Value::Ref(to, kind) => self
                .pointer(to)
                .map_or(Value::Unknown, |to| Value::Ref(to, *kind)),
            Value::Capture(to) => self.pointer(to).map_or(Value::Unknown, Value::Capture),
            Value::Box(kind, loc) => self
                .loc_id(*loc)
                .map_or(Value::Unknown, |loc| Value::Box(*kind, loc)),
            Value::Held(loc) => self.loc_id(*loc).map_or(Value::Unknown, Value::Held),
            Value::Closure(closure) => {
                let captures = closure
                    .captures
                    .iter()
                    .map(|capture| self.value(capture))
                    .collect();
                Value::Closure(Rc::new(Closure {
                    def: closure.def.clone(),
                    captures,
                }))
            }
            other => other.clone(),
        }
    }
}
