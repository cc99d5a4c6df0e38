//! Method calls: of analysed types, and of the types of std whose methods
//! carry sockets along.

use std::rc::Rc;

use super::engine::{Analyzer, Frame};
use super::exec::Slot;
use super::sock::{Linger, Mode};
use super::state::{CallFact, Mark, State, SymKind};
use super::value::{
    AggKind, BoxKind, Callable, Loc, Pointer, RefKind, Repr, SockId, Value, Variant, index_name,
};
use crate::mir::{BinOp, KnownVariant, Name, Operand, Place};
use crate::model;
use crate::names::{DefKind, RTy, SelfKind, TyKey, last};
use crate::rules;
use crate::span::Span;

/// Results of a builtin, or the state and arguments back if it is none.
pub type Attempt = Result<Vec<(State, Value)>, (State, Vec<Value>)>;

/// Elements of a `Vec` that are followed one by one.
const MAX_ELEMENTS: usize = 6;

impl Analyzer<'_, '_> {
    /// Interprets `receiver.name::<generics>(args)`.
    #[allow(clippy::too_many_arguments)]
    pub fn call_method(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        receiver: &Place,
        name: &Name,
        generics: &[crate::mir::Ty],
        operands: &[Operand],
        span: Span,
    ) -> Vec<(State, Value)> {
        let outer = self.slot(&mut state, receiver);
        if let (Some(slot), "cast", [ty]) = (&outer, &**name, generics)
            && let Some(Value::Sym(id)) = state.read(slot.loc, &slot.path)
        {
            let ty = RTy::Ptr(Rc::new(self.names.resolve_ty(ty)));
            let value = super::exec::point_at(&mut state, id, &ty);
            return vec![(state, value)];
        }
        if let (Some(slot), "cast" | "cast_mut" | "cast_const") = (&outer, &**name)
            && let Some(Value::Sym(id)) = state.read(slot.loc, &slot.path)
            && matches!(state.syms[id.0 as usize].ty, RTy::Ptr(_))
        {
            return vec![(state, Value::Sym(id))];
        }
        let args = self.arguments(frame, &mut state, operands, span);
        let Some(outer) = outer else {
            return self.call_unknown(frame, state, &format!("the method `{name}`"), args, span);
        };
        // The receiver as it is, then what it refers to, as autoderef goes.
        let mut slot = outer.clone();
        let (mut state, mut args) = (state, args);
        for _ in 0..8 {
            let value = state.read(slot.loc, &slot.path).unwrap_or(Value::Unknown);
            let mut value = self.materialized(&mut state, value);
            if matches!(
                &**name,
                "write" | "read" | "write_volatile" | "read_volatile"
            ) && matches!(value, Value::Sym(_))
                && let Some((to, kind)) = self.pointee(&mut state, value.clone())
            {
                value = Value::Ref(to, kind);
            }
            if let Some(found) = self.own_method(&state, &value, name) {
                return self.call_own(frame, state, &slot, found, args, span);
            }
            match self.std_method(frame, state, &slot, &value, name, args, span) {
                Ok(results) => return results,
                Err((s, a)) => (state, args) = (s, a),
            }
            let to = match &value {
                Value::Ref(to, _) | Value::Capture(to) => to.clone(),
                Value::Box(_, loc) | Value::Held(loc) => Rc::new(Pointer {
                    loc: *loc,
                    path: Vec::new(),
                }),
                Value::Agg(agg) if agg.kind == AggKind::ManuallyDrop => {
                    let mut path = slot.path.clone();
                    path.push("0".into());
                    Rc::new(Pointer {
                        loc: slot.loc,
                        path,
                    })
                }
                _ => break,
            };
            slot = Slot {
                loc: to.loc,
                path: to.path.clone(),
                implicit: true,
            };
        }
        self.unknown_method(frame, state, &slot, name, args, span)
    }

    /// A method that the sources give the value's type.
    fn own_method(&self, state: &State, value: &Value, name: &str) -> Option<crate::names::DefId> {
        let key = match value {
            Value::Int(_) => return None,
            Value::Sock(_, repr) => {
                let prefix = if repr.signed { 'i' } else { 'u' };
                let ty = if repr.bits == 64 {
                    format!("{prefix}size")
                } else {
                    format!("{prefix}{}", repr.bits)
                };
                TyKey::Named(ty.into())
            }
            value => self.type_of(state, value).key()?,
        };
        self.names.method(&key, name)
    }

    fn call_own(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        slot: &Slot,
        id: crate::names::DefId,
        args: Vec<Value>,
        span: Span,
    ) -> Vec<(State, Value)> {
        let def = self.names.def(id);
        let DefKind::Fn(f) = &def.kind else {
            return self.call_unknown(frame, state, &def.name, args, span);
        };
        let receiver = match f.self_kind {
            SelfKind::Value => {
                let mut explicit = slot.clone();
                explicit.implicit = false;
                self.take_slot(frame, &mut state, &explicit, span)
            }
            SelfKind::Ref => Value::Ref(slot.pointer(), RefKind::Shared),
            SelfKind::RefMut | SelfKind::None => Value::Ref(slot.pointer(), RefKind::Mut),
        };
        let mut all = vec![receiver];
        all.extend(args);
        self.call_def(frame, state, id, all, span)
    }

    /// A method nobody knows: it borrows its receiver, whose plain data may
    /// change, and may keep its arguments.
    fn unknown_method(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        slot: &Slot,
        name: &Name,
        args: Vec<Value>,
        span: Span,
    ) -> Vec<(State, Value)> {
        let what = format!("the method `{name}`, which is not among the analysed sources");
        if !super::threads::waits_in_vain(name) {
            self.synchronised(&mut state, name);
        }
        if super::threads::may_join(name) {
            self.joined_unseen(&mut state);
        }
        if super::threads::waits_in_vain(name) {
            let mut late = state.clone();
            self.synchronised(&mut state, name);
            let (value, error) = (state.plain(RTy::Unknown), late.plain(RTy::Unknown));
            return vec![
                (state, Value::known(KnownVariant::Ok, Some(value))),
                (late, Value::known(KnownVariant::Err, Some(error))),
            ];
        }
        if matches!(&**name, "get" | "is_completed" | "get_mut") {
            // Whether it was initialised says whether somebody was here before.
            state.startup.doubt();
        }
        if matches!(&**name, "load" | "get" | "is_completed") {
            super::overlapped::flag_read(&mut state);
        }
        if runs_for_elements(name)
            && let [Value::Closure(closure)] = args.as_slice()
        {
            let elements = state.read(slot.loc, &slot.path).unwrap_or(Value::Unknown);
            if matches!(elements, Value::Agg(_) | Value::Box(..)) {
                self.escape(&mut state, &[elements], &what);
            }
            return self.call_for_elements(frame, state, &Rc::clone(closure), span);
        }
        if matches!(&**name, "push" | "push_back") {
            for arg in &args {
                self.note_returned(frame, &mut state, arg, span);
            }
        }
        if let ("insert", [_, held]) = (&**name, args.as_slice()) {
            self.note_returned(frame, &mut state, held, span);
        }
        let consumes = name.starts_with("into_");
        let receiver = state.read(slot.loc, &slot.path).unwrap_or(Value::Unknown);
        match &receiver {
            Value::Owner(..) if !consumes && model::is_plain_owner_method(name) => {}
            Value::Owner(_, sock) if !consumes => {
                // Of an extension trait: it may send, receive and set options.
                let sock = state.sock_mut(*sock);
                sock.mode = Mode::Unknown;
                sock.linger = Linger::Unknown;
                sock.course.lose();
            }
            Value::Sym(_) | Value::Sock(..) if !consumes && args.is_empty() => {}
            _ if consumes => {
                state.write(slot.loc, &slot.path, Value::Moved);
                self.escape(&mut state, std::slice::from_ref(&receiver), &what);
            }
            Value::Agg(_) | Value::Box(..) | Value::Closure(_) => {
                self.escape(
                    &mut state,
                    &[Value::Ref(slot.pointer(), RefKind::Shared)],
                    &what,
                );
            }
            _ => {}
        }
        // Whoever has an object of another crate has called that crate before; what came as a parameter may
        // do anything.
        let foreign = match self.type_of(&state, &receiver) {
            RTy::Extern(path, _) => !path.starts_with("std::"),
            RTy::Prim(_) | RTy::Socket | RTy::Ptr(_) | RTy::Array(_) => false,
            _ => matches!(receiver, Value::Sym(id) if (id.0 as usize) < state.entry.syms),
        };
        if foreign && !state.startup.alone {
            state.startup.doubt();
        }
        if matches!(&**name, "push" | "push_back" | "insert") {
            // Where only the socket goes, nobody completes its operations.
            let reached = state.reachable(&args);
            let kept: Vec<_> = state.ops.iter().map(|op| op.status).collect();
            let mut results = self.call_library(frame, state, &what, args, span);
            for (state, _) in &mut results {
                for (op, status) in state.ops.iter_mut().zip(&kept) {
                    if !op.pins_in(&reached) {
                        op.status = *status;
                    }
                }
            }
            return results;
        }
        self.call_library(frame, state, &what, args, span)
    }

