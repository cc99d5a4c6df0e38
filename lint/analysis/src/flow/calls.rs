//! What a call calls.

use std::rc::Rc;

use super::engine::{Analyzer, FnKey, Frame};
use super::sock::{Closer, Duty, Status};
use super::state::{Mark, State};
use super::value::{AggKind, Callable, Closure, SockId, Value, Variant};
use crate::mir::{Call, Callee, KnownVariant, Name, Operand};
use crate::model;
use crate::names::{DefId, DefKind, RTy, Res, last};
use crate::span::Span;

impl Analyzer<'_, '_> {
    /// Interprets a call.
    pub fn call(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        call: &Call,
        span: Span,
    ) -> Vec<(State, Value)> {
        match &call.callee {
            Callee::Method {
                receiver,
                name,
                generics,
            } => {
                if state.claim.is_some() {
                    let field = receiver.proj.iter().rev().find_map(|step| match step {
                        crate::mir::Proj::Field(name) => Some(name),
                        _ => None,
                    });
                    for name in field.into_iter().chain([name]) {
                        self.note_delivery(frame, &state, name, None, span);
                    }
                }
                self.callback = match (call.args.as_slice(), call.arg_spans.as_slice()) {
                    ([Operand::Const(_)], [span]) => Some(*span),
                    _ => None,
                };
                self.call_method(frame, state, receiver, name, generics, &call.args, span)
            }
            Callee::Path(path) => {
                if state.claim.is_some() {
                    self.note_delivery(frame, &state, path.last(), None, span);
                }
                let args = self.arguments(frame, &mut state, &call.args, span);
                let target = match self.names.resolve_value(path) {
                    Res::Unresolved => self.names.resolve_type(path),
                    found => found,
                };
                // A derived `default`: a value of the type, and no more is known.
                if &**path.last() == "default"
                    && matches!(&target, Res::Extern(found) if found.starts_with("?::"))
                    && let Some(ty @ RTy::Adt(..)) = self.type_before_last(path)
                {
                    let value = state.plain(ty);
                    return vec![(state, value)];
                }
                match target {
                    // Some type's own function of that name.
                    Res::Extern(found)
                        if path.qself.is_some()
                            && found.starts_with("?::")
                            && model::function(&found).is_some() =>
                    {
                        let name = format!("`{}` of a type that is not known", path.last());
                        self.call_unknown(frame, state, &name, args, span)
                    }
                    Res::Def(id) => self.call_def(frame, state, id, args, span),
                    Res::Extern(path) => self.call_extern(frame, state, &path, args, span),
                    Res::SelfTy(scope) => match self.names.self_type(scope, 0) {
                        RTy::Adt(id, _) => self.call_def(frame, state, id, args, span),
                        RTy::Extern(path, _) => self.call_extern(frame, state, &path, args, span),
                        _ => self.call_unknown(frame, state, "an unknown constructor", args, span),
                    },
                    // Of a crate that is not among the sources nothing leads there but the path as written.
                    Res::Unresolved if let Some(path) = self.stated_as_written(path) => {
                        self.call_extern(frame, state, &path, args, span)
                    }
                    Res::Param | Res::Unresolved => {
                        let name =
                            format!("`{}`, which is not among the analysed sources", path.last());
                        self.call_unknown(frame, state, &name, args, span)
                    }
                }
            }
            Callee::Value(operand) => {
                let callee = match operand {
                    // Calling a closure in a variable does not move it here.
                    Operand::Place(place) => match self.slot(&mut state, place) {
                        Some(mut slot) => {
                            self.auto_deref(&mut state, &mut slot);
                            state.read(slot.loc, &slot.path).unwrap_or(Value::Unknown)
                        }
                        None => Value::Unknown,
                    },
                    Operand::Const(_) => self.operand(frame, &mut state, operand, span),
                };
                let args = self.arguments(frame, &mut state, &call.args, span);
                self.call_value(frame, state, &callee, args, span)
            }
        }
    }

