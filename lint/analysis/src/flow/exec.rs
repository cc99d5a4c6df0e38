//! Statements, places and rvalues.

use std::rc::Rc;

use super::engine::{Analyzer, Frame};
use super::sock::{Linger, Mode};
use super::state::{Excluded, Mark, State, SymKind, TrailStep};
use super::value::{
    AggKind, BoxKind, Callable, Closure, Loc, Pointer, RefKind, Repr, SymId, Value, Variant,
    index_name,
};
use crate::mir::{
    BinOp, BindMode, Const, KnownVariant, Name, Operand, Place, Proj, RETURN, Rvalue, Statement,
    StatementKind, UnOp,
};
use crate::model::{self, TypeClass};
use crate::names::{AdtDef, DefKind, RTy, Res, last};
use crate::span::Span;

/// A place, resolved to memory.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The location.
    pub loc: Loc,
    /// The path into it.
    pub path: Vec<Name>,
    /// Whether a reference was followed without being asked to.
    pub implicit: bool,
}

impl Slot {
    /// As a pointer.
    pub fn pointer(&self) -> Rc<Pointer> {
        Rc::new(Pointer {
            loc: self.loc,
            path: self.path.clone(),
        })
    }
}

impl Analyzer<'_, '_> {
    /// Interprets a statement; adds the resulting states to `out`.
    pub fn execute(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        statement: &Statement,
        out: &mut Vec<State>,
    ) {
        let span = statement.span;
        match &statement.kind {
            StatementKind::Assign(place, rvalue) => {
                for (mut state, value) in self.rvalue(frame, state, rvalue, span) {
                    let value = match place.proj.is_empty() {
                        true => self.typed(
                            &mut state,
                            &frame.body.locals[place.local.0 as usize].ty,
                            value,
                        ),
                        false => value,
                    };
                    if let Some(Proj::Field(name)) = place.proj.last()
                        && &**name == "l_linger"
                    {
                        let text = "the time is given here";
                        self.trail(&mut state, span, text, Mark::LingerTime, None);
                    }
                    let name = match place.proj.last() {
                        Some(Proj::Field(name)) => Some(name.clone()),
                        None => frame.body.locals[place.local.0 as usize].name.clone(),
                        _ => None,
                    };
                    if let Some(name) = name {
                        self.note_delivery(frame, &state, &name, Some(&value), span);
                    }
                    if place.proj.is_empty() {
                        self.note_discarded(frame, &state, place.local, &value, span);
                    }
                    if !state.ops.is_empty()
                        && let Some(slot) = self.slot(&mut state, place)
                    {
                        self.note_overwritten(frame, &mut state, slot.loc, &slot.path, span);
                    }
                    if place.local == RETURN {
                        self.note_returned(frame, &mut state, &value, span);
                    }
                    self.store(&mut state, place, value);
                    out.push(state);
                }
            }
            StatementKind::Bind { local, place, mode } => {
                let value = self.bind(frame, &mut state, place, *mode, span);
                let name = &frame.body.locals[local.0 as usize].name;
                if let Value::Sym(id) = state.resolve(&value)
                    && name.as_ref().is_some_and(|name| counts_millis(name))
                {
                    let sym = &mut state.syms[id.0 as usize];
                    sym.millis |= matches!(sym.ty, RTy::Prim(_)) && sym.kind == SymKind::Plain;
                }
                state.mem[local.0 as usize] = value;
                out.push(state);
            }
            StatementKind::Drop(place) => match self.slot(&mut state, place) {
                Some(slot) => {
                    let dropped = self.drop_slot(frame, state, &slot, span);
                    out.extend(dropped);
                }
                None => out.push(state),
            },
            StatementKind::StorageLive(local) => {
                state.mem[local.0 as usize] = Value::Moved;
                out.push(state);
            }
            StatementKind::StorageDead(local) => {
                self.end_storage(frame, &mut state, Loc(local.0), span);
                state.mem[local.0 as usize] = Value::Moved;
                out.push(state);
            }
            StatementKind::Opaque(operands) => {
                let values: Vec<Value> = operands
                    .iter()
                    .map(|operand| self.operand(frame, &mut state, operand, span))
                    .collect();
                self.escape(&mut state, &values, "an expression that is not modelled");
                out.push(state);
            }
        }
    }

    /// Gives a symbol of unknown type the type that a `let` declares.
    fn typed(&mut self, state: &mut State, ty: &Option<crate::mir::Ty>, value: Value) -> Value {
        let Some(ty) = ty else { return value };
        match &value {
            Value::Sym(id) if state.syms[id.0 as usize].ty == RTy::Unknown => {
                let ty = self.names.resolve_ty(ty);
                self.with_type(state, *id, ty)
            }
            Value::Unknown => {
                let ty = self.names.resolve_ty(ty);
                if ty == RTy::Unknown {
                    value
                } else {
                    state.plain(ty)
                }
            }
            _ => value,
        }
    }

    /// A symbol of unknown type gets one. If its values move, it gets a new
    /// symbol: other places may hold the old one, as it looked like a plain value.
    pub fn with_type(&mut self, state: &mut State, id: SymId, ty: RTy) -> Value {
        let plain = matches!(state.syms[id.0 as usize].kind, SymKind::Plain);
        if plain && state.syms[id.0 as usize].known.is_none() && !ty.is_copy(self.names) {
            return state.plain(ty);
        }
        state.syms[id.0 as usize].ty = ty;
        Value::Sym(id)
    }

    /// Puts a value into a place; if the place cannot be told, the value is
    /// where the analysis does not see it.
    pub fn store(&mut self, state: &mut State, place: &Place, value: Value) {
        let stored = self
            .slot(state, place)
            .is_some_and(|slot| state.write(slot.loc, &slot.path, value.clone()));
        // A set of descriptors to wait for holds none of them.
        let set = place
            .proj
            .iter()
            .any(|step| matches!(step, Proj::Field(name) if &**name == "fd_array"));
        if !stored && set {
            return;
        }
        if !stored {
            self.escape(state, &[value], "stored where it cannot be followed");
            let mut outer = place.clone();
            if let Some(Proj::Index(_)) = outer.proj.pop()
                && let Some(slot) = self.slot(state, &outer)
                && matches!(state.read(slot.loc, &slot.path), Some(Value::Agg(agg))
                    if agg.kind == AggKind::Extern(ARRAY.into()))
            {
                let changed = Value::agg(AggKind::Extern(ARRAY.into()), Vec::new());
                state.write(slot.loc, &slot.path, changed);
            }
        }
    }

