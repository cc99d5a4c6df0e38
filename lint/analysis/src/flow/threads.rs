//! Other threads, and procedures that run asynchronously on this one.
//!
//! A closure that another thread runs is interpreted where the thread is started, and what it does to the
//! sockets of the path is remembered as calls at unknown times ([`ThreadCall`]) until the thread was joined, or
//! anything on the path may have synchronised with it. A close while such calls are outstanding is
//! concurrent with them.

use std::rc::Rc;

use super::course::Phase;
use super::engine::{Analyzer, FnKey, Frame};
use super::sock::{Closer, Duty, Status, ThreadCall, Valid};
use super::state::{Context, State, SymKind};
use super::value::{AggKind, BoxKind, Callable, SockId, Value};
use crate::mir::KnownVariant;
use crate::names::{DefKind, RTy, TyKey};
use crate::rules;
use crate::span::Span;

impl Analyzer<'_, '_> {
    /// A closure that another thread runs: what it closes is closed at a time
    /// that this path does not know.
    pub fn spawn(
        &mut self,
        frame: &Frame<'_>,
        state: State,
        callee: Value,
        args: Vec<Value>,
        span: Span,
    ) -> Vec<(State, Value)> {
        let resolved = state.resolve(&callee);
        let is_task = matches!(&resolved, Value::Closure(closure) if closure.def.is_async_block);
        if !matches!(resolved, Value::Closure(_) | Value::Fn(Callable::Def(_))) {
            return self.call_unknown(frame, state, "another thread", vec![callee], span);
        }
        let before: Vec<Status> = state.socks.iter().map(|sock| sock.status).collect();
        let valid: Vec<Valid> = state.socks.iter().map(|sock| sock.valid).collect();
        let busy: Vec<usize> = state.socks.iter().map(|sock| sock.busy.len()).collect();
        let phases: Vec<Phase> = state.socks.iter().map(|sock| sock.course.phase).collect();
        let (context, err) = (state.context, state.err.clone());
        let mut inner = state.clone();
        // The starter goes on meanwhile: it may bind, listen or connect before the thread's calls.
        for sock in &mut inner.socks {
            sock.course.phase = Phase::Unknown;
        }
        inner.context = Context {
            // Tasks may well run on the thread that awaits them.
            thread: (!is_task).then_some(span),
            acquired: false,
            is_async: is_task,
            apc: None,
            locked: false,
        };
        let logged = self.thread_log.len();
        let results = match &resolved {
            Value::Closure(closure) if is_task => {
                self.call_closure(frame, inner, closure, Vec::new())
            }
            _ => Some(self.call_once(frame, inner, &callee, args, span)),
        };
        let Some(results) = results else {
            return self.call_unknown(frame, state, "another thread", vec![callee], span);
        };
        let mut shared = Vec::new();
        shared_socks(&state, &callee, 0, &mut shared);
        if let Value::Closure(closure) = &resolved
            && closure
                .captures
                .iter()
                .any(|held| self.may_be_sender(&state, held))
        {
            self.senders.insert(span);
        }
        let log = self.thread_log.split_off(logged);
        let mut out = Vec::new();
        for (mut state, _) in results {
            state.context = context;
            // Each thread has a last error of its own.
            state.err = err.clone();
            state.spawned = true;
            for (sock, valid) in state.socks.iter_mut().zip(&valid) {
                sock.valid = *valid;
            }
            for (index, old) in before.iter().enumerate() {
                let sock = &mut state.socks[index];
                if shared.contains(&SockId(index as u32)) {
                    for call in &mut sock.busy {
                        call.shares |= call.thread == span;
                    }
                }
                if sock.busy.len() != busy[index] {
                    // When which of its calls ran is not known.
                    sock.course.lose();
                } else {
                    sock.course.phase = phases[index];
                }
                if sock.status == *old {
                    continue;
                }
                if !matches!(sock.status, Status::Closed(_)) {
                    sock.closed_by_thread = None;
                }
                sock.status = *old;
                if sock.duty == Duty::Ours {
                    sock.duty = Duty::Escaped;
                    self.events.closed(sock.origin);
                }
            }
            let handle = Value::Sym(state.sym(RTy::Unknown, SymKind::Thread(span)));
            out.push((state, handle));
        }
        if out.is_empty() {
            // The thread never ends: what it was given is its own.
            let mut state = state;
            self.escape(&mut state, &[callee], "a thread that does not end");
            for (index, sock) in state.socks.iter_mut().enumerate() {
                let shares = shared.contains(&SockId(index as u32));
                let calls = log.iter().filter(|(origin, _)| *origin == sock.origin);
                for (_, call) in calls {
                    add(&mut sock.busy, ThreadCall { shares, ..*call });
                }
            }
            let handle = Value::Sym(state.sym(RTy::Unknown, SymKind::Thread(span)));
            out.push((state, handle));
        }
        out
    }