    /// The path as it was written, if something is stated of such a function.
    fn stated_as_written(&self, path: &crate::mir::PathRef) -> Option<Name> {
        if self.stated.is_empty() || path.qself.is_some() {
            return None;
        }
        let segments: Vec<&str> = path.segments.iter().map(|segment| &*segment.name).collect();
        let (path, _) = self.stated.get_key_value(segments.join("::").as_str())?;
        Some(path.clone())
    }

    /// The type that an associated function's path names.
    pub fn type_before_last(&self, path: &crate::mir::PathRef) -> Option<RTy> {
        let mut prefix = path.clone();
        prefix.segments.pop()?;
        if prefix.segments.is_empty() || prefix.qself.is_some() {
            return None;
        }
        Some(self.names.resolve_ty(&crate::mir::Ty::Path(prefix)))
    }

    /// Evaluates arguments.
    pub fn arguments(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        operands: &[Operand],
        span: Span,
    ) -> Vec<Value> {
        operands
            .iter()
            .map(|operand| self.operand(frame, state, operand, span))
            .collect()
    }

    /// Calls a function value.
    pub fn call_value(
        &mut self,
        frame: &Frame<'_>,
        state: State,
        callee: &Value,
        args: Vec<Value>,
        span: Span,
    ) -> Vec<(State, Value)> {
        match state.resolve(callee) {
            Value::Closure(closure) if !closure.def.is_async_block => {
                match self.call_closure(frame, state.clone(), &closure, args.clone()) {
                    Some(results) => results,
                    None => {
                        self.call_unknown(frame, state, "a closure that calls itself", args, span)
                    }
                }
            }
            Value::Fn(Callable::Def(id)) => self.call_def(frame, state, id, args, span),
            Value::Fn(Callable::Extern(path)) => self.call_extern(frame, state, &path, args, span),
            // A pointer to a function of an extension that was not tested, or transmuted.
            Value::Agg(agg) if agg.kind == AggKind::Variant(Variant::Known(KnownVariant::Some)) => {
                let inner = agg.fields[0].1.clone();
                self.call_value(frame, state, &inner, args, span)
            }
            Value::Sym(id) if let Some(path) = extension_of(&state.syms[id.0 as usize].ty) => {
                self.call_extern(frame, state, &path, args, span)
            }
            _ => self.call_unknown(
                frame,
                state,
                "a function value that is not known",
                args,
                span,
            ),
        }
    }

    /// Calls a function value for the last time: what it captured is dropped.
    pub fn call_once(
        &mut self,
        frame: &Frame<'_>,
        state: State,
        callee: &Value,
        args: Vec<Value>,
        span: Span,
    ) -> Vec<(State, Value)> {
        if let (Value::Fn(Callable::Extern(path)), Some(at)) = (callee, self.callback.take()) {
            return self.call_extern(frame, state, path, args, at);
        }
        let results = self.call_value(frame, state, callee, args, span);
        if !matches!(callee, Value::Closure(_)) {
            return results;
        }
        let mut out = Vec::with_capacity(results.len());
        for (state, value) in results {
            for state in self.drop_value(frame, state, callee.clone(), span) {
                out.push((state, value.clone()));
            }
        }
        out
    }

    /// Calls an item: a function's body is followed, a constructor builds. A contract has the last word.
    pub fn call_def(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        id: DefId,
        args: Vec<Value>,
        span: Span,
    ) -> Vec<(State, Value)> {
        let def = self.names.def(id);
        let DefKind::Fn(f) = &def.kind else {
            return self.call_item(frame, state, id, args, span);
        };
        let Some(contract) = f.contract.clone() else {
            return self.call_item(frame, state, id, args, span);
        };
        let promised = self.promised(&mut state, &contract, &args);
        let results = self.call_item(frame, state, id, args, span);
        let ret = self.names.resolve_ty(&f.ret);
        let about = (&*def.name, span);
        self.keep_promises(frame, (&ret, &contract), &promised, results, about)
    }

