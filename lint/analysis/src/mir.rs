//! The small MIR that bodies are lowered to and that `flow` interprets.
//!
//! Terms are rustc's: a [`Body`] has [`Local`]s and [`BasicBlock`]s; a block is
//! a list of [`Statement`]s and one [`Terminator`]. Three things differ from
//! rustc's MIR, because we have no types when we lower:
//!
//! * **Paths stay unresolved.** A [`PathRef`] keeps its segments and the scope
//!   to look them up in; `flow` asks `names`.
//! * **By-value uses are neither `Copy` nor `Move`.** [`Operand::Place`] is a
//!   use by value; the interpreter knows the value and so whether it moves.
//!   [`StatementKind::Drop`] of a place that was moved from does nothing.
//! * **Calls and drops are statements**, not terminators: there is no
//!   unwinding here (unwinding is not a leak path), and a call whose outcome
//!   is not examined need not fork.
//!
//! References are followed implicitly where Rust would auto-dereference: a
//! [`Proj::Field`] of a reference is the field of what it points to.

use std::rc::Rc;
use std::sync::Arc;

use crate::span::Span;

/// An identifier.
pub type Name = Arc<str>;

/// A scope of `names` in which paths are resolved: a module, or a block with items.
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ScopeId(pub u32);

/// Index of a local variable, parameter or temporary in [`Body::locals`].
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Local(pub u32);

/// The place that holds what the body returns.
pub const RETURN: Local = Local(0);

/// Index of a basic block in [`Body::blocks`].
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct BlockId(pub u32);

/// The block in which a body starts.
pub const START: BlockId = BlockId(0);

/// The lowered body of a function, closure, async block, const or static.
#[derive(Debug)]
pub struct Body {
    /// Name for messages: `Socket::connect`, or `{closure}`.
    pub name: Name,
    /// The whole item.
    pub span: Span,
    /// `locals[0]` is the return place, `locals[1..=param_count]` the
    /// parameters (receiver first), then (closures only) one local per
    /// capture, then variables and temporaries.
    pub locals: Vec<LocalDecl>,
    /// How many parameters there are.
    pub param_count: usize,
    /// The basic blocks; execution starts in [`START`].
    pub blocks: Vec<BasicBlock>,
    /// The closures and async blocks written directly in this body.
    pub closures: Vec<Rc<ClosureDef>>,
    /// `async fn`, `async` block or `async` closure.
    pub is_async: bool,
    /// Where the body stands.
    pub scope: ScopeId,
}

/// A local variable, parameter or temporary.
#[derive(Debug, Clone)]
pub struct LocalDecl {
    /// The variable's name; `None` for temporaries and the return place.
    pub name: Option<Name>,
    /// The declared type, if the source states one.
    pub ty: Option<Ty>,
    /// Where it is declared.
    pub span: Span,
}

/// A closure or async block.
#[derive(Debug)]
pub struct ClosureDef {
    /// Its body. The captures are its locals `param_count + 1 ..`, in order.
    pub body: Body,
    /// What it captures, in the order of the capture locals.
    pub captures: Vec<Capture>,
    /// Whether it is written `move`.
    pub is_move: bool,
    /// Whether it is an `async` block (runs when awaited) rather than a closure.
    pub is_async_block: bool,
}

/// One captured variable.
#[derive(Debug, Clone)]
pub struct Capture {
    /// The variable in the enclosing body.
    pub outer: Local,
    /// Whether the closure uses the whole variable by value, so that a
    /// non-`move` closure captures it by value if its type is not `Copy`.
    pub by_value: bool,
}

/// A straight-line piece of code.
#[derive(Debug, Default)]
pub struct BasicBlock {
    /// Executed in order.
    pub statements: Vec<Statement>,
    /// Where control goes then. `None` only while lowering.
    pub terminator: Option<Terminator>,
}

/// A statement and where it stands.
#[derive(Debug, Clone)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// The expression or statement that it was lowered from.
    pub span: Span,
}

/// What a statement does.
#[derive(Debug, Clone)]
pub enum StatementKind {
    /// `place = rvalue`. What `place` held before is *not* dropped; lowering
    /// of an assignment expression emits a `Drop` of the old value after
    /// the right-hand side was evaluated.
    Assign(Place, Rvalue),
    /// A pattern binding: `local` is bound to `place`. With
    /// [`BindMode::Value`], if reaching `place` followed a reference
    /// implicitly (default binding modes), it is bound by reference.
    Bind {
        /// The new variable.
        local: Local,
        /// What it is bound to.
        place: Place,
        /// How.
        mode: BindMode,
    },
    /// Runs the drop glue of the place's value, unless it was moved out.
    Drop(Place),
    /// The local comes into scope, without a value (again, in a loop).
    StorageLive(Local),
    /// The local's storage ends. Comes right after its `Drop`.
    StorageDead(Local),
    /// Evaluates operands whose use has no known meaning.
    Opaque(Vec<Operand>),
}