    /// A closure that runs for each of the elements of an iterator, if there are any.
    fn call_for_elements(
        &mut self,
        frame: &Frame<'_>,
        state: State,
        closure: &Rc<super::value::Closure>,
        span: Span,
    ) -> Vec<(State, Value)> {
        let mut ran = state.clone();
        let args = self.closure_params(&mut ran, closure);
        let callee = Value::Closure(Rc::clone(closure));
        let mut states = self.call_once(frame, ran, &callee, args, span);
        // Where each of none was joined, all were.
        let mut state = state;
        let joined = |(state, _): &(State, Value)| state.socks.iter().all(|s| s.busy.is_empty());
        if !states.is_empty() && states.iter().all(joined) {
            state.socks.iter_mut().for_each(|sock| sock.busy.clear());
        }
        states.extend(
            self.drop_value(frame, state, callee, span)
                .into_iter()
                .map(|state| (state, Value::Unknown)),
        );
        for (state, value) in &mut states {
            *value = state.plain(RTy::Unknown);
        }
        states
    }

    /// Methods of std's types, and of the owners of the ecosystem.
    #[allow(clippy::too_many_arguments)]
    fn std_method(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        slot: &Slot,
        value: &Value,
        name: &str,
        args: Vec<Value>,
        span: Span,
    ) -> Attempt {
        match value {
            Value::Owner(path, sock) => {
                return self.owner_method(frame, state, slot, (path, *sock), name, args, span);
            }
            Value::Sock(id, repr) => match name {
                "as_raw_socket" | "as_socket" | "as_raw_fd" | "as_fd" | "clone"
                | "into_raw_socket" | "into" | "to_owned" | "borrow" | "as_handle"
                | "as_raw_handle" => return Ok(vec![(state, value.clone())]),
                "try_into" => {
                    let ok = Value::known(KnownVariant::Ok, Some(value.clone()));
                    return Ok(vec![(state, ok)]);
                }
                "is_invalid" => {
                    let constant = Value::Int(u64::MAX as i128);
                    let test = self.binary(
                        frame,
                        &mut state,
                        BinOp::Eq,
                        Value::Sock(*id, *repr),
                        constant,
                        span,
                    );
                    return Ok(vec![(state, test)]);
                }
                "eq" | "ne" | "cmp" | "partial_cmp" => {}
                _ => {}
            },
            Value::Box(BoxKind::Vec, loc) => {
                return self.vec_method(frame, state, slot, *loc, name, args, span);
            }
            Value::Box(BoxKind::Shared, _) if name == "clone" => {
                return Ok(vec![(state, value.clone())]);
            }
            Value::Box(BoxKind::Box, loc) => match name {
                "as_mut_ptr" | "as_ptr" | "as_mut" | "as_ref" => {
                    return Ok(vec![(state, Value::ref_to(*loc, RefKind::Raw))]);
                }
                _ => {}
            },
            Value::Agg(agg) => match &agg.kind {
                AggKind::Variant(Variant::Known(_)) => {
                    return self.carrier_method(frame, state, slot, name, args, span);
                }
                AggKind::Open(_) => match name {
                    "assume_init" | "clone" => return Ok(vec![(state, value.clone())]),
                    "as_mut_ptr" | "as_ptr" => {
                        return Ok(vec![(state, Value::Ref(slot.pointer(), RefKind::Raw))]);
                    }
                    "write" => {
                        let new = args.into_iter().next().unwrap_or(Value::Unknown);
                        state.write(slot.loc, &slot.path, new);
                        return Ok(vec![(state, Value::Ref(slot.pointer(), RefKind::Mut))]);
                    }
                    _ => {}
                },
                AggKind::Array | AggKind::Seq(_) => {
                    return self.sequence_method(frame, state, slot, name, args, span);
                }
                AggKind::Extern(path) if is_buffered(path) => match name {
                    "get_ref" | "get_mut" => {
                        let mut path = slot.path.clone();
                        path.push("0".into());
                        let to = Rc::new(Pointer {
                            loc: slot.loc,
                            path,
                        });
                        return Ok(vec![(state, Value::Ref(to, RefKind::Mut))]);
                    }
                    "into_inner" => {
                        let inner = agg.field("0").cloned().unwrap_or(Value::Unknown);
                        state.write(slot.loc, &slot.path, Value::Moved);
                        let inner = match path.ends_with("BufReader") {
                            true => inner,
                            false => Value::known(KnownVariant::Ok, Some(inner)),
                        };
                        return Ok(vec![(state, inner)]);
                    }
                    _ => {}
                },
                AggKind::Extern(path) if &**path == BUILDER => match name {
                    "name" | "stack_size" => return Ok(vec![(state, value.clone())]),
                    "spawn" if args.len() == 1 => {
                        let callee = args[0].clone();
                        return Ok(self.spawn_fallible(frame, state, callee, span));
                    }
                    _ => {}
                },
                AggKind::Extern(path) if is_wrapper(path) => {
                    return self.wrapper_method(state, slot, &path.clone(), name, args, span);
                }
                _ if name == "clone" && self.is_copy(&state, value) => {
                    return Ok(vec![(state, value.clone())]);
                }
                _ => {}
            },
            Value::Sym(id) => {
                let sym = &state.syms[id.0 as usize];
                let carrier = sym.ty.as_option().is_some() || sym.ty.as_result().is_some();
                let result_call = matches!(&sym.kind, SymKind::Call(fact) if fact.row.fails == model::Fails::Result);
                if carrier || result_call || (sym.ty == RTy::Unknown && is_carrier_only(name)) {
                    return self.carrier_method(frame, state, slot, name, args, span);
                }
                if let Some(value) = element_method(&mut state, *id, name) {
                    return Ok(vec![(state, value)]);
                }
                let sym = &state.syms[id.0 as usize];
                let heap = matches!(&sym.ty, RTy::Extern(path, _) if matches!(last(path), "String" | "Vec"));
                match (&sym.kind, name) {
                    (SymKind::Plain, "as_ptr" | "as_mut_ptr") if heap => {
                        // Its data has a place of its own, which lasts as long as it does.
                        let data = state.alloc(Value::agg(AggKind::Seq(false), Vec::new()));
                        state.syms[id.0 as usize].known = Some(Value::Box(BoxKind::Vec, data));
                        return Ok(vec![(state, Value::ref_to(data, RefKind::Raw))]);
                    }
                    (SymKind::OsError(of), "raw_os_error") => {
                        let code = of.map_or(Value::Unknown, Value::Sym);
                        return Ok(vec![(state, Value::known(KnownVariant::Some, Some(code)))]);
                    }
                    (SymKind::OsError(of), "kind" | "code") => {
                        let of = *of;
                        let code = match of {
                            // The error of a call of the `windows` crate.
                            Some(call)
                                if matches!(state.syms[call.0 as usize].kind, SymKind::Call(_)) =>
                            {
                                let ty = RTy::Prim("i32".into());
                                Value::Sym(state.sym(ty, SymKind::LastError(of)))
                            }
                            Some(code) => Value::Sym(code),
                            None => Value::Unknown,
                        };
                        return Ok(vec![(state, code)]);
                    }
                    (SymKind::Thread(started), "is_finished") => {
                        let started = *started;
                        let running = state.clone();
                        self.joined(&mut state, started);
                        return Ok(vec![
                            (state, Value::Bool(true)),
                            (running, Value::Bool(false)),
                        ]);
                    }
                    (SymKind::Thread(started), "join") => {
                        let started = *started;
                        self.joined(&mut state, started);
                        let result = state.plain(RTy::Unknown);
                        return Ok(vec![(state, result)]);
                    }
                    (_, "is_null") => {
                        let test = self.binary(
                            frame,
                            &mut state,
                            BinOp::Eq,
                            value.clone(),
                            Value::Int(0),
                            span,
                        );
                        return Ok(vec![(state, test)]);
                    }
                    (SymKind::Call(_), "ok" | "as_bool") if name == "as_bool" => {
                        return Ok(vec![(state, value.clone())]);
                    }
                    (SymKind::Call(_), "ok") => {
                        // `BOOL::ok()` of the `windows` crate.
                        let id = *id;
                        let mut out = Vec::new();
                        for (outcome, variant) in [
                            (super::state::Outcome::Success, KnownVariant::Ok),
                            (super::state::Outcome::Failure, KnownVariant::Err),
                        ] {
                            for mut state in self.decide(state.clone(), id, outcome, span) {
                                let payload = state.plain(RTy::Unknown);
                                out.push((state, Value::known(variant, Some(payload))));
                            }
                        }
                        return Ok(out);
                    }
                    _ => {}
                }
                if let Some(found) = self.raw_socket_method(frame, &mut state, slot, name, span) {
                    return Ok(vec![(state, found)]);
                }
            }
            Value::Closure(_) | Value::Fn(_) => {}
            Value::Unknown => {
                if is_carrier_only(name) {
                    return self.carrier_method(frame, state, slot, name, args, span);
                }
                if let Some(found) = self.raw_socket_method(frame, &mut state, slot, name, span) {
                    return Ok(vec![(state, found)]);
                }
            }
            Value::Ref(to, RefKind::Raw)
                if matches!(name, "read" | "read_volatile" | "read_unaligned")
                    && args.is_empty()
                    && state
                        .read(to.loc, &to.path)
                        .is_some_and(|value| self.is_copy(&state, &value)) =>
            {
                let value = state.read(to.loc, &to.path).unwrap_or(Value::Unknown);
                return Ok(vec![(state, value)]);
            }
            Value::Ref(to, RefKind::Raw)
                if matches!(name, "write" | "write_volatile" | "write_unaligned")
                    && args.len() == 1 =>
            {
                self.note_overwritten(frame, &mut state, to.loc, &to.path, span);
                let new = args.into_iter().next().unwrap_or(Value::Unknown);
                if to.path.last().is_some_and(|field| &**field == "l_linger") {
                    let text = "the time is given here";
                    self.trail(&mut state, span, text, Mark::LingerTime, None);
                }
                state.write(to.loc, &to.path, new);
                return Ok(vec![(state, Value::unit())]);
            }
            Value::Ref(to, _) => match name {
                "cast" | "cast_mut" | "cast_const" | "as_ptr" | "as_mut_ptr" | "get" | "as_mut"
                | "as_ref"
                    if matches!(value, Value::Ref(_, RefKind::Raw)) =>
                {
                    let pointer = Value::Ref(to.clone(), RefKind::Raw);
                    let wrapped = matches!(name, "as_mut" | "as_ref");
                    let value = if wrapped {
                        Value::known(KnownVariant::Some, Some(pointer))
                    } else {
                        pointer
                    };
                    return Ok(vec![(state, value)]);
                }
                "get_unchecked_mut" | "get_ref" | "get_mut" | "as_mut" | "as_ref"
                    if args.is_empty() && is_object(&state, to) =>
                {
                    return Ok(vec![(state, value.clone())]);
                }
                "is_null" => return Ok(vec![(state, Value::Bool(false))]),
                _ => {}
            },
            Value::Int(_) if name == "is_null" => {
                return Ok(vec![(state, Value::Bool(*value == Value::Int(0)))]);
            }
            _ => {}
        }
        // Any value: comparisons, conversions that change nothing, pointers to it.
        match name {
            "to_hresult" if args.is_empty() => Ok(vec![(state, value.clone())]),
            "to_ne_bytes" | "to_le_bytes" if matches!(value, Value::Int(_) | Value::Bool(_)) => {
                Ok(vec![(state, value.clone())])
            }
            "min" | "max" | "clamp" | "saturating_sub" | "saturating_add"
                if state.counts_millis(value) =>
            {
                Ok(vec![(state, value.clone())])
            }
            "ceil" | "round" | "floor" if args.is_empty() && state.counts_millis(value) => {
                Ok(vec![(state, value.clone())])
            }
            // Seconds that become milliseconds.
            "saturating_mul" | "wrapping_mul" | "checked_mul"
                if matches!(value, Value::Sym(_))
                    && matches!(args.as_slice(), [by] if state.resolve(by) == Value::Int(1000)) =>
            {
                let product = state.millis(RTy::Unknown);
                Ok(match name {
                    "checked_mul" => vec![
                        (state.clone(), Value::known(KnownVariant::None, None)),
                        (state, Value::known(KnownVariant::Some, Some(product))),
                    ],
                    _ => vec![(state, product)],
                })
            }
            "as_secs" if args.is_empty() && duration_secs(&state, value).is_some() => {
                let secs = duration_secs(&state, value).unwrap_or(Value::Unknown);
                Ok(vec![(state, secs)])
            }
            "as_millis" | "subsec_millis" | "total_millis" if args.is_empty() => {
                let value = state.millis(RTy::Prim("u128".into()));
                Ok(vec![(state, value)])
            }
            "then_some" | "then" if args.len() == 1 && self.is_truth(&state, value) => {
                let mut out = Vec::new();
                for state in self.assume(state.clone(), value, true, span) {
                    if name == "then_some" {
                        out.push((
                            state,
                            Value::known(KnownVariant::Some, Some(args[0].clone())),
                        ));
                        continue;
                    }
                    for (state, made) in self.call_once(frame, state, &args[0], Vec::new(), span) {
                        out.push((state, Value::known(KnownVariant::Some, Some(made))));
                    }
                }
                for state in self.assume(state, value, false, span) {
                    for state in self.drop_value(frame, state, args[0].clone(), span) {
                        out.push((state, Value::known(KnownVariant::None, None)));
                    }
                }
                Ok(out)
            }
            "into_bytes" | "to_vec" | "to_string" | "into_vec" if args.is_empty() => {
                state.write(slot.loc, &slot.path, Value::Unknown);
                let ty = RTy::Extern("std::vec::Vec".into(), Rc::from([]));
                let value = state.plain(ty);
                Ok(vec![(state, value)])
            }
            "eq" | "ne" if args.len() == 1 => {
                let op = if name == "eq" { BinOp::Eq } else { BinOp::Ne };
                let other = deref_all(&state, &args[0]);
                let test = self.binary(frame, &mut state, op, value.clone(), other, span);
                Ok(vec![(state, test)])
            }
            "as_ptr" | "as_mut_ptr" | "as_mut" | "as_ref" | "as_mut_slice" | "as_slice"
            | "borrow" | "borrow_mut" | "by_ref" | "deref" | "deref_mut" | "as_bytes"
            | "as_deref"
                if match value {
                    Value::Ref(..)
                    | Value::Capture(_)
                    | Value::Held(_)
                    | Value::Box(BoxKind::Shared, _) => false,
                    // It may be a reference to something else.
                    Value::Unknown => false,
                    Value::Sym(id) => matches!(state.syms[id.0 as usize].ty, RTy::Array(_)),
                    _ => true,
                } =>
            {
                Ok(vec![(state, Value::Ref(slot.pointer(), RefKind::Raw))])
            }
            "into" | "to_owned" | "clone" | "unwrap" | "from" | "value" | "fuse"
                if !matches!(value, Value::Ref(..) | Value::Capture(_) | Value::Held(_))
                    && self.is_copy(&state, value) =>
            {
                Ok(vec![(state, value.clone())])
            }
            // A derived `Clone` of handles to something shared.
            "clone" if args.is_empty() => {
                if let Value::Sym(id) = value {
                    self.open_up(&mut state, slot, *id);
                }
                let opened = state.resolve(value);
                match self.is_bundle_of_shared(&mut state, &opened) {
                    true => Ok(vec![(state, opened)]),
                    false => Err((state, args)),
                }
            }
            "try_into"
                if self.is_copy(&state, value)
                    && !matches!(value, Value::Ref(..) | Value::Unknown) =>
            {
                Ok(vec![(
                    state,
                    Value::known(KnownVariant::Ok, Some(value.clone())),
                )])
            }
            "call_once" | "call_once_force" | "get_or_init" | "get_or_try_init" | "force"
                if args.len() == 1 =>
            {
                if state.resolve(value) == Value::Named(RAN.into()) {
                    return Ok(vec![(state, Value::Unknown)]);
                }
                state.write(slot.loc, &slot.path, Value::Named(RAN.into()));
                self.run_once(frame, state, &args[0], span)
            }
            "spawn" | "spawn_blocking" | "spawn_local" | "execute" if !args.is_empty() => {
                let mut args = args;
                let callee = args.remove(0);
                let callee_value = state.resolve(&callee);
                if matches!(
                    callee_value,
                    Value::Closure(_) | Value::Fn(Callable::Def(_))
                ) {
                    let mut params = Vec::new();
                    if let Value::Closure(closure) = &callee_value {
                        params = self.closure_params(&mut state, closure);
                    }
                    Ok(self.spawn(frame, state, callee, params, span))
                } else {
                    args.insert(0, callee);
                    Err((state, args))
                }
            }
            _ => Err((state, args)),
        }
    }

