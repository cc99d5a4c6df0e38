//! Drop glue, ends of storage, sockets that get lost, and escapes.

use std::rc::Rc;

use super::engine::{Analyzer, FnKey, Frame};
use super::exec::Slot;
use super::overlapped::whole;
use super::sock::{Closer, Duty, Sock, Status, Valid};
use super::state::{Mark, OpStatus, State, SymKind};
use super::value::{AggKind, BoxKind, Loc, Pointer, RefKind, SockId, Value};
use crate::names::{DefId, RTy, TyKey};
use crate::rules;
use crate::span::Span;

impl Analyzer<'_, '_> {
    /// Drops what a slot holds.
    pub fn drop_slot(
        &mut self,
        frame: &Frame<'_>,
        state: State,
        slot: &Slot,
        span: Span,
    ) -> Vec<State> {
        // A capture by reference is not the closure's to drop.
        let Some(value) = raw_read(&state, slot) else {
            return vec![state];
        };
        if matches!(
            value,
            Value::Capture(_) | Value::Ref(..) | Value::Sock(..) | Value::Moved
        ) || value.is_scalar()
        {
            return vec![state];
        }
        let mut states = self.drop_at(frame, state, value, Some(slot.pointer()), span);
        for state in &mut states {
            state.write(slot.loc, &slot.path, Value::Moved);
        }
        states
    }

    /// Runs the drop glue of a value.
    pub fn drop_value(
        &mut self,
        frame: &Frame<'_>,
        state: State,
        value: Value,
        span: Span,
    ) -> Vec<State> {
        self.drop_at(frame, state, value, None, span)
    }

    /// Runs the drop glue of a value, in the place where it is if that is known: an operation may pin it.
    fn drop_at(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        value: Value,
        place: Option<Rc<Pointer>>,
        span: Span,
    ) -> Vec<State> {
        match state.resolve(&value) {
            Value::Owner(ty, sock) => {
                self.close(frame, &mut state, sock, true, span, Some(&ty));
                vec![state]
            }
            Value::Box(BoxKind::Shared, loc) => {
                let others = state
                    .mem
                    .iter()
                    .filter(|held| mentions_box(&state, held, loc))
                    .count();
                // What was taken out of its place does not count itself.
                let itself = place.is_some_and(|place| {
                    let there = state.read(place.loc, &place.path);
                    there.is_some_and(|there| {
                        state.resolve(&there) == Value::Box(BoxKind::Shared, loc)
                    })
                });
                if others > usize::from(itself) || loc_is_lent(&state, loc) {
                    return vec![state];
                }
                // The last reference goes after the threads that had one are done.
                let content = state.mem[loc.0 as usize].clone();
                for sock in state.reachable(&[content]).socks {
                    state.sock_mut(sock).busy.retain(|call| !call.shares);
                }
                self.drop_content(frame, state, loc, span)
            }
            Value::Box(_, loc) | Value::Held(loc) => self.drop_content(frame, state, loc, span),
            Value::Agg(agg) => match &agg.kind {
                AggKind::ManuallyDrop | AggKind::Open(_) => vec![state],
                AggKind::Struct(id) => self.drop_struct(frame, state, *id, value, place, span),
                AggKind::Variant(super::value::Variant::Def(id)) => {
                    let parent = match self.names.def(*id).kind {
                        crate::names::DefKind::Variant(parent, _) => parent,
                        _ => return vec![state],
                    };
                    self.drop_struct(frame, state, parent, value, place, span)
                }
                AggKind::Tuple
                | AggKind::Array
                | AggKind::Seq(_)
                | AggKind::Extern(_)
                | AggKind::Variant(_) => self.drop_fields(frame, state, &agg.fields, place, span),
            },
            Value::Closure(closure) => {
                let mut states = vec![state];
                for capture in &closure.captures {
                    if matches!(capture, Value::Held(_)) {
                        states = states
                            .into_iter()
                            .flat_map(|state| self.drop_value(frame, state, capture.clone(), span))
                            .collect();
                    }
                }
                states
            }
            Value::Sym(id) => {
                // Only what was opened up can concern a socket that we follow.
                let ty = state.syms[id.0 as usize].ty.clone();
                if let RTy::Extern(..) = ty {
                    let known = self.materialized(&mut state, Value::Sym(id));
                    if let Value::Owner(_, sock) = known {
                        state.sock_mut(sock).status = Status::Closed(Closer::Owner);
                    }
                }
                vec![state]
            }
            _ => vec![state],
        }
    }

