//! Functions of std (and of a few crates) by path.

use std::rc::Rc;

use super::engine::{Analyzer, Frame};
use super::exec::Slot;
use super::methods::{Attempt, BUILDER, DURATION, FRESH, deref_all};
use super::sock::{Status, Valid};
use super::state::{Mark, Outcome, State, SymKind};
use super::value::{AggKind, BoxKind, Pointer, RefKind, Repr, SymId, Value};
use crate::mir::{BinOp, KnownVariant, Name};
use crate::model::{self, Fails, TypeClass};
use crate::names::{RTy, last};
use crate::rules;
use crate::span::Span;

impl Analyzer<'_, '_> {
    /// Calls a foreign function that the analysis knows by its meaning; the
    /// state and arguments come back if it does not.
    pub fn call_builtin(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        path: &Name,
        mut args: Vec<Value>,
        span: Span,
    ) -> Attempt {
        let segments: Vec<&str> = path.split("::").collect();
        let name = segments[segments.len() - 1];
        let of = segments.len().checked_sub(2).map_or("", |at| segments[at]);
        let first = args
            .first()
            .map(|arg| state.resolve(arg))
            .unwrap_or(Value::Unknown);
        let one = |state: State, value: Value| Ok(vec![(state, value)]);
        match (of, name) {
            (_, "Some" | "Ok" | "Err") if args.len() == 1 => {
                let variant = match name {
                    "Some" => KnownVariant::Some,
                    "Ok" => KnownVariant::Ok,
                    _ => KnownVariant::Err,
                };
                one(state, Value::known(variant, args.pop()))
            }
            (
                _,
                "from_raw_socket" | "from_raw_fd" | "borrow_raw" | "from_abi" | "from_raw_handle",
            ) if args.len() == 1 => self.wrap(frame, state, path, of, name, first, span),
            ("mem", "forget") => {
                if let Value::Box(BoxKind::Shared, _) = first {
                    // Whoever counts references frees what is in it when the operation has completed.
                    self.unfollow_operations(&mut state, &first);
                }
                self.forget(frame, &mut state, &args[0], "mem::forget", span);
                self.forget_contents(frame, &mut state, &first, span);
                one(state, Value::unit())
            }
            ("mem", "drop") => {
                let states = self.drop_value(frame, state, first, span);
                Ok(states
                    .into_iter()
                    .map(|state| (state, Value::unit()))
                    .collect())
            }
            ("mem", "replace") if args.len() == 2 => match self.place_of(&mut state, &args[0]) {
                Some(slot) => {
                    let old = state.read(slot.loc, &slot.path).unwrap_or(Value::Unknown);
                    let old = self.materialized(&mut state, old);
                    self.note_move(frame, &mut state, &slot, span);
                    let new = args.pop().unwrap_or(Value::Unknown);
                    state.write(slot.loc, &slot.path, new);
                    one(state, old)
                }
                None => Err((state, args)),
            },
            ("mem" | "Option", "take") if args.len() == 1 => {
                match self.place_of(&mut state, &args[0]) {
                    Some(slot) => {
                        let old = state.read(slot.loc, &slot.path).unwrap_or(Value::Unknown);
                        self.note_move(frame, &mut state, &slot, span);
                        let is_bool = matches!(&old, Value::Sym(id)
                            if matches!(&state.syms[id.0 as usize].ty, RTy::Prim(name) if &**name == "bool"));
                        let empty = match &old {
                            Value::Int(_) => Value::Int(0),
                            Value::Bool(_) => Value::Bool(false),
                            _ if is_bool => Value::Bool(false),
                            Value::Agg(_) | Value::Sym(_) => Value::known(KnownVariant::None, None),
                            _ => Value::Unknown,
                        };
                        state.write(slot.loc, &slot.path, empty);
                        one(state, old)
                    }
                    None => Err((state, args)),
                }
            }
            ("mem", "swap") if args.len() == 2 => {
                let (a, b) = (
                    self.place_of(&mut state, &args[0]),
                    self.place_of(&mut state, &args[1]),
                );
                match (a, b) {
                    (Some(a), Some(b)) => {
                        for slot in [&a, &b] {
                            self.note_move(frame, &mut state, slot, span);
                        }
                        let x = state.read(a.loc, &a.path).unwrap_or(Value::Unknown);
                        let y = state.read(b.loc, &b.path).unwrap_or(Value::Unknown);
                        state.write(a.loc, &a.path, y);
                        state.write(b.loc, &b.path, x);
                        one(state, Value::unit())
                    }
                    _ => Err((state, args)),
                }
            }
            ("mem", "zeroed") | ("MaybeUninit", "zeroed") => {
                one(state, Value::agg(AggKind::Open(true), Vec::new()))
            }
            ("MaybeUninit", "uninit") | ("mem", "uninitialized") => {
                one(state, Value::agg(AggKind::Open(false), Vec::new()))
            }
            ("MaybeUninit", "new") => one(state, first),
            ("mem", "size_of" | "size_of_val" | "align_of" | "align_of_val") => {
                let value = state.plain(RTy::Unknown);
                one(state, value)
            }
            ("mem", "transmute" | "transmute_copy") => match first {
                Value::Sock(..) | Value::Int(_) | Value::Ref(..) => one(state, first),
                Value::Agg(agg)
                    if matches!(
                        agg.kind,
                        AggKind::Open(_) | AggKind::Extern(_) | AggKind::Array
                    ) =>
                {
                    one(state, Value::Agg(agg))
                }
                _ => Err((state, args)),
            },
            ("ManuallyDrop", "new") => {
                self.forget(frame, &mut state, &first, "ManuallyDrop::new", span);
                one(state, Value::positional(AggKind::ManuallyDrop, args))
            }
            ("ManuallyDrop", "into_inner" | "take") => match deref_all(&state, &first) {
                Value::Agg(agg) if agg.kind == AggKind::ManuallyDrop => {
                    let inner = agg.field("0").cloned().unwrap_or(Value::Unknown);
                    if name == "take"
                        && let Some(slot) = self.place_of(&mut state, &first)
                    {
                        let mut path = slot.path.clone();
                        path.push("0".into());
                        state.write(slot.loc, &path, Value::Moved);
                    }
                    one(state, inner)
                }
                _ => Err((state, args)),
            },
            ("ManuallyDrop", "drop") | ("ptr", "drop_in_place") => {
                match self.place_of(&mut state, &first) {
                    Some(mut slot) => {
                        if let Some(Value::Agg(agg)) = state.read(slot.loc, &slot.path)
                            && agg.kind == AggKind::ManuallyDrop
                        {
                            slot.path.push("0".into());
                        }
                        let states = self.drop_slot(frame, state, &slot, span);
                        Ok(states
                            .into_iter()
                            .map(|state| (state, Value::unit()))
                            .collect())
                    }
                    None => Err((state, args)),
                }
            }
            ("BufReader" | "BufWriter" | "LineWriter", "new" | "with_capacity")
                if !args.is_empty() && path.starts_with("std::io") =>
            {
                let inner = args.pop().unwrap_or(Value::Unknown);
                let kind = AggKind::Extern(format!("std::io::{of}").into());
                one(state, Value::positional(kind, [inner]))
            }
            ("HRESULT", "from_win32") if args.len() == 1 => one(state, first),
            ("WIN32_ERROR", "from_error") if args.len() == 1 => {
                let code = match deref_all(&state, &first) {
                    Value::Sym(id) => match state.syms[id.0 as usize].kind {
                        SymKind::OsError(of) => {
                            Value::Sym(state.sym(RTy::Prim("u32".into()), SymKind::LastError(of)))
                        }
                        _ => Value::Unknown,
                    },
                    _ => Value::Unknown,
                };
                one(state, Value::known(KnownVariant::Some, Some(code)))
            }
            ("Box", "default") if args.is_empty() => {
                let content = state.plain(RTy::Unknown);
                let loc = state.alloc(content);
                one(state, Value::Box(BoxKind::Box, loc))
            }
            ("Box", "new" | "pin") => {
                let loc = state.alloc(args.pop().unwrap_or(Value::Unknown));
                one(state, Value::Box(BoxKind::Box, loc))
            }
            ("Arc" | "Rc", "new" | "pin") => {
                let loc = state.alloc(args.pop().unwrap_or(Value::Unknown));
                one(state, Value::Box(BoxKind::Shared, loc))
            }
            ("Arc" | "Rc" | "Clone", "clone") if args.len() == 1 => match deref_all(&state, &first)
            {
                shared @ Value::Box(BoxKind::Shared, _) => one(state, shared),
                copied if self.is_copy(&state, &copied) => one(state, copied),
                _ => Err((state, args)),
            },
            ("Box" | "Arc" | "Rc", "into_raw" | "leak") => match first {
                Value::Box(kind, loc) => {
                    let content = state.mem[loc.0 as usize].clone();
                    if kind == BoxKind::Shared {
                        self.unfollow_operations(&mut state, &first);
                    }
                    if name == "leak" {
                        self.forget(frame, &mut state, &content, "Box::leak", span);
                    }
                    one(state, Value::ref_to(loc, RefKind::Raw))
                }
                _ => Err((state, args)),
            },
            ("Arc" | "Rc", "as_ptr") => match deref_all(&state, &first) {
                Value::Box(_, loc) => one(state, Value::ref_to(loc, RefKind::Raw)),
                _ => Err((state, args)),
            },
            ("Box", "from_raw") => match first {
                Value::Ref(to, _) if to.path.is_empty() => {
                    one(state, Value::Box(BoxKind::Box, to.loc))
                }
                // A pointer that came from elsewhere, such as a dequeued one.
                _ => {
                    let value = state.plain(RTy::Unknown);
                    let loc = state.alloc(value);
                    one(state, Value::Box(BoxKind::Box, loc))
                }
            },
            ("Mutex" | "RwLock" | "RefCell" | "Cell" | "UnsafeCell", "new") => one(
                state,
                Value::positional(AggKind::Extern(format!("std::{of}").into()), args),
            ),
            (atomic, "new") if atomic.starts_with("Atomic") && args.len() == 1 => one(
                state,
                Value::positional(AggKind::Extern(format!("std::{atomic}").into()), args),
            ),
            ("Pin", "new" | "new_unchecked" | "into_inner") => one(state, first),
            ("Vec" | "VecDeque", "new" | "with_capacity") => {
                let loc = state.alloc(Value::agg(AggKind::Seq(true), Vec::new()));
                one(state, Value::Box(BoxKind::Vec, loc))
            }
            ("ptr", "null" | "null_mut") => one(state, Value::Int(0)),
            ("ptr", "addr_of" | "addr_of_mut" | "from_ref" | "from_mut") => match first {
                Value::Ref(to, _) => one(state, Value::Ref(to, RefKind::Raw)),
                other => one(state, other),
            },
            ("slice", "from_raw_parts" | "from_raw_parts_mut" | "from_ref" | "from_mut") => {
                one(state, first)
            }
            ("ptr", "read") if args.len() == 1 => match self.place_of(&mut state, &first) {
                Some(slot) => {
                    let value = state.read(slot.loc, &slot.path).unwrap_or(Value::Unknown);
                    let value = self.materialized(&mut state, value);
                    one(state, value)
                }
                None => Err((state, args)),
            },
            ("ptr", "write") if args.len() == 2 => match self.place_of(&mut state, &first) {
                Some(slot) => {
                    let value = args.pop().unwrap_or(Value::Unknown);
                    state.write(slot.loc, &slot.path, value);
                    one(state, Value::unit())
                }
                None => Err((state, args)),
            },
            ("process", "exit" | "abort")
            | ("hint", "unreachable_unchecked")
            | ("panic", "panic_any" | "resume_unwind") => {
                self.note_abandoned(&state);
                Ok(Vec::new())
            }
            (_, "last_os_error") if args.is_empty() => {
                let value = self.read_last_error(frame, &mut state, span, true);
                one(state, value)
            }
            ("Error", "from_win32" | "from_thread") if args.is_empty() => {
                let value = self.read_last_error(frame, &mut state, span, true);
                one(state, value)
            }
            (_, "from_raw_os_error") if args.len() == 1 => {
                let of = match first {
                    Value::Sym(id)
                        if matches!(state.syms[id.0 as usize].kind, SymKind::LastError(_)) =>
                    {
                        Some(id)
                    }
                    _ => None,
                };
                let value = Value::Sym(state.sym(RTy::Unknown, SymKind::OsError(of)));
                one(state, value)
            }
            ("PartialEq" | "PartialOrd", op) if args.len() == 2 => {
                let op = match op {
                    "eq" => BinOp::Eq,
                    "ne" => BinOp::Ne,
                    "lt" => BinOp::Lt,
                    "le" => BinOp::Le,
                    "gt" => BinOp::Gt,
                    "ge" => BinOp::Ge,
                    _ => return Err((state, args)),
                };
                let (a, b) = (deref_all(&state, &args[0]), deref_all(&state, &args[1]));
                let test = self.binary(frame, &mut state, op, a, b, span);
                one(state, test)
            }
            // The future may not be done in time.
            ("time" | "future", "timeout") if args.len() == 2 && model::is_async(segments[0]) => {
                let (future, late) = (state.resolve(&args[1]), state.clone());
                if !matches!(future, Value::Sym(_)) {
                    return Err((state, args));
                }
                let (mut state, mut late) = (state, late);
                let elapsed = late.plain(RTy::Unknown);
                let future = self.materialized(&mut state, future);
                Ok(vec![
                    (state, Value::known(KnownVariant::Ok, Some(future))),
                    (late, Value::known(KnownVariant::Err, Some(elapsed))),
                ])
            }
            ("task", "block_in_place") if args.len() == 1 => {
                let context = state.context;
                state.context.is_async = false;
                let mut results = self.call_once(frame, state, &first, Vec::new(), span);
                for (state, _) in &mut results {
                    state.context = context;
                }
                Ok(results)
            }
            ("thread" | "task" | "rt", "spawn" | "spawn_blocking" | "spawn_local")
                if args.len() == 1 =>
            {
                Ok(self.spawn(frame, state, first, Vec::new(), span))
            }
            ("tokio" | "rayon", "spawn") if args.len() == 1 => {
                Ok(self.spawn(frame, state, first, Vec::new(), span))
            }
            ("Builder", "new") if segments.contains(&"thread") => one(
                state,
                Value::agg(AggKind::Extern(BUILDER.into()), Vec::new()),
            ),
            ("thread", "sleep" | "yield_now") => {
                for sock in &mut state.socks {
                    sock.course.just_sent = false;
                }
                one(state, Value::unit())
            }
            ("thread", "scope") if args.len() == 1 => {
                let scope = state.plain(RTy::Unknown);
                let mut results = self.call_once(frame, state, &first, vec![scope], span);
                for (state, _) in &mut results {
                    self.scope_ended(state, span);
                }
                Ok(results)
            }
            ("Lazy" | "LazyLock" | "LazyCell", "new") if args.len() == 1 => {
                let results = self.call_once(frame, state, &first, Vec::new(), span);
                Ok(results
                    .into_iter()
                    .map(|(mut state, value)| {
                        self.escape(&mut state, &[value], "a static");
                        let value = state.plain(RTy::Unknown);
                        (state, value)
                    })
                    .collect())
            }
            (
                "Duration",
                "from_secs" | "from_millis" | "from_micros" | "from_nanos" | "from_secs_f64"
                | "new",
            ) => {
                let wrong = name == "from_secs"
                    && (args.first().is_some_and(|arg| state.counts_millis(arg))
                        || matches!(first, Value::Int(seconds) if seconds >= 1000));
                let first = match wrong {
                    true => state.millis(RTy::Prim("u64".into())),
                    false => first,
                };
                let amount = match (&first, args.get(1).map(|arg| state.resolve(arg))) {
                    (Value::Int(a), Some(Value::Int(b))) => Value::Int(a | b),
                    (amount, None) => amount.clone(),
                    _ => Value::Unknown,
                };
                let secs = (name == "from_secs").then(|| ("secs".into(), amount.clone()));
                let fields = std::iter::once(("0".into(), amount)).chain(secs);
                one(
                    state,
                    Value::agg(AggKind::Extern(DURATION.into()), fields.collect()),
                )
            }
            ("Default", "default")
            | (
                "LINGER" | "linger" | "OVERLAPPED" | "WSAOVERLAPPED" | "WSABUF" | "WSAMSG",
                "default",
            ) => one(state, Value::agg(AggKind::Open(true), Vec::new())),
            ("SockRef", "from") if args.len() == 1 => {
                // Used as a socket2 socket, and never dropped as one.
                let view = match deref_all(&state, &first) {
                    Value::Owner(_, sock) => Value::Owner("socket2::Socket".into(), sock),
                    _ => return Err((state, args)),
                };
                one(state, Value::positional(AggKind::ManuallyDrop, [view]))
            }
            ("bool", "then") => Err((state, args)),
            (_, "from" | "try_from" | "from_std" | "new_unchecked" | "identity" | "black_box")
                if args.len() == 1 =>
            {
                let passes = matches!(
                    first,
                    Value::Sock(..) | Value::Int(_) | Value::Owner(..) | Value::Bool(_)
                );
                if state.counts_millis(&first) && matches!(name, "from" | "try_from") {
                    let value = match name {
                        "from" => first,
                        _ => Value::known(KnownVariant::Ok, Some(first)),
                    };
                    return one(state, value);
                }
                // A count that converts to an unsigned integer is no failure.
                if let (Value::Sym(id), "try_from", "usize" | "u64" | "u32" | "u16") =
                    (&first, name, of)
                    && let SymKind::Call(fact) = &state.syms[id.0 as usize].kind
                    && fact.row.fails == Fails::SocketErrorCount
                {
                    return Ok(self.converted(state, *id, span));
                }
                let of_error = matches!(&first, Value::Sym(id) if matches!(state.syms[id.0 as usize].kind, SymKind::OsError(_)));
                if !passes && !of_error {
                    return Err((state, args));
                }
                let value = match (&first, name) {
                    // A std socket becomes another crate's.
                    (Value::Owner(_, sock), "from_std" | "from") if of != "From" => {
                        let owner = &path[..path.len() - name.len() - 2];
                        Value::Owner(owner.into(), *sock)
                    }
                    _ => first.clone(),
                };
                let fallible = name == "try_from"
                    || (name == "from_std" && segments.first() == Some(&"tokio"));
                one(
                    state,
                    if fallible {
                        Value::known(KnownVariant::Ok, Some(value))
                    } else {
                        value
                    },
                )
            }
            (
                _,
                "bind" | "connect" | "connect_timeout" | "new" | "new_raw" | "from_listener"
                | "pair",
            ) => {
                let owner: Name = path[..path.len() - name.len() - 2].into();
                let fallible = name != "new" || owner.starts_with("socket2");
                match model::type_class(&owner) {
                    Some(TypeClass::Owner(_)) => {
                        self.escape(&mut state, &args, "the constructor of an owner");
                        let ty = RTy::Extern(owner.clone(), Rc::from(FRESH));
                        let ty = match (name, fallible) {
                            ("pair", _) => RTy::Tuple(Rc::from([ty.clone(), ty])),
                            _ => ty,
                        };
                        let ty = if fallible {
                            RTy::Extern("std::io::Result".into(), Rc::from([ty]))
                        } else {
                            ty
                        };
                        let value = state.plain(ty);
                        one(state, value)
                    }
                    _ => Err((state, args)),
                }
            }
            _ => Err((state, args)),
        }
    }