/// How a pattern binds.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum BindMode {
    /// `x`
    Value,
    /// `ref x`
    Ref,
    /// `ref mut x`
    RefMut,
}

/// A location: a local and a path into it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The local.
    pub local: Local,
    /// The path, outermost first.
    pub proj: Vec<Proj>,
}

impl Place {
    /// The whole of a local.
    pub fn local(local: Local) -> Place {
        Place {
            local,
            proj: Vec::new(),
        }
    }

    /// This place, one step further in.
    pub fn project(&self, step: Proj) -> Place {
        let mut proj = self.proj.clone();
        proj.push(step);
        Place {
            local: self.local,
            proj,
        }
    }
}

/// A step of a path into a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Proj {
    /// A field of a struct, union, tuple (`"0"`) or of the enum variant that
    /// the value is known to be on this path.
    Field(Name),
    /// `*place`.
    Deref,
    /// An element of an array, slice or collection, at a constant index if known.
    Index(Option<u64>),
    /// Elements of a slice from the end (`[.., last]`).
    IndexFromEnd(u64),
    /// A sub-slice (`rest @ ..`).
    Subslice,
    /// Goes nowhere: what comes before is the scrutinee as written, what follows are a pattern's steps. Only
    /// references that those follow make a binding one by reference.
    Matched,
}

/// A value that is used.
#[derive(Debug, Clone)]
pub enum Operand {
    /// What a place holds, used by value: moved if its type is not `Copy`.
    Place(Place),
    /// A constant.
    Const(Const),
}

impl Operand {
    /// The value of a local.
    pub fn local(local: Local) -> Operand {
        Operand::Place(Place::local(local))
    }
}

/// A constant operand.
#[derive(Debug, Clone)]
pub enum Const {
    /// `()`
    Unit,
    /// `true`
    Bool(bool),
    /// An integer literal (also byte and char literals), with its suffix if any.
    Int(i128, Option<Name>),
    /// A string literal.
    Str(Name),
    /// A literal that the analysis does not model: floats, byte strings.
    Other,
    /// A path that is no local variable: a constant, static, function,
    /// constructor, unit struct or unit variant.
    Path(PathRef),
}

/// A path as written, and the scope to resolve it in.
#[derive(Debug, Clone)]
pub struct PathRef {
    /// `<T as Trait>::name` and `<T>::name`: the self type. The segments are
    /// then those of the trait followed by the name, or the name alone.
    pub qself: Option<Box<Ty>>,
    /// How many leading segments belong to the trait of `qself`.
    pub qself_position: usize,
    /// Whether the path starts with `::`.
    pub global: bool,
    /// The segments; never empty.
    pub segments: Vec<Segment>,
    /// Where it stands.
    pub scope: ScopeId,
    /// The path's own span.
    pub span: Span,
}

impl PathRef {
    /// The last segment's name.
    pub fn last(&self) -> &Name {
        &self.segments[self.segments.len() - 1].name
    }
}

/// One segment of a path.
#[derive(Debug, Clone)]
pub struct Segment {
    /// The identifier.
    pub name: Name,
    /// Generic type arguments, if written (lifetimes and consts left out).
    pub args: Vec<Ty>,
}

/// A type as written.
#[derive(Debug, Clone)]
pub enum Ty {
    /// A named type, `Self` or a generic parameter.
    Path(PathRef),
    /// `&T`, `&mut T`
    Ref(bool, Box<Ty>),
    /// `*const T`, `*mut T`
    Ptr(bool, Box<Ty>),
    /// `(A, B)`; `()` is the empty tuple.
    Tuple(Vec<Ty>),
    /// `[T; N]` and `[T]`
    Array(Box<Ty>),
    /// `impl A + B`, `dyn A + B`: the trait paths.
    Bounds(Vec<PathRef>),
    /// `fn(A, B) -> C`
    Fn(Vec<Ty>, Box<Ty>),
    /// `!`
    Never,
    /// `_`, or something that the analysis does not model.
    Infer,
}