    fn call_item(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        id: DefId,
        args: Vec<Value>,
        span: Span,
    ) -> Vec<(State, Value)> {
        let def = self.names.def(id);
        match &def.kind {
            DefKind::Fn(f) => {
                if f.foreign {
                    if let Some(row) =
                        model::foreign_function(f.link_name.as_ref().unwrap_or(&def.name))
                    {
                        return self.apply(frame, state, row, &args, span);
                    }
                    let name = format!("the foreign function `{}`", def.name);
                    return self.call_unknown(frame, state, &name, args, span);
                }
                let key = FnKey::Def(id);
                if self.in_drop > 0 {
                    self.used_by_drop.insert(id);
                }
                self.called.insert(id);
                let ret = self.names.resolve_ty(&f.ret);
                if f.source.is_none() {
                    return self.call_required(frame, state, id, &def.name, args, ret, span);
                }
                if !self.can_enter(key) {
                    let name = format!("`{}`, which calls itself", def.name);
                    return self.call_unknown(frame, state, &name, args, span);
                }
                let Some(body) = self.names.body(id) else {
                    return self.call_unknown(frame, state, &def.name, args, span);
                };
                let inner = Frame {
                    body: &body,
                    function: def.path.to_string().into(),
                    enclosing: def.enclosing.clone(),
                    key,
                    def: Some(id),
                };
                let mut typed = args;
                for (arg, ty) in typed.iter_mut().zip(&f.params) {
                    if let Value::Sym(sym) = arg
                        && state.syms[sym.0 as usize].ty == RTy::Unknown
                    {
                        let ty = self.names.resolve_ty(ty);
                        *arg = self.with_type(&mut state, *sym, ty);
                    }
                }
                self.site = span;
                let before: Vec<Status> = state.socks.iter().map(|sock| sock.status).collect();
                let mut results = self.call_body(&inner, state, typed, Vec::new());
                for (state, _) in &mut results {
                    self.note_given_away(state, &before, span);
                }
                for (state, value) in &mut results {
                    if *value == Value::Unknown && ret != RTy::Unknown {
                        *value = state.plain(ret.clone());
                    }
                }
                results
            }
            DefKind::Variant(..) => {
                let value = Value::positional(AggKind::Variant(Variant::Def(id)), args);
                vec![(state, value)]
            }
            DefKind::Adt(_) => {
                let value = Value::positional(AggKind::Struct(id), args);
                self.note_wrapped(&mut state, &value, span);
                vec![(state, value)]
            }
            _ => self.call_unknown(frame, state, &def.name, args, span),
        }
    }

    /// A trait's method without a body: the receiver's own, if its type shows.
    #[allow(clippy::too_many_arguments)]
    fn call_required(
        &mut self,
        frame: &Frame<'_>,
        state: State,
        id: DefId,
        name: &Name,
        args: Vec<Value>,
        ret: RTy,
        span: Span,
    ) -> Vec<(State, Value)> {
        let receiver = args.first().map(|arg| {
            let mut value = state.resolve(arg);
            for _ in 0..4 {
                match &value {
                    Value::Ref(to, _) => {
                        value = state.read(to.loc, &to.path).unwrap_or(Value::Unknown)
                    }
                    _ => break,
                }
            }
            self.type_of(&state, &value)
        });
        if let Some(found) = receiver
            .and_then(|ty| ty.key())
            .and_then(|key| self.names.method(&key, name))
            && found != id
        {
            return self.call_def(frame, state, found, args, span);
        }
        // A trait of std's own sources, such as `FromRawSocket`.
        let trait_name = self.names.scope(self.names.def(id).scope).path.clone();
        let path: Name = format!("?::{}::{name}", last(&trait_name)).into();
        let (state, args) = match self.call_builtin(frame, state, &path, args, span) {
            Ok(results) => return results,
            Err(back) => back,
        };
        let mut results = self.call_unknown(
            frame,
            state,
            &format!("the trait method `{name}`"),
            args,
            span,
        );
        for (state, value) in &mut results {
            *value = state.plain(ret.clone());
        }
        results
    }