    /// A value is made whose own `Drop` may close the sockets in it.
    pub fn note_wrapped(&mut self, state: &mut State, value: &Value, span: Span) {
        let Value::Agg(agg) = value else { return };
        let AggKind::Struct(id) = agg.kind else {
            return;
        };
        if self.names.drop_impl(&TyKey::Def(id)).is_none() {
            return;
        }
        for (_, field) in &agg.fields {
            if let Value::Sock(sock, _) = state.resolve(field) {
                let origin = state.socks[sock.0 as usize].origin;
                let text = format!("`{}` takes the descriptor here", self.names.def(id).name);
                let closed = matches!(state.socks[sock.0 as usize].status, Status::Closed(_));
                if closed || self.has_owner(state, sock) {
                    state.sock_mut(sock).wrong_at = Some(span);
                }
                self.trail(state, span, text, Mark::Owned, Some(origin));
            }
        }
    }

    /// Drops what is in a box, and frees it.
    fn drop_content(
        &mut self,
        frame: &Frame<'_>,
        state: State,
        loc: Loc,
        span: Span,
    ) -> Vec<State> {
        let content = state.mem[loc.0 as usize].clone();
        let mut states = self.drop_at(frame, state, content, Some(whole(loc)), span);
        for state in &mut states {
            state.mem[loc.0 as usize] = Value::Moved;
            self.end_storage(frame, state, loc, span);
        }
        states
    }

    fn drop_fields(
        &mut self,
        frame: &Frame<'_>,
        state: State,
        fields: &[(crate::mir::Name, Value)],
        place: Option<Rc<Pointer>>,
        span: Span,
    ) -> Vec<State> {
        let mut states = vec![state];
        for (name, field) in fields {
            if field.is_scalar() || matches!(field, Value::Moved | Value::Sock(..) | Value::Ref(..))
            {
                continue;
            }
            let place = place.as_ref().map(|whole| {
                let mut part = Pointer::clone(whole);
                part.path.push(name.clone());
                Rc::new(part)
            });
            states = states
                .into_iter()
                .flat_map(|state| self.drop_at(frame, state, field.clone(), place.clone(), span))
                .collect();
        }
        states
    }

