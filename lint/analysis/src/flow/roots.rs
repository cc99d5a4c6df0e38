//! Where interpretation starts: every function, with parameters of which only
//! the type is known.

use super::engine::{Analyzer, FnKey, Frame};
use super::sock::{Duty, Sock, Status, Valid};
use super::state::{OpStatus, State};
use super::value::{AggKind, RefKind, Value, Variant};
use crate::Watch;
use crate::input::Input;
use std::rc::Rc;

use crate::names::{DefId, DefKind, FnDef, Names, RTy, SelfKind};
use crate::report::{Coverage, FileCoverage, Report, Verdict};
use crate::span::Span;

/// Interprets every function of the crates that are reported on.
/// `None` if `watch` ends it.
pub fn analyze(
    input: &Input,
    names: &Names<'_>,
    direct: &[bool],
    watch: &dyn Watch,
) -> Option<Report> {
    let mut analyzer = Analyzer::new(names, input);
    let mut coverage = Coverage {
        files: input.files.len().saturating_sub(input.excluded.len()),
        ..Coverage::default()
    };
    let mut by_file = vec![FileCoverage::default(); input.files.len()];
    // Crates in which a path was not followed to its end.
    let mut doubtful: Vec<usize> = Vec::new();
    let mut cut_short = Vec::new();
    // `Drop::drop` first: what it calls is known then to be part of closing.
    let mut order: Vec<DefId> = names.functions();
    order.sort_by_key(|id| !is_drop(names, *id));
    let mut at = 0;
    loop {
        // Lowering a body may bring up items that stand in it.
        if at == order.len() {
            order.extend(names.functions().into_iter().skip(at));
        }
        let Some(&id) = order.get(at) else { break };
        if watch.at(at, order.len()).is_break() {
            return None;
        }
        at += 1;
        let def = names.def(id);
        let file = names.scope(def.scope).file.0 as usize;
        if !input.crates[def.krate].report || !direct.get(file).copied().unwrap_or(true) {
            continue;
        }
        analyzer.look_from(def.krate);
        analyzer.refuel();
        let counts = !input.excluded.contains(&file);
        watch.enters(&def.path);
        if analyzer.root(id) && counts {
            coverage.functions += 1;
            by_file[file].functions += 1;
        }
        if analyzer.cut_short && !counts {
            doubtful.push(def.krate);
        } else if analyzer.cut_short {
            coverage.cut_short += 1;
            by_file[file].cut_short += 1;
            doubtful.push(def.krate);
            if let Some(item) = def.enclosing.first() {
                cut_short.push((def.path.to_string(), *item));
            }
        }
    }
    if watch.at(at, order.len()).is_break() {
        return None;
    }
    for id in names.statics() {
        let krate = names.def(id).krate;
        if input.crates[krate].report {
            analyzer.look_from(krate);
            analyzer.refuel();
            analyzer.root = None;
            analyzer.root_static(id);
        }
    }
    analyzer.events.settle_tentative(&analyzer.called);
    analyzer.events.settle(|site| {
        let file = site.file.0 as usize;
        !doubtful
            .iter()
            .any(|&krate| input.crates[krate].files.contains(&file))
    });
    let sockets = analyzer.events.proofs();
    let counted = (0..input.files.len()).filter(|file| !input.excluded.contains(file));
    coverage.parsed = counted.filter(|&file| names.was_parsed(file)).count();
    for (index, covered) in by_file.iter_mut().enumerate() {
        covered.parsed = names.was_parsed(index);
    }
    for proof in &sockets {
        if input.excluded.contains(&(proof.span.file.0 as usize)) {
            continue;
        }
        coverage.sockets += 1;
        match proof.verdict {
            Verdict::Closed => coverage.closed += 1,
            Verdict::HandedOn => coverage.handed_on += 1,
            Verdict::Escaped => coverage.escaped += 1,
            Verdict::Leaks => coverage.leaking += 1,
        }
    }
    Some(Report {
        findings: analyzer.events.take_findings(),
        errors: names.take_errors(),
        sockets,
        cut_short,
        coverage,
        by_file,
    })
}

fn is_drop(names: &Names<'_>, id: DefId) -> bool {
    let def = names.def(id);
    matches!(&def.kind, DefKind::Fn(f) if f.of_trait.as_deref() == Some("Drop") && &*def.name == "drop")
}

/// Whether a program starts there.
fn is_main(def: &crate::names::Def) -> bool {
    &*def.name == "main" && def.path.split("::").count() <= 2
}

