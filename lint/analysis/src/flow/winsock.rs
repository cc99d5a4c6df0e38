//! The effects of the model's rows on a state.

use std::rc::Rc;

use super::course::{Course, Phase};
use super::engine::{Analyzer, Frame};
use super::overlapped::{alerted, routines_ran};
use super::sock::{Closer, Duty, Linger, Mode, Sock, Status, Valid};
use super::state::{Awaits, CallFact, Excluded, Mark, Messages, OpStatus, Outcome, State, SymKind};
use super::value::{AggKind, Callable, RefKind, Repr, SockId, Value};
use crate::mir::{KnownVariant, Name};
use crate::model::{self, ACCEPT, Effect, Fails, FnRow};
use crate::names::RTy;
use crate::rules;
use crate::span::Span;

/// FIONBIO, in 32 bits.
const FIONBIO: i128 = 0x8004_667e;
/// SIO_GET_EXTENSION_FUNCTION_POINTER
const EXTENSION_FUNCTION: i128 = 0xc800_0006;
const SOL_SOCKET: i128 = 0xffff;
const SO_LINGER: i128 = 0x80;
const SO_DONTLINGER: i128 = -129;
const INFINITE: i128 = 0xffff_ffff;

impl Analyzer<'_, '_> {
    /// Interprets a call of a modelled function.
    pub fn apply(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        row: &'static FnRow,
        args: &[Value],
        span: Span,
    ) -> Vec<(State, Value)> {
        let args: Vec<Value> = args.iter().map(|arg| unwrapped(&state, arg)).collect();
        let arg = |index: u8| args.get(index as usize).cloned().unwrap_or(Value::Unknown);
        let mut fact = CallFact::new(row, span);
        if row.winsock && !matches!(row.effect, Effect::Startup | Effect::BlockingHook) {
            self.note_started(frame, &mut state, row.name, span);
        }
        match row.effect {
            Effect::Acquire { listener } => {
                let listener = listener.map(arg);
                return self.acquire(frame, state, fact, listener, &args);
            }
            Effect::Close(at) => {
                fact.after_close = self.is_closed(&mut state, &arg(at));
                match self.descriptor(&mut state, &arg(at)) {
                    Some(sock) => {
                        fact.sock = Some(sock);
                        fact.claims = self.close_claims(&state.socks[sock.0 as usize]);
                        self.close(frame, &mut state, sock, false, span, None);
                    }
                    None => self.close_of_other(frame, &mut state, &arg(at), row, span),
                }
            }
            Effect::Use(at) => {
                self.on_socket(frame, &mut state, &mut fact, &arg(at), &args);
                if row.blocks {
                    self.note_blocking(frame, &state, row, fact.sock, span);
                }
                self.wrote_through(&mut state, &args);
            }
            Effect::Overlapped {
                socket,
                second,
                args: at,
            } => {
                if !row.winsock && self.descriptor(&mut state, &arg(socket)).is_none() {
                    // A file.
                    self.wrote_through(&mut state, &args);
                    return self.result_of(state, fact);
                }
                self.on_socket(frame, &mut state, &mut fact, &arg(socket), &args);
                if let Some(second) = second {
                    let mut listens = CallFact::new(&ACCEPT, span);
                    self.on_socket(frame, &mut state, &mut listens, &arg(second), &args);
                    if let Some(accepted) = fact.sock {
                        state.sock_mut(accepted).course.phase = Phase::Unknown;
                    }
                }
                let overlapped = state.resolve(&arg(at.overlapped));
                if row.blocks && overlapped == Value::Int(0) {
                    self.note_blocking(frame, &state, row, fact.sock, span);
                }
                if let Some(routine) = at.routine {
                    self.run_routine(frame, &state, &arg(routine), span);
                }
                fact.op = self.start_operation(frame, &mut state, row, fact.sock, &args, at, span);
            }
            Effect::Ioctl {
                socket,
                command,
                argument,
            } => {
                self.on_socket(frame, &mut state, &mut fact, &arg(socket), &args);
                let command = state.resolve(&arg(command));
                let mut sets_mode = false;
                let command = match command {
                    Value::Int(command) => command & 0xffff_ffff,
                    _ => 0,
                };
                if let Some(sock) = fact.sock
                    && command == FIONBIO
                {
                    sets_mode = true;
                    let value = self.pointed_at(&mut state, &arg(argument));
                    let mode = match value {
                        Value::Int(0) => Mode::Blocking,
                        Value::Int(_) => Mode::Nonblocking,
                        _ => Mode::Unknown,
                    };
                    self.set_mode(&mut state, sock, mode, span);
                }
                if command == EXTENSION_FUNCTION {
                    self.load_extension(&mut state, &arg(2), &arg(4));
                }
                if !sets_mode {
                    self.wrote_through(&mut state, &args);
                }
            }
            Effect::EventSelect {
                socket,
                event,
                mask,
            } => {
                self.on_socket(frame, &mut state, &mut fact, &arg(socket), &args);
                if let Some(sock) = fact.sock {
                    self.set_mode(&mut state, sock, Mode::Nonblocking, span);
                    self.select_events(&mut state, sock, event.map(arg).as_ref(), &arg(mask));
                }
            }
            Effect::SetOption {
                socket,
                level,
                name,
                value,
            } => {
                self.on_socket(frame, &mut state, &mut fact, &arg(socket), &args);
                if let Some(sock) = fact.sock {
                    let option = (state.resolve(&arg(level)), state.resolve(&arg(name)));
                    if let (Value::Int(SOL_SOCKET), Value::Int(name)) = option {
                        let value = self.pointed_at(&mut state, &arg(value));
                        self.set_option(frame, &mut state, sock, name, &value, span);
                    }
                }
            }
            Effect::GetOption {
                socket,
                level,
                name,
                value,
            } => {
                self.on_socket(frame, &mut state, &mut fact, &arg(socket), &args);
                self.wrote_through(&mut state, &args);
                let option = (state.resolve(&arg(level)), state.resolve(&arg(name)));
                if let (Some(sock), (Value::Int(SOL_SOCKET), Value::Int(SO_LINGER))) =
                    (fact.sock, option)
                    && let Value::Ref(to, _) = state.resolve(&arg(value))
                {
                    let read = linger_value(&mut state, sock);
                    state.write(to.loc, &to.path, read);
                }
            }
            Effect::OverlappedResult {
                overlapped,
                wait,
                timed,
            } => {
                let waits = match timed {
                    true => Some(is_infinite(&state, &arg(wait))),
                    false => truth(&state, &arg(wait)),
                };
                self.overlapped_result(&mut state, &mut fact, &arg(overlapped), waits);
            }
            Effect::WaitOne {
                handle,
                timeout,
                alertable,
            } => {
                let handle = state.resolve(&arg(handle));
                let alertable = alertable.is_some_and(|at| truth(&state, &arg(at)) != Some(false));
                let forever = is_infinite(&state, &arg(timeout));
                self.note_wait(frame, &mut state, row.name, &handle, span);
                match thread_of(&state, &handle) {
                    // It may run longer than the wait.
                    Some(thread) if forever => self.joined(&mut state, thread),
                    Some(thread) => fact.thread = Some(thread),
                    None => self.paused(&mut state),
                }
                self.wait(&mut state, &mut fact, Some(vec![handle]), true, forever);
                if alertable {
                    alerted(&mut state);
                }
            }
            Effect::SleepEx(alertable) => {
                self.paused(&mut state);
                let alertable = truth(&state, &arg(alertable)) != Some(false);
                match (alertable, is_infinite(&state, &arg(0))) {
                    // Only a routine ends it.
                    (true, true) => routines_ran(&mut state),
                    (true, false) => alerted(&mut state),
                    (false, _) => {}
                }
            }
            Effect::Pause(timeout) => {
                if row.blocks && self.select_blocks(&mut state, timeout.map(arg)) {
                    self.note_blocking(frame, &state, row, None, span);
                }
                state
                    .socks
                    .iter_mut()
                    .for_each(|sock| sock.course.just_sent = false);
                self.wrote_through(&mut state, &args);
            }
            Effect::Message => {
                if state.message == Messages::Closed {
                    state.message = Messages::Read(span);
                }
                if let Some(Value::Ref(to, _)) = args.first().map(|arg| state.resolve(arg)) {
                    let message = Value::agg(AggKind::Open(false), Vec::new());
                    state.write(to.loc, &to.path, message);
                }
                self.wrote_through(&mut state, &args);
            }
            Effect::QueueApc(routine) => {
                self.run_routine(frame, &state, &arg(routine), span);
                self.escape(&mut state, &args, "a queued procedure");
            }
            Effect::BlockingHook => {
                let steps = vec![(span, format!("`{}` is of Winsock 1.1", row.name))];
                self.events.report(
                    frame,
                    &rules::winsock1_blocking_hook::RULE,
                    span,
                    None,
                    rules::winsock1_blocking_hook::text(row.name),
                    steps,
                );
            }
            Effect::Startup => {
                state.startup.start(span);
                self.wrote_through(&mut state, &args);
            }
            Effect::Cleanup => self.cleanup(frame, &mut state, span),
            Effect::WaitMany {
                handles,
                timeout,
                alertable,
            } => {
                let alertable = alertable.is_some_and(|at| truth(&state, &arg(at)) != Some(false));
                let forever = is_infinite(&state, &arg(timeout));
                let all = truth(&state, &arg(handles + 1)) != Some(false);
                let handles = self.handles(&mut state, &arg(handles), &args);
                if let Some([handle]) = handles.as_deref() {
                    self.note_wait(frame, &mut state, row.name, handle, span);
                }
                self.paused(&mut state);
                self.wait(&mut state, &mut fact, handles, all, forever);
                if alertable {
                    alerted(&mut state);
                }
            }
            Effect::Dequeue { timeout } => {
                self.paused(&mut state);
                self.wrote_through(&mut state, &args);
                let forever = is_infinite(&state, &arg(timeout));
                let packet = match state.resolve(&arg(3)) {
                    Value::Ref(to, _) if !row.name.ends_with("Ex") => Some(to),
                    _ => None,
                };
                return self.dequeue(state, fact, packet, forever);
            }
            Effect::HasCompleted(at) => fact.op = self.operation_of(&state, &arg(at)),
            Effect::CloseHandle(at) | Effect::CrtClose(at) | Effect::CloseEvent(at) => {
                self.wrong_close(frame, &mut state, &arg(at), row, span);
            }
            Effect::MakeHandle(what) => {
                state.err = Default::default();
                if row.fails != Fails::Result {
                    let kind = SymKind::Handle(what, Awaits::Nothing);
                    let handle = Value::Sym(state.sym(RTy::Unknown, kind));
                    return vec![(state, handle)];
                }
            }
            Effect::LastError => {
                let value = self.read_last_error(frame, &mut state, span, false);
                return vec![(state, value)];
            }
            Effect::SetLastError => {
                state.err = Default::default();
                return vec![(state, Value::unit())];
            }
            Effect::Exit => {
                self.note_abandoned(&state);
                return Vec::new();
            }
            Effect::HandBack => {
                let pointers: Vec<Value> = args
                    .iter()
                    .map(|arg| state.resolve(arg))
                    .filter(|arg| matches!(arg, Value::Ref(..) | Value::Box(..)))
                    .collect();
                for sock in state.reachable(&pointers).socks {
                    self.share(&mut state, sock, "memory that the system hands back");
                }
            }
            Effect::Thread => {
                let routine = state.resolve(&arg(2));
                if !matches!(routine, Value::Fn(Callable::Def(_))) {
                    return self.call_unknown(frame, state, "another thread", args, span);
                }
                let mut failed = state.clone();
                let started = self.spawn(frame, state, routine, vec![arg(3)], span);
                let wrapped = |variant, value| match row.fails {
                    Fails::Result => Value::known(variant, Some(value)),
                    _ => value,
                };
                let mut results: Vec<(State, Value)> = started
                    .into_iter()
                    .map(|(state, handle)| (state, wrapped(KnownVariant::Ok, handle)))
                    .collect();
                let none = match row.fails {
                    Fails::Result => failed.plain(RTy::Unknown),
                    _ => Value::Int(0),
                };
                results.push((failed, wrapped(KnownVariant::Err, none)));
                return results;
            }
            Effect::Cancel | Effect::Pure => {
                if row.blocks {
                    self.note_blocking(frame, &state, row, None, span);
                }
                self.wrote_through(&mut state, &args)
            }
        }
        self.result_of(state, fact)
    }

