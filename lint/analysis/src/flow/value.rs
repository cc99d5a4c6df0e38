//! Abstract values.
//!
//! A [`Value`] is what a place holds on one path. It is concrete where the
//! code is (constants, struct literals, references to known places), symbolic
//! where identity matters ([`Value::Sym`]), and [`Value::Unknown`] otherwise.

use std::rc::Rc;

use crate::mir::{KnownVariant, Name};
use crate::names::DefId;

/// Index of a memory location in [`State::mem`](super::state::State::mem).
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Loc(pub u32);

/// Index of a symbol in [`State::syms`](super::state::State::syms).
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SymId(pub u32);

/// Index of a socket in [`State::socks`](super::state::State::socks).
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SockId(pub u32);

/// Index of an overlapped operation in [`State::ops`](super::state::State::ops).
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct OpId(pub u32);

/// The width and signedness in which a descriptor is held after casts.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub struct Repr {
    /// 8 to 128.
    pub bits: u8,
    /// Whether it is signed.
    pub signed: bool,
}

impl Repr {
    /// `usize` on 64-bit targets.
    pub const USIZE: Repr = Repr {
        bits: 64,
        signed: false,
    };

    /// The integer type of that name.
    pub fn of_name(name: &str) -> Option<Repr> {
        let (signed, bits) = match name.split_at_checked(1)? {
            ("i", bits) => (true, bits),
            ("u", bits) => (false, bits),
            _ => return None,
        };
        let bits = match bits {
            "8" => 8,
            "16" => 16,
            "32" => 32,
            "64" | "size" => 64,
            "128" => 128,
            _ => return None,
        };
        Some(Repr { bits, signed })
    }

    /// `value as Self`.
    pub fn wrap(self, value: i128) -> i128 {
        if self.bits == 128 {
            return value;
        }
        let mask = (1i128 << self.bits) - 1;
        let low = value & mask;
        if self.signed && low >> (self.bits - 1) & 1 == 1 {
            low - (mask + 1)
        } else {
            low
        }
    }
}

/// A location and a path of fields into its value.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Pointer {
    /// The location.
    pub loc: Loc,
    /// Field names; array elements by their index.
    pub path: Vec<Name>,
}

/// What kind of pointer.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum RefKind {
    /// `&T`
    Shared,
    /// `&mut T`
    Mut,
    /// `*const T`, `*mut T`
    Raw,
}

/// What kind of owning pointer.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum BoxKind {
    /// `Box`
    Box,
    /// `Vec`, whose location holds an [`AggKind::Seq`].
    Vec,
    /// `Rc`, `Arc`: others may hold it too.
    Shared,
}

/// A variant of an enum.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Variant {
    /// Of `Option` or `Result`.
    Known(KnownVariant),
    /// Of an analysed enum.
    Def(DefId),
    /// Of a foreign enum, by canonical path.
    Extern(Name),
}

/// What an aggregate is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum AggKind {
    /// A tuple; `()` has no fields.
    Tuple,
    /// An array, or a slice's elements, all known.
    Array,
    /// The elements of a `Vec`; if `false`, there may be others.
    Seq(bool),
    /// An analysed struct.
    Struct(DefId),
    /// A foreign struct, by canonical path.
    Extern(Name),
    /// A variant.
    Variant(Variant),
    /// A wrapper that suppresses the drop of field `"0"`.
    ManuallyDrop,
    /// A value of unknown type of which some fields are known; the others are
    /// zero (`true`: `mem::zeroed()`) or unknown.
    Open(bool),
}

/// A composite value.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Agg {
    /// What it is.
    pub kind: AggKind,
    /// Its fields.
    pub fields: Vec<(Name, Value)>,
}

/// A closure or async block with what it captured.
#[derive(Clone, Debug)]
pub struct Closure {
    /// Its definition.
    pub def: Rc<crate::mir::ClosureDef>,
    /// The captured values, in the order of the definition.
    pub captures: Vec<Value>,
}