    fn bind(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        place: &Place,
        mode: BindMode,
        span: Span,
    ) -> Value {
        let Some(slot) = self.slot(state, place) else {
            return Value::Unknown;
        };
        match mode {
            BindMode::Ref => Value::Ref(slot.pointer(), RefKind::Shared),
            BindMode::RefMut => Value::Ref(slot.pointer(), RefKind::Mut),
            BindMode::Value if slot.implicit => {
                // Default binding modes: a reference into what was matched.
                match state.read(slot.loc, &slot.path) {
                    Some(Value::Ref(to, kind)) => Value::Ref(to, kind),
                    Some(Value::Unknown) | None => Value::Unknown,
                    Some(_) => Value::Ref(slot.pointer(), RefKind::Mut),
                }
            }
            BindMode::Value => self.take_slot(frame, state, &slot, span),
        }
    }

    /// Reads a slot by value: copies, or moves out.
    pub fn take_slot(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        slot: &Slot,
        span: Span,
    ) -> Value {
        let Some(value) = state.read(slot.loc, &slot.path) else {
            return Value::Unknown;
        };
        let value = self.materialized(state, value);
        let at_root = slot.path.is_empty() && (slot.loc.0 as usize) < state.entry.locals;
        if !self.is_copy(state, &value) {
            if at_root || !slot.path.is_empty() || !slot.implicit {
                self.note_move(frame, state, slot, span);
            }
            state.write(slot.loc, &slot.path, Value::Moved);
        }
        value
    }

    /// The value of an operand, used by value.
    pub fn operand(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        operand: &Operand,
        span: Span,
    ) -> Value {
        match operand {
            Operand::Place(place) => match self.slot(state, place) {
                Some(slot) => self.take_slot(frame, state, &slot, span),
                None => self.untracked(state, place),
            },
            Operand::Const(constant) => self.constant(frame, state, constant),
        }
    }

    /// Reading something whose parts are not followed, such as an element at
    /// an unknown index: what is in there may be used in ways that we do not see.
    fn untracked(&mut self, state: &mut State, place: &Place) -> Value {
        let mut outer = place.clone();
        while let Some(step) = outer.proj.pop() {
            if !matches!(
                step,
                Proj::Index(_) | Proj::IndexFromEnd(_) | Proj::Subslice
            ) {
                continue;
            }
            if let Some(slot) = self.slot(state, &outer)
                && let Some(value) = state.read(slot.loc, &slot.path)
            {
                self.escape(state, &[value], "kept in a collection that is indexed");
            }
        }
        Value::Unknown
    }

    /// Whether using the value leaves its place intact.
    pub fn is_copy(&self, state: &State, value: &Value) -> bool {
        match value {
            Value::Owner(..) | Value::Box(..) | Value::Held(_) | Value::Moved => false,
            Value::Closure(closure) => closure
                .captures
                .iter()
                .all(|capture| self.is_copy(state, capture)),
            Value::Sym(id) => match &state.syms[id.0 as usize].ty {
                ty @ (RTy::Adt(..) | RTy::Extern(..)) => ty.is_copy(self.names),
                RTy::Tuple(items) => !items.iter().any(|ty| {
                    matches!(ty, RTy::Adt(..) | RTy::Extern(..)) && !ty.is_copy(self.names)
                }),
                _ => true,
            },
            Value::Agg(agg) => match &agg.kind {
                AggKind::Struct(id) => match &self.names.def(*id).kind {
                    DefKind::Adt(adt) => *adt.is_copy.borrow(),
                    _ => false,
                },
                AggKind::Variant(Variant::Def(id)) => match &self.names.def(*id).kind {
                    DefKind::Variant(parent, _) => match &self.names.def(*parent).kind {
                        DefKind::Adt(adt) => *adt.is_copy.borrow(),
                        _ => false,
                    },
                    _ => false,
                },
                AggKind::Seq(_) | AggKind::ManuallyDrop => false,
                AggKind::Tuple
                | AggKind::Array
                | AggKind::Extern(_)
                | AggKind::Variant(_)
                | AggKind::Open(_) => agg
                    .fields
                    .iter()
                    .all(|(_, field)| self.is_copy(state, field)),
            },
            _ => true,
        }
    }

    /// Resolves a place to memory. Gives unknown things along the way the
    /// shape that their type says.
    pub fn slot(&mut self, state: &mut State, place: &Place) -> Option<Slot> {
        let mut slot = Slot {
            loc: Loc(place.local.0),
            path: Vec::new(),
            implicit: false,
        };
        self.follow_captures(state, &mut slot);
        for step in &place.proj {
            match step {
                Proj::Deref => self.deref(state, &mut slot)?,
                Proj::Field(name) => self.field(state, &mut slot, name)?,
                Proj::Index(index) => {
                    self.auto_deref(state, &mut slot);
                    let name = index_name((*index)?);
                    self.element(state, &mut slot, name)?;
                }
                Proj::IndexFromEnd(index) => {
                    self.auto_deref(state, &mut slot);
                    let Some(Value::Agg(agg)) = state.read(slot.loc, &slot.path) else {
                        return None;
                    };
                    let at = (agg.fields.len() as u64).checked_sub(*index)?;
                    self.element(state, &mut slot, index_name(at))?;
                }
                Proj::Subslice => return None,
                Proj::Matched => slot.implicit = false,
            }
        }
        Some(slot)
    }

    fn element(&mut self, state: &mut State, slot: &mut Slot, name: Name) -> Option<()> {
        if let Some(Value::Sym(id)) = state.read(slot.loc, &slot.path)
            && let RTy::Array(item) = state.syms[id.0 as usize].ty.clone()
            && state.syms[id.0 as usize].kind == SymKind::Plain
        {
            // The first elements of an array that comes from elsewhere.
            let items: Vec<Value> = (0..8).map(|_| state.plain((*item).clone())).collect();
            let known = Value::positional(AggKind::Seq(false), items);
            state.syms[id.0 as usize].known = Some(known);
        }
        match state.read(slot.loc, &slot.path)? {
            Value::Agg(agg)
                if matches!(agg.kind, AggKind::Array | AggKind::Seq(_) | AggKind::Tuple) =>
            {
                agg.field(&name)?;
                slot.path.push(name);
                Some(())
            }
            _ => None,
        }
    }

    fn follow_captures(&mut self, state: &State, slot: &mut Slot) {
        loop {
            match state.read(slot.loc, &slot.path) {
                Some(Value::Capture(to)) => {
                    slot.loc = to.loc;
                    slot.path.clone_from(&to.path);
                }
                Some(Value::Held(loc)) => {
                    slot.loc = loc;
                    slot.path.clear();
                }
                _ => return,
            }
        }
    }