    /// A function of an extension, by its GUID, is written to a pointer.
    fn load_extension(&mut self, state: &mut State, guid: &Value, to: &Value) {
        let guid = match self.pointed_at(state, guid) {
            Value::Named(path) | Value::Fn(Callable::Extern(path)) => path,
            _ => return,
        };
        let constant = crate::names::last(&guid).strip_prefix("WSAID_");
        let Some(name) = constant.and_then(model::extension_function) else {
            return;
        };
        let function = Value::Fn(Callable::Extern(format!("?::{name}").into()));
        if let Value::Ref(to, _) = state.resolve(to) {
            state.write(
                to.loc,
                &to.path,
                Value::known(KnownVariant::Some, Some(function)),
            );
        }
    }

    /// The symbol for a call's result.
    pub fn result_of(&mut self, mut state: State, fact: CallFact) -> Vec<(State, Value)> {
        let row = fact.row;
        if row.fails == Fails::Never {
            let value = state.plain(RTy::Unknown);
            return vec![(state, value)];
        }
        let ty = match row.fails {
            Fails::Result => RTy::Extern("windows::core::Result".into(), Rc::from([RTy::Unknown])),
            _ => RTy::Prim("i32".into()),
        };
        let id = state.sym(ty, SymKind::Call(fact));
        // A closesocket in between only matters to the error of what failed before.
        let closes = matches!(row.effect, Effect::Close(_));
        if !closes || state.err.unread.is_none() {
            let kept = state.err.clone();
            state.err = Default::default();
            if closes {
                state.err.unread = kept.unread;
                state.err.clobbered = kept.clobbered;
            }
        }
        state.err.call = Some(id);
        vec![(state, Value::Sym(id))]
    }