impl Analyzer<'_, '_> {
    /// Interprets a function as if anybody called it.
    fn root(&mut self, id: DefId) -> bool {
        let def = self.names.def(id);
        let DefKind::Fn(f) = &def.kind else {
            return false;
        };
        let Some(body) = self.names.body(id) else {
            return false;
        };
        let frame = Frame {
            body: &body,
            function: def.path.to_string().into(),
            enclosing: def.enclosing.clone(),
            key: FnKey::Def(id),
            def: Some(id),
        };
        let mut state = State::new(0);
        state.startup.alone = is_main(&def) && !self.starts_itself(body.span);
        let mut args = Vec::new();
        for ty in &f.params {
            let ty = match self.names.resolve_ty(ty) {
                // An owner that comes by value is this function's alone.
                RTy::Extern(path, args) if args.is_empty() => {
                    RTy::Extern(path, Rc::from([RTy::Never]))
                }
                ty => ty,
            };
            let name = body
                .locals
                .get(args.len() + 1)
                .and_then(|local| local.name.as_deref());
            let millis = name.is_some_and(super::exec::counts_millis);
            let value = match millis && matches!(ty, RTy::Prim(_)) {
                true => state.millis(ty),
                false => state.plain(ty),
            };
            // Shapes first, so that what the callee does to them comes back here.
            args.push(self.materialized(&mut state, value));
        }
        self.root = Some(id);
        let dropping = is_drop(self.names, id);
        if dropping {
            self.in_drop += 1;
        }
        let results = self.call_body(&frame, state, args.clone(), Vec::new());
        if dropping {
            self.in_drop -= 1;
        }
        for (mut state, value) in results {
            self.settle_lost(&frame, &mut state);
            self.note_borrow_ended(&frame, &mut state, (f, &args), &value);
            if let Some(contract) = &f.contract {
                self.check_contract(&frame, &mut state, contract, &args, &value);
            }
            // A closure or future that is handed out: somebody will run it.
            if let Value::Closure(closure) = state.resolve(&value) {
                self.visit_closure(&frame, state.clone(), &closure, body.span);
            }
            self.hand_back(&frame, &mut state, &args, &value);
            self.drop_at_once(&frame, &state, &value);
            self.close_later(&frame, &state, &value);
            let lent = match f.self_kind {
                SelfKind::None => false,
                // `self: Pin<&mut Self>`
                SelfKind::Value => matches!(args[0], Value::Ref(..)),
                SelfKind::Ref | SelfKind::RefMut => true,
            };
            let inner = self.used_by_drop.contains(&id) && !self.is_public(&def);
            if lent && !dropping && !f.is_unsafe && !inner {
                self.close_later(&frame, &state, &args[0]);
                self.drop_later(&frame, state, &args[0]);
            } else {
                self.drop_shared(&frame, state, &args);
            }
        }
        true
    }

    /// Interprets a static's initialiser.
    fn root_static(&mut self, id: DefId) {
        let def = self.names.def(id);
        let Some(body) = self.names.const_body(id) else {
            return;
        };
        self.keep(&body);
        let frame = Frame {
            body: &body,
            function: def.path.to_string().into(),
            enclosing: def.enclosing.clone(),
            key: FnKey::Body(&*body),
            def: None,
        };
        let results = self.call_body(&frame, State::new(0), Vec::new(), Vec::new());
        for (mut state, value) in results {
            self.escape(&mut state, &[value], "a static");
        }
    }

    /// What the function returns, or leaves in places of its caller, is handed on.
    fn hand_back(&mut self, frame: &Frame<'_>, state: &mut State, args: &[Value], value: &Value) {
        // What the caller sees afterwards: the result, and what it lent.
        let mut seen = vec![value.clone()];
        seen.extend(
            args.iter()
                .map(|arg| state.resolve(arg))
                .filter(|arg| matches!(arg, Value::Ref(..) | Value::Box(..))),
        );
        let reached = state.reachable(&seen);
        for (index, sock) in state.socks.clone().iter().enumerate() {
            if sock.duty != Duty::Ours || sock.valid == Valid::No || sock.status != Status::Open {
                continue;
            }
            if reached.socks.iter().any(|id| id.0 as usize == index) {
                self.events.handed_on(sock.origin);
            } else {
                let end = Span {
                    lo: frame.body.span.hi.saturating_sub(1),
                    ..frame.body.span
                };
                self.settle(frame, sock, state, end, "never closed on this path");
            }
        }
    }

    /// The caller may drop what it gets at once, while a thread is still in a call.
    fn drop_at_once(&mut self, frame: &Frame<'_>, state: &State, value: &Value) {
        if leads_to(state, value, |sock| !sock.busy.is_empty()) {
            self.drop_value(frame, state.clone(), value.clone(), frame.body.span);
        }
    }