    /// `*place`
    fn deref(&mut self, state: &mut State, slot: &mut Slot) -> Option<()> {
        let value = state.read(slot.loc, &slot.path)?;
        slot.implicit = false;
        // Under default binding modes a guard's `*x` may stand before the value itself.
        if matches!(value, Value::Sock(..) | Value::Int(_) | Value::Bool(_)) {
            return Some(());
        }
        let (to, _) = self.pointee(state, value)?;
        slot.loc = to.loc;
        slot.path.clone_from(&to.path);
        self.follow_captures(state, slot);
        Some(())
    }

    /// What a reference, pointer or box points to.
    pub fn pointee(&mut self, state: &mut State, value: Value) -> Option<(Rc<Pointer>, RefKind)> {
        match self.materialized(state, value) {
            Value::Ref(to, kind) => Some((to, kind)),
            Value::Capture(to) => Some((to, RefKind::Mut)),
            Value::Box(_, loc) => Some((
                Rc::new(Pointer {
                    loc,
                    path: Vec::new(),
                }),
                RefKind::Mut,
            )),
            Value::Sym(id) => {
                let ty = state.syms[id.0 as usize].ty.clone();
                let RTy::Ptr(to) = ty else { return None };
                let pointee = state.plain((*to).clone());
                let loc = state.alloc(pointee);
                let known = Value::ref_to(loc, RefKind::Raw);
                state.syms[id.0 as usize].known = Some(known);
                Some((
                    Rc::new(Pointer {
                        loc,
                        path: Vec::new(),
                    }),
                    RefKind::Raw,
                ))
            }
            _ => None,
        }
    }

    /// Follows references and boxes in front of something that is used with `.`
    pub fn auto_deref(&mut self, state: &mut State, slot: &mut Slot) {
        for _ in 0..16 {
            let Some(value) = state.read(slot.loc, &slot.path) else {
                return;
            };
            let value = self.materialized(state, value);
            let to = match value {
                Value::Ref(to, _) | Value::Capture(to) => to,
                Value::Box(_, loc) | Value::Held(loc) => Rc::new(Pointer {
                    loc,
                    path: Vec::new(),
                }),
                Value::Agg(agg) if agg.kind == AggKind::ManuallyDrop => {
                    slot.path.push("0".into());
                    slot.implicit = true;
                    continue;
                }
                _ => return,
            };
            slot.loc = to.loc;
            slot.path.clone_from(&to.path);
            slot.implicit = true;
        }
    }

    fn field(&mut self, state: &mut State, slot: &mut Slot, name: &Name) -> Option<()> {
        // `.0` of a descriptor is the descriptor: the `windows` crate's newtype.
        if let Some(Value::Sock(..)) = state.read(slot.loc, &slot.path)
            && &**name == "0"
        {
            return Some(());
        }
        self.auto_deref(state, slot);
        match state.read(slot.loc, &slot.path)? {
            Value::Sock(..) if &**name == "0" => return Some(()),
            Value::Agg(agg) => {
                if agg.field(name).is_none() && !matches!(agg.kind, AggKind::Open(_)) {
                    // A `Deref` impl, or a union's other field.
                    return None;
                }
            }
            // `.0` of a handle or number: newtypes of the `windows` crate, too.
            Value::Sym(id)
                if &**name == "0"
                    && matches!(state.syms[id.0 as usize].kind, SymKind::Handle(..)) =>
            {
                return Some(());
            }
            Value::Int(_) if &**name == "0" => return Some(()),
            Value::Sym(id) => self.open_up(state, slot, id)?,
            Value::Unknown | Value::Moved => {
                if slot.path.is_empty() && slot.loc.0 as usize >= state.entry.locals {
                    return None;
                }
                // `let x; x.field = ..` and unknown structs: remember what is written.
                if !state.write(
                    slot.loc,
                    &slot.path,
                    Value::agg(AggKind::Open(false), Vec::new()),
                ) {
                    return None;
                }
            }
            _ => return None,
        }
        slot.path.push(name.clone());
        state.read(slot.loc, &slot.path).map(|_| ())
    }

    /// Gives a symbol of a struct type its fields.
    pub fn open_up(&mut self, state: &mut State, slot: &Slot, id: SymId) -> Option<()> {
        let ty = state.syms[id.0 as usize].ty.clone();
        let value = match &ty {
            RTy::Adt(def, args) => {
                let item = self.names.def(*def);
                let DefKind::Adt(adt) = &item.kind else {
                    return None;
                };
                if adt.is_enum {
                    return None;
                }
                let fields = self.field_symbols(state, adt, 0, args);
                Value::agg(AggKind::Struct(*def), fields)
            }
            RTy::Extern(path, _) if model::type_class(path).is_none() => {
                model::binding_abi(path.split("::").next().unwrap_or(""))?;
                let fields = match last(path).to_ascii_uppercase().as_str() {
                    "WSAPOLLFD" | "POLLFD" => vec![("fd".into(), state.plain(RTy::Socket))],
                    _ => Vec::new(),
                };
                Value::agg(AggKind::Open(false), fields)
            }
            RTy::Tuple(items) => {
                let values: Vec<Value> = items.iter().map(|ty| state.plain(ty.clone())).collect();
                Value::positional(AggKind::Tuple, values)
            }
            _ => return None,
        };
        state.syms[id.0 as usize].known = Some(value.clone());
        state.write(slot.loc, &slot.path, value);
        Some(())
    }

    /// A symbol for each field of a struct or variant.
    pub fn field_symbols(
        &mut self,
        state: &mut State,
        adt: &AdtDef,
        variant: usize,
        args: &[RTy],
    ) -> Vec<(Name, Value)> {
        adt.variants[variant]
            .fields
            .iter()
            .map(|(name, ty)| {
                let ty = self.names.field_ty(ty, &adt.generics, args);
                let value = match counts_millis(name) && matches!(ty, RTy::Prim(_)) {
                    true => state.millis(ty),
                    false => state.plain(ty),
                };
                (name.clone(), value)
            })
            .collect()
    }