    fn acquire(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        mut fact: CallFact,
        listener: Option<Value>,
        args: &[Value],
    ) -> Vec<(State, Value)> {
        let (row, span) = (fact.row, fact.span);
        let (mut mode, mut linger) = (Mode::Blocking, Linger::Off { earlier: false });
        let mut course = self.fresh_course(&state, args);
        if let Some(listener) = listener {
            let mut listens = CallFact::new(row, span);
            match self.on_socket(frame, &mut state, &mut listens, &listener, args) {
                Some(id) => {
                    let listener = &state.socks[id.0 as usize];
                    (mode, linger) = (listener.mode, listener.linger);
                    course = Course::accepted(Some(listener.course));
                }
                None => {
                    (mode, linger) = (Mode::Unknown, Linger::Unknown);
                    course = Course::accepted(None);
                }
            }
            self.note_blocking(frame, &state, row, listens.sock, span);
        }
        let origin = self.events.new_origin(frame, span, row.name, true);
        let sock = state.sock(Sock {
            origin,
            valid: Valid::Unchecked,
            status: Status::Open,
            duty: Duty::Ours,
            mode,
            linger,
            to_retry: None,
            lent_raw: false,
            copied_out: false,
            wrong_at: None,
            closed_by_thread: None,
            posts_close: false,
            busy: Vec::new(),
            course,
        });
        self.trail(
            &mut state,
            span,
            "opened here",
            Mark::Acquired,
            Some(origin),
        );
        if row.fails == Fails::Result {
            fact.sock = Some(sock);
            return self.result_of(state, fact);
        }
        // The last error is this call's, and its failure shows in the descriptor.
        state.err = Default::default();
        vec![(state, Value::Sock(sock, Repr::USIZE))]
    }

    /// The result of a call that gives a `Result` in newer versions of the `windows` crate, used as the bare
    /// descriptor that it is in older ones.
    pub fn as_bare(&mut self, state: &mut State, value: &Value) -> Option<Value> {
        let Value::Sym(id) = state.resolve(value) else {
            return None;
        };
        let SymKind::Call(fact) = &state.syms[id.0 as usize].kind else {
            return None;
        };
        let (Effect::Acquire { .. }, Some(sock), Outcome::Open, Fails::Result) =
            (fact.row.effect, fact.sock, fact.outcome, fact.row.fails)
        else {
            return None;
        };
        let bare = Value::Sock(sock, Repr::USIZE);
        state.syms[id.0 as usize].known = Some(bare.clone());
        Some(bare)
    }

