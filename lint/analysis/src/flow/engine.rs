//! The worklist: bodies, blocks, disjuncts, calls, memo and budgets.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::cfg::BodyInfo;
use super::events::Events;
use super::sock::{OriginId, Sock, ThreadCall};
use super::state::{Entry, Renumber, State, Trail, TrailStep};
use super::threads::holds_lock;
use super::value::{AggKind, Closure, Loc, SockId, Value};
use crate::mir::{BlockId, Body, Local, Name, RETURN, START, Statement};
use crate::names::{Contract, DefId, DefKind, Names, RTy, TyKey};
use crate::span::Span;

/// What a memo entry is about: a function, or the body of a closure or constant.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum FnKey {
    /// A function of the index.
    Def(DefId),
    /// A closure's or constant's body, by address (bodies live as long as the index).
    Body(*const Body),
}

/// One way in which a body ends.
#[derive(Debug)]
pub struct Exit {
    /// The state at the end, in the callee's numbering.
    pub state: State,
    /// The steps since entry.
    pub steps: Vec<TrailStep>,
}

/// A body being interpreted.
pub struct Frame<'b> {
    /// The body.
    pub body: &'b Body,
    /// The function around it, for messages.
    pub function: Rc<str>,
    /// The items around it, innermost first.
    pub enclosing: Rc<Vec<Span>>,
    /// Its memo key.
    pub key: FnKey,
    /// The function's item, if it is one.
    pub def: Option<DefId>,
}

/// The exits of a body from one entry state.
type Known = (State, Rc<Vec<Exit>>);

/// A call that is being followed.
struct ActiveCall {
    /// Where it stands; `None` for closures, whose text is the caller's, and for drops.
    site: Option<Span>,
    /// How many drops were running.
    drops: usize,
    /// The sockets handed in, as they were.
    entry: Vec<Sock>,
    /// Their numbers in the caller.
    outer: Vec<usize>,
}

/// Distinct states that one block may have before scalars are forgotten.
const DISJUNCTS: usize = 24;
/// And before the path is given up.
const MAX_DISJUNCTS: usize = 160;
/// Visits of a loop's head before scalars are forgotten.
const LOOP_VISITS: usize = 48;
/// Numbers that a place may hold at a loop's head before it is taken for a counter.
const COUNTS: usize = 3;
/// Statements interpreted per analysed function, over everything it calls.
const FUEL: usize = 400_000;
/// Calls followed into each other.
const MAX_DEPTH: usize = 24;

