//! Function bodies (`syn`) to [`mir`](crate::mir).
//!
//! Lowering resolves local variables and nothing else: paths keep their
//! segments, types are not known. What it must get right is *order* (of
//! evaluation, of bindings, of drops) and *exits*: every way out of a scope runs
//! the drops of exactly the scopes that it leaves.
//!
//! How the work is divided:
//!
//! * `build`: blocks, locals, name lookup and captures; `scope`: the stack of drop scopes;
//! * `block`: blocks and statements, `let` and `let else`;
//! * `expr`: expressions that compute a value, with the iterative walk along
//!   long left-recursive chains; `assign`, `call`, `condition` and `control` for the rest;
//! * `matches`, `pattern`, `bindings`: `match`, and how a pattern becomes tests and bindings;
//! * `closure`, `macros`: bodies within bodies, and what macros expand to;
//! * `finish`: removes unreachable blocks and puts captures in their place;
//! * `path`, `position`, `syntax`: paths and types, spans, what can be told from an
//!   expression alone; `visit`, `dump`: over finished MIR.
//!
//! A value travels as `value::Value`: a place that exists, a constant, or an
//! rvalue that nobody has stored yet. So `f(a.b)` needs no temporary for `a.b`
//! and `let x = f()` none for the call.

mod assign;
mod bindings;
mod block;
mod build;
mod call;
mod closure;
mod condition;
mod control;
mod dump;
mod expr;
mod finish;
mod macros;
mod matches;
mod path;
mod pattern;
mod position;
mod scope;
mod syntax;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod validate;
mod value;
mod visit;

use crate::mir::{Body, Name, PathRef, ScopeId, Ty};
use crate::span::Span;

/// What lowering needs to know of the world around a body.
pub trait LowerCx {
    /// The position of a token.
    fn span(&self, span: proc_macro2::Span) -> Span;
    /// Whether a bare identifier in a pattern names a constant, static, unit
    /// struct or unit variant rather than a new variable.
    fn is_constant_pattern(&self, scope: ScopeId, name: &Name) -> bool;
    /// Makes the items of a block known and returns the block's scope.
    fn enter_items(&self, scope: ScopeId, items: &[&syn::Item]) -> ScopeId;
    /// Expands a macro invocation.
    fn expand(&self, scope: ScopeId, mac: &syn::Macro, position: Position) -> Expanded;
    /// Whether all `#[cfg(..)]` attributes among these hold.
    fn cfg_active(&self, attrs: &[syn::Attribute]) -> bool;
}

pub use crate::expand::{Expanded, Position};

/// Lowers the body of a function or method.
pub fn lower_fn(
    cx: &dyn LowerCx,
    scope: ScopeId,
    name: Name,
    sig: &syn::Signature,
    block: &syn::Block,
    edition: u16,
) -> Body {
    closure::function(cx, scope, name, sig, block, edition)
}

/// Lowers the initialiser of a `const` or `static` to a body that returns its value.
pub fn lower_const(
    cx: &dyn LowerCx,
    scope: ScopeId,
    name: Name,
    ty: &syn::Type,
    expr: &syn::Expr,
    edition: u16,
) -> Body {
    closure::constant(cx, scope, name, ty, expr, edition)
}

/// Lowers a type as written.
pub fn lower_ty(cx: &dyn LowerCx, scope: ScopeId, ty: &syn::Type) -> Ty {
    path::lower_ty(cx, scope, ty)
}

/// Lowers a path as written, with the self type of `<T as Trait>::name`.
pub fn lower_path(
    cx: &dyn LowerCx,
    scope: ScopeId,
    qself: Option<&syn::QSelf>,
    path: &syn::Path,
) -> PathRef {
    path::lower_path(cx, scope, qself, path)
}