    /// Gives a symbol that stands for a descriptor, an owner, a reference or
    /// a box its shape. Anything else stays as it is.
    pub fn materialized(&mut self, state: &mut State, value: Value) -> Value {
        let Value::Sym(id) = value else { return value };
        let sym = &state.syms[id.0 as usize];
        if let Some(known) = &sym.known {
            let known = known.clone();
            return self.materialized(state, known);
        }
        if !matches!(sym.kind, SymKind::Plain) {
            return Value::Sym(id);
        }
        let ty = sym.ty.clone();
        let known = match &ty {
            RTy::Socket => {
                let sock = self.lent_socket(state, true);
                Value::Sock(sock, Repr::USIZE)
            }
            RTy::Extern(path, args) => match (model::type_class(path), last(path)) {
                (Some(TypeClass::Owner(_)), _) => {
                    // Of an owner that was found somewhere, nobody says that it is the only one.
                    let sock = self.lent_socket(state, args.first() != Some(&RTy::Never));
                    if **args == super::methods::FRESH {
                        let root = path.split("::").next().unwrap_or("");
                        let fresh = state.sock_mut(sock);
                        fresh.linger = Linger::Off { earlier: false };
                        fresh.mode = match model::is_async(root) {
                            true => Mode::Nonblocking,
                            false => Mode::Blocking,
                        };
                    }
                    Value::Owner(path.clone(), sock)
                }
                (_, "BorrowedSocket") => {
                    let sock = self.lent_socket(state, true);
                    Value::Sock(sock, Repr::USIZE)
                }
                (_, "Box" | "Arc" | "Rc") => {
                    let kind = if last(path) == "Box" {
                        BoxKind::Box
                    } else {
                        BoxKind::Shared
                    };
                    let inner = state.plain(args.first().cloned().unwrap_or(RTy::Unknown));
                    Value::Box(kind, state.alloc(inner))
                }
                (_, "Pin") if path.starts_with("std::") && args.len() == 1 => {
                    let inner = state.plain(args[0].clone());
                    self.materialized(state, inner)
                }
                (_, cell) if path.starts_with("std::") && cell.starts_with("Atomic") => {
                    let content = match cell {
                        "AtomicBool" => RTy::Prim("bool".into()),
                        _ => RTy::Unknown,
                    };
                    let inner = state.plain(content);
                    Value::positional(AggKind::Extern(path.clone()), [inner])
                }
                (_, "Cell" | "RefCell" | "Mutex" | "RwLock" | "UnsafeCell")
                    if path.starts_with("std::") && args.len() == 1 =>
                {
                    let inner = state.plain(args[0].clone());
                    Value::positional(AggKind::Extern(path.clone()), [inner])
                }
                (_, "ManuallyDrop") => {
                    let inner = state.plain(args.first().cloned().unwrap_or(RTy::Unknown));
                    Value::positional(AggKind::ManuallyDrop, [inner])
                }
                _ => return Value::Sym(id),
            },
            RTy::Ref(mutable, to) => {
                let inner = state.plain((**to).clone());
                let loc = state.alloc(inner);
                Value::ref_to(
                    loc,
                    if *mutable {
                        RefKind::Mut
                    } else {
                        RefKind::Shared
                    },
                )
            }
            RTy::Tuple(items) if !items.is_empty() => {
                let values: Vec<Value> = items.iter().map(|ty| state.plain(ty.clone())).collect();
                Value::positional(AggKind::Tuple, values)
            }
            RTy::Tuple(_) => Value::unit(),
            _ => return Value::Sym(id),
        };
        state.syms[id.0 as usize].known = Some(known.clone());
        known
    }

    /// A constant operand.
    fn constant(&mut self, frame: &Frame<'_>, state: &mut State, constant: &Const) -> Value {
        match constant {
            Const::Unit => Value::unit(),
            Const::Bool(b) => Value::Bool(*b),
            Const::Int(value, suffix) => match suffix.as_deref().and_then(Repr::of_name) {
                Some(repr) => Value::Int(repr.wrap(*value)),
                None => Value::Int(*value),
            },
            Const::Str(text) => Value::Str(text.clone()),
            Const::Other => Value::Unknown,
            Const::Path(path) => match self.names.resolve_value(path) {
                Res::Def(id) => self.item_value(frame, state, id),
                Res::Extern(path) => extern_value(&path),
                Res::SelfTy(scope) => match self.names.self_type(scope, 0) {
                    RTy::Adt(id, _) => self.item_value(frame, state, id),
                    _ => Value::Unknown,
                },
                Res::Param | Res::Unresolved => match self.type_before_last(path) {
                    // `Alias::MAX`
                    Some(RTy::Prim(ty)) => integer_limit(&format!("{ty}::{}", path.last()))
                        .map_or(Value::Unknown, Value::Int),
                    Some(RTy::Socket) => integer_limit(&format!("usize::{}", path.last()))
                        .map_or(Value::Unknown, Value::Int),
                    _ => Value::Unknown,
                },
            },
        }
    }

    fn item_value(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        id: crate::names::DefId,
    ) -> Value {
        let def = self.names.def(id);
        match &def.kind {
            DefKind::Fn(_) => Value::Fn(Callable::Def(id)),
            DefKind::Variant(parent, index) => {
                let parent = self.names.def(*parent);
                match &parent.kind {
                    DefKind::Adt(adt) if adt.variants[*index].fields.is_empty() => {
                        Value::agg(AggKind::Variant(Variant::Def(id)), Vec::new())
                    }
                    _ => Value::Fn(Callable::Def(id)),
                }
            }
            DefKind::Adt(adt) => {
                if adt
                    .variants
                    .first()
                    .is_some_and(|variant| variant.fields.is_empty())
                {
                    Value::agg(AggKind::Struct(id), Vec::new())
                } else {
                    Value::Fn(Callable::Def(id))
                }
            }
            DefKind::Const {
                ty,
                is_static: true,
                ..
            } => {
                if let DefKind::Const { is_mut: false, .. } = def.kind
                    && let Some(value) = self.const_value(frame, id)
                    && matches!(value, Value::Agg(_) | Value::Int(_))
                {
                    return value;
                }
                let is_mut = matches!(def.kind, DefKind::Const { is_mut: true, .. });
                // Whether somebody was here before may be what it says.
                let ty = self.names.resolve_ty(ty);
                let once = matches!(&ty, RTy::Extern(path, _)
                    if matches!(last(path), "Once" | "OnceLock" | "OnceCell"));
                if !once {
                    state.startup.doubt();
                }
                if let RTy::Extern(path, args) = &ty
                    && matches!(last(path), "Mutex" | "RwLock")
                    && matches!(&**args, [RTy::Prim(name)] if &**name != "bool")
                {
                    state.startup.watch();
                }
                match &ty {
                    RTy::Extern(path, _) if is_mut && last(path) == "MaybeUninit" => {
                        let content = state.plain(ty);
                        self.static_place(state, id, content)
                    }
                    RTy::Extern(path, _) if last(path).starts_with("Atomic") => {
                        let kind = format!("{}{}", super::methods::STATIC, last(path));
                        let inner = state.plain(RTy::Unknown);
                        let content = Value::positional(AggKind::Extern(kind.into()), [inner]);
                        self.static_place(state, id, content)
                    }
                    // What changes through a shared reference, or is lent to the system, has a place.
                    RTy::Array(_) if is_mut => {
                        let content = Value::agg(AggKind::Extern(ARRAY.into()), Vec::new());
                        self.static_place(state, id, content)
                    }
                    RTy::Extern(path, _) if is_mut && last(path).contains("OVERLAPPED") => {
                        let content = Value::agg(AggKind::Open(true), Vec::new());
                        self.static_place(state, id, content)
                    }
                    RTy::Adt(..) => {
                        let content = state.plain(ty);
                        self.static_place(state, id, content)
                    }
                    _ if once => {
                        let content = state.plain(ty);
                        self.static_place(state, id, content)
                    }
                    _ => state.plain(ty),
                }
            }
            DefKind::Const { ty, .. } => match self.const_value(frame, id) {
                Some(Value::Int(value))
                    if value > 0 && value < 1000 && counts_millis(&def.name) =>
                {
                    state.millis(RTy::Unknown)
                }
                Some(value) => value,
                None => {
                    let ty = self.names.resolve_ty(ty);
                    if matches!(ty, RTy::Prim(_) | RTy::Socket) {
                        Value::Named(def.path.clone())
                    } else {
                        state.plain(ty)
                    }
                }
            },
            DefKind::Mod(_) | DefKind::Trait { .. } | DefKind::Alias { .. } => Value::Unknown,
        }
    }

