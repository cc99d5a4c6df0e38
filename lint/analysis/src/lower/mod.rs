//! Function bodies (`syn`) to [`mir`](crate::mir).

use crate::mir::{Name, ScopeId};
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