    /// A call's count, as an unsigned integer: `Err` if the call failed.
    pub fn converted(&mut self, state: State, id: SymId, span: Span) -> Vec<(State, Value)> {
        let mut out = Vec::new();
        for state in self.decide(state.clone(), id, Outcome::Success, span) {
            out.push((state, Value::known(KnownVariant::Ok, Some(Value::Sym(id)))));
        }
        for mut state in self.decide(state, id, Outcome::Failure, span) {
            let error = state.plain(RTy::Unknown);
            out.push((state, Value::known(KnownVariant::Err, Some(error))));
        }
        out
    }

    /// What was inside a forgotten value is nobody's any more.
    fn forget_contents(&mut self, frame: &Frame<'_>, state: &mut State, value: &Value, span: Span) {
        if let Value::Agg(agg) = state.resolve(value) {
            for (_, field) in &agg.fields {
                self.forget(frame, state, field, "mem::forget", span);
            }
        }
    }

    /// The place that a reference or pointer leads to.
    fn place_of(&mut self, state: &mut State, value: &Value) -> Option<Slot> {
        let (to, _): (Rc<Pointer>, RefKind) = self.pointee(state, value.clone())?;
        Some(Slot {
            loc: to.loc,
            path: to.path.clone(),
            implicit: false,
        })
    }