    /// Whether a struct of the sources has, beside plain data, only what counts references.
    fn is_bundle_of_shared(&mut self, state: &mut State, value: &Value) -> bool {
        let Value::Agg(agg) = value else { return false };
        matches!(agg.kind, AggKind::Struct(_))
            && agg.fields.iter().all(|(_, field)| {
                let field = self.materialized(state, field.clone());
                matches!(field, Value::Box(BoxKind::Shared, _)) || self.is_copy(state, &field)
            })
    }

    /// Whether it is, or may be, a boolean.
    fn is_truth(&self, state: &State, value: &Value) -> bool {
        match value {
            Value::Bool(_) => true,
            Value::Sym(id) => {
                let sym = &state.syms[id.0 as usize];
                matches!(&sym.ty, RTy::Prim(name) if &**name == "bool")
            }
            _ => false,
        }
    }

    /// A closure that runs at most once, now or earlier.
    fn run_once(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        callee: &Value,
        span: Span,
    ) -> Attempt {
        let mut params = Vec::new();
        if let Value::Closure(closure) = state.resolve(callee) {
            params = self.closure_params(&mut state, &closure);
        }
        let results = self.call_once(frame, state, callee, params, span);
        Ok(results
            .into_iter()
            .map(|(mut state, value)| {
                self.escape(&mut state, &[value], "a value that is kept for good");
                let value = state.plain(RTy::Unknown);
                (state, value)
            })
            .collect())
    }