    /// A reference to a static: what this path stores in it is followed.
    fn static_place(
        &mut self,
        state: &mut State,
        id: crate::names::DefId,
        content: Value,
    ) -> Value {
        let known = state.statics.iter().find(|(known, _)| *known == id);
        let loc = match known {
            Some((_, loc)) => *loc,
            None => {
                let loc = state.alloc(content);
                state.statics.push((id, loc));
                loc
            }
        };
        Value::ref_to(loc, RefKind::Shared)
    }

    /// The value of a constant of the sources, if it is a plain one.
    fn const_value(&mut self, frame: &Frame<'_>, id: crate::names::DefId) -> Option<Value> {
        if !self.consts.contains_key(&id) {
            self.consts.insert(id, None);
            let value = self.names.const_body(id).and_then(|body| {
                self.keep(&body);
                let inner = Frame {
                    body: &body,
                    function: frame.function.clone(),
                    enclosing: frame.enclosing.clone(),
                    key: super::engine::FnKey::Body(&*body),
                    def: None,
                };
                let mut results = self.call_body(&inner, State::new(0), Vec::new(), Vec::new());
                let (state, value) = results.pop()?;
                let value = state.resolve(&value);
                (results.is_empty() && is_plain(&value)).then_some((value, State::new(0)))
            });
            self.consts.insert(id, value);
        }
        self.consts
            .get(&id)
            .and_then(|value| value.as_ref().map(|(value, _)| value.clone()))
    }

    /// Interprets an rvalue.
    pub fn rvalue(
        &mut self,
        frame: &Frame<'_>,
        mut state: State,
        rvalue: &Rvalue,
        span: Span,
    ) -> Vec<(State, Value)> {
        let value = match rvalue {
            Rvalue::Use(operand) => self.operand(frame, &mut state, operand, span),
            Rvalue::Ref(mutable, place) => {
                let kind = if *mutable {
                    RefKind::Mut
                } else {
                    RefKind::Shared
                };
                self.reference(&mut state, place, kind)
            }
            Rvalue::AddrOf(_, place) => self.reference(&mut state, place, RefKind::Raw),
            Rvalue::Call(call) => return self.call(frame, state, call, span),
            Rvalue::Binary(op, a, b) => {
                let a = self.operand(frame, &mut state, a, span);
                let b = self.operand(frame, &mut state, b, span);
                self.binary(frame, &mut state, *op, a, b, span)
            }
            Rvalue::Unary(op, a) => {
                let a = self.operand(frame, &mut state, a, span);
                unary(&mut state, *op, a)
            }
            Rvalue::Cast(operand, ty) => {
                let value = self.operand(frame, &mut state, operand, span);
                let ty = self.names.resolve_ty(ty);
                cast(&mut state, value, &ty)
            }
            Rvalue::Struct { path, fields, base } => {
                let mut values: Vec<(Name, Value)> = fields
                    .iter()
                    .map(|(name, operand)| {
                        (name.clone(), self.operand(frame, &mut state, operand, span))
                    })
                    .collect();
                let base = base
                    .as_ref()
                    .map(|base| self.operand(frame, &mut state, base, span));
                self.note_delivery(frame, &state, path.last(), None, span);
                for (name, value) in &values {
                    self.note_delivery(frame, &state, name, Some(value), span);
                }
                if fields.iter().any(|(name, _)| &**name == "l_linger") {
                    self.trail(
                        &mut state,
                        span,
                        "the time is given here",
                        Mark::LingerTime,
                        None,
                    );
                }
                let value = self.struct_literal(&mut state, path, &mut values, base);
                self.note_wrapped(&mut state, &value, span);
                value
            }
            Rvalue::Tuple(operands) => {
                let values = self.operands(frame, &mut state, operands, span);
                Value::positional(AggKind::Tuple, values)
            }
            Rvalue::Array(is_vec, operands) => {
                let values = self.operands(frame, &mut state, operands, span);
                if *is_vec {
                    let elements = Value::positional(AggKind::Seq(true), values);
                    Value::Box(BoxKind::Vec, state.alloc(elements))
                } else {
                    Value::positional(AggKind::Array, values)
                }
            }
            Rvalue::Repeat(is_vec, operand) => {
                let value = self.operand(frame, &mut state, operand, span);
                self.escape(
                    &mut state,
                    std::slice::from_ref(&value),
                    "copied into an array",
                );
                if *is_vec {
                    let elements = Value::agg(AggKind::Seq(false), Vec::new());
                    Value::Box(BoxKind::Vec, state.alloc(elements))
                } else {
                    // Storage of its own; its elements are not followed one by one.
                    match value {
                        Value::Int(_) => {
                            let all = vec![(Name::from("*"), value)];
                            Value::agg(AggKind::Extern(ARRAY.into()), all)
                        }
                        // Which of them a reference leads to matters.
                        Value::Agg(_) => Value::agg(AggKind::Extern(STRUCTS.into()), Vec::new()),
                        _ => Value::agg(AggKind::Extern(ARRAY.into()), Vec::new()),
                    }
                }
            }
            Rvalue::Closure(index) => self.closure(frame, &mut state, *index, span),
            Rvalue::Await(operand) => {
                let value = self.operand(frame, &mut state, operand, span);
                self.note_await(frame, &mut state, span);
                return self.awaited(frame, state, value);
            }
            Rvalue::IntoIter(operand) => {
                let value = self.operand(frame, &mut state, operand, span);
                // It may be a channel's receiving half, which was made here.
                let in_thread = state.context.thread.is_some();
                let receives = match state.resolve(&value) {
                    Value::Unknown => true,
                    Value::Sym(id) => {
                        state.syms[id.0 as usize].ty == RTy::Unknown
                            && (in_thread || id.0 as usize >= state.entry.syms)
                    }
                    _ => false,
                };
                if receives && (state.spawned || in_thread) {
                    self.synchronised(&mut state, "recv");
                }
                self.iterator_of(&mut state, value)
            }
            Rvalue::IterNext(place) => return self.iter_next(state, place),
            Rvalue::Range(lo, hi, _) => {
                for operand in [lo, hi].into_iter().flatten() {
                    self.operand(frame, &mut state, operand, span);
                }
                Value::Unknown
            }
            Rvalue::Format(operands) => {
                for operand in operands {
                    if let Operand::Const(_) = operand {
                        continue;
                    }
                    // Read by reference: nothing moves, nothing is kept.
                    if let Operand::Place(place) = operand {
                        let _ = self.slot(&mut state, place);
                    }
                }
                // Of those macros that give a value, `format!` is the one.
                state.plain(RTy::Extern("std::string::String".into(), Rc::from([])))
            }
            Rvalue::Opaque(operands) => {
                let values = self.operands(frame, &mut state, operands, span);
                self.escape(
                    &mut state,
                    &values,
                    "a macro or expression that is not modelled",
                );
                state.plain(RTy::Unknown)
            }
        };
        vec![(state, value)]
    }