    /// `Builder::spawn`: the thread may not start.
    pub fn spawn_fallible(
        &mut self,
        frame: &Frame<'_>,
        state: State,
        callee: Value,
        span: Span,
    ) -> Vec<(State, Value)> {
        let mut failed = state.clone();
        let error = failed.plain(RTy::Unknown);
        let failed = self.drop_value(frame, failed, callee.clone(), span);
        let started = self.spawn(frame, state, callee, Vec::new(), span);
        let mut results: Vec<(State, Value)> = started
            .into_iter()
            .map(|(state, handle)| (state, Value::known(KnownVariant::Ok, Some(handle))))
            .collect();
        for failed in failed {
            results.push((failed, Value::known(KnownVariant::Err, Some(error.clone()))));
        }
        results
    }

    /// A call on a socket: the thread that makes it may be another.
    pub fn note_thread_call(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        id: SockId,
        name: &'static str,
        span: Span,
    ) {
        let sock = &state.socks[id.0 as usize];
        let origin = sock.origin;
        match state.context.thread {
            Some(thread) => {
                let call = ThreadCall {
                    thread,
                    call: span,
                    name,
                    published: state.context.locked || holds_lock(state),
                    shares: false,
                };
                if self.events.origin(origin).acquired {
                    self.thread_log.push((origin, call));
                }
                add(&mut state.sock_mut(id).busy, call);
            }
            None => {
                let Some(close) = sock.closed_by_thread else {
                    return;
                };
                let mut steps = self.steps_about(state, origin);
                steps.retain(|(at, _)| *at != close.call);
                steps.push((close.thread, "a thread is started here".to_string()));
                steps.push((close.call, "it closes the socket".to_string()));
                steps.push((span, format!("`{name}` may run at the same time")));
                self.events.report(
                    frame,
                    &rules::concurrent_close::RULE,
                    close.call,
                    Some(origin),
                    rules::concurrent_close::text(name, true),
                    steps,
                );
                state.sock_mut(id).closed_by_thread = None;
            }
        }
    }

    /// A close: may another thread be in a call on the same socket?
    pub fn note_busy(&mut self, frame: &Frame<'_>, state: &mut State, id: SockId, span: Span) {
        let sock = &state.socks[id.0 as usize];
        let origin = sock.origin;
        if let (Some(thread), false) = (state.context.thread, state.context.acquired) {
            state.sock_mut(id).closed_by_thread = Some(ThreadCall {
                thread,
                call: span,
                name: "closesocket",
                published: false,
                shares: false,
            });
        }
        let sock = &state.socks[id.0 as usize];
        let other = sock
            .busy
            .iter()
            .find(|call| Some(call.thread) != state.context.thread);
        let Some(other) = other.copied() else { return };
        let mut steps = self.steps_about(state, origin);
        steps.push((other.thread, "a thread is started here".to_string()));
        steps.push((other.call, format!("it calls `{}`", other.name)));
        steps.push((span, "closed here while that may still run".to_string()));
        self.events.report(
            frame,
            &rules::concurrent_close::RULE,
            span,
            Some(origin),
            rules::concurrent_close::text(other.name, false),
            steps,
        );
        state.sock_mut(id).busy.clear();
        let probes = self.probes.iter().filter(|probe| probe.0 == other.thread);
        for (_, at, call) in probes.copied().collect::<Vec<_>>() {
            self.events.report(
                frame,
                &rules::relies_on_enotsock::RULE,
                at,
                None,
                rules::relies_on_enotsock::text(call),
                vec![
                    (span, "closed here, by another thread".to_string()),
                    (at, "the error is compared with WSAENOTSOCK".to_string()),
                ],
            );
        }
    }