    fn drop_struct(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        id: DefId,
        value: Value,
        place: Option<Rc<Pointer>>,
        span: Span,
    ) -> Vec<State> {
        let Some(drop) = self.names.drop_impl(&TyKey::Def(id)) else {
            let Value::Agg(agg) = state.resolve(&value) else {
                return vec![state];
            };
            return self.drop_fields(frame, state, &agg.fields, place, span);
        };
        let key = FnKey::Def(drop);
        let reached = state.reachable(std::slice::from_ref(&value));
        let concerns = !reached.socks.is_empty()
            || state
                .ops
                .iter()
                .any(|op| op.status != OpStatus::Done && op.pins_in(&reached))
            || reached.syms.iter().any(|sym| {
                // A descriptor may be called a number.
                matches!(&state.syms[sym.0 as usize].ty, RTy::Socket)
                    || matches!(&state.syms[sym.0 as usize].ty, RTy::Prim(name)
                        if matches!(&**name, "usize" | "u64"))
                    // The event of an operation, which its owner closes.
                    || state.ops.iter().any(|op| {
                        op.status != OpStatus::Done && op.event == Some(Value::Sym(*sym))
                    })
            });
        let counts = state.startup.count > 0 || state.startup.is_missing();
        let concerns = concerns || (counts && self.cleans_up(drop));
        let body = self.names.body(drop);
        let (Some(body), true, true) = (body, concerns, self.can_enter(key)) else {
            self.escape(&mut state, &[value], "a `Drop` that is not followed");
            return vec![state];
        };
        let place = match place {
            Some(place) if state.read(place.loc, &place.path).as_ref() == Some(&value) => place,
            _ => whole(state.alloc(value)),
        };
        let def = self.names.def(drop);
        let inner = Frame {
            body: &body,
            function: def.path.to_string().into(),
            enclosing: def.enclosing.clone(),
            key,
            def: Some(drop),
        };
        self.in_drop += 1;
        self.dropping.push(self.names.def(id).name.to_string());
        self.used_by_drop.insert(drop);
        let results = self.call_body(
            &inner,
            state,
            vec![Value::Ref(place.clone(), RefKind::Mut)],
            Vec::new(),
        );
        self.in_drop -= 1;
        self.dropping.pop();
        let mut states = Vec::new();
        for (mut state, _) in results {
            let value = state.read(place.loc, &place.path).unwrap_or(Value::Unknown);
            state.write(place.loc, &place.path, Value::Moved);
            if let Value::Agg(agg) = state.resolve(&value) {
                let place = Some(place.clone());
                states.extend(self.drop_fields(frame, state, &agg.fields, place, span));
            } else {
                states.push(state);
            }
        }
        states
    }

    /// The storage of a location ends: nothing that an operation still needs
    /// may be in it.
    pub fn end_storage(&mut self, frame: &Frame<'_>, state: &mut State, loc: Loc, span: Span) {
        for index in 0..state.ops.len() {
            let op = &state.ops[index];
            if op.status == OpStatus::Done {
                continue;
            }
            let Some((_, what)) = op.pins.iter().find(|(pin, _)| pin.loc == loc) else {
                continue;
            };
            self.freed_early(frame, state, index, what, span, "goes out of scope");
        }
    }

    /// A value is moved out of its place.
    pub fn note_move(&mut self, frame: &Frame<'_>, state: &mut State, slot: &Slot, span: Span) {
        for index in 0..state.ops.len() {
            let op = &state.ops[index];
            if op.status == OpStatus::Done {
                continue;
            }
            let moved = op
                .pins
                .iter()
                .find(|(pin, _)| pin.loc == slot.loc && pin.path.starts_with(&slot.path));
            let Some((_, what)) = moved else { continue };
            self.freed_early(frame, state, index, what, span, "is moved");
        }
    }

    /// A value is written over what an operation still uses.
    pub fn note_overwritten(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        loc: Loc,
        path: &[crate::mir::Name],
        span: Span,
    ) {
        for index in 0..state.ops.len() {
            let op = &state.ops[index];
            if op.status == OpStatus::Done {
                continue;
            }
            let pinned = op.pins.iter().find(|(pin, what)| {
                *what == "the OVERLAPPED" && pin.loc == loc && pin.path.starts_with(path)
            });
            if let Some((_, what)) = pinned {
                self.freed_early(frame, state, index, what, span, "is overwritten");
            }
        }
    }

    /// Reports an operation whose memory goes, and follows it no further.
    pub fn freed_early(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        op: usize,
        what: &str,
        span: Span,
        how: &str,
    ) {
        let (site, name) = (state.ops[op].span, state.ops[op].row.name);
        let text = rules::overlapped_freed_early::text(name, what, how);
        let steps = vec![
            (site, format!("`{name}` starts an overlapped operation")),
            (
                span,
                format!("{what} {how} here while the operation may be pending"),
            ),
        ];
        self.events.report(
            frame,
            &rules::overlapped_freed_early::RULE,
            site,
            None,
            text,
            steps,
        );
        state.ops[op].status = OpStatus::Done;
    }