/// What is computed and assigned.
#[derive(Debug, Clone)]
pub enum Rvalue {
    /// The operand itself.
    Use(Operand),
    /// `&place`, `&mut place` (`true`).
    Ref(bool, Place),
    /// `&raw const place`, `&raw mut place` (`true`).
    AddrOf(bool, Place),
    /// A call.
    Call(Call),
    /// `a op b`, for the operators that do not short-circuit. Compound
    /// assignment `a += b` is `a = Binary(Add, a, b)`.
    Binary(BinOp, Operand, Operand),
    /// `!a`, `-a`
    Unary(UnOp, Operand),
    /// `a as T`
    Cast(Operand, Ty),
    /// A struct literal, or a struct-like variant.
    Struct {
        /// The struct's or variant's path.
        path: PathRef,
        /// Named fields, in order of evaluation.
        fields: Vec<(Name, Operand)>,
        /// `..base`
        base: Option<Operand>,
    },
    /// `(a, b)`
    Tuple(Vec<Operand>),
    /// `[a, b]` and `vec![a, b]` (`true`)
    Array(bool, Vec<Operand>),
    /// `[a; n]` and `vec![a; n]` (`true`)
    Repeat(bool, Operand),
    /// A closure or async block of this body: index into [`Body::closures`].
    Closure(usize),
    /// `future.await`
    Await(Operand),
    /// `IntoIterator::into_iter(operand)` of a `for` loop.
    IntoIter(Operand),
    /// `Iterator::next(&mut place)` of a `for` loop: an `Option`.
    IterNext(Place),
    /// `a..b` with whichever ends are written.
    Range(Option<Operand>, Option<Operand>, bool),
    /// Formats its operands (`println!`, `format!`, `write!`): reads them by
    /// reference, keeps nothing of them. The result is opaque.
    Format(Vec<Operand>),
    /// Something with no known meaning that uses its operands.
    Opaque(Vec<Operand>),
}

/// A call of a function, constructor, closure or method.
#[derive(Debug, Clone)]
pub struct Call {
    /// What is called.
    pub callee: Callee,
    /// The arguments in order, without the receiver of a method call.
    pub args: Vec<Operand>,
    /// The spans of the arguments, as many as `args`.
    pub arg_spans: Vec<Span>,
    /// The name of the called function or method alone, for labels.
    pub name_span: Span,
}

/// What a call calls.
#[derive(Debug, Clone)]
pub enum Callee {
    /// A path: `closesocket(..)`, `Socket::new(..)`, `Some(..)`.
    Path(PathRef),
    /// `receiver.name::<args>(..)`. Whether the receiver is used by value or
    /// by reference depends on the method.
    Method {
        /// The receiver's place (a temporary if it is not a place expression).
        receiver: Place,
        /// The method.
        name: Name,
        /// The turbofish.
        generics: Vec<Ty>,
    },
    /// A value: a closure in a variable, a function pointer, a field.
    Value(Operand),
}

/// Binary operators that evaluate both sides.
#[allow(missing_docs)]
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    BitAnd,
    BitOr,
    BitXor,
    Shl,
    Shr,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

/// Unary operators.
#[allow(missing_docs)]
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum UnOp {
    Not,
    Neg,
}

/// The end of a basic block and where it stands.
#[derive(Debug, Clone)]
pub struct Terminator {
    /// Where control goes.
    pub kind: TerminatorKind,
    /// The expression that it was lowered from: the condition, the scrutinee, the `?` expression, the `return`.
    pub span: Span,
}

/// Where control goes.
#[derive(Debug, Clone)]
pub enum TerminatorKind {
    /// Unconditionally on.
    Goto(BlockId),
    /// `if cond`.
    Branch {
        /// The condition.
        cond: Operand,
        /// Where to if it is true.
        then: BlockId,
        /// Where to if it is false.
        otherwise: BlockId,
    },
    /// A refutable pattern's test. References in front of the value are
    /// followed implicitly.
    Test {
        /// The tested place; tests read, they do not move.
        place: Place,
        /// What is asked.
        test: Test,
        /// Where to if it holds.
        then: BlockId,
        /// Where to if not.
        otherwise: BlockId,
    },
    /// `operand?`: on `Ok(v)`/`Some(v)` assigns `v` to `ok` and goes to
    /// `next`; on `Err(e)`/`None` assigns the residual (`Err(From::from(e))` or `None`) to
    /// `residual` and goes to `exit`, where lowering runs the drops and returns.
    Try {
        /// The `Result` or `Option`.
        operand: Operand,
        /// Receives the output.
        ok: Place,
        /// Where to on success.
        next: BlockId,
        /// Receives the residual (usually the return place).
        residual: Place,
        /// Where to on failure.
        exit: BlockId,
    },
    /// The body returns what [`RETURN`] holds. All drops have run.
    Return,
    /// Control never gets here, or never goes on: after a diverging macro
    /// (panic, process exit). Not an exit on which leaks count.
    Unreachable,
}

/// What a pattern asks of a value.
#[derive(Debug, Clone)]
pub enum Test {
    /// Is it this variant of its enum? If the path names a struct, the answer is always yes.
    Variant(PathRef),
    /// `Option`'s or `Result`'s variants, where lowering itself asks.
    Known(KnownVariant),
    /// Does it equal this constant?
    Eq(Operand),
    /// Is it in this range (the last is whether the upper end is included)?
    Range(Option<Operand>, Option<Operand>, bool),
    /// Has the slice exactly (`true`) or at least this many elements?
    Len(u64, bool),
    /// Something the analysis cannot decide.
    Opaque,
}

/// The variants of `Option` and `Result`.
#[allow(missing_docs)]
#[derive(Copy, Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum KnownVariant {
    Some,
    None,
    Ok,
    Err,
}