    /// The caller may call a method that closes a socket, while a thread that the function started is still
    /// in a call on it. Only where no method but that one could have waited for the thread.
    fn close_later(&mut self, frame: &Frame<'_>, state: &State, value: &Value) {
        let mut value = state.resolve(value);
        let mut receiver = None;
        for _ in 0..4 {
            match &value {
                Value::Ref(to, _) => {
                    receiver = Some(to.clone());
                    value = state
                        .read(to.loc, &to.path)
                        .map_or(Value::Unknown, |inner| state.resolve(&inner));
                }
                Value::Agg(agg)
                    if matches!(agg.kind, AggKind::Variant(Variant::Known(_)))
                        && agg.fields.len() == 1 =>
                {
                    value = state.resolve(&agg.fields[0].1);
                }
                _ => break,
            }
        }
        let busy = leads_to(state, &value, |sock| !sock.busy.is_empty());
        let Some(key) = self.type_of(state, &value).key().filter(|_| busy) else {
            return;
        };
        let methods = self.names.methods_of(&key);
        let of_text = |id: &DefId, word: &str| {
            let def = self.names.def(*id);
            def.enclosing
                .first()
                .is_some_and(|item| self.text_of(*item).contains(word))
        };
        let closing: Vec<DefId> = methods
            .iter()
            .filter(|id| {
                let def = self.names.def(**id);
                let DefKind::Fn(f) = &def.kind else {
                    return false;
                };
                let lent = !matches!(f.self_kind, SelfKind::Value);
                f.self_kind != SelfKind::None
                    && (lent || receiver.is_none())
                    && !f.is_unsafe
                    && self.is_public(&def)
                    && Some(**id) != frame.def
                    && ["close", "drop", "take"]
                        .iter()
                        .any(|word| of_text(id, word))
                    && !methods
                        .iter()
                        .any(|other| other != *id && of_text(other, "join"))
            })
            .copied()
            .collect();
        for id in closing {
            let def = self.names.def(id);
            let DefKind::Fn(f) = &def.kind else { continue };
            let mut state = state.clone();
            let mut args = vec![match (f.self_kind, &receiver) {
                (SelfKind::Value, _) => value.clone(),
                (_, Some(to)) => Value::Ref(to.clone(), RefKind::Mut),
                (_, None) => Value::ref_to(state.alloc(value.clone()), RefKind::Mut),
            }];
            for ty in f.params.iter().skip(1) {
                let ty = self.names.resolve_ty(ty);
                args.push(state.plain(ty));
            }
            self.call_def(frame, state, id, args, frame.body.span);
        }
    }

    /// A method that closed a socket of `self`, which its drop closes too.
    fn drop_later(&mut self, frame: &Frame<'_>, state: State, receiver: &Value) {
        let Value::Ref(to, _) = receiver else { return };
        let Some(value) = state.read(to.loc, &to.path) else {
            return;
        };
        let reached = state.reachable(std::slice::from_ref(&value));
        let closed = leads_to(&state, &value, is_closed);
        let pending = state
            .ops
            .iter()
            .any(|op| op.status != OpStatus::Done && op.pins_in(&reached));
        if closed || (pending && self.ends_operations(&state, frame, &value)) {
            self.drop_value(frame, state, value, frame.body.span);
        }
    }

    /// Whether a type takes it on itself to end its operations: it has a `Drop`, or is a future, which
    /// may be dropped at any time.
    fn ends_operations(&self, state: &State, frame: &Frame<'_>, value: &Value) -> bool {
        let polls = self.is_poll(frame);
        let key = self.type_of(state, value).key();
        polls || key.is_some_and(|key| self.names.drop_impl(&key).is_some())
    }

    /// A function that borrows data for the time of the call returns while an operation uses it.
    fn note_borrow_ended(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        (f, args): (&FnDef, &[Value]),
        value: &Value,
    ) {
        let end = Span {
            lo: frame.body.span.hi.saturating_sub(1),
            ..frame.body.span
        };
        let is_static = frame
            .enclosing
            .first()
            .and_then(|item| self.text_of(*item).split('{').next())
            .is_none_or(|head| head.contains("'static"));
        if f.is_unsafe || is_static || state.ops.iter().all(|op| op.status == OpStatus::Done) {
            return;
        }
        let returned = state.reachable(std::slice::from_ref(value));
        for (arg, ty) in args.iter().zip(&f.params) {
            let RTy::Ref(_, to) = self.names.resolve_ty(ty) else {
                continue;
            };
            if !matches!(*to, RTy::Array(_)) {
                continue;
            }
            let Value::Ref(to, _) = arg else { continue };
            if returned.locs.contains(&to.loc) {
                continue;
            }
            for index in 0..state.ops.len() {
                let op = &state.ops[index];
                let pin = op.pins.iter().find(|(pin, _)| pin.loc == to.loc);
                if let (Some((_, what)), true) = (pin, op.status != OpStatus::Done) {
                    self.freed_early(
                        frame,
                        state,
                        index,
                        what,
                        end,
                        "is given back to the caller",
                    );
                }
            }
        }
    }

    /// A shared pointer that came as a parameter: somebody drops it in the end.
    fn drop_shared(&mut self, frame: &Frame<'_>, mut state: State, args: &[Value]) {
        for arg in args {
            if let Value::Box(super::value::BoxKind::Shared, loc) = arg {
                let content = state.mem[loc.0 as usize].clone();
                if leads_to(&state, &content, is_closed) {
                    let states = self.drop_value(frame, state, content, frame.body.span);
                    let Some(next) = states.into_iter().next() else {
                        return;
                    };
                    state = next;
                }
            }
        }
    }
}

/// Whether a value leads to a socket of which something is true.
fn leads_to(state: &State, value: &Value, of: impl Fn(&Sock) -> bool) -> bool {
    let reached = state.reachable(std::slice::from_ref(value));
    reached
        .socks
        .iter()
        .any(|id| of(&state.socks[id.0 as usize]))
}

fn is_closed(sock: &Sock) -> bool {
    matches!(sock.status, Status::Closed(_))
}