    /// `as_raw_socket` and `into_raw_socket` of a type that is not known.
    fn raw_socket_method(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        slot: &Slot,
        name: &str,
        span: Span,
    ) -> Option<Value> {
        match name {
            "as_raw_socket" | "as_socket" => {
                Some(Value::Sock(self.lent_socket(state, true), Repr::USIZE))
            }
            "into_raw_socket" => {
                let sock = self.lent_socket(state, true);
                self.release(frame, state, sock, "into_raw_socket", span);
                state.write(slot.loc, &slot.path, Value::Moved);
                Some(Value::Sock(sock, Repr::USIZE))
            }
            _ => None,
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn owner_method(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        slot: &Slot,
        (path, sock): (&Name, SockId),
        name: &str,
        args: Vec<Value>,
        span: Span,
    ) -> Attempt {
        let value = match name {
            "as_raw_socket" | "as_socket" | "as_raw_fd" | "as_fd" | "as_socketlike_view" => {
                Value::Sock(sock, Repr::USIZE)
            }
            "into_raw_socket" | "into_raw_fd" => {
                state.write(slot.loc, &slot.path, Value::Moved);
                self.release(frame, &mut state, sock, name, span);
                Value::Sock(sock, Repr::USIZE)
            }
            "set_nonblocking" => {
                let mode = match args.first().map(|arg| state.resolve(arg)) {
                    Some(Value::Bool(true)) => Mode::Nonblocking,
                    Some(Value::Bool(false)) => Mode::Blocking,
                    _ => Mode::Unknown,
                };
                self.set_mode(&mut state, sock, mode, span);
                return Ok(self.setter(state, &model::SET_NONBLOCKING, sock, span));
            }
            "set_zero_linger" => {
                self.set_linger(&mut state, sock, Linger::Hard, span);
                return Ok(self.setter(state, &model::SET_LINGER, sock, span));
            }
            "set_linger" => {
                let linger = match args.first().map(|arg| state.resolve(arg)) {
                    Some(arg) => self.duration_linger(&state, &arg),
                    None => Linger::Unknown,
                };
                self.set_linger(&mut state, sock, linger, span);
                if args
                    .first()
                    .is_some_and(|arg| self.is_millis_duration(&state, arg))
                {
                    let text = rules::linger_units::text(true);
                    let rule = &rules::linger_units::RULE;
                    self.report_on(frame, &state, sock, rule, span, text);
                }
                return Ok(self.setter(state, &model::SET_LINGER, sock, span));
            }
            "into" | "into_inner" | "into_socket" | "into_tcp_stream" | "into_udp_socket"
            | "into_tcp_listener" => {
                state.write(slot.loc, &slot.path, Value::Moved);
                Value::Owner(path.clone(), sock)
            }
            "into_std" => {
                state.write(slot.loc, &slot.path, Value::Moved);
                Value::known(KnownVariant::Ok, Some(Value::Owner(path.clone(), sock)))
            }
            "accept" if args.is_empty() => {
                let stream: Name = if last(path) == "TcpListener" {
                    format!("{}TcpStream", &path[..path.len() - "TcpListener".len()]).into()
                } else {
                    path.clone()
                };
                // What it accepts inherits the listener's mode and options.
                let listener = &state.socks[sock.0 as usize];
                let plain = listener.mode == Mode::Blocking
                    && listener.linger == (Linger::Off { earlier: false });
                let marks: Rc<[RTy]> = match plain {
                    true => Rc::from(FRESH),
                    false => Rc::from([RTy::Never]),
                };
                let pair = RTy::Tuple(Rc::from([RTy::Extern(stream, marks), RTy::Unknown]));
                state.plain(RTy::Extern("std::io::Result".into(), Rc::from([pair])))
            }
            "try_clone" => {
                // What the clone does is done to the same connection.
                state.sock_mut(sock).course.lose();
                let ok = RTy::Extern(path.clone(), Rc::from([RTy::Never]));
                state.plain(RTy::Extern("std::io::Result".into(), Rc::from([ok])))
            }
            _ => {
                let Some(row) = model::owner_method(name, args.len()) else {
                    return Err((state, args));
                };
                let mut fact = CallFact::new(row, span);
                fact.sock = Some(sock);
                let how = args.first().and_then(|how| shutdown_how(&state, how));
                self.take_own_step(&mut state, &mut fact, sock, how);
                let mut results = self.result_of(state, fact);
                for (state, _) in &mut results {
                    // It carries its error itself.
                    state.err = Default::default();
                }
                return Ok(results);
            }
        };
        Ok(vec![(state, value)])
    }

    /// The result of an owner's setter, by whose failure the setting is not known.
    fn setter(
        &mut self,
        state: State,
        row: &'static model::FnRow,
        sock: SockId,
        span: Span,
    ) -> Vec<(State, Value)> {
        let mut fact = CallFact::new(row, span);
        fact.sock = Some(sock);
        let mut results = self.result_of(state, fact);
        for (state, _) in &mut results {
            state.err = Default::default();
        }
        results
    }

    /// `Some(Duration::from_secs(milliseconds))`
    fn is_millis_duration(&self, state: &State, value: &Value) -> bool {
        match state.resolve(value) {
            Value::Agg(agg) => match agg.field("secs") {
                Some(secs) => state.counts_millis(secs),
                None if agg.fields.len() == 1 => self.is_millis_duration(state, &agg.fields[0].1),
                None => false,
            },
            _ => false,
        }
    }

    /// `set_linger(Some(Duration))`
    fn duration_linger(&self, state: &State, value: &Value) -> Linger {
        match value.as_variant() {
            Some((Variant::Known(KnownVariant::None), _)) => Linger::Off { earlier: false },
            Some((Variant::Known(KnownVariant::Some), agg)) => {
                match agg.field("0").map(|inner| state.resolve(inner)) {
                    Some(Value::Agg(duration)) if matches!(&duration.kind, AggKind::Extern(path) if &**path == DURATION) => {
                        match duration.field("0").map(|amount| state.resolve(amount)) {
                            Some(Value::Int(0)) => Linger::Hard,
                            Some(Value::Int(_)) => Linger::Timed,
                            Some(amount) if state.counts_millis(&amount) => Linger::Timed,
                            _ => Linger::Unknown,
                        }
                    }
                    Some(Value::Named(path)) if last(&path) == "ZERO" => Linger::Hard,
                    _ => Linger::Unknown,
                }
            }
            _ => Linger::Unknown,
        }
    }

    /// Methods of `Option` and `Result`.
    fn carrier_method(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        slot: &Slot,
        name: &str,
        args: Vec<Value>,
        span: Span,
    ) -> Attempt {
        use KnownVariant::{Err as ErrV, None as NoneV, Ok as OkV, Some as SomeV};
        if !CARRIER_METHODS.contains(&name) {
            return Err((state, args));
        }
        let arg = |index: usize| args.get(index).cloned().unwrap_or(Value::Unknown);
        let value = state.read(slot.loc, &slot.path).unwrap_or(Value::Unknown);
        let by_ref = matches!(
            name,
            "is_ok"
                | "is_err"
                | "is_some"
                | "is_none"
                | "as_ref"
                | "as_mut"
                | "as_deref"
                | "as_deref_mut"
                | "take"
                | "replace"
                | "insert"
                | "get_or_insert"
                | "get_or_insert_with"
                | "clone"
        );
        if !by_ref && !self.is_copy(&state, &value) {
            state.write(slot.loc, &slot.path, Value::Moved);
        }
        let mut out = Vec::new();
        for split in self.split(state, value.clone(), span) {
            let mut state = split.state;
            let (variant, payload) = (split.variant, split.payload);
            let good = matches!(variant, OkV | SomeV);
            let same =
                |payload: Value| Value::known(variant, (variant != NoneV).then_some(payload));
            let value = match name {
                "is_ok" | "is_some" => Value::Bool(good),
                "is_err" | "is_none" => Value::Bool(!good),
                "unwrap" | "expect" | "unwrap_unchecked" => {
                    if !good {
                        self.note_abandoned(&state);
                        continue;
                    }
                    payload
                }
                "unwrap_err" | "expect_err" => {
                    if good {
                        self.note_abandoned(&state);
                        continue;
                    }
                    payload
                }
                "as_ref" | "as_mut" | "as_deref" | "as_deref_mut" => {
                    if variant == NoneV {
                        Value::known(NoneV, None)
                    } else {
                        Value::known(variant, Some(self.payload_ref(&mut state, slot, payload)))
                    }
                }
                "take" => {
                    let taken = same(payload);
                    state.write(slot.loc, &slot.path, Value::known(NoneV, None));
                    taken
                }
                "replace" => {
                    let old = same(payload);
                    state.write(slot.loc, &slot.path, Value::known(SomeV, Some(arg(0))));
                    old
                }
                "insert" | "get_or_insert" => {
                    if !(good && name == "get_or_insert") {
                        state.write(slot.loc, &slot.path, Value::known(SomeV, Some(arg(0))));
                    }
                    let mut path = slot.path.clone();
                    path.push("0".into());
                    Value::Ref(
                        Rc::new(Pointer {
                            loc: slot.loc,
                            path,
                        }),
                        RefKind::Mut,
                    )
                }
                "get_or_insert_with" => {
                    if !good {
                        for (mut state, made) in
                            self.call_once(frame, state, &arg(0), Vec::new(), span)
                        {
                            state.write(slot.loc, &slot.path, Value::known(SomeV, Some(made)));
                            let mut path = slot.path.clone();
                            path.push("0".into());
                            let inner = Value::Ref(
                                Rc::new(Pointer {
                                    loc: slot.loc,
                                    path,
                                }),
                                RefKind::Mut,
                            );
                            out.push((state, inner));
                        }
                        continue;
                    }
                    let mut path = slot.path.clone();
                    path.push("0".into());
                    Value::Ref(
                        Rc::new(Pointer {
                            loc: slot.loc,
                            path,
                        }),
                        RefKind::Mut,
                    )
                }
                "ok" => {
                    if good {
                        Value::known(SomeV, Some(payload))
                    } else {
                        Value::known(NoneV, None)
                    }
                }
                "err" => {
                    if good {
                        for state in self.drop_value(frame, state, payload, span) {
                            out.push((state, Value::known(NoneV, None)));
                        }
                        continue;
                    }
                    Value::known(SomeV, Some(payload))
                }
                "map" | "map_ok" => {
                    if good {
                        for (state, new) in
                            self.call_once(frame, state, &arg(0), vec![payload], span)
                        {
                            out.push((state, Value::known(variant, Some(new))));
                        }
                        continue;
                    }
                    out.extend(self.not_called(frame, state, arg(0), same(payload), span));
                    continue;
                }
                "map_err" => {
                    if !good && variant == ErrV {
                        for (state, new) in
                            self.call_once(frame, state, &arg(0), vec![payload], span)
                        {
                            out.push((state, Value::known(ErrV, Some(new))));
                        }
                        continue;
                    }
                    out.extend(self.not_called(frame, state, arg(0), same(payload), span));
                    continue;
                }
                "and_then" => {
                    if good {
                        out.extend(self.call_once(frame, state, &arg(0), vec![payload], span));
                        continue;
                    }
                    out.extend(self.not_called(frame, state, arg(0), same(payload), span));
                    continue;
                }
                "or_else" => {
                    if !good {
                        let params = if variant == NoneV {
                            Vec::new()
                        } else {
                            vec![payload]
                        };
                        out.extend(self.call_once(frame, state, &arg(0), params, span));
                        continue;
                    }
                    out.extend(self.not_called(frame, state, arg(0), same(payload), span));
                    continue;
                }
                "unwrap_or_else" => {
                    if !good {
                        let params = if variant == NoneV {
                            Vec::new()
                        } else {
                            vec![payload]
                        };
                        out.extend(self.call_once(frame, state, &arg(0), params, span));
                        continue;
                    }
                    out.extend(self.not_called(frame, state, arg(0), payload, span));
                    continue;
                }
                "unwrap_or" => {
                    if good {
                        payload
                    } else {
                        arg(0)
                    }
                }
                "unwrap_or_default" => {
                    if good {
                        payload
                    } else {
                        state.plain(RTy::Unknown)
                    }
                }
                "ok_or" => match good {
                    true => Value::known(OkV, Some(payload)),
                    false => Value::known(ErrV, Some(arg(0))),
                },
                "ok_or_else" => {
                    if good {
                        for state in self.drop_value(frame, state, arg(0), span) {
                            out.push((state, Value::known(OkV, Some(payload.clone()))));
                        }
                    } else {
                        for (state, error) in
                            self.call_once(frame, state, &arg(0), Vec::new(), span)
                        {
                            out.push((state, Value::known(ErrV, Some(error))));
                        }
                    }
                    continue;
                }
                "map_or" => {
                    if good {
                        out.extend(self.call_once(frame, state, &arg(1), vec![payload], span));
                        continue;
                    }
                    arg(0)
                }
                "map_or_else" => {
                    let (callee, params) = match (good, variant) {
                        (true, _) => (arg(1), vec![payload]),
                        (false, NoneV) => (arg(0), Vec::new()),
                        (false, _) => (arg(0), vec![payload]),
                    };
                    out.extend(self.call_once(frame, state, &callee, params, span));
                    continue;
                }
                "is_some_and" | "is_ok_and" | "is_err_and" | "is_none_or" => {
                    let asks = if name == "is_err_and" { !good } else { good };
                    if asks {
                        out.extend(self.call_once(frame, state, &arg(0), vec![payload], span));
                        continue;
                    }
                    Value::Bool(name == "is_none_or")
                }
                "inspect" | "inspect_err" => {
                    let asks = (name == "inspect") == good;
                    if asks && variant != NoneV {
                        let loc = state.alloc(payload);
                        let shown = Value::ref_to(loc, RefKind::Shared);
                        for (state, _) in self.call_once(frame, state, &arg(0), vec![shown], span) {
                            let payload = state.mem[loc.0 as usize].clone();
                            out.push((state, same(payload)));
                        }
                        continue;
                    }
                    same(payload)
                }
                "filter" => {
                    if good {
                        let loc = state.alloc(payload);
                        let shown = Value::ref_to(loc, RefKind::Shared);
                        for (state, keep) in
                            self.call_once(frame, state, &arg(0), vec![shown], span)
                        {
                            for kept in self.assume(state.clone(), &keep, true, span) {
                                let payload = kept.mem[loc.0 as usize].clone();
                                out.push((kept, Value::known(SomeV, Some(payload))));
                            }
                            for dropped in self.assume(state, &keep, false, span) {
                                let payload = dropped.mem[loc.0 as usize].clone();
                                for state in self.drop_value(frame, dropped, payload.clone(), span)
                                {
                                    out.push((state, Value::known(NoneV, None)));
                                }
                            }
                        }
                        continue;
                    }
                    Value::known(NoneV, None)
                }
                "and" => match good {
                    true => {
                        for state in self.drop_value(frame, state, payload, span) {
                            out.push((state, arg(0)));
                        }
                        continue;
                    }
                    false => same(payload),
                },
                "or" => match good {
                    true => same(payload),
                    false => arg(0),
                },
                "copied" | "cloned" => match variant {
                    NoneV => Value::known(NoneV, None),
                    _ => {
                        let inner = deref_all(&state, &payload);
                        Value::known(variant, Some(inner))
                    }
                },
                "flatten" => match good {
                    true => payload,
                    false => same(payload),
                },
                "transpose" => {
                    // Option<Result<T>> and back: the inner one decides.
                    if !good && variant == NoneV {
                        Value::known(OkV, Some(Value::known(NoneV, None)))
                    } else if !good {
                        Value::known(SomeV, Some(same(payload)))
                    } else {
                        for inner in self.split(state, payload, span) {
                            let wrapped = match inner.variant {
                                NoneV => Value::known(NoneV, None),
                                SomeV => Value::known(
                                    SomeV,
                                    Some(Value::known(OkV, Some(inner.payload))),
                                ),
                                OkV => Value::known(
                                    OkV,
                                    Some(Value::known(SomeV, Some(inner.payload))),
                                ),
                                ErrV => Value::known(ErrV, Some(inner.payload)),
                            };
                            out.push((inner.state, wrapped));
                        }
                        continue;
                    }
                }
                "context" | "with_context" | "wrap_err" | "wrap_err_with" => match good {
                    true => Value::known(OkV, Some(payload)),
                    false => {
                        let error = state.plain(RTy::Unknown);
                        Value::known(ErrV, Some(error))
                    }
                },
                "clone" => same(payload),
                _ => same(payload),
            };
            out.push((state, value));
        }
        Ok(out)
    }

    /// The closure of a combinator that has nothing to do on this side: it is
    /// dropped, and `value` is what the combinator gives.
    fn not_called(
        &mut self,
        frame: &Frame<'_>,
        state: State,
        callee: Value,
        value: Value,
        span: Span,
    ) -> Vec<(State, Value)> {
        let states = self.drop_value(frame, state, callee, span);
        states
            .into_iter()
            .map(|state| (state, value.clone()))
            .collect()
    }

    /// A reference to the payload of the carrier in a slot.
    fn payload_ref(&mut self, state: &mut State, slot: &Slot, payload: Value) -> Value {
        let mut path = slot.path.clone();
        path.push("0".into());
        if state.read(slot.loc, &path).is_none() {
            let loc = state.alloc(payload);
            return Value::ref_to(loc, RefKind::Mut);
        }
        Value::Ref(
            Rc::new(Pointer {
                loc: slot.loc,
                path,
            }),
            RefKind::Mut,
        )
    }

    #[allow(clippy::too_many_arguments)]
    fn vec_method(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        slot: &Slot,
        loc: Loc,
        name: &str,
        args: Vec<Value>,
        span: Span,
    ) -> Attempt {
        let Value::Agg(agg) = state.resolve(&state.mem[loc.0 as usize].clone()) else {
            return Err((state, args));
        };
        let exact = agg.kind == AggKind::Seq(true);
        match name {
            "push" | "push_back" if args.len() == 1 => {
                self.note_returned(frame, &mut state, &args[0], span);
                if exact && agg.fields.len() < MAX_ELEMENTS {
                    let mut fields = agg.fields.clone();
                    fields.push((index_name(fields.len() as u64), args[0].clone()));
                    state.mem[loc.0 as usize] = Value::agg(AggKind::Seq(true), fields);
                } else {
                    self.escape(&mut state, &args, "a collection that grows");
                    self.forget_elements(&mut state, loc);
                }
                // Growth moves what is in it.
                self.end_storage(frame, &mut state, loc, span);
                Ok(vec![(state, Value::unit())])
            }
            "pop" if exact => {
                let mut fields = agg.fields.clone();
                let value = match fields.pop() {
                    Some((_, value)) => Value::known(KnownVariant::Some, Some(value)),
                    None => Value::known(KnownVariant::None, None),
                };
                state.mem[loc.0 as usize] = Value::agg(AggKind::Seq(true), fields);
                Ok(vec![(state, value)])
            }
            "drain" | "into_iter" if exact => {
                let elements = Value::agg(AggKind::Seq(true), agg.fields.clone());
                if name == "drain" {
                    state.mem[loc.0 as usize] = Value::agg(AggKind::Seq(true), Vec::new());
                } else {
                    state.write(slot.loc, &slot.path, Value::Moved);
                }
                Ok(vec![(state, elements)])
            }
            "as_ptr" | "as_mut_ptr" | "as_slice" | "as_mut_slice" | "as_ref" | "as_mut" => {
                Ok(vec![(state, Value::ref_to(loc, RefKind::Raw))])
            }
            "clear" | "truncate" | "resize" | "reserve" | "extend" | "append"
            | "extend_from_slice" | "shrink_to_fit" => {
                if !matches!(name, "clear" | "truncate") {
                    // Growth moves what is in it.
                    self.end_storage(frame, &mut state, loc, span);
                }
                let elements = agg.fields.clone();
                let mut states = vec![state];
                if name == "clear" {
                    for (_, element) in elements {
                        states = states
                            .into_iter()
                            .flat_map(|state| self.drop_value(frame, state, element.clone(), span))
                            .collect();
                    }
                }
                for state in &mut states {
                    self.escape(state, &args, "a collection");
                    if name == "clear" {
                        state.mem[loc.0 as usize] = Value::agg(AggKind::Seq(true), Vec::new());
                    } else {
                        self.forget_elements(state, loc);
                    }
                }
                Ok(states
                    .into_iter()
                    .map(|state| (state, Value::unit()))
                    .collect())
            }
            _ => {
                let inner = Slot {
                    loc,
                    path: Vec::new(),
                    implicit: true,
                };
                self.sequence_method(frame, state, &inner, name, args, span)
            }
        }
    }

    /// The elements are not followed any more.
    fn forget_elements(&mut self, state: &mut State, loc: Loc) {
        let old = std::mem::replace(
            &mut state.mem[loc.0 as usize],
            Value::agg(AggKind::Seq(false), Vec::new()),
        );
        self.escape(state, &[old], "a collection that grows");
    }

    /// Methods of slices.
    fn sequence_method(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        slot: &Slot,
        name: &str,
        args: Vec<Value>,
        span: Span,
    ) -> Attempt {
        let Some(Value::Agg(agg)) = state.read(slot.loc, &slot.path) else {
            return Err((state, args));
        };
        let exact = matches!(agg.kind, AggKind::Seq(true) | AggKind::Array);
        match name {
            "len" if exact => Ok(vec![(state, Value::Int(agg.fields.len() as i128))]),
            "is_empty" if exact => Ok(vec![(state, Value::Bool(agg.fields.is_empty()))]),
            "as_ptr" | "as_mut_ptr" | "as_slice" | "as_mut_slice" => {
                Ok(vec![(state, Value::Ref(slot.pointer(), RefKind::Raw))])
            }
            "iter" | "iter_mut" if exact => {
                let refs = agg.fields.iter().map(|(field, _)| {
                    let mut path = slot.path.clone();
                    path.push(field.clone());
                    Value::Ref(
                        Rc::new(Pointer {
                            loc: slot.loc,
                            path,
                        }),
                        RefKind::Mut,
                    )
                });
                let refs = Value::positional(AggKind::Seq(true), refs);
                Ok(vec![(state, refs)])
            }
            // Elements that are not known one by one, and hold nothing that is followed.
            "iter" | "iter_mut" | "chunks" | "windows" if !exact && agg.fields.is_empty() => {
                let value = state.plain(iterator_over(RTy::Unknown));
                Ok(vec![(state, value)])
            }
            "first" | "first_mut" | "last" | "last_mut" if exact => {
                let at = match name {
                    "first" | "first_mut" => agg.fields.first(),
                    _ => agg.fields.last(),
                };
                let value = match at {
                    Some((field, _)) => {
                        let mut path = slot.path.clone();
                        path.push(field.clone());
                        let to = Rc::new(Pointer {
                            loc: slot.loc,
                            path,
                        });
                        Value::known(KnownVariant::Some, Some(Value::Ref(to, RefKind::Mut)))
                    }
                    None => Value::known(KnownVariant::None, None),
                };
                Ok(vec![(state, value)])
            }
            "copied" | "cloned" if exact => {
                let values: Vec<Value> = agg
                    .fields
                    .iter()
                    .map(|(_, value)| deref_all(&state, value))
                    .collect();
                Ok(vec![(state, Value::positional(AggKind::Seq(true), values))])
            }
            "for_each" if exact && args.len() == 1 => {
                let mut states = vec![state];
                for (_, element) in &agg.fields {
                    states = states
                        .into_iter()
                        .flat_map(|state| {
                            self.call_value(frame, state, &args[0], vec![element.clone()], span)
                        })
                        .map(|(state, _)| state)
                        .collect();
                }
                Ok(states
                    .into_iter()
                    .map(|state| (state, Value::unit()))
                    .collect())
            }
            "len" | "is_empty" | "contains" => {
                let value = state.plain(RTy::Unknown);
                Ok(vec![(state, value)])
            }
            _ => Err((state, args)),
        }
    }

    /// `Mutex`, `RefCell`, `Cell` around a value that is followed.
    fn wrapper_method(
        &mut self,
        mut state: State,
        slot: &Slot,
        path: &str,
        name: &str,
        args: Vec<Value>,
        span: Span,
    ) -> Attempt {
        let inner = |slot: &Slot| {
            let mut path = slot.path.clone();
            path.push("0".into());
            Rc::new(Pointer {
                loc: slot.loc,
                path,
            })
        };
        if last(path).starts_with("Atomic") {
            let to = inner(slot);
            let old = state.read(to.loc, &to.path).unwrap_or(Value::Unknown);
            if !matches!(old, Value::Sock(..)) {
                // A flag that another thread sets.
                self.synchronised(&mut state, name);
            }
            let is_static = path.starts_with(STATIC);
            if is_static && matches!(name, "fetch_add" | "fetch_sub") {
                state.startup.watch();
            }
            // What a routine that has not run yet would say, nobody says.
            let awaited = state
                .ops
                .iter()
                .any(|op| op.routine && !op.alerted && op.status != super::state::OpStatus::Done);
            let shared = state.context.thread.is_some() || state.spawned || (is_static && !awaited);
            if let (true, "store" | "swap", Some(Value::Sock(id, _))) =
                (is_static, name, args.first().map(|new| state.resolve(new)))
            {
                // Whoever reads it may close it.
                self.share(&mut state, id, "a static");
            }
            if is_static && name == "load" {
                super::overlapped::flag_read(&mut state);
            }
            if let ("load", true, Value::Sock(..)) = (name, shared, &old) {
                // Another thread may have put another descriptor there, or none.
                let mut changed = state.clone();
                let other = changed.plain(RTy::Socket);
                return Ok(vec![(state, old), (changed, other)]);
            }
            if let ("compare_exchange" | "compare_exchange_weak", [expected, new, ..], false) =
                (name, args.as_slice(), shared)
            {
                let test = match (&old, expected) {
                    (Value::Bool(x), Value::Bool(y)) => Value::Bool(x == y),
                    _ => Value::Sym(state.sym(
                        RTy::Prim("bool".into()),
                        SymKind::Compare(BinOp::Eq, old.clone(), expected.clone(), span),
                    )),
                };
                let mut out = Vec::new();
                for mut changed in self.assume(state.clone(), &test, true, span) {
                    changed.write(to.loc, &to.path, new.clone());
                    out.push((changed, Value::known(KnownVariant::Ok, Some(old.clone()))));
                }
                for kept in self.assume(state, &test, false, span) {
                    out.push((kept, Value::known(KnownVariant::Err, Some(old.clone()))));
                }
                return Ok(out);
            }
            let value = match (name, args.first()) {
                // Another thread may have changed it.
                ("load", _) if shared && matches!(old, Value::Bool(_) | Value::Int(_)) => {
                    let ty = match old {
                        Value::Bool(_) => RTy::Prim("bool".into()),
                        _ => RTy::Unknown,
                    };
                    state.plain(ty)
                }
                ("load" | "into_inner", _) => old,
                ("get_mut", _) => Value::Ref(to, RefKind::Mut),
                ("swap", Some(new)) => {
                    state.write(to.loc, &to.path, new.clone());
                    if shared && matches!(old, Value::Bool(_) | Value::Int(_)) {
                        state.plain(RTy::Unknown)
                    } else {
                        old
                    }
                }
                ("fetch_add" | "fetch_sub", Some(Value::Int(by)))
                    if !shared && matches!(old, Value::Int(_)) =>
                {
                    let by = if name == "fetch_add" { *by } else { -by };
                    if let Value::Int(was) = old {
                        state.write(to.loc, &to.path, Value::Int(was + by));
                    }
                    old
                }
                // It changes to something that is not followed, but that is not zero.
                ("fetch_add", _) if !shared => {
                    let changed = state.sym(RTy::Unknown, SymKind::Plain);
                    state.syms[changed.0 as usize]
                        .excluded
                        .push(super::state::Excluded::Int(0));
                    state.write(to.loc, &to.path, Value::Sym(changed));
                    old
                }
                // It changes to something that is not followed.
                (change, _) if change.starts_with("fetch_") || change.starts_with("compare_") => {
                    let changed = state.plain(RTy::Unknown);
                    state.write(to.loc, &to.path, changed);
                    state.startup.doubt();
                    state.plain(RTy::Unknown)
                }
                ("store", Some(new)) => {
                    state.write(to.loc, &to.path, new.clone());
                    Value::unit()
                }
                _ => return Err((state, args)),
            };
            return Ok(vec![(state, value)]);
        }
        let value = match name {
            "lock" | "write" | "read" | "try_lock" if last(path) != "MaybeUninit" => {
                self.synchronised(&mut state, name);
                Value::known(
                    KnownVariant::Ok,
                    Some(Value::Ref(inner(slot), RefKind::Mut)),
                )
            }
            "borrow" | "borrow_mut" | "get" if last(path) != "Cell" => {
                Value::Ref(inner(slot), RefKind::Mut)
            }
            "get_mut" => Value::Ref(inner(slot), RefKind::Mut),
            "get" => {
                let to = inner(slot);
                state.read(to.loc, &to.path).unwrap_or(Value::Unknown)
            }
            "set" if args.len() == 1 => {
                let to = inner(slot);
                state.write(to.loc, &to.path, args[0].clone());
                Value::unit()
            }
            "replace" if args.len() == 1 => {
                let to = inner(slot);
                let old = state.read(to.loc, &to.path).unwrap_or(Value::Unknown);
                state.write(to.loc, &to.path, args[0].clone());
                old
            }
            _ => return Err((state, args)),
        };
        Ok(vec![(state, value)])
    }

    /// `IntoIterator::into_iter` of a `for` loop.
    pub fn iterator_of(&mut self, state: &mut State, value: Value) -> Value {
        match state.resolve(&value) {
            Value::Box(BoxKind::Vec, loc) => {
                match std::mem::replace(&mut state.mem[loc.0 as usize], Value::Moved) {
                    Value::Agg(agg) if agg.kind == AggKind::Seq(true) => {
                        Value::agg(AggKind::Seq(true), agg.fields.clone())
                    }
                    other => {
                        self.escape(state, &[other], "a collection that is iterated");
                        Value::Unknown
                    }
                }
            }
            Value::Agg(agg) if agg.kind == AggKind::Array => {
                Value::agg(AggKind::Seq(true), agg.fields.clone())
            }
            Value::Agg(agg) if agg.kind == AggKind::Seq(true) => value,
            Value::Ref(to, kind) => match state.read(to.loc, &to.path) {
                Some(Value::Agg(agg))
                    if matches!(agg.kind, AggKind::Array | AggKind::Seq(true)) =>
                {
                    let refs = agg.fields.iter().map(|(field, _)| {
                        let mut path = to.path.clone();
                        path.push(field.clone());
                        Value::Ref(Rc::new(Pointer { loc: to.loc, path }), kind)
                    });
                    Value::positional(AggKind::Seq(true), refs)
                }
                Some(Value::Box(BoxKind::Vec, loc)) => {
                    self.iterator_of(state, Value::ref_to(loc, kind))
                }
                _ => value,
            },
            Value::Sym(id) if element_of(&state.syms[id.0 as usize].ty).is_some() => {
                let element = element_of(&state.syms[id.0 as usize].ty).unwrap_or(RTy::Unknown);
                state.plain(iterator_over(element))
            }
            // Elements that are not known one by one.
            other => {
                if !matches!(other, Value::Sym(_)) {
                    self.escape(state, &[other], "a collection that is iterated");
                }
                Value::Unknown
            }
        }
    }

    /// `Iterator::next` of a `for` loop.
    pub fn iter_next(&mut self, mut state: State, place: &Place) -> Vec<(State, Value)> {
        if let Some(slot) = self.slot(&mut state, place)
            && let Some(Value::Agg(agg)) = state.read(slot.loc, &slot.path)
            && agg.kind == AggKind::Seq(true)
        {
            let value = match agg.fields.split_first() {
                Some(((_, first), rest)) => {
                    let rest = rest.iter().map(|(_, value)| value.clone());
                    let rest = Value::positional(AggKind::Seq(true), rest);
                    state.write(slot.loc, &slot.path, rest);
                    Value::known(KnownVariant::Some, Some(first.clone()))
                }
                None => Value::known(KnownVariant::None, None),
            };
            return vec![(state, value)];
        }
        let ty = match self.slot(&mut state, place) {
            Some(slot) => match state.read(slot.loc, &slot.path) {
                Some(Value::Sym(id)) => element_of(&state.syms[id.0 as usize].ty),
                _ => None,
            },
            None => None,
        };
        let mut more = state.clone();
        let element = more.plain(ty.unwrap_or(RTy::Unknown));
        vec![
            (more, Value::known(KnownVariant::Some, Some(element))),
            (state, Value::known(KnownVariant::None, None)),
        ]
    }
}

/// The type of an iterator whose elements' type is known.
fn iterator_over(element: RTy) -> RTy {
    RTy::Extern(ITERATOR.into(), Rc::from([element]))
}

const ITERATOR: &str = "std::iter::Iterator";

/// The type of the elements that an iteration over such a value gives.
fn element_of(ty: &RTy) -> Option<RTy> {
    match ty {
        RTy::Extern(path, args)
            if matches!(last(path), "Vec" | "VecDeque" | "Iterator") && args.len() == 1 =>
        {
            Some(args[0].clone())
        }
        RTy::Array(item) => Some((**item).clone()),
        RTy::Ref(mutable, inner) if !matches!(**inner, RTy::Ref(..)) => {
            Some(RTy::Ref(*mutable, Rc::new(element_of(inner)?)))
        }
        _ => None,
    }
}

/// A method of a collection of which only the elements' type is known, that gives some of them.
fn element_method(state: &mut State, id: super::value::SymId, name: &str) -> Option<Value> {
    let ty = state.syms[id.0 as usize].ty.clone();
    let element = element_of(&ty)?;
    let option = |ty: RTy| RTy::Extern("std::option::Option".into(), Rc::from([ty]));
    let shared = |ty: &RTy| RTy::Ref(false, Rc::new(ty.clone()));
    let ty = match name {
        "pop" | "pop_front" | "pop_back" | "next" => option(element),
        "remove" | "swap_remove" if matches!(&ty, RTy::Extern(path, _) if last(path) == "Vec") => {
            element
        }
        "first" | "last" | "get" => option(shared(&element)),
        "iter" => iterator_over(shared(&element)),
        "iter_mut" => iterator_over(RTy::Ref(true, Rc::new(element))),
        "into_iter" | "drain" => iterator_over(element),
        "copied" | "cloned" => match element {
            RTy::Ref(_, inner) => iterator_over((*inner).clone()),
            other => iterator_over(other),
        },
        _ => return None,
    };
    Some(state.plain(ty))
}

/// Whether a pointer leads to a struct of the sources, so that `get_mut` is that of a `Pin`.
fn is_object(state: &State, to: &Pointer) -> bool {
    match state.read(to.loc, &to.path) {
        Some(Value::Agg(agg)) => matches!(agg.kind, AggKind::Struct(_)),
        Some(Value::Sym(id)) => matches!(state.syms[id.0 as usize].ty, RTy::Adt(..)),
        _ => false,
    }
}

/// Whether it is a buffer around a reader or writer.
fn is_buffered(path: &str) -> bool {
    path.starts_with("std::io::") && matches!(last(path), "BufReader" | "BufWriter" | "LineWriter")
}

/// Whether it is a cell around field `"0"`.
fn is_wrapper(path: &str) -> bool {
    let name = last(path);
    name.starts_with("Atomic")
        || matches!(
            name,
            "Mutex" | "RwLock" | "RefCell" | "Cell" | "UnsafeCell" | "MaybeUninit"
        )
}

/// The arguments that mark the type of an owner which nobody else can hold, as its constructor made it.
pub const FRESH: [RTy; 2] = [RTy::Never, RTy::Never];

/// `Shutdown::Write` and the like, as SD_SEND and the like.
fn shutdown_how(state: &State, value: &Value) -> Option<i128> {
    let name = match state.resolve(value) {
        Value::Fn(Callable::Extern(path)) => path,
        Value::Agg(agg) => match &agg.kind {
            AggKind::Variant(Variant::Extern(path)) => path.clone(),
            _ => return None,
        },
        _ => return None,
    };
    match last(&name) {
        "Read" => Some(0),
        "Write" => Some(1),
        "Both" => Some(2),
        _ => None,
    }
}

/// Begins the kind of an atomic that is a static.
pub const STATIC: &str = "std::static::";

/// The canonical path of `std::thread::Builder`.
pub const BUILDER: &str = "std::thread::Builder";

/// A `std::time::Duration`: field `0` says whether it is zero, field `secs` is what was given as seconds.
pub const DURATION: &str = "std::time::Duration";

/// Follows references to a value.
pub fn deref_all(state: &State, value: &Value) -> Value {
    let mut value = state.resolve(value);
    for _ in 0..8 {
        match &value {
            Value::Ref(to, _) | Value::Capture(to) => {
                value = state.read(to.loc, &to.path).unwrap_or(Value::Unknown);
            }
            _ => break,
        }
    }
    value
}

const CARRIER_METHODS: &[&str] = &[
    "is_ok",
    "is_err",
    "is_some",
    "is_none",
    "unwrap",
    "expect",
    "unwrap_unchecked",
    "unwrap_err",
    "expect_err",
    "as_ref",
    "as_mut",
    "as_deref",
    "as_deref_mut",
    "take",
    "replace",
    "insert",
    "get_or_insert",
    "get_or_insert_with",
    "ok",
    "err",
    "map",
    "map_err",
    "and_then",
    "or_else",
    "unwrap_or_else",
    "unwrap_or",
    "unwrap_or_default",
    "ok_or",
    "ok_or_else",
    "map_or",
    "map_or_else",
    "is_some_and",
    "is_ok_and",
    "is_err_and",
    "is_none_or",
    "inspect",
    "inspect_err",
    "filter",
    "and",
    "or",
    "copied",
    "cloned",
    "flatten",
    "transpose",
    "context",
    "with_context",
    "wrap_err",
    "wrap_err_with",
    "clone",
];

/// Iterators' methods whose closure only sees the elements.
fn runs_for_elements(name: &str) -> bool {
    matches!(
        name,
        "take_while"
            | "skip_while"
            | "any"
            | "all"
            | "position"
            | "for_each"
            | "filter"
            | "inspect"
    )
}

/// Methods that only `Option` and `Result` have.
fn is_carrier_only(name: &str) -> bool {
    matches!(
        name,
        "is_ok"
            | "is_err"
            | "is_some"
            | "is_none"
            | "unwrap"
            | "expect"
            | "unwrap_err"
            | "map_err"
            | "and_then"
            | "or_else"
            | "unwrap_or_else"
            | "unwrap_or"
            | "unwrap_or_default"
            | "ok_or"
            | "ok_or_else"
            | "map_or"
            | "map_or_else"
            | "inspect_err"
            | "context"
            | "with_context"
    )
}

/// The seconds that a `Duration` was made of.
fn duration_secs(state: &State, value: &Value) -> Option<Value> {
    match state.resolve(value) {
        Value::Agg(agg) if matches!(&agg.kind, AggKind::Extern(path) if &**path == DURATION) => {
            agg.field("secs").map(|secs| state.resolve(secs))
        }
        _ => None,
    }
}

/// A `Once` or once-cell that ran on this path.
const RAN: &str = "std::sync::Once::RAN";