    /// Sockets that nothing on this path refers to any more.
    pub fn note_lost(&mut self, frame: &Frame<'_>, lost: &[Sock], state: &mut State, span: Span) {
        const ENDING: &str = "the last copy is gone here";
        for sock in lost {
            let leaks =
                sock.duty == Duty::Ours && sock.status == Status::Open && sock.valid != Valid::No;
            // While this path has Winsock started, its WSACleanup may be what closes it.
            let again = state.lost.iter().any(|(old, _)| old.origin == sock.origin);
            if leaks && state.startup.count > 0 && !again && state.lost.len() < 4 {
                let steps = self.steps_to_exit(state, sock, span, ENDING);
                self.events.lost(sock.origin, span, steps);
                state.lost.push((sock.clone(), span));
            } else {
                self.settle(frame, sock, state, span, ENDING);
            }
        }
    }

    /// No WSACleanup came: what got lost is leaked.
    pub fn settle_lost(&mut self, frame: &Frame<'_>, state: &mut State) {
        for (sock, span) in std::mem::take(&mut state.lost) {
            let steps = self.events.loss(sock.origin, span);
            self.leak(frame, &sock, steps);
        }
    }

    fn leak(&mut self, frame: &Frame<'_>, sock: &Sock, steps: Vec<(Span, String)>) {
        let origin = sock.origin;
        self.events.leaks(origin);
        let from = self.events.origin(origin).clone();
        let text = rules::unclosed_socket::text(&from.by, sock.to_retry.is_some());
        self.events.report(
            frame,
            &rules::unclosed_socket::RULE,
            from.span,
            Some(origin),
            text,
            steps,
        );
    }

    /// A socket leaves the path for good.
    pub fn settle(
        &mut self,
        frame: &Frame<'_>,
        sock: &Sock,
        state: &State,
        span: Span,
        ending: &str,
    ) {
        let origin = sock.origin;
        match (sock.duty, sock.status) {
            (Duty::Lent, _) => {}
            (Duty::Escaped, _) => {}
            (Duty::Ours, _) if sock.valid == Valid::No => {}
            (Duty::Ours, Status::Closed(_)) => self.events.closed(origin),
            (Duty::Ours, Status::Unsure) => self.events.closed(origin),
            (Duty::Ours, Status::Open) => {
                let steps = self.steps_to_exit(state, sock, span, ending);
                self.leak(frame, sock, steps);
            }
        }
    }

    /// The path ends by diverging: what is open then is no leak.
    pub fn note_abandoned(&mut self, state: &State) {
        for sock in &state.socks {
            if sock.duty == Duty::Ours {
                self.events.handed_on(sock.origin);
            }
        }
    }

    /// Values go where the analysis does not see: their sockets may be owned
    /// there from now on, and what they point to may change.
    pub fn escape(&mut self, state: &mut State, values: &[Value], to: &str) {
        if values
            .iter()
            .all(|value| value.is_scalar() || matches!(value, Value::Moved))
        {
            return;
        }
        let reached = state.reachable(values);
        for id in &reached.socks {
            self.escape_sock(state, *id, to);
        }
        for sym in &reached.syms {
            if let SymKind::Thread(thread) = state.syms[sym.0 as usize].kind {
                // Whoever has the handle may join it.
                for sock in &mut state.socks {
                    sock.busy.retain(|call| call.thread != thread);
                }
            }
        }
        for op in &mut state.ops {
            let touched = op.pins_in(&reached)
                || op.sock.is_some_and(|sock| reached.socks.contains(&sock))
                || op.event.as_ref().is_some_and(|event| match event {
                    Value::Sym(sym) => reached.syms.contains(sym),
                    _ => false,
                });
            if touched {
                op.status = OpStatus::Done;
            }
        }
        for value in values {
            self.havoc(state, value);
        }
    }

    /// Others get the descriptor, too: they may close it.
    pub fn share(&mut self, state: &mut State, id: SockId, to: &str) {
        let sock = state.sock_mut(id);
        if sock.duty == Duty::Ours && sock.valid != Valid::No {
            sock.duty = Duty::Escaped;
            let origin = sock.origin;
            self.events.escaped(origin, to);
        }
    }