/// The interpreter.
pub struct Analyzer<'n, 'a> {
    /// The index of items.
    pub names: &'n Names<'a>,
    /// What happened.
    pub events: Events,
    /// Functions entered while a `Drop::drop` runs.
    pub used_by_drop: FxHashSet<DefId>,
    /// Bodies of constants.
    pub consts: FxHashMap<DefId, Option<(Value, State)>>,
    infos: FxHashMap<*const Body, Rc<BodyInfo>>,
    memo: FxHashMap<FnKey, Vec<Known>>,
    krate: Option<usize>,
    stack: Vec<FnKey>,
    fuel: usize,
    /// Whether the current root ran out of fuel or disjuncts.
    pub cut_short: bool,
    /// How many `Drop::drop`s are being interpreted.
    pub in_drop: usize,
    /// The types whose drop glue is running, outermost first.
    pub dropping: Vec<String>,
    /// The call that is being made.
    pub site: Span,
    /// The function that is given to the combinator being interpreted, if it is given by name.
    pub callback: Option<Span>,
    calls: Vec<ActiveCall>,
    /// The crates, and which of them start Winsock without saying so.
    /// What is stated of functions that are not seen, by their paths, with what they return.
    pub stated: FxHashMap<Name, Rc<(Contract, RTy)>>,
    pub crates: &'n [crate::input::CrateInput],
    /// The function that is looked at for its own sake.
    pub root: Option<DefId>,
    /// Functions that analysed code calls.
    pub called: FxHashSet<DefId>,
    /// WSAStartups that failed whose error was read before that was known.
    pub misreads: Vec<(Span, Span)>,
    /// Threads that have let others know of something, ever.
    pub speakers: FxHashSet<Span>,
    /// Threads that were given what may be a channel's sending half.
    pub senders: FxHashSet<Span>,
    /// Comparisons with WSAENOTSOCK in threads: the thread, the comparison, the call.
    pub probes: Vec<(Span, Span, &'static str)>,
    /// By index of the crate; see [`Analyzer::starts_itself`].
    pub starters: FxHashMap<usize, bool>,
    /// Crates that give back references to Winsock, by index.
    pub cleaners: FxHashMap<usize, bool>,
    /// Where an open descriptor last became what a function returns.
    pub returned: FxHashMap<OriginId, Span>,
    /// Completion routines and queued procedures that were looked at.
    pub routines: FxHashSet<FnKey>,
    /// The calls that threads make on sockets of the path that started them, for threads that never end.
    pub thread_log: Vec<(OriginId, ThreadCall)>,
    /// Files that speak of Windows' sockets.
    pub windows_files: FxHashMap<crate::span::FileId, bool>,
    /// Source texts, for snippets in messages.
    pub texts: &'n [crate::input::SourceFile],
    /// Keeps closures alive, whose addresses are memo keys.
    kept: RefCell<Vec<Rc<crate::mir::ClosureDef>>>,
    kept_bodies: RefCell<Vec<Rc<Body>>>,
}

impl<'n, 'a> Analyzer<'n, 'a> {
    /// An interpreter over an index.
    pub fn new(names: &'n Names<'a>, input: &'n crate::input::Input) -> Self {
        Analyzer {
            names,
            events: Events::default(),
            used_by_drop: FxHashSet::default(),
            consts: FxHashMap::default(),
            infos: FxHashMap::default(),
            memo: FxHashMap::default(),
            krate: None,
            stack: Vec::new(),
            fuel: FUEL,
            cut_short: false,
            in_drop: 0,
            dropping: Vec::new(),
            site: Span {
                file: crate::span::FileId(0),
                lo: 0,
                hi: 0,
            },
            callback: None,
            calls: Vec::new(),
            crates: &input.crates,
            stated: super::contracts::stated(input),
            root: None,
            speakers: FxHashSet::default(),
            senders: FxHashSet::default(),
            probes: Vec::new(),
            misreads: Vec::new(),
            called: FxHashSet::default(),
            starters: FxHashMap::default(),
            cleaners: FxHashMap::default(),
            returned: FxHashMap::default(),
            routines: FxHashSet::default(),
            thread_log: Vec::new(),
            windows_files: FxHashMap::default(),
            texts: &input.files,
            kept: RefCell::default(),
            kept_bodies: RefCell::default(),
        }
    }

    /// Looks at the program that a crate makes with its dependencies. What is known of calls in another's does
    /// not hold here, where other impls can be meant; so what is found does not depend on what else is analysed.
    pub fn look_from(&mut self, krate: usize) {
        if self.krate.replace(krate) != Some(krate) {
            self.names.look_from(krate);
            self.memo.clear();
        }
    }

    /// Gives a new root its budget.
    pub fn refuel(&mut self) {
        self.fuel = FUEL;
        self.cut_short = false;
    }

    /// Keeps a body alive as long as the interpreter.
    pub fn keep(&self, body: &Rc<Body>) {
        self.kept_bodies.borrow_mut().push(body.clone());
    }

    /// The source text of a span, if it is short and on one line.
    pub fn snippet(&self, span: Span) -> Option<&str> {
        let text = self
            .texts
            .get(span.file.0 as usize)?
            .text
            .get(span.range())?;
        (text.len() <= 40 && !text.contains('\n') && !text.is_empty()).then_some(text)
    }

    /// The source text of an item.
    pub fn text_of(&self, item: Span) -> &str {
        let file = self.texts.get(item.file.0 as usize);
        file.and_then(|file| file.text.get(item.range()))
            .unwrap_or("")
    }

    /// The source text of the function that a frame is of.
    pub fn own_text(&self, frame: &Frame<'_>) -> &str {
        self.text_of(frame.enclosing.first().copied().unwrap_or(frame.body.span))
    }

    /// What is known of a body's control flow.
    pub fn info(&mut self, body: &Body) -> Rc<BodyInfo> {
        let key: *const Body = body;
        self.infos
            .entry(key)
            .or_insert_with(|| Rc::new(BodyInfo::new(body)))
            .clone()
    }

    /// Whether a call would be followed.
    pub fn can_enter(&self, key: FnKey) -> bool {
        self.stack.len() < MAX_DEPTH && self.fuel > 0 && !self.stack.contains(&key)
    }

