//! Function bodies (`syn`) to [`mir`](crate::mir).
//!
//! Lowering knows scopes, not types. It resolves local variables (shadowing,
//! patterns, captures), makes every scope end an explicit `Drop` and
//! `StorageDead`, every branch a terminator and every `?` a
//! [`TerminatorKind::Try`](crate::mir::TerminatorKind::Try) whose exit runs
//! the drops of the scopes that it leaves. Paths that are no local variable
//! stay unresolved. What has no meaning here becomes an `Opaque` use of its
//! operands: nothing is left out silently.
//!
//! | file | what |
//! | --- | --- |
//! | [`builder`] | blocks, locals, scopes and drops; captures |
//! | [`expr`] | expressions and statements |
//! | [`control`] | branches, loops, matches, jumps |
//! | [`pattern`] | patterns: tests, then bindings |
//! | [`paths`] | paths and types as written |
//! | [`spans`] | the span of an expression, from its first and last token |
//! | [`dump`] | a readable listing |

mod builder;
mod control;
mod dump;
mod expr;
mod paths;
mod pattern;
mod spans;

use crate::mir::{Body, Name, Operand, Place, RETURN, Rvalue, ScopeId};
use crate::span::Span;

pub use crate::expand::{Expanded, Position};
pub use paths::{lower_path, lower_ty};

use builder::Builder;

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

/// Lowers a function or method.
pub fn lower_fn(
    cx: &dyn LowerCx,
    scope: ScopeId,
    name: Name,
    sig: &syn::Signature,
    block: &syn::Block,
    edition: u16,
) -> Body {
    let start = cx.span(sig.fn_token.span);
    let end = cx.span(block.brace_token.span.close());
    let mut builder = Builder::new(cx, scope, edition);
    builder.enter_fn(name, start.to(end), sig.asyncness.is_some());
    let mut patterns = Vec::new();
    for input in &sig.inputs {
        match input {
            syn::FnArg::Receiver(receiver) => {
                let span = cx.span(receiver.self_token.span);
                let local = builder.param(Some("self".into()), None, span);
                builder.declare("self".into(), local);
            }
            syn::FnArg::Typed(typed) => {
                if !cx.cfg_active(&typed.attrs) {
                    continue;
                }
                let ty = lower_ty(cx, scope, &typed.ty);
                builder.param_pattern(&typed.pat, Some(ty), &mut patterns);
            }
        }
    }
    builder.bind_params(&patterns);
    builder.body_block(block, Place::local(RETURN));
    builder.finish_fn(end)
}

/// Lowers the initialiser of a constant or static as a body that returns the value.
pub fn lower_const(
    cx: &dyn LowerCx,
    scope: ScopeId,
    name: Name,
    ty: &syn::Type,
    expr: &syn::Expr,
    edition: u16,
) -> Body {
    let span = spans::expr(cx, expr);
    let mut builder = Builder::new(cx, scope, edition);
    builder.enter_fn(name, span, false);
    builder.set_return_type(lower_ty(cx, scope, ty));
    let value: Operand = builder.operand(expr);
    builder.assign(Place::local(RETURN), Rvalue::Use(value), span);
    builder.finish_fn(span)
}