    /// The call closed sockets whose owners stayed here.
    fn note_given_away(&mut self, state: &mut State, before: &[Status], span: Span) {
        for (index, old) in before.iter().enumerate() {
            let sock = &state.socks[index];
            if matches!(sock.status, Status::Closed(_)) && sock.status != *old {
                self.end_events(state, SockId(index as u32));
            }
            let sock = &state.socks[index];
            let (closed, origin) = (
                matches!(sock.status, Status::Closed(Closer::Call | Closer::OwnDrop))
                    && sock.status != *old,
                sock.origin,
            );
            if closed && self.has_owner(state, SockId(index as u32)) {
                let text = "its descriptor goes to a function that closes it";
                self.trail(state, span, text, Mark::GivenAway, Some(origin));
                state.sock_mut(SockId(index as u32)).wrong_at = Some(span);
            }
        }
    }

    /// Calls a function of another crate's, of which something may be stated.
    pub fn call_extern(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        path: &Name,
        args: Vec<Value>,
        span: Span,
    ) -> Vec<(State, Value)> {
        let Some(stated) = self.stated.get(path).cloned() else {
            return self.call_extern_as_is(frame, state, path, args, span);
        };
        let (contract, ret) = &*stated;
        let promised = self.promised(&mut state, contract, &args);
        let results = self.call_extern_as_is(frame, state, path, args, span);
        self.keep_promises(
            frame,
            (ret, contract),
            &promised,
            results,
            (last(path), span),
        )
    }

    /// Calls something foreign by its canonical path.
    fn call_extern_as_is(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        path: &Name,
        args: Vec<Value>,
        span: Span,
    ) -> Vec<(State, Value)> {
        if let Some(row) = model::function(path)
            && (!path.starts_with("libc::") || self.is_windows_code(span))
        {
            return self.apply(frame, state, row, &args, span);
        }
        let root = path.split("::").next().unwrap_or("");
        let name = last(path);
        if root != "std" && root != "?" && model::binding_abi(root).is_some() {
            // A newtype's constructor is transparent; any other function of
            // the API borrows what it is given.
            if name.starts_with(|c: char| c.is_ascii_uppercase())
                && args.len() == 1
                && name.chars().any(|c| c == '_' || c.is_ascii_uppercase())
                && is_newtype(name)
            {
                return vec![(state, args.into_iter().next().unwrap_or(Value::Unknown))];
            }
            if let ("from", [value @ (Value::Bool(_) | Value::Int(_))]) = (name, args.as_slice()) {
                return vec![(state, value.clone())];
            }
            if name == "default" && args.is_empty() {
                // Structs of the bindings are zero by default.
                return vec![(state, Value::agg(AggKind::Open(true), Vec::new()))];
            }
            if model::is_winsock_function(path) {
                self.note_started(frame, &mut state, name, span);
            }
            self.wrote_through(&mut state, &args);
            // It may set the last error.
            state.err = Default::default();
            let value = state.plain(RTy::Unknown);
            return vec![(state, value)];
        }
        match self.call_builtin(frame, state, path, args, span) {
            Ok(results) => results,
            Err((state, args)) => {
                let name = format!("`{name}`, which is not among the analysed sources");
                match root {
                    "std" => self.call_library(frame, state, &name, args, span),
                    _ => self.call_unknown(frame, state, &name, args, span),
                }
            }
        }
    }

    /// libc has the same names for POSIX: what a file that says nothing of
    /// Windows calls is POSIX, whatever the target is.
    fn is_windows_code(&mut self, span: Span) -> bool {
        let texts = self.texts;
        *self.windows_files.entry(span.file).or_insert_with(|| {
            let text = texts
                .get(span.file.0 as usize)
                .map_or("", |file| &file.text);
            let unix = [
                "AF_PACKET",
                "sockaddr_ll",
                "AF_NETLINK",
                "SOCK_CLOEXEC",
                "F_SETFL",
                "epoll_",
                "ifreq",
            ];
            let windows = [
                "closesocket",
                "INVALID_SOCKET",
                "SOCKET_ERROR",
                "libc::SOCKET",
                "WSA",
                "RawSocket",
                "from_raw_socket",
                "into_raw_socket",
                "as_raw_socket",
                "OwnedSocket",
            ];
            // `use libc::{SOCKET, ..}`
            let listed = text.match_indices("libc::{").any(|(at, _)| {
                let list = text[at..].split('}').next().unwrap_or("");
                list.split(|c: char| !c.is_alphanumeric() && c != '_')
                    .any(|word| word == "SOCKET")
            });
            !unix.iter().any(|word| text.contains(word))
                && (listed || windows.iter().any(|word| text.contains(word)))
        })
    }