    fn escape_sock(&mut self, state: &mut State, id: SockId, to: &str) {
        // Whoever gets it may repeat the close that would have blocked.
        if let Some(site) = state.sock_mut(id).to_retry.take() {
            self.events.retried(site);
        }
        let sock = state.sock_mut(id);
        sock.copied_out = true;
        if sock.valid == Valid::Unchecked {
            sock.valid = Valid::Assumed;
        }
        if sock.duty == Duty::Ours && sock.valid != Valid::No {
            let closed = matches!(sock.status, Status::Closed(_));
            sock.duty = Duty::Escaped;
            let origin = sock.origin;
            if closed {
                self.events.closed(origin);
            } else {
                self.events.escaped(origin, to);
            }
        }
        // Whoever has it may change its options.
        let sock = state.sock_mut(id);
        sock.mode = super::sock::Mode::Unknown;
        sock.linger = super::sock::Linger::Unknown;
        sock.course.lose();
        sock.busy.clear();
    }

    /// What a mutable reference or raw pointer leads to is not known any more.
    fn havoc(&mut self, state: &mut State, value: &Value) {
        match state.resolve(value) {
            Value::Ref(to, RefKind::Mut | RefKind::Raw) | Value::Capture(to) => {
                let Some(old) = state.read(to.loc, &to.path) else {
                    return;
                };
                let ty = self.type_of(state, &old);
                let fresh = match (&old, ty) {
                    // The owner stays an owner; only what is in it may differ.
                    (Value::Owner(..) | Value::Box(..) | Value::Closure(_) | Value::Held(_), _) => {
                        return;
                    }
                    (Value::Moved, _) => Value::Unknown,
                    (_, RTy::Unknown) => Value::Unknown,
                    (_, ty) => state.plain(ty),
                };
                state.write(to.loc, &to.path, fresh);
            }
            Value::Agg(agg) => {
                for (_, field) in &agg.fields {
                    self.havoc(state, field);
                }
            }
            _ => {}
        }
    }

    /// The type of a value, as far as it shows.
    pub fn type_of(&self, state: &State, value: &Value) -> RTy {
        match value {
            Value::Sym(id) => state.syms[id.0 as usize].ty.clone(),
            Value::Owner(path, _) => RTy::Extern(path.clone(), Rc::from([])),
            Value::Sock(..) => RTy::Socket,
            Value::Agg(agg) => match &agg.kind {
                AggKind::Struct(id) => RTy::Adt(*id, Rc::from([])),
                AggKind::Extern(path) => RTy::Extern(path.clone(), Rc::from([])),
                AggKind::Variant(super::value::Variant::Def(id)) => {
                    match self.names.def(*id).kind {
                        crate::names::DefKind::Variant(parent, _) => RTy::Adt(parent, Rc::from([])),
                        _ => RTy::Unknown,
                    }
                }
                _ => RTy::Unknown,
            },
            Value::Bool(_) => RTy::Prim("bool".into()),
            _ => RTy::Unknown,
        }
    }

    /// A socket that somebody else owns. `raw`: it came as a bare descriptor.
    pub fn lent_socket(&mut self, state: &mut State, raw: bool) -> SockId {
        let origin = self.events.lent_origin();
        state.sock(Sock {
            origin,
            valid: Valid::Assumed,
            status: Status::Open,
            duty: Duty::Lent,
            mode: super::sock::Mode::Unknown,
            linger: super::sock::Linger::Unknown,
            to_retry: None,
            lent_raw: raw,
            copied_out: false,
            wrong_at: None,
            closed_by_thread: None,
            posts_close: false,
            busy: Vec::new(),
            course: super::course::Course::lent(),
        })
    }