    /// Interprets a body from its entry state to its exits.
    pub fn run(&mut self, frame: &Frame<'_>, entry: State) -> Rc<Vec<Exit>> {
        let known = self.memo.get(&frame.key).and_then(|entries| {
            entries
                .iter()
                .find(|(state, _)| *state == entry)
                .map(|(_, exits)| exits.clone())
        });
        if let Some(exits) = known {
            return exits;
        }
        self.stack.push(frame.key);
        let outside = self.events.outside;
        let exits = Rc::new(self.run_uncached(frame, entry.clone()));
        self.stack.pop();
        // Another call in the same state is another caller's mistake.
        if outside == self.events.outside && !self.cut_short && !self.events.muted {
            self.memo
                .entry(frame.key)
                .or_default()
                .push((entry, exits.clone()));
        }
        exits
    }

    fn run_uncached(&mut self, frame: &Frame<'_>, entry: State) -> Vec<Exit> {
        let info = self.info(frame.body);
        let mark = entry.trail.clone();
        let startup = entry.startup;
        let mut exits: Vec<Exit> = Vec::new();
        let mut seen: FxHashMap<BlockId, FxHashSet<State>> = FxHashMap::default();
        let mut visits: FxHashMap<BlockId, usize> = FxHashMap::default();
        let mut counters = Counters::default();
        // Blocks in reverse postorder: what joins is processed after all that leads to it.
        let mut work: BTreeMap<u32, Vec<(BlockId, State, Span)>> = BTreeMap::new();
        work.entry(0)
            .or_default()
            .push((START, entry, frame.body.span));
        let mut out = Vec::new();
        while let Some(mut first) = work.first_entry() {
            let Some((block, mut state, from)) = first.get_mut().pop() else {
                first.remove();
                continue;
            };
            if info.joins(block) {
                info.forget_dead(self.names, block, &mut state);
                let lost = state.normalize();
                if !lost.is_empty() {
                    // What the next round does not have went with the jump to it.
                    let start = info.span_of(frame.body, block);
                    let at = match info.is_loop_head(block) && !from.contains(start) {
                        true => from,
                        false => start,
                    };
                    self.note_lost(frame, &lost, &mut state, at);
                }
                let visit = visits.entry(block).or_insert(0);
                *visit += 1;
                if info.is_loop_head(block) {
                    counters.widen(block, &mut state);
                    if *visit > LOOP_VISITS {
                        forget_scalars(&mut state);
                    }
                }
                let states = seen.entry(block).or_default();
                if states.len() >= DISJUNCTS {
                    forget_scalars(&mut state);
                }
                if states.len() >= MAX_DISJUNCTS {
                    self.give_up(&state);
                    continue;
                }
                if !states.insert(state.clone()) {
                    continue;
                }
            }
            let body_block = &frame.body.blocks[block.0 as usize];
            let mut states = vec![state];
            for statement in &body_block.statements {
                states = self.step(frame, states, statement);
                if states.is_empty() {
                    break;
                }
            }
            let Some(terminator) = &body_block.terminator else {
                continue;
            };
            for state in states {
                if self.fuel == 0 {
                    self.give_up(&state);
                    continue;
                }
                out.clear();
                self.terminate(frame, state, terminator, &mut out);
                for (target, state) in out.drain(..) {
                    match target {
                        Some(target) => work.entry(info.order(target)).or_default().push((
                            target,
                            state,
                            terminator.span,
                        )),
                        None => self.exit(frame, state, &mark, terminator.span, &mut exits),
                    }
                }
            }
        }
        for (call, read) in std::mem::take(&mut self.misreads) {
            self.misread(frame, call, read);
        }
        if frame.def.is_some() {
            self.note_unbalanced(frame, startup, &exits);
            self.note_claims(frame, &exits);
        }
        exits
    }

    fn step(&mut self, frame: &Frame<'_>, states: Vec<State>, statement: &Statement) -> Vec<State> {
        let mut out = Vec::with_capacity(states.len());
        for state in states {
            if self.fuel == 0 {
                self.give_up(&state);
                continue;
            }
            // A step costs what there is to look at.
            let cost = 1 + (state.mem.len() + state.syms.len()) / 32;
            self.fuel = self.fuel.saturating_sub(cost);
            self.execute(frame, state, statement, &mut out);
        }
        if out.len() > DISJUNCTS {
            let mut distinct: FxHashSet<State> = FxHashSet::default();
            let mut kept = Vec::new();
            for mut state in out {
                forget_scalars(&mut state);
                if distinct.insert(state.clone()) {
                    kept.push(state);
                }
            }
            for state in kept.drain(MAX_DISJUNCTS.min(kept.len())..) {
                self.give_up(&state);
            }
            return kept;
        }
        out
    }