    fn operands(
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

    /// `&place`
    pub fn reference(&mut self, state: &mut State, place: &Place, kind: RefKind) -> Value {
        // A static is read as a reference to its place.
        if let (true, Value::Ref(to, _)) =
            (place.proj.is_empty(), &state.mem[place.local.0 as usize])
            && to.path.is_empty()
            && state.statics.iter().any(|(_, loc)| *loc == to.loc)
        {
            return Value::Ref(to.clone(), kind);
        }
        match self.slot(state, place) {
            Some(slot) => Value::Ref(slot.pointer(), kind),
            None if let Some(whole) = self.slice_of(state, place) => whole,
            None => {
                // Where it leads is not known; another reference to the same place would not be known to be one.
                self.untracked(state, place);
                state.plain(RTy::Unknown)
            }
        }
    }

    /// `buffer[a..b]` of data that is not followed element by element: it lies where the buffer does.
    fn slice_of(&mut self, state: &mut State, place: &Place) -> Option<Value> {
        let mut outer = place.clone();
        let Some(Proj::Index(None) | Proj::Subslice) = outer.proj.pop() else {
            return None;
        };
        let mut slot = self.slot(state, &outer)?;
        // To the vector itself, not into it.
        loop {
            match state.read(slot.loc, &slot.path)? {
                Value::Ref(to, _) | Value::Capture(to) => {
                    slot.loc = to.loc;
                    slot.path.clone_from(&to.path);
                }
                Value::Agg(agg) if agg.kind == AggKind::Extern(ARRAY.into()) => {
                    return Some(Value::Ref(slot.pointer(), RefKind::Raw));
                }
                Value::Box(BoxKind::Vec, loc) => match &state.mem[loc.0 as usize] {
                    Value::Agg(agg) if agg.fields.is_empty() => {
                        return Some(Value::ref_to(loc, RefKind::Raw));
                    }
                    _ => return None,
                },
                Value::Sym(id) => {
                    let bytes = matches!(&state.syms[id.0 as usize].ty, RTy::Extern(path, args)
                        if last(path) == "Vec"
                            && matches!(&**args, [RTy::Prim(item)] if &**item == "u8"));
                    if !bytes || state.syms[id.0 as usize].kind != SymKind::Plain {
                        return None;
                    }
                    let data = state.alloc(Value::agg(AggKind::Seq(false), Vec::new()));
                    state.syms[id.0 as usize].known = Some(Value::Box(BoxKind::Vec, data));
                    return Some(Value::ref_to(data, RefKind::Raw));
                }
                _ => return None,
            }
        }
    }

    fn struct_literal(
        &mut self,
        state: &mut State,
        path: &crate::mir::PathRef,
        fields: &mut Vec<(Name, Value)>,
        base: Option<Value>,
    ) -> Value {
        let resolved = match self.names.resolve_type(path) {
            Res::SelfTy(scope) => match self.names.self_type(scope, 0) {
                RTy::Adt(id, _) => Res::Def(id),
                RTy::Extern(path, _) => Res::Extern(path),
                _ => Res::Unresolved,
            },
            Res::Unresolved | Res::Extern(_) => match self.names.resolve_value(path) {
                Res::Unresolved => self.names.resolve_type(path),
                found => found,
            },
            found => found,
        };
        let base = base.map(|base| state.resolve(&base));
        if let Some(Value::Agg(base)) = &base {
            for (name, value) in &base.fields {
                if !fields.iter().any(|(field, _)| field == name) {
                    fields.push((name.clone(), value.clone()));
                }
            }
        }
        let resolved = match resolved {
            Res::Def(id) => match self.names.def(id).kind {
                DefKind::Alias { ref ty, .. } => match self.names.resolve_ty(ty) {
                    RTy::Adt(id, _) => Res::Def(id),
                    RTy::Extern(path, _) => Res::Extern(path),
                    _ => Res::Unresolved,
                },
                _ => Res::Def(id),
            },
            other => other,
        };
        match resolved {
            Res::Def(id) => {
                let def = self.names.def(id);
                match &def.kind {
                    DefKind::Adt(adt) => {
                        // Fields in declaration order, so that equal structs are equal values.
                        let mut ordered = Vec::new();
                        for (name, ty) in &adt.variants[0].fields {
                            match fields.iter().position(|(field, _)| field == name) {
                                Some(at) => ordered.push(fields.swap_remove(at)),
                                None => {
                                    let ty = self.names.resolve_ty(ty);
                                    let value = state.plain(ty);
                                    ordered.push((name.clone(), value));
                                }
                            }
                        }
                        ordered.append(fields);
                        Value::agg(AggKind::Struct(id), ordered)
                    }
                    DefKind::Variant(..) => {
                        Value::agg(AggKind::Variant(Variant::Def(id)), std::mem::take(fields))
                    }
                    _ => Value::Unknown,
                }
            }
            Res::Extern(path) => {
                let kind = match &base {
                    // `LINGER { l_onoff: 1, ..zeroed() }`
                    Some(Value::Agg(base)) if matches!(base.kind, AggKind::Open(_)) => {
                        base.kind.clone()
                    }
                    _ => AggKind::Extern(path),
                };
                Value::agg(kind, std::mem::take(fields))
            }
            _ => {
                let open = match &base {
                    Some(Value::Agg(agg)) => matches!(agg.kind, AggKind::Open(true)),
                    _ => false,
                };
                Value::agg(AggKind::Open(open), std::mem::take(fields))
            }
        }
    }

    fn closure(&mut self, frame: &Frame<'_>, state: &mut State, index: usize, span: Span) -> Value {
        let def = frame.body.closures[index].clone();
        let mut captures = Vec::with_capacity(def.captures.len());
        for capture in &def.captures {
            let place = Place::local(capture.outer);
            let value = match self.slot(state, &place) {
                Some(slot) => {
                    let by_value = def.is_move || {
                        capture.by_value
                            && state
                                .read(slot.loc, &slot.path)
                                .is_some_and(|value| !self.is_copy(state, &value))
                    };
                    if by_value {
                        match self.take_slot(frame, state, &slot, span) {
                            // What the body may move out of or change lives in the closure.
                            value if value.is_scalar() || self.is_copy(state, &value) => value,
                            value => Value::Held(state.alloc(value)),
                        }
                    } else {
                        Value::Capture(slot.pointer())
                    }
                }
                None => Value::Unknown,
            };
            captures.push(value);
        }
        Value::Closure(Rc::new(Closure { def, captures }))
    }

    fn awaited(&mut self, frame: &Frame<'_>, state: State, value: Value) -> Vec<(State, Value)> {
        let value = state.resolve(&value);
        match &value {
            Value::Closure(closure) if closure.def.is_async_block => {
                match self.call_closure(frame, state.clone(), closure, Vec::new()) {
                    Some(results) => results,
                    None => {
                        let mut state = state;
                        self.escape(&mut state, &[value], "an async block that is not followed");
                        vec![(state, Value::Unknown)]
                    }
                }
            }
            // A future made by a box: `Box::pin(async { .. }).await`.
            Value::Box(_, loc) => {
                let inner = state.mem[loc.0 as usize].clone();
                match inner {
                    Value::Closure(_) => self.awaited(frame, state, inner),
                    _ => vec![(state, value)],
                }
            }
            _ => vec![(state, value)],
        }
    }

    /// A binary operation.
    pub fn binary(
        &mut self,
        frame: &Frame<'_>,
        state: &mut State,
        op: BinOp,
        a: Value,
        b: Value,
        span: Span,
    ) -> Value {
        let compares = matches!(
            op,
            BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge
        );
        // Comparing references compares what they refer to.
        let side = |value: &Value| match state.resolve(value) {
            Value::Ref(_, RefKind::Shared | RefKind::Mut) if compares => {
                super::methods::deref_all(state, value)
            }
            other => other,
        };
        let (a, b) = (side(&a), side(&b));
        if compares {
            let constant = |value: &Value| matches!(value, Value::Int(_) | Value::Named(_));
            if constant(&b) {
                self.as_bare(state, &a);
            } else if constant(&a) {
                self.as_bare(state, &b);
            }
        }
        let (a, b) = (self.materialized(state, a), self.materialized(state, b));
        if let (Value::Int(x), Value::Int(y)) = (&a, &b)
            && let Some(folded) = fold(op, *x, *y)
        {
            return folded;
        }
        if let (Value::Bool(x), Value::Bool(y)) = (&a, &b) {
            let folded = match op {
                BinOp::Eq => Some(x == y),
                BinOp::Ne => Some(x != y),
                BinOp::BitAnd => Some(x & y),
                BinOp::BitOr => Some(x | y),
                BinOp::BitXor => Some(x ^ y),
                _ => None,
            };
            if let Some(folded) = folded {
                return Value::Bool(folded);
            }
        }
        match op {
            BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => {
                self.note_probe(frame, state, &a, &b, span);
                self.note_message_compared(frame, state, &a, &b);
                self.note_comparison(frame, state, op, &a, &b, span);
                Value::Sym(state.sym(RTy::Prim("bool".into()), SymKind::Compare(op, a, b, span)))
            }
            BinOp::BitAnd | BinOp::BitOr
                if is_boolean(state, &a)
                    && is_boolean(state, &b)
                    && logic_depth(state, &a) + logic_depth(state, &b) < 6 =>
            {
                Value::Sym(state.sym(
                    RTy::Prim("bool".into()),
                    SymKind::Logic(op == BinOp::BitOr, a, b),
                ))
            }
            BinOp::BitOr if let (Value::Sym(id), Value::Int(mask)) = (&a, &b) => {
                let bits = state.syms[id.0 as usize].bits | mask;
                let id = state.sym(RTy::Unknown, SymKind::Plain);
                state.syms[id.0 as usize].bits = bits;
                Value::Sym(id)
            }
            BinOp::BitAnd
                if matches!((&a, &b), (Value::Sym(id), Value::Int(mask))
                    if mask & !state.syms[id.0 as usize].bits == 0) =>
            {
                b
            }
            // Seconds that become milliseconds.
            BinOp::Mul if matches!((&a, &b), (Value::Int(1000), _) | (_, Value::Int(1000))) => {
                state.millis(RTy::Unknown)
            }
            _ => {
                // A descriptor that goes into arithmetic may come out again.
                self.escape(state, &[a, b], "arithmetic");
                state.plain(RTy::Unknown)
            }
        }
    }

    /// A step on the trail.
    pub fn trail(
        &self,
        state: &mut State,
        span: Span,
        text: impl Into<Rc<str>>,
        mark: Mark,
        about: Option<super::sock::OriginId>,
    ) {
        state.trail.push(TrailStep {
            span,
            text: text.into(),
            mark,
            about,
        });
    }
}

/// The kind of an array whose elements are not followed one by one; if all are the same, that is field `*`.
pub const ARRAY: &str = "std::array";
/// Of an array of structs, likewise.
const STRUCTS: &str = "std::array::structs";

/// Whether a name says that it counts milliseconds.
pub fn counts_millis(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["_ms", "_millis", "_msec", "_msecs", "_milliseconds"]
        .iter()
        .any(|end| name.ends_with(end))
        || matches!(&*name, "ms" | "millis" | "msecs" | "milliseconds")
}

/// How many connectives a condition is made of.
fn logic_depth(state: &State, value: &Value) -> usize {
    match value {
        Value::Sym(id) => match &state.syms[id.0 as usize].kind {
            SymKind::Logic(_, a, b) => 1 + logic_depth(state, a) + logic_depth(state, b),
            SymKind::Not(a) => 1 + logic_depth(state, a),
            SymKind::Compare(_, a, b, _) => logic_depth(state, a) + logic_depth(state, b),
            _ => 0,
        },
        _ => 0,
    }
}

/// Whether it is true or false.
fn is_boolean(state: &State, value: &Value) -> bool {
    match value {
        Value::Bool(_) => true,
        Value::Sym(id) => {
            let sym = &state.syms[id.0 as usize];
            matches!(
                sym.kind,
                SymKind::Compare(..) | SymKind::Logic(..) | SymKind::Not(_)
            ) || matches!(&sym.ty, RTy::Prim(name) if &**name == "bool")
        }
        _ => false,
    }
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::Int(_) | Value::Bool(_) | Value::Str(_) | Value::Named(_) | Value::Fn(_) => true,
        Value::Agg(agg) => match &agg.kind {
            // What changes through a shared reference.
            AggKind::Extern(path)
                if ["Atomic", "Mutex", "RwLock", "Cell", "Once", "Lazy"]
                    .iter()
                    .any(|cell| last(path).contains(cell)) =>
            {
                false
            }
            _ => agg.fields.iter().all(|(_, field)| is_plain(field)),
        },
        _ => false,
    }
}