impl PartialEq for Closure {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.def, &other.def) && self.captures == other.captures
    }
}

impl Eq for Closure {}

impl std::hash::Hash for Closure {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        Rc::as_ptr(&self.def).hash(state);
        self.captures.hash(state);
    }
}

/// Something that can be called.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Callable {
    /// A function, method or constructor of the sources.
    Def(DefId),
    /// A foreign one, by canonical path.
    Extern(Name),
}

/// An abstract value. See the module's documentation.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Value {
    /// Anything; no identity.
    Unknown,
    /// Nothing: moved out, not initialised, or dropped.
    Moved,
    /// An integer.
    Int(i128),
    /// A boolean.
    Bool(bool),
    /// A string constant.
    Str(Name),
    /// A foreign constant whose value is not known, by canonical path.
    Named(Name),
    /// A symbol.
    Sym(SymId),
    /// A raw descriptor.
    Sock(SockId, Repr),
    /// A composite.
    Agg(Rc<Agg>),
    /// A reference or raw pointer.
    Ref(Rc<Pointer>, RefKind),
    /// A variable captured by reference: followed wherever it is used.
    Capture(Rc<Pointer>),
    /// A variable captured by value: owned by the closure, followed wherever it is used.
    Held(Loc),
    /// An owning pointer.
    Box(BoxKind, Loc),
    /// A foreign type that closes its socket when dropped, by canonical path.
    Owner(Name, SockId),
    /// A closure.
    Closure(Rc<Closure>),
    /// A function item.
    Fn(Callable),
}

impl Value {
    /// `()`
    pub fn unit() -> Value {
        Value::agg(AggKind::Tuple, Vec::new())
    }

    /// A composite.
    pub fn agg(kind: AggKind, fields: Vec<(Name, Value)>) -> Value {
        Value::Agg(Rc::new(Agg { kind, fields }))
    }

    /// `Ok(value)` and the like.
    pub fn known(variant: KnownVariant, payload: Option<Value>) -> Value {
        let fields = payload
            .map(|value| (Name::from("0"), value))
            .into_iter()
            .collect();
        Value::agg(AggKind::Variant(Variant::Known(variant)), fields)
    }

    /// A tuple or tuple-like composite.
    pub fn positional(kind: AggKind, values: impl IntoIterator<Item = Value>) -> Value {
        let fields = values
            .into_iter()
            .enumerate()
            .map(|(i, v)| (index_name(i as u64), v))
            .collect();
        Value::agg(kind, fields)
    }

    /// A reference to a whole location.
    pub fn ref_to(loc: Loc, kind: RefKind) -> Value {
        Value::Ref(
            Rc::new(Pointer {
                loc,
                path: Vec::new(),
            }),
            kind,
        )
    }

    /// The variant and payload, if it is a variant.
    pub fn as_variant(&self) -> Option<(&Variant, &Agg)> {
        match self {
            Value::Agg(agg) => match &agg.kind {
                AggKind::Variant(variant) => Some((variant, agg)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether it is a plain datum: no socket, no pointer, nothing to drop.
    pub fn is_scalar(&self) -> bool {
        matches!(
            self,
            Value::Unknown
                | Value::Int(_)
                | Value::Bool(_)
                | Value::Str(_)
                | Value::Named(_)
                | Value::Fn(_)
        )
    }
}

impl Agg {
    /// A field by name.
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields
            .iter()
            .find(|(field, _)| &**field == name)
            .map(|(_, value)| value)
    }
}

/// The name of a positional field or array element.
pub fn index_name(index: u64) -> Name {
    const SMALL: [&str; 8] = ["0", "1", "2", "3", "4", "5", "6", "7"];
    match SMALL.get(index as usize) {
        Some(name) => Name::from(*name),
        None => Name::from(index.to_string()),
    }
}