    /// The path is not followed further: its sockets escaped the analysis.
    fn give_up(&mut self, state: &State) {
        self.cut_short = true;
        for sock in &state.socks {
            self.events
                .escaped(sock.origin, "a function that is too large to follow");
        }
    }

    fn exit(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        mark: &Trail,
        span: Span,
        exits: &mut Vec<Exit>,
    ) {
        self.note_dropped_on_return(frame, &mut state);
        let locals = state.entry.locals;
        for index in 1..locals {
            self.end_storage(frame, &mut state, Loc(index as u32), span);
            state.mem[index] = Value::Moved;
        }
        let lost = state.normalize();
        self.note_lost(frame, &lost, &mut state, span);
        if exits.len() >= DISJUNCTS {
            forget_scalars(&mut state);
            state.normalize();
        }
        if exits.iter().any(|exit| exit.state == state) {
            return;
        }
        if exits.len() >= MAX_DISJUNCTS {
            self.give_up(&state);
            return;
        }
        let steps = state.trail.since(mark);
        exits.push(Exit { state, steps });
    }

    /// Calls a body with arguments: the part of the caller's state that the
    /// callee can reach moves over, and comes back changed with each exit.
    pub fn call_body(
        &mut self,
        frame: &Frame<'_>,
        caller: State,
        args: Vec<Value>,
        captures: Vec<Value>,
    ) -> Vec<(State, Value)> {
        let locals = frame.body.locals.len();
        let mut map = Renumber::empty(&caller);
        map.start_locs_at(locals as u32);
        map.follow_calls();
        for value in args.iter().chain(&captures) {
            map.visit(value);
        }
        map.visit_last_error(&caller);
        map.visit_statics(&caller);
        map.finish(&caller);
        map.close_over_ops(&caller);
        let mut callee = State::new(locals);
        let old = |slots: &[Option<u32>], base: usize| -> Vec<usize> {
            let mut ids: Vec<(u32, usize)> = slots
                .iter()
                .enumerate()
                .filter_map(|(old, new)| new.map(|new| (new, old)))
                .collect();
            ids.sort_unstable();
            debug_assert!(
                ids.iter()
                    .enumerate()
                    .all(|(i, (new, _))| *new as usize == base + i)
            );
            ids.into_iter().map(|(_, old)| old).collect()
        };
        let (locs, syms) = (old(&map.locs, locals), old(&map.syms, 0));
        let (socks, ops) = (old(&map.socks, 0), old(&map.ops, 0));
        callee
            .mem
            .extend(locs.iter().map(|&loc| map.value(&caller.mem[loc])));
        callee
            .syms
            .extend(syms.iter().map(|&sym| map.symbol(caller.syms[sym].clone())));
        callee
            .socks
            .extend(socks.iter().map(|&sock| caller.socks[sock].clone()));
        callee
            .ops
            .extend(ops.iter().map(|&op| map.operation(caller.ops[op].clone())));
        callee.err = map.last_error(caller.err.clone());
        callee.presumed = caller.presumed;
        callee.startup = caller.startup;
        callee.message = caller.message;
        callee.claim = caller.claim;
        callee.spawned = caller.spawned;
        callee.statics = map.statics(&caller.statics);
        callee.context = caller.context;
        callee.context.is_async |= frame.body.is_async || self.is_poll(frame);
        callee.context.locked |= caller.context.thread.is_some() && holds_lock(&caller);
        callee.entry = Entry {
            locals,
            locs: locs.len(),
            syms: syms.len(),
            socks: socks.len(),
            ops: ops.len(),
        };
        callee.trail = caller.trail.clone();
        for (index, value) in args.iter().enumerate().take(frame.body.param_count) {
            callee.mem[index + 1] = map.value(value);
        }
        for (index, value) in captures.iter().enumerate() {
            let local = frame.body.param_count + 1 + index;
            if local < locals {
                callee.mem[local] = map.value(value);
            }
        }
        let own = matches!(frame.key, FnKey::Def(_))
            && self.dropping.len() == self.calls.last().map_or(0, |call| call.drops);
        self.calls.push(ActiveCall {
            site: own.then_some(self.site),
            drops: self.dropping.len(),
            entry: callee.socks.clone(),
            outer: socks.clone(),
        });
        let exits = self.run(frame, callee);
        self.calls.pop();
        let mut results = Vec::with_capacity(exits.len());
        let count = exits.len();
        let mut caller = Some(caller);
        for (index, exit) in exits.iter().enumerate() {
            let state = if index + 1 == count {
                caller.take()
            } else {
                caller.clone()
            };
            let Some(state) = state else { break };
            let (zeroed, known) = (state.startup.zeroed, state.socks.len());
            let (mut state, value) = come_back(state, exit, &locs, &syms, &socks, &ops);
            if let (true, Some(end)) = (state.startup.zeroed != zeroed, state.startup.end) {
                // Sockets that the callee did not see.
                let unseen = (0..known).filter(|index| !socks.contains(index)).collect();
                self.note_open_at_cleanup(frame, &mut state, unseen, end);
            }
            results.push((state, value));
        }
        results
    }

