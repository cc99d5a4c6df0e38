//! Macro expansion.
//!
//! A macro invocation means something to the analysis in one of three ways. A `macro_rules!` that is part of the
//! analysed sources is expanded ([`MacroRules`]), as rustc does it, and the result parsed for the place at which the
//! invocation stands ([`parse_expansion`]). The macros of std and of well-known crates have their meaning built in
//! ([`expand_known`]). Of all others nothing is known but their arguments ([`expand_unknown`]).
//!
//! An expansion is one step: invocations within it are left for the caller, who meets them in the result, and who bounds how
//! often that may go on.

mod hygiene;
mod known;
mod matcher;
mod position;
mod rules;
mod tokens;
mod transcriber;

#[cfg(test)]
mod tests;

pub use hygiene::reset_names;
pub use known::expand_known;
pub use position::{expand_unknown, parse_expansion};
pub use rules::MacroRules;

use std::fmt;

use proc_macro2::Span;

use crate::syntax::TooDeep;

/// Where a macro invocation stands.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Position {
    /// As an expression.
    Expr,
    /// As a statement of a block.
    Stmt,
    /// As a pattern.
    Pat,
    /// As a type.
    Type,
    /// As an item.
    Item,
}

/// What an invocation (in a body) means.
pub enum Expanded {
    /// This expression.
    Expr(Box<syn::Expr>),
    /// These statements. In expression position they are the statements of a block of their own; in
    /// statement position they belong to the enclosing block (their `let`s stay visible).
    Stmts(Vec<syn::Stmt>),
    /// This pattern.
    Pat(Box<syn::Pat>),
    /// These items.
    Items(Vec<syn::Item>),
    /// Reads these expressions by reference and keeps nothing of them:
    /// `println!`, `format!`, `write!`, `log::info!`.
    Reads(Vec<syn::Expr>),
    /// Evaluates these (by reference) and never goes on: `panic!`, `unreachable!`.
    Diverges(Vec<syn::Expr>),
    /// An unknown macro. If its arguments parse as expressions they are
    /// here, otherwise every identifier that occurs in them is, as a path expression: any of them may be used in any way.
    Unknown(Vec<syn::Expr>),
}

/// Why a macro could not be defined or expanded.
#[derive(Clone, Debug)]
pub struct ExpandError {
    message: String,
    span: Span,
}

impl ExpandError {
    fn new(message: impl Into<String>) -> ExpandError {
        ExpandError::at(message, Span::call_site())
    }

    fn at(message: impl Into<String>, span: Span) -> ExpandError {
        ExpandError {
            message: message.into(),
            span,
        }
    }

    /// The token at which it went wrong.
    pub fn span(&self) -> Span {
        self.span
    }

    fn into_syn(self) -> syn::Error {
        syn::Error::new(self.span, self.message)
    }
}

impl From<syn::Error> for ExpandError {
    fn from(error: syn::Error) -> ExpandError {
        ExpandError::at(error.to_string(), error.span())
    }
}

impl From<TooDeep> for ExpandError {
    fn from(error: TooDeep) -> ExpandError {
        ExpandError::at(error.to_string(), error.span)
    }
}

impl fmt::Display for ExpandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ExpandError {}