    /// The descriptor that a value is.
    pub fn descriptor(&mut self, state: &mut State, value: &Value) -> Option<SockId> {
        self.as_bare(state, value);
        match self.materialized(state, value.clone()) {
            Value::Sock(id, _) => Some(id),
            Value::Agg(agg) if agg.fields.len() == 1 => {
                let inner = agg.fields[0].1.clone();
                self.descriptor(state, &inner)
            }
            _ => None,
        }
    }

    /// A call on a socket, which takes its step.
    fn on_socket(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        fact: &mut CallFact,
        value: &Value,
        args: &[Value],
    ) -> Option<SockId> {
        fact.after_close = self.is_closed(state, value);
        let id = self.use_socket(frame, state, value, fact.row, fact.span)?;
        fact.sock = Some(id);
        self.take_step(frame, state, fact, id, args);
        self.note_thread_call(frame, state, id, fact.row.name, fact.span);
        Some(id)
    }

    /// Whether a descriptor was closed on this path.
    fn is_closed(&mut self, state: &mut State, value: &Value) -> bool {
        if let Value::Sym(id) = state.resolve(value)
            && let RTy::Prim(name) = &state.syms[id.0 as usize].ty
            && matches!(&**name, "usize" | "u64")
            && state.syms[id.0 as usize].kind == SymKind::Plain
        {
            // A descriptor in a binding that calls it a number.
            let sock = self.lent_socket(state, true);
            state.syms[id.0 as usize].known = Some(Value::Sock(sock, Repr::USIZE));
        }
        self.descriptor(state, value).is_some_and(|id| {
            let sock = &state.socks[id.0 as usize];
            matches!(sock.status, Status::Closed(_)) && sock.valid != Valid::No
        })
    }

    /// A wait of whatever kind: other threads may have been waited for.
    fn paused(&mut self, state: &mut State) {
        for sock in &mut state.socks {
            sock.course.just_sent = false;
        }
        self.synchronised(state, "wait");
    }

    /// The handles in an array, if it is known which they are.
    fn handles(
        &mut self,
        state: &mut State,
        handles: &Value,
        args: &[Value],
    ) -> Option<Vec<Value>> {
        let count = match args.first().map(|count| state.resolve(count)) {
            Some(Value::Int(count)) => usize::try_from(count).ok(),
            _ => None,
        };
        match self.pointed_at(state, handles) {
            Value::Agg(agg)
                if matches!(agg.kind, AggKind::Array | AggKind::Seq(true))
                    || (agg.kind == AggKind::Seq(false)
                        && count.is_some_and(|count| count <= agg.fields.len())) =>
            {
                let all = agg.fields.iter().map(|(_, handle)| state.resolve(handle));
                Some(all.take(count.unwrap_or(usize::MAX)).collect())
            }
            single @ Value::Sym(_) if count == Some(1) => Some(vec![single]),
            _ => None,
        }
    }

    /// Whether `select` with this timeout certainly may block.
    fn select_blocks(&mut self, state: &mut State, timeout: Option<Value>) -> bool {
        let Some(timeout) = timeout else { return false };
        match self.pointed_at(state, &timeout) {
            Value::Int(0) => true,
            Value::Agg(agg) => {
                let value = Value::Agg(agg);
                let parts = ["tv_sec", "tv_usec"].map(|part| member(state, &value, part));
                parts.iter().any(|part| part.is_some_and(|part| part != 0))
            }
            _ => false,
        }
    }

    /// A call on a socket.
    pub fn use_socket(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        value: &Value,
        row: &'static FnRow,
        span: Span,
    ) -> Option<SockId> {
        let id = self.descriptor(state, value)?;
        let sock = state.socks[id.0 as usize].clone();
        if sock.valid == Valid::Unchecked {
            let by = self.events.origin(sock.origin).by.clone();
            let text = rules::unchecked_socket::text(&by, row.name);
            let mut steps = self.steps_about(state, sock.origin);
            steps.push((span, format!("used by `{}` without a check", row.name)));
            let at = self.blamed(id, span, |sock| sock.valid == Valid::Unchecked);
            self.events.report(
                frame,
                &rules::unchecked_socket::RULE,
                at,
                Some(sock.origin),
                text,
                steps,
            );
            state.sock_mut(id).valid = Valid::Assumed;
        }
        if matches!(sock.status, Status::Closed(_)) && sock.valid != Valid::No {
            let text = rules::use_after_close::text(row.name);
            let mut steps = self.steps_about(state, sock.origin);
            steps.push((span, format!("used by `{}` here", row.name)));
            let at = self.blamed(id, span, |sock| matches!(sock.status, Status::Closed(_)));
            self.events.report(
                frame,
                &rules::use_after_close::RULE,
                at,
                Some(sock.origin),
                text,
                steps,
            );
            state.sock_mut(id).status = Status::Unsure;
            if sock.duty == Duty::Ours {
                state.sock_mut(id).duty = Duty::Escaped;
                self.events.closed(sock.origin);
            }
        }
        Some(id)
    }