    /// Where the fault lies when a socket is misused at `span`: if it was
    /// handed in that way, at the call that did so.
    pub fn blamed(&self, id: SockId, span: Span, wrong: impl Fn(&Sock) -> bool) -> Span {
        let mut at = id.0 as usize;
        let mut blamed = span;
        for call in self.calls.iter().rev() {
            match call.entry.get(at) {
                Some(sock) if wrong(sock) => blamed = call.site.unwrap_or(blamed),
                _ => break,
            }
            match call.outer.get(at) {
                Some(&outer) => at = outer,
                None => break,
            }
        }
        blamed
    }

    /// Whether something in a state closes the socket when dropped.
    pub fn has_owner(&self, state: &State, id: SockId) -> bool {
        fn holds(names: &Names<'_>, state: &State, value: &Value, id: SockId, armed: bool) -> bool {
            match &state.resolve(value) {
                Value::Owner(_, at) => *at == id,
                Value::Sock(at, _) => armed && *at == id,
                Value::Agg(agg) => {
                    let armed = match &agg.kind {
                        AggKind::Struct(def) => names.drop_impl(&TyKey::Def(*def)).is_some(),
                        AggKind::ManuallyDrop => return false,
                        _ => false,
                    };
                    agg.fields
                        .iter()
                        .any(|(_, field)| holds(names, state, field, id, armed))
                }
                _ => false,
            }
        }
        state
            .mem
            .iter()
            .any(|value| holds(self.names, state, value, id, false))
    }

    /// Whether it is `Future::poll`.
    pub fn is_poll(&self, frame: &Frame<'_>) -> bool {
        frame.def.is_some_and(|id| {
            let def = self.names.def(id);
            &*def.name == "poll"
                && matches!(&def.kind, DefKind::Fn(f) if f.of_trait.as_deref() == Some("Future"))
        })
    }