    /// The thread started there has ended.
    pub fn joined(&mut self, state: &mut State, thread: Span) {
        for sock in &mut state.socks {
            sock.busy.retain(|call| call.thread != thread);
            if sock
                .closed_by_thread
                .is_some_and(|close| close.thread == thread)
            {
                sock.closed_by_thread = None;
                sock.status = Status::Closed(Closer::Call);
            }
        }
    }

    /// Whether a capture may be a channel's sending half, or something whose drop lets others know.
    fn may_be_sender(&self, state: &State, value: &Value) -> bool {
        match state.resolve(value) {
            Value::Held(loc) => self.may_be_sender(state, &state.mem[loc.0 as usize]),
            Value::Unknown => true,
            Value::Agg(agg) => matches!(agg.kind, AggKind::Struct(id)
                if self.names.drop_impl(&TyKey::Def(id)).is_some()),
            Value::Sym(id) => match &state.syms[id.0 as usize].ty {
                RTy::Unknown => true,
                RTy::Extern(path, _) => path.ends_with("Sender"),
                _ => false,
            },
            _ => false,
        }
    }

    /// A method by which threads may wait for each other, or let each other know.
    pub fn synchronised(&mut self, state: &mut State, name: &str) {
        let this = state.context.thread;
        let (acquires, publishes) = (acquires(name), publishes(name));
        state.context.acquired |= acquires && this.is_some();
        // Threads that let nobody know of anything are done when a wait for word of them ends.
        let awaited = name.contains("recv") || matches!(name, "wait" | "load");
        if let (true, Some(thread)) = (publishes, this) {
            self.speakers.insert(thread);
        }
        for sock in &mut state.socks {
            if acquires {
                sock.busy.retain(|call| {
                    let silent = awaited
                        && self.senders.contains(&call.thread)
                        && !self.speakers.contains(&call.thread);
                    Some(call.thread) == this || !(call.published || silent)
                });
                sock.closed_by_thread = None;
            }
            for call in &mut sock.busy {
                call.published |= publishes && Some(call.thread) == this;
            }
        }
    }

    /// Code that is not seen may have waited for any thread.
    pub fn joined_unseen(&mut self, state: &mut State) {
        let this = state.context.thread;
        for sock in &mut state.socks {
            sock.busy.retain(|call| Some(call.thread) == this);
            sock.closed_by_thread = None;
        }
    }

    /// A scope of threads has ended: all that were started in it have, too.
    pub fn scope_ended(&mut self, state: &mut State, scope: Span) {
        let threads: Vec<Span> = state
            .socks
            .iter()
            .flat_map(|sock| sock.busy.iter().chain(&sock.closed_by_thread))
            .map(|call| call.thread)
            .filter(|thread| scope.contains(*thread))
            .collect();
        for thread in threads {
            self.joined(state, thread);
        }
    }