    /// A socket is closed, by `closesocket` or by its owner's drop.
    pub fn close(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        id: SockId,
        by_owner: bool,
        span: Span,
        owner: Option<&Name>,
    ) {
        let sock = state.socks[id.0 as usize].clone();
        if sock.valid == Valid::No {
            return;
        }
        let owner_name = owner
            .map(|path| crate::names::last(path).to_string())
            .or_else(|| self.dropping.last().cloned());
        let implicit = by_owner || !self.dropping.is_empty();
        if let Status::Closed(first) = sock.status {
            self.double_close(
                frame,
                state,
                id,
                // A `Drop` that closes by hand what its field closes again is to blame itself.
                first == Closer::Owner || (first == Closer::OwnDrop && !by_owner),
                implicit,
                span,
                owner_name.as_deref(),
            );
            state.sock_mut(id).status = Status::Unsure;
            return;
        }
        if let Some(site) = sock.to_retry {
            self.events.retried(site);
        }
        self.note_close(frame, state, id, implicit, span);
        if sock.mode == Mode::Nonblocking
            && sock.linger == Linger::Timed
            && sock.status == Status::Open
        {
            let mut steps = self.steps_about(state, sock.origin);
            let primary = if implicit {
                self.last_setting(state, &sock, &[Mark::Nonblocking, Mark::Lingers])
                    .unwrap_or(span)
            } else {
                span
            };
            let how = if implicit {
                "its owner's drop closes it here"
            } else {
                "`closesocket` would block here"
            };
            steps.push((span, how.to_string()));
            let text = rules::nonblocking_linger::text(implicit);
            self.events.candidate(
                frame,
                &rules::nonblocking_linger::RULE,
                span,
                primary,
                sock.origin,
                text,
                steps,
            );
        }
        if !implicit && self.has_owner(state, id) {
            state.sock_mut(id).wrong_at = Some(span);
        }
        state.sock_mut(id).status = Status::Closed(match (by_owner, implicit) {
            (true, _) => Closer::Owner,
            (false, true) => Closer::OwnDrop,
            (false, false) => Closer::Call,
        });
        state.sock_mut(id).to_retry = None;
        let text = match &owner_name {
            Some(owner) => format!("closed by the drop of `{owner}` here"),
            None => "closed here".to_string(),
        };
        self.trail(state, span, text, Mark::Closed, Some(sock.origin));
        // Whatever failed before loses its error.
        if state.err.unread.is_some() && state.err.clobbered.is_none() {
            state.err.clobbered = Some(span);
        }
        for sym in &mut state.syms {
            if let SymKind::Call(fact) = &mut sym.kind
                && fact.outcome == Outcome::Open
                && fact.closed_since.is_none()
                && fact.row.winsock
                && !matches!(fact.row.effect, Effect::Close(_))
            {
                fact.closed_since = Some(span);
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn double_close(
        &mut self,
        frame: &Frame<'_>,
        state: &State,
        id: SockId,
        first_by_owner: bool,
        second_by_owner: bool,
        span: Span,
        owner: Option<&str>,
    ) {
        let sock = &state.socks[id.0 as usize];
        let steps = state.trail.steps();
        let find = |mark: Mark| {
            steps
                .iter()
                .rev()
                .find(|step| step.mark == mark && step.about == Some(sock.origin))
                .map(|step| step.span)
        };
        let last = |mark: Mark| {
            steps
                .iter()
                .rposition(|step| step.mark == mark && step.about == Some(sock.origin))
        };
        // The owner was made of a descriptor that was closed before.
        let late = (!first_by_owner && second_by_owner)
            .then(|| last(Mark::Owned).filter(|made| last(Mark::Closed) < Some(*made)))
            .flatten();
        // Where a programmer would change the code: the explicit call, or
        // the place that made the second owner.
        let primary = match (first_by_owner, second_by_owner) {
            (_, false) => self.blamed(id, span, |sock| matches!(sock.status, Status::Closed(_))),
            (_, true) if sock.wrong_at.is_some() => sock.wrong_at.unwrap_or(span),
            (false, true) => find(Mark::GivenAway)
                .or_else(|| find(Mark::Closed))
                .unwrap_or(span),
            (true, true) => find(Mark::Owned)
                .or_else(|| find(Mark::Closed))
                .unwrap_or(span),
        };
        let text = match late {
            Some(_) => rules::double_close::wrapped(owner),
            None => rules::double_close::text(first_by_owner, second_by_owner, owner),
        };
        let mut path = self.steps_about(state, sock.origin);
        let last = match owner {
            Some(owner) => format!("closed again by the drop of `{owner}`"),
            None => "closed again here".to_string(),
        };
        path.push((span, last));
        self.events.report(
            frame,
            &rules::double_close::RULE,
            primary,
            Some(sock.origin),
            text,
            path,
        );
    }

    /// The socket becomes blocking or nonblocking.
    pub fn set_mode(&mut self, state: &mut State, id: SockId, mode: Mode, span: Span) {
        let sock = state.sock_mut(id);
        let origin = sock.origin;
        sock.mode = mode;
        if mode == Mode::Nonblocking {
            self.trail(
                state,
                span,
                "made nonblocking here",
                Mark::Nonblocking,
                Some(origin),
            );
        }
    }

    /// The socket's linger option is set.
    pub fn set_linger(&mut self, state: &mut State, id: SockId, linger: Linger, span: Span) {
        let sock = state.sock_mut(id);
        let origin = sock.origin;
        let earlier = match sock.linger {
            Linger::Timed | Linger::Off { earlier: true } => true,
            Linger::Off { earlier: false } | Linger::Hard | Linger::Unknown => false,
        };
        sock.linger = match linger {
            Linger::Off { .. } => Linger::Off { earlier },
            other => other,
        };
        if matches!(linger, Linger::Timed | Linger::Hard) {
            let text = match linger {
                Linger::Hard => "set to close hard here",
                _ => "given a linger timeout here",
            };
            self.trail(state, span, text, Mark::Lingers, Some(origin));
        }
    }

    fn set_option(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        sock: SockId,
        name: i128,
        value: &Value,
        span: Span,
    ) {
        match name {
            SO_LINGER => {
                let (on, given) = linger_members(state, value);
                let time = given.as_ref().map(|time| state.resolve(time));
                let linger = match (on, &time) {
                    (Some(0), _) => Linger::Off { earlier: false },
                    (Some(_), Some(Value::Int(0))) => Linger::Hard,
                    (Some(_), Some(Value::Int(_))) => Linger::Timed,
                    (Some(_), Some(time)) if is_nonzero(state, time) => Linger::Timed,
                    _ => Linger::Unknown,
                };
                self.note_linger(frame, state, sock, on, given.as_ref(), span);
                self.set_linger(state, sock, linger, span);
                // A timeout that comes with `l_onoff` zero is still the one that SO_DONTLINGER reinstates.
                if let (Linger::Off { .. }, Some(Value::Int(time))) = (linger, time)
                    && time != 0
                {
                    state.sock_mut(sock).linger = Linger::Off { earlier: true };
                }
            }
            SO_DONTLINGER => {
                let value = match state.resolve(value) {
                    Value::Int(value) => Some(value != 0),
                    Value::Bool(value) => Some(value),
                    // Bytes.
                    Value::Agg(agg) => {
                        let bytes = agg.fields.iter().map(|(_, byte)| state.resolve(byte));
                        let known: Option<Vec<bool>> = bytes
                            .map(|byte| match byte {
                                Value::Int(byte) => Some(byte != 0),
                                _ => None,
                            })
                            .collect();
                        known
                            .filter(|known| !known.is_empty())
                            .map(|known| known.contains(&true))
                    }
                    _ => None,
                };
                if value == Some(false) {
                    self.note_dontlinger(frame, state, sock, span);
                }
                match (value, state.socks[sock.0 as usize].linger) {
                    (Some(true), _) => {
                        self.set_linger(state, sock, Linger::Off { earlier: false }, span)
                    }
                    (Some(false), Linger::Off { earlier: true } | Linger::Timed) => {
                        self.set_linger(state, sock, Linger::Timed, span);
                    }
                    (Some(false), Linger::Hard) => {}
                    _ => self.set_linger(state, sock, Linger::Unknown, span),
                }
            }
            _ => {}
        }
    }

    /// What an option's pointer, reference or slice leads to.
    pub fn pointed_at(&mut self, state: &mut State, value: &Value) -> Value {
        let value = unwrapped(state, value);
        match self.pointee(state, value.clone()) {
            Some((to, _)) => {
                let inner = state.read(to.loc, &to.path).unwrap_or(Value::Unknown);
                match inner {
                    Value::Ref(..) => self.pointed_at(state, &inner),
                    inner => inner,
                }
            }
            None => value,
        }
    }

    /// Plain data behind pointers that a call may write through is not known any more.
    pub fn wrote_through(&mut self, state: &mut State, args: &[Value]) {
        for arg in args {
            if let Value::Ref(to, RefKind::Mut | RefKind::Raw) = state.resolve(arg)
                && let Some(Value::Int(_) | Value::Bool(_)) = state.read(to.loc, &to.path)
            {
                let written = state.plain(RTy::Unknown);
                state.write(to.loc, &to.path, written);
            }
        }
    }

    fn wrong_close(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        value: &Value,
        row: &'static FnRow,
        span: Span,
    ) {
        let Some(id) = self.descriptor(state, value) else {
            // The event of an operation that may be pending.
            let handle = state.resolve(value);
            let pending = state.ops.iter().position(|op| {
                op.status != OpStatus::Done
                    && op
                        .event
                        .as_ref()
                        .is_some_and(|event| state.resolve(event) == handle)
            });
            if let Some(op) = pending {
                self.freed_early(frame, state, op, "the event", span, "is closed");
            }
            return;
        };
        let sock = state.socks[id.0 as usize].clone();
        // Behind a variant of something lent the wrong kind of handle shows only if that variant is the one.
        if sock.valid == Valid::No || (sock.duty == Duty::Lent && state.presumed) {
            return;
        }
        let text = rules::wrong_close_function::text(row.name, false);
        let mut steps = self.steps_about(state, sock.origin);
        steps.push((span, format!("given to `{}` here", row.name)));
        self.events.report(
            frame,
            &rules::wrong_close_function::RULE,
            span,
            Some(sock.origin),
            text,
            steps,
        );
        let sock = state.sock_mut(id);
        sock.duty = Duty::Escaped;
        sock.status = Status::Unsure;
    }

    /// `closesocket` on something that is no socket.
    fn close_of_other(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        value: &Value,
        row: &'static FnRow,
        span: Span,
    ) {
        let Value::Sym(id) = state.resolve(value) else {
            return;
        };
        let sym = &state.syms[id.0 as usize];
        let what = match (&sym.kind, &sym.ty) {
            (SymKind::Handle(what, _), _) => what,
            (SymKind::Plain, RTy::Extern(path, _)) if crate::names::last(path) == "WSAEVENT" => {
                "event"
            }
            _ => return,
        };
        let text = rules::wrong_close_function::text(what, true);
        let steps = vec![(
            span,
            format!("this {what} handle is given to `{}`", row.name),
        )];
        self.events.report(
            frame,
            &rules::wrong_close_function::RULE,
            span,
            None,
            text,
            steps,
        );
    }

    /// A function returns a descriptor that it has closed.
    pub fn note_returned(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        value: &Value,
        span: Span,
    ) {
        if frame.def.is_none() || value.is_scalar() {
            return;
        }
        self.note_two_owners(frame, state, value);
        let mut raw = Vec::new();
        raw_descriptors(state, value, 0, &mut raw);
        for id in raw {
            let sock = state.socks[id.0 as usize].clone();
            let sure = sock.duty == Duty::Ours && sock.valid == Valid::Yes;
            if sure && matches!(sock.status, Status::Closed(_)) {
                let text = rules::use_after_close::text("return");
                let mut steps = self.steps_about(state, sock.origin);
                steps.push((span, "handed to the caller here".to_string()));
                self.events.report(
                    frame,
                    &rules::use_after_close::RULE,
                    span,
                    Some(sock.origin),
                    text,
                    steps,
                );
                state.sock_mut(id).status = Status::Unsure;
            } else if sure {
                self.returned.insert(sock.origin, span);
            }
        }
    }

    /// What a function returns is a descriptor whose owner was dropped on the way out.
    pub fn note_dropped_on_return(&mut self, frame: &Frame<'_>, state: &mut State) {
        let value = state.mem[crate::mir::RETURN.0 as usize].clone();
        if frame.def.is_none() || value.is_scalar() || super::closing::is_error(state, &value) {
            return;
        }
        let mut raw = Vec::new();
        raw_descriptors(state, &value, 0, &mut raw);
        for id in raw {
            let sock = state.socks[id.0 as usize].clone();
            let dropped = matches!(sock.status, Status::Closed(Closer::Owner | Closer::OwnDrop));
            let sure = sock.duty == Duty::Ours && sock.valid == Valid::Yes;
            if let Some(&span) = self.returned.get(&sock.origin)
                && dropped
                && sure
                && frame.body.span.contains(span)
            {
                let text = rules::use_after_close::text("return");
                let mut steps = self.steps_about(state, sock.origin);
                steps.retain(|(step, _)| *step != frame.body.span);
                steps.push((
                    span,
                    "handed to the caller, and its owner is dropped".into(),
                ));
                let rule = &rules::use_after_close::RULE;
                self.events
                    .report(frame, rule, span, Some(sock.origin), text, steps);
                state.sock_mut(id).status = Status::Unsure;
            }
        }
    }

    /// A function returns two owners of one descriptor.
    fn note_two_owners(&mut self, frame: &Frame<'_>, state: &mut State, value: &Value) {
        let mut owned = Vec::new();
        owners(state, value, 0, &mut owned);
        owned.sort_unstable();
        let twice = owned
            .windows(2)
            .find(|pair| pair[0] == pair[1])
            .map(|pair| pair[0]);
        let Some(id) = twice else { return };
        let origin = state.socks[id.0 as usize].origin;
        let steps = state.trail.steps();
        let mut made = steps
            .iter()
            .rev()
            .filter(|step| step.mark == Mark::Owned && step.about == Some(origin));
        // Of an owner that came by value, there is the other one.
        let came = frame.body.locals[1..=frame.body.param_count].iter().any(|local| {
            matches!(local.ty.as_ref().map(|ty| self.names.resolve_ty(ty)), Some(RTy::Extern(path, _))
                if matches!(model::type_class(&path), Some(model::TypeClass::Owner(_))))
        });
        let came = came && state.socks[id.0 as usize].duty == Duty::Lent;
        let (Some(made), another) = (made.next().map(|step| step.span), made.next()) else {
            return;
        };
        if another.is_none() && !came {
            return;
        }
        let text = rules::double_close::text(true, true, None);
        let path = self.steps_about(state, origin);
        self.events.report(
            frame,
            &rules::double_close::RULE,
            made,
            Some(origin),
            text,
            path,
        );
    }

    /// `WSAGetLastError`, `io::Error::last_os_error`.
    pub fn read_last_error(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        span: Span,
        object: bool,
    ) -> Value {
        self.note_startup_error(frame, state, span);
        // The close itself was examined: its own error is what is read.
        let of_the_close = state.err.call.is_some_and(|call| {
            matches!(&state.syms[call.0 as usize].kind, SymKind::Call(fact)
                if matches!(fact.row.effect, Effect::Close(_)) && fact.outcome != Outcome::Open)
        });
        if let (Some((failed, name)), Some(close), false) =
            (state.err.unread, state.err.clobbered, of_the_close)
        {
            let text = rules::clobbered_error::text(name);
            let steps = vec![
                (failed, format!("`{name}` fails")),
                (
                    close,
                    "a close runs in between and may change the last error".to_string(),
                ),
                (span, "the error is read here".to_string()),
            ];
            self.events.report(
                frame,
                &rules::clobbered_error::RULE,
                span,
                None,
                text,
                steps,
            );
            state.err.unread = None;
            state.err.clobbered = None;
        }
        let of = state.err.call;
        if let (true, Some(of)) = (object, of)
            && let SymKind::Call(fact) = &state.syms[of.0 as usize].kind
            && fact.outcome == Outcome::Success
            && let Some(check) = fact.decided_at
            && frame.body.span.contains(check)
            && matches!(
                fact.row.fails,
                Fails::SocketError | Fails::SocketErrorCount | Fails::False
            )
        {
            let text = rules::inverted_check::text(fact.row.name);
            let steps = vec![
                (fact.span, format!("`{}` is called", fact.row.name)),
                (
                    span,
                    "the error is read although it has succeeded".to_string(),
                ),
            ];
            self.events.report(
                frame,
                &rules::inverted_check::RULE,
                check,
                None,
                text,
                steps,
            );
        }
        let code = state.sym(RTy::Prim("i32".into()), SymKind::LastError(of));
        if object {
            Value::Sym(state.sym(RTy::Unknown, SymKind::OsError(Some(code))))
        } else {
            Value::Sym(code)
        }
    }
}

/// The raw descriptors held directly in a value.
fn raw_descriptors(state: &State, value: &Value, depth: usize, out: &mut Vec<SockId>) {
    match state.resolve(value) {
        Value::Sock(id, _) => out.push(id),
        Value::Agg(agg) if depth < 4 => {
            for (_, field) in &agg.fields {
                raw_descriptors(state, field, depth + 1, out);
            }
        }
        _ => {}
    }
}

/// The sockets of the owners held directly in a value.
fn owners(state: &State, value: &Value, depth: usize, out: &mut Vec<SockId>) {
    match state.resolve(value) {
        Value::Owner(_, id) => out.push(id),
        Value::Agg(agg) if depth < 4 && agg.kind != AggKind::ManuallyDrop => {
            for (_, field) in &agg.fields {
                owners(state, field, depth + 1, out);
            }
        }
        _ => {}
    }
}

/// `Some(x)` is `x`, `None` is null: optional pointers of the `windows` crate.
pub fn unwrapped(state: &State, value: &Value) -> Value {
    let value = state.resolve(value);
    match value.as_variant() {
        Some((super::value::Variant::Known(KnownVariant::Some), agg)) => agg
            .field("0")
            .map_or(Value::Unknown, |inner| state.resolve(inner)),
        Some((super::value::Variant::Known(KnownVariant::None), _)) => Value::Int(0),
        _ => value,
    }
}

/// The thread that a handle is of.
fn thread_of(state: &State, handle: &Value) -> Option<Span> {
    let Value::Sym(id) = handle else { return None };
    match state.syms[id.0 as usize].kind {
        SymKind::Thread(started) => Some(started),
        _ => None,
    }
}

/// Whether a time is certainly not zero.
fn is_nonzero(state: &State, time: &Value) -> bool {
    let Value::Sym(id) = time else { return false };
    let zero = Excluded::Int(0);
    state.counts_millis(time) || state.syms[id.0 as usize].excluded.contains(&zero)
}

/// What `getsockopt` reads of the linger option.
fn linger_value(state: &mut State, sock: SockId) -> Value {
    let (on, time) = match state.socks[sock.0 as usize].linger {
        Linger::Off { .. } => (Some(0), Value::Unknown),
        Linger::Hard => (Some(1), Value::Int(0)),
        Linger::Timed => {
            let id = state.sym(RTy::Prim("u16".into()), SymKind::Plain);
            state.syms[id.0 as usize].excluded.push(Excluded::Int(0));
            (Some(1), Value::Sym(id))
        }
        Linger::Unknown => (None, Value::Unknown),
    };
    let on = on.map_or(Value::Unknown, Value::Int);
    let fields = vec![("l_onoff".into(), on), ("l_linger".into(), time)];
    Value::agg(AggKind::Open(false), fields)
}

/// `l_onoff` and `l_linger` of a LINGER, of another struct or of bytes with its layout.
fn linger_members(state: &State, value: &Value) -> (Option<i128>, Option<Value>) {
    let Value::Agg(agg) = state.resolve(value) else {
        return (None, None);
    };
    let number = |value: &Value| match state.resolve(value) {
        Value::Int(value) => Some(value),
        Value::Bool(value) => Some(i128::from(value)),
        _ => None,
    };
    match (&agg.kind, agg.fields.as_slice()) {
        (AggKind::Array, [(_, low), (_, high), (_, time_low), (_, time_high)]) => {
            let pair = |low, high| Some(number(low)? | number(high)? << 8);
            (pair(low, high), pair(time_low, time_high).map(Value::Int))
        }
        (AggKind::Extern(path), [(_, all)]) if &**path == super::exec::ARRAY => {
            (number(all), Some(all.clone()))
        }
        (AggKind::Struct(_), [(on, first), (time, second)])
            if &**on != "l_onoff" && &**time != "l_linger" =>
        {
            (number(first), Some(second.clone()))
        }
        _ => {
            let part = |name: &str| match (agg.field(name), &agg.kind) {
                (Some(field), _) => Some(field.clone()),
                (None, AggKind::Open(true)) => Some(Value::Int(0)),
                _ => None,
            };
            (part("l_onoff").as_ref().and_then(number), part("l_linger"))
        }
    }
}

fn member(state: &State, value: &Value, name: &str) -> Option<i128> {
    let Value::Agg(agg) = state.resolve(value) else {
        return None;
    };
    let field = match (agg.field(name), &agg.kind) {
        (Some(field), _) => state.resolve(field),
        (None, AggKind::Open(true)) => Value::Int(0),
        _ => return None,
    };
    match field {
        Value::Int(value) => Some(value),
        Value::Bool(value) => Some(i128::from(value)),
        _ => None,
    }
}

/// Whether a timeout never expires.
fn is_infinite(state: &State, timeout: &Value) -> bool {
    matches!(state.resolve(timeout), Value::Int(t) if t & 0xffff_ffff == INFINITE)
}

/// A BOOL argument, `TRUE` or `BOOL(1)`.
fn truth(state: &State, value: &Value) -> Option<bool> {
    match state.resolve(value) {
        Value::Int(value) => Some(value != 0),
        Value::Bool(value) => Some(value),
        Value::Agg(agg) if agg.fields.len() == 1 => truth(state, &agg.fields[0].1),
        _ => None,
    }
}