    /// Calls a closure.
    pub fn call_closure(
        &mut self,
        outer: &Frame<'_>,
        state: State,
        closure: &Rc<Closure>,
        args: Vec<Value>,
    ) -> Option<Vec<(State, Value)>> {
        let body: *const Body = &closure.def.body;
        let key = FnKey::Body(body);
        if !self.can_enter(key) {
            return None;
        }
        self.kept.borrow_mut().push(closure.def.clone());
        let frame = Frame {
            body: &closure.def.body,
            function: outer.function.clone(),
            enclosing: outer.enclosing.clone(),
            key,
            def: None,
        };
        Some(self.call_body(&frame, state, args, closure.captures.clone()))
    }
}

/// Puts a callee's exit state back into its caller's.
fn come_back(
    mut caller: State,
    exit: &Exit,
    locs: &[usize],
    syms: &[usize],
    socks: &[usize],
    ops: &[usize],
) -> (State, Value) {
    let callee = &exit.state;
    let locals = callee.entry.locals;
    let mut back = Renumber::empty(callee);
    let fill = |slots: &mut Vec<Option<u32>>, skip: usize, known: &[usize], next: usize| {
        for (index, slot) in slots.iter_mut().enumerate() {
            *slot = match index.checked_sub(skip) {
                None => None,
                Some(at) if at < known.len() => Some(known[at] as u32),
                Some(at) => Some((next + at - known.len()) as u32),
            };
        }
    };
    fill(&mut back.locs, locals, locs, caller.mem.len());
    fill(&mut back.syms, 0, syms, caller.syms.len());
    fill(&mut back.socks, 0, socks, caller.socks.len());
    fill(&mut back.ops, 0, ops, caller.ops.len());
    for (index, value) in callee.mem.iter().enumerate().skip(locals) {
        let value = back.value(value);
        match locs.get(index - locals) {
            Some(&at) => caller.mem[at] = value,
            None => caller.mem.push(value),
        }
    }
    for (index, sym) in callee.syms.iter().enumerate() {
        let sym = back.symbol(sym.clone());
        match syms.get(index) {
            Some(&at) => caller.syms[at] = sym,
            None => caller.syms.push(sym),
        }
    }
    for (index, sock) in callee.socks.iter().enumerate() {
        match socks.get(index) {
            Some(&at) => caller.socks[at] = sock.clone(),
            None => caller.socks.push(sock.clone()),
        }
    }
    for (index, op) in callee.ops.iter().enumerate() {
        let op = back.operation(op.clone());
        match ops.get(index) {
            Some(&at) => caller.ops[at] = op,
            None => caller.ops.push(op),
        }
    }
    caller.err = back.last_error(callee.err.clone());
    caller.presumed = callee.presumed;
    caller.startup = callee.startup;
    caller.message = callee.message;
    caller.claim = callee.claim;
    caller.spawned = callee.spawned;
    for (id, loc) in back.statics(&callee.statics) {
        if !caller.statics.iter().any(|(known, _)| *known == id) {
            caller.statics.push((id, loc));
        }
    }
    caller.lost.extend(callee.lost.iter().cloned());
    for step in &exit.steps {
        caller.trail.push(step.clone());
    }
    let result = back.value(&callee.mem[RETURN.0 as usize]);
    (caller, result)
}

/// The numbers that places held at the heads of loops.
#[derive(Default)]
struct Counters(FxHashMap<(BlockId, u32, Vec<Name>), Vec<i128>>);

impl Counters {
    /// Forgets the numbers that count: a loop that counts is the same in each turn. Flags and states, which take
    /// few values, stay.
    fn widen(&mut self, block: BlockId, state: &mut State) {
        for loc in 0..state.mem.len() {
            let value = std::mem::replace(&mut state.mem[loc], Value::Moved);
            let mut path = Vec::new();
            state.mem[loc] = self.widened(block, loc as u32, &mut path, value);
        }
    }

    fn widened(&mut self, block: BlockId, loc: u32, path: &mut Vec<Name>, value: Value) -> Value {
        match value {
            Value::Int(number) => {
                let known = self.0.entry((block, loc, path.clone())).or_default();
                if known.len() <= COUNTS && !known.contains(&number) {
                    known.push(number);
                }
                match known.len() > COUNTS {
                    true => Value::Unknown,
                    false => value,
                }
            }
            Value::Agg(agg) if agg.fields.iter().any(|(_, field)| holds_number(field)) => {
                let fields = agg.fields.iter().map(|(name, field)| {
                    path.push(name.clone());
                    let field = self.widened(block, loc, path, field.clone());
                    path.pop();
                    (name.clone(), field)
                });
                Value::agg(agg.kind.clone(), fields.collect())
            }
            other => other,
        }
    }
}

fn holds_number(value: &Value) -> bool {
    match value {
        Value::Int(_) => true,
        Value::Agg(agg) => agg.fields.iter().any(|(_, field)| holds_number(field)),
        _ => false,
    }
}

/// Forgets numbers and texts and what is known of plain symbols: the last resort before a path is given up.
/// Flags stay: without them the path would take branches that no run takes.
fn forget_scalars(state: &mut State) {
    use super::state::SymKind;
    for value in &mut state.mem {
        if matches!(value, Value::Int(_) | Value::Str(_) | Value::Named(_)) {
            *value = Value::Unknown;
        }
    }
    for sym in &mut state.syms {
        let flag = matches!(sym.known, Some(Value::Bool(_)));
        if matches!(sym.kind, SymKind::Plain)
            && !flag
            && sym.known.as_ref().is_none_or(Value::is_scalar)
        {
            sym.known = None;
            sym.excluded.clear();
        }
    }
    for sock in &mut state.socks {
        sock.course.lose();
    }
    state.normalize();
}

/// The locals that hold parameters.
pub fn params(body: &Body) -> impl Iterator<Item = Local> {
    (1..=body.param_count as u32).map(Local)
}