fn fold(op: BinOp, x: i128, y: i128) -> Option<Value> {
    Some(match op {
        BinOp::Add => Value::Int(x.checked_add(y)?),
        BinOp::Sub => Value::Int(x.checked_sub(y)?),
        BinOp::Mul => Value::Int(x.checked_mul(y)?),
        BinOp::Div => Value::Int(x.checked_div(y)?),
        BinOp::Rem => Value::Int(x.checked_rem(y)?),
        BinOp::BitAnd => Value::Int(x & y),
        BinOp::BitOr => Value::Int(x | y),
        BinOp::BitXor => Value::Int(x ^ y),
        BinOp::Shl => Value::Int(x.checked_shl(u32::try_from(y).ok()?)?),
        BinOp::Shr => Value::Int(x.checked_shr(u32::try_from(y).ok()?)?),
        BinOp::Eq => Value::Bool(same_int(x, y)),
        BinOp::Ne => Value::Bool(!same_int(x, y)),
        BinOp::Lt => Value::Bool(x < y),
        BinOp::Le => Value::Bool(x <= y),
        BinOp::Gt => Value::Bool(x > y),
        BinOp::Ge => Value::Bool(x >= y),
    })
}

/// Whether two constants are the same number in some width: literals have no
/// type here, so `!0` and `usize::MAX` are both -1.
pub fn same_int(x: i128, y: i128) -> bool {
    x == y || (x < 0) != (y < 0) && Repr::USIZE.wrap(x) == Repr::USIZE.wrap(y)
}