    /// `mem::forget`, `ManuallyDrop`, `Box::leak`: nobody drops it any more.
    pub fn forget(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        value: &Value,
        by: &str,
        span: Span,
    ) {
        let mut value = self.materialized(state, value.clone());
        if let Value::Sym(id) = value {
            let slot = Slot {
                loc: state.alloc(value.clone()),
                path: Vec::new(),
                implicit: false,
            };
            self.open_up(state, &slot, id);
            value = state.resolve(&value);
        }
        match &value {
            Value::Owner(_, sock) => self.release(frame, state, *sock, by, span),
            Value::Agg(agg) => {
                if let AggKind::Struct(id) = agg.kind
                    && self.names.drop_impl(&TyKey::Def(id)).is_some()
                    && self.closes_itself(frame)
                {
                    self.disarm(frame, state, &value, by, span);
                }
            }
            _ => {}
        }
    }

    /// Whether a function's own text closes sockets.
    fn closes_itself(&self, frame: &Frame<'_>) -> bool {
        self.own_text(frame).contains("closesocket")
    }

    /// A value whose `Drop` would have closed its socket is not dropped any more: this code closes it, or hands
    /// it on.
    fn disarm(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        value: &Value,
        by: &str,
        span: Span,
    ) {
        if let Value::Agg(agg) = value {
            for (_, field) in &agg.fields {
                self.materialized(state, field.clone());
            }
        }
        let reached = state.reachable(std::slice::from_ref(value)).socks;
        let lent: Vec<SockId> = reached
            .into_iter()
            .filter(|id| {
                let sock = &state.socks[id.0 as usize];
                sock.duty == Duty::Lent
                    && sock.lent_raw
                    && !sock.copied_out
                    && sock.status == Status::Open
            })
            .collect();
        if lent.is_empty() {
            return;
        }
        self.events.muted = true;
        let dropped = self.drop_value(frame, state.clone(), value.clone(), span);
        self.events.muted = false;
        for id in lent {
            let closes = dropped
                .iter()
                .all(|after| matches!(after.socks[id.0 as usize].status, Status::Closed(_)));
            if closes && !dropped.is_empty() {
                state.sock_mut(id).lent_raw = false;
                self.release(frame, state, id, by, span);
            }
        }
    }

    /// A socket is taken out of its owner: from here on this code closes it.
    pub fn release(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        id: SockId,
        by: &str,
        span: Span,
    ) {
        let sock = &state.socks[id.0 as usize];
        if sock.duty == Duty::Lent && sock.lent_raw {
            // It goes back to what it was.
            return;
        }
        if sock.duty == Duty::Lent {
            let escaped = sock.copied_out;
            let origin = self.events.new_origin(frame, span, by, true);
            let sock = state.sock_mut(id);
            sock.duty = if escaped { Duty::Escaped } else { Duty::Ours };
            sock.origin = origin;
            if escaped {
                self.events
                    .escaped(origin, "its descriptor was passed on before");
            }
            let sock = state.sock_mut(id);
            if sock.valid != Valid::No {
                sock.valid = Valid::Yes;
            }
            self.trail(
                state,
                span,
                format!("`{by}` takes the socket out of its owner"),
                Mark::Acquired,
                Some(origin),
            );
        } else {
            let origin = state.socks[id.0 as usize].origin;
            self.trail(
                state,
                span,
                format!("`{by}` takes the socket out of its owner"),
                Mark::Released,
                Some(origin),
            );
        }
    }
}

/// Like [`State::read`], but stops at captures.
fn raw_read(state: &State, slot: &Slot) -> Option<Value> {
    state.read(slot.loc, &slot.path)
}

fn mentions_box(state: &State, value: &Value, loc: Loc) -> bool {
    match &state.resolve(value) {
        Value::Box(_, at) => *at == loc,
        Value::Agg(agg) => agg
            .fields
            .iter()
            .any(|(_, field)| mentions_box(state, field, loc)),
        Value::Closure(closure) => closure
            .captures
            .iter()
            .any(|capture| mentions_box(state, capture, loc)),
        _ => false,
    }
}

/// Whether the location came in from a caller that may hold it elsewhere.
fn loc_is_lent(state: &State, loc: Loc) -> bool {
    let at = loc.0 as usize;
    at >= state.entry.locals && at < state.entry.locals + state.entry.locs
}