    /// Calls something that the analysis does not see. Closures among the
    /// arguments may run: their bodies are looked at as if they did.
    pub fn call_unknown(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        what: &str,
        args: Vec<Value>,
        span: Span,
    ) -> Vec<(State, Value)> {
        state.startup.doubt();
        self.joined_unseen(&mut state);
        self.call_library(frame, state, what, args, span)
    }

    /// Calls something that the analysis does not see and that certainly does not start Winsock: std.
    pub fn call_library(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        what: &str,
        args: Vec<Value>,
        span: Span,
    ) -> Vec<(State, Value)> {
        for arg in &args {
            if let Value::Closure(closure) = state.resolve(arg) {
                self.visit_closure(frame, state.clone(), &closure, span);
            }
        }
        self.escape(&mut state, &args, what);
        state.err.call = None;
        let value = state.plain(RTy::Unknown);
        vec![(state, value)]
    }

    /// Looks at a closure that may run with arguments that are not known.
    pub fn visit_closure(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        closure: &Rc<Closure>,
        span: Span,
    ) {
        let args = self.closure_params(&mut state, closure);
        let callee = Value::Closure(closure.clone());
        // It may well run somewhere else.
        (state.context.is_async, state.context.apc) = (false, None);
        let before: Vec<_> = state.socks.iter().map(|sock| sock.origin).collect();
        // What it would do to the sockets of this path is not certain; what
        // it does with its own is.
        for sock in &mut state.socks {
            if sock.duty == Duty::Ours {
                sock.duty = Duty::Lent;
            }
        }
        let results = if closure.def.is_async_block {
            let results = self
                .call_closure(frame, state, closure, Vec::new())
                .unwrap_or_default();
            let mut out = Vec::new();
            for (state, value) in results {
                let dropped = self.drop_value(frame, state, callee.clone(), span);
                out.extend(dropped.into_iter().map(|state| (state, value.clone())));
            }
            out
        } else {
            self.call_once(frame, state, &callee, args, span)
        };
        for (state, _) in results {
            for sock in state.socks.iter().skip(before.len()) {
                if sock.duty == Duty::Ours && sock.status == Status::Open {
                    self.events.handed_on(sock.origin);
                }
            }
        }
    }

    /// Symbols for a closure's parameters, with the types it declares.
    pub fn closure_params(&mut self, state: &mut State, closure: &Rc<Closure>) -> Vec<Value> {
        super::engine::params(&closure.def.body)
            .map(|local| {
                let ty = closure.def.body.locals[local.0 as usize].ty.as_ref();
                let ty = ty.map_or(RTy::Unknown, |ty| self.names.resolve_ty(ty));
                state.plain(ty)
            })
            .collect()
    }
}

/// The function that a pointer of a type such as `LPFN_CONNECTEX` leads to.
fn extension_of(ty: &RTy) -> Option<Name> {
    let RTy::Extern(path, _) = ty else {
        return None;
    };
    let function = model::extension_function(last(path).strip_prefix("LPFN_")?)?;
    Some(format!("?::{function}").into())
}

/// Newtypes of the binding crates around a number.
fn is_newtype(name: &str) -> bool {
    matches!(
        name,
        "SOCKET"
            | "HANDLE"
            | "BOOL"
            | "WSA_ERROR"
            | "PSTR"
            | "PWSTR"
            | "PCSTR"
            | "WSAEVENT"
            | "Some"
            | "WIN32_ERROR"
    )
}