fn unary(state: &mut State, op: UnOp, a: Value) -> Value {
    let a = state.resolve(&a);
    match (op, &a) {
        (UnOp::Not, Value::Bool(b)) => Value::Bool(!b),
        (UnOp::Not, Value::Int(value)) => Value::Int(!value),
        (UnOp::Neg, Value::Int(value)) => Value::Int(-value),
        (UnOp::Not, Value::Sym(_)) if is_boolean(state, &a) => {
            Value::Sym(state.sym(RTy::Prim("bool".into()), SymKind::Not(a)))
        }
        _ => Value::Unknown,
    }
}

/// `value as ty`
pub fn cast(state: &mut State, value: Value, ty: &RTy) -> Value {
    let repr = match ty {
        RTy::Prim(name) => Repr::of_name(name),
        RTy::Socket => Some(Repr::USIZE),
        _ => None,
    };
    match (state.resolve(&value), repr) {
        (Value::Int(value), Some(repr)) => Value::Int(repr.wrap(value)),
        (Value::Sock(id, _), Some(repr)) => Value::Sock(id, repr),
        (Value::Bool(b), Some(_)) => Value::Int(i128::from(b)),
        // A pointer that becomes a socket (`handle as SOCKET`) is something else.
        (Value::Unknown, _) if *ty != RTy::Unknown && !matches!(ty, RTy::Ref(..)) => {
            state.plain(ty.clone())
        }
        (Value::Sym(id), None) if matches!(ty, RTy::Ptr(_)) => point_at(state, id, ty),
        (Value::Ref(to, _), None) => Value::Ref(to, RefKind::Raw),
        (other, _) => other,
    }
}

/// A number or untyped pointer that is cast to a pointer: it points there from now on, whoever casts it again.
pub fn point_at(state: &mut State, id: SymId, ty: &RTy) -> Value {
    let (RTy::Ptr(to), SymKind::Plain) = (ty, &state.syms[id.0 as usize].kind) else {
        return Value::Sym(id);
    };
    let untyped = match &state.syms[id.0 as usize].ty {
        RTy::Ptr(old) => matches!(**old, RTy::Unknown | RTy::Prim(_) | RTy::Extern(..)),
        RTy::Prim(name) => matches!(&**name, "usize" | "u64" | "isize" | "i64"),
        RTy::Extern(path, _) => matches!(
            last(path),
            "ULONG_PTR" | "DWORD_PTR" | "LPARAM" | "WPARAM" | "PVOID" | "LPVOID" | "HANDLE"
        ),
        RTy::Unknown => true,
        _ => false,
    };
    let opaque = match &**to {
        RTy::Unknown | RTy::Prim(_) => true,
        RTy::Extern(path, _) => last(path) == "c_void",
        _ => false,
    };
    if !untyped || opaque {
        return Value::Sym(id);
    }
    let pointee = state.plain((**to).clone());
    let known = Value::ref_to(state.alloc(pointee), RefKind::Raw);
    state.syms[id.0 as usize].known = Some(known.clone());
    known
}

/// The value of a foreign path that is used as a value.
pub fn extern_value(path: &Name) -> Value {
    let name = last(path);
    match name {
        "None" => return Value::known(KnownVariant::None, None),
        "Some" | "Ok" | "Err" => return Value::Fn(Callable::Extern(path.clone())),
        _ => {}
    }
    if let Some(value) = model::constant(name)
        && !path.starts_with("std::")
    {
        return Value::Int(value);
    }
    match &**path {
        "?::MAX" | "std::usize::MAX" => return Value::Int(u64::MAX as i128),
        _ => {}
    }
    if let Some(value) = integer_limit(path) {
        return Value::Int(value);
    }
    let constant = name
        .chars()
        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if constant && name.len() > 1 {
        Value::Named(path.clone())
    } else {
        Value::Fn(Callable::Extern(path.clone()))
    }
}

/// `u32::MAX` and the like; the path is that of a primitive's associated constant.
fn integer_limit(path: &str) -> Option<i128> {
    let mut segments = path.rsplit("::");
    let (limit, ty) = (segments.next()?, segments.next()?);
    let ty = if matches!(ty, "SOCKET" | "RawSocket") {
        "usize"
    } else {
        ty
    };
    let repr = Repr::of_name(ty)?;
    let max = if repr.bits == 128 {
        i128::MAX
    } else {
        (1i128 << (repr.bits - u8::from(repr.signed))) - 1
    };
    match limit {
        "MAX" => Some(max),
        "MIN" => Some(if repr.signed { -max - 1 } else { 0 }),
        _ => None,
    }
}

/// Adds an exclusion, up to a few.
pub fn exclude(list: &mut Vec<Excluded>, what: Excluded) {
    if list.len() < 12 && !list.contains(&what) {
        list.push(what);
    }
}