    /// `T::from_raw_socket(s)`: an owner takes the descriptor; `borrow_raw` lends it.
    #[allow(clippy::too_many_arguments)]
    fn wrap(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        path: &Name,
        of: &str,
        name: &str,
        value: Value,
        span: Span,
    ) -> Attempt {
        let Some(id) = self.descriptor(&mut state, &value) else {
            if name == "from_raw_handle" {
                return Err((state, vec![value]));
            }
            let owner = &path[..path.len() - name.len() - 2];
            let class = model::type_class(owner);
            let value = match class {
                Some(TypeClass::Owner(_)) => {
                    let sock = self.lent_socket(&mut state, true);
                    Value::Owner(owner.into(), sock)
                }
                _ => state.plain(RTy::Unknown),
            };
            return Ok(vec![(state, value)]);
        };
        if name == "borrow_raw" || of == "BorrowedSocket" {
            return Ok(vec![(state, Value::Sock(id, Repr::USIZE))]);
        }
        let sock = state.socks[id.0 as usize].clone();
        if matches!(sock.status, Status::Closed(_)) && sock.valid != Valid::No {
            let text = rules::use_after_close::text(name);
            let mut steps = self.steps_about(&state, sock.origin);
            steps.push((span, "handed to an owner here".to_string()));
            self.events.report(
                frame,
                &rules::use_after_close::RULE,
                span,
                Some(sock.origin),
                text,
                steps,
            );
            state.sock_mut(id).status = Status::Unsure;
        }
        self.events.handed_on(sock.origin);
        let owner: Name = path[..path.len() - name.len() - 2].into();
        let text = format!("`{}` takes the descriptor here", last(&owner));
        if self.has_owner(&state, id) {
            state.sock_mut(id).wrong_at = Some(span);
        }
        self.trail(&mut state, span, text, Mark::Owned, Some(sock.origin));
        // A type that nobody knows: it owns the socket, and how it closes it we do not see.
        let known = matches!(model::type_class(&owner), Some(TypeClass::Owner(_)))
            || owner.starts_with("?::")
            || of == "FromRawSocket";
        if !known {
            self.escape(
                &mut state,
                &[value],
                "an owner that is not among the analysed sources",
            );
            let value = state.plain(RTy::Unknown);
            return Ok(vec![(state, value)]);
        }
        Ok(vec![(state, Value::Owner(owner, id))])
    }
}