    /// A function that runs as an asynchronous procedure call: a completion routine, or one that was queued.
    pub fn run_routine(&mut self, frame: &Frame<'_>, state: &State, callee: &Value, span: Span) {
        let mut inner = State::new(0);
        inner.context.apc = Some(span);
        match state.resolve(callee) {
            Value::Fn(Callable::Def(id)) => {
                let key = FnKey::Def(id);
                let DefKind::Fn(f) = &self.names.def(id).kind else {
                    return;
                };
                if !self.routines.insert(key) || !self.can_enter(key) {
                    return;
                }
                let mut args = Vec::new();
                for ty in &f.params {
                    let ty = self.names.resolve_ty(ty);
                    args.push(inner.plain(ty));
                }
                self.call_def(frame, inner, id, args, span);
            }
            Value::Closure(closure) => {
                let key = FnKey::Body(&closure.def.body);
                let plain = closure.captures.iter().all(Value::is_scalar);
                if plain && self.routines.insert(key) {
                    let args = self.closure_params(&mut inner, &closure);
                    self.call_closure(frame, inner, &Rc::clone(&closure), args);
                }
            }
            _ => {}
        }
    }
}

/// Names of methods after which others may know what this thread did before.
fn publishes(name: &str) -> bool {
    matches!(
        name,
        "send"
            | "store"
            | "swap"
            | "fetch_add"
            | "fetch_sub"
            | "compare_exchange"
            | "notify_one"
            | "notify_all"
            | "unpark"
            | "wait"
            | "set"
            | "lock"
    )
}

/// Names of methods that may have waited for what another thread does.
fn acquires(name: &str) -> bool {
    matches!(
        name,
        "recv"
            | "recv_timeout"
            | "try_recv"
            | "recv_deadline"
            | "wait"
            | "wait_while"
            | "wait_timeout"
            | "wait_timeout_while"
            | "load"
            | "swap"
            | "fetch_sub"
            | "compare_exchange"
            | "lock"
            | "try_lock"
            | "read"
            | "write"
            | "get"
    )
}

/// Names of methods that wait for another thread, and may give up.
pub fn waits_in_vain(name: &str) -> bool {
    matches!(
        name,
        "recv_timeout" | "try_recv" | "wait_timeout" | "wait_timeout_while" | "recv_deadline"
    )
}

/// Names of methods by which a type that is not seen may end or await its threads.
pub fn may_join(name: &str) -> bool {
    [
        "join",
        "stop",
        "shutdown",
        "finish",
        "quit",
        "terminate",
        "close",
        "sync",
        "park",
    ]
    .iter()
    .any(|word| name.contains(word))
}

/// Whether a variable holds the guard of a lock.
pub fn holds_lock(state: &State) -> bool {
    state.mem[..state.entry.locals].iter().any(|value| {
        let Value::Ref(to, _) = value else {
            return false;
        };
        let Some((last, outer)) = to.path.split_last() else {
            return false;
        };
        &**last == "0"
            && matches!(state.read(to.loc, outer), Some(Value::Agg(agg))
                if matches!(&agg.kind, AggKind::Extern(path)
                    if path.ends_with("Mutex") || path.ends_with("RwLock")))
    })
}

/// The sockets that a value leads to through a counted reference.
fn shared_socks(state: &State, value: &Value, depth: usize, out: &mut Vec<SockId>) {
    if depth > 6 {
        return;
    }
    match state.resolve(value) {
        Value::Box(BoxKind::Shared, loc) => {
            let content = &state.mem[loc.0 as usize];
            out.extend(state.reachable(std::slice::from_ref(content)).socks);
        }
        Value::Box(_, loc) | Value::Held(loc) => {
            shared_socks(state, &state.mem[loc.0 as usize], depth + 1, out);
        }
        Value::Agg(agg) => {
            for (_, field) in &agg.fields {
                shared_socks(state, field, depth + 1, out);
            }
        }
        Value::Closure(closure) => {
            for capture in &closure.captures {
                shared_socks(state, capture, depth + 1, out);
            }
        }
        _ => {}
    }
}

fn add(calls: &mut Vec<ThreadCall>, call: ThreadCall) {
    if !call.published {
        // What was published is not the last.
        calls.retain(|old| (old.thread, old.call) != (call.thread, call.call));
    }
    if calls.len() < 6 && !calls.contains(&call) {
        calls.push(call);
    }
}
