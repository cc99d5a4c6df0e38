//! What macro invocations in a body mean.

use super::build::Lowerer;
use super::position::{macro_end, path_start};
use super::syntax::idents_in;
use super::value::Value;
use super::{Expanded, Position};
use crate::mir::{Operand, Place, Rvalue, TerminatorKind};
use crate::span::Span;

/// How deep expansions may nest; rustc's own limit is 128.
const MAX_DEPTH: usize = 64;

/// How many expansions a body may have in all: a macro that invokes itself
/// twice would have 2^64.
const MAX_EXPANSIONS: usize = 10_000;

impl Lowerer<'_> {
    pub(super) fn macro_span(&self, mac: &syn::Macro) -> Span {
        self.span(path_start(None, &mac.path))
            .to(self.span(macro_end(mac)))
    }

    /// Lowers what a macro expands to. Past the bounds it is an unknown one
    /// that uses the variables it mentions.
    pub(super) fn expanding<T>(
        &mut self,
        mac: &syn::Macro,
        position: Position,
        lower: impl FnOnce(&mut Self, Expanded) -> T,
    ) -> T {
        let expanded = if self.expansion_depth < MAX_DEPTH && self.expansions < MAX_EXPANSIONS {
            self.cx.expand(self.frame.scope, mac, position)
        } else {
            Expanded::Unknown(identifiers(mac.tokens.clone()))
        };
        self.expansions += 1;
        self.expansion_depth += 1;
        let result = lower(self, expanded);
        self.expansion_depth -= 1;
        result
    }

    /// A macro as an expression.
    pub(super) fn macro_value(&mut self, mac: &syn::Macro) -> Value {
        let extend = std::mem::take(&mut self.frame.extend);
        let span = self.macro_span(mac);
        self.expanding(mac, Position::Expr, |this, expanded| {
            this.frame.extend = extend;
            this.expanded_value(expanded, span)
        })
    }

    /// What an expansion evaluates to.
    pub(super) fn expanded_value(&mut self, expanded: Expanded, span: Span) -> Value {
        let extend = std::mem::take(&mut self.frame.extend);
        match expanded {
            Expanded::Expr(expr) => {
                self.frame.extend = extend;
                self.value(&expr)
            }
            Expanded::Stmts(stmts) => {
                let stmts: Vec<&syn::Stmt> = stmts.iter().collect();
                let temp = self.new_temp(span);
                self.frame.extend = extend.part();
                self.block_of(Some(&Place::local(temp)), &stmts, span);
                let scope = extend.temp_scope().unwrap_or(self.frame.temp_scope);
                self.schedule(scope, temp, true);
                Value::Temp(temp)
            }
            Expanded::Reads(exprs) => {
                let operands = self.read(&exprs);
                Value::Rvalue(Rvalue::Format(operands))
            }
            Expanded::Diverges(exprs) => {
                let operands = self.read(&exprs);
                self.temp(Rvalue::Format(operands), span);
                self.terminate(TerminatorKind::Unreachable, span);
                Value::Const(crate::mir::Const::Unit)
            }
            Expanded::Unknown(exprs) => {
                let operands = self.plain_operands(&exprs);
                Value::Rvalue(Rvalue::Opaque(operands))
            }
            // Neither stands for an expression.
            Expanded::Pat(_) | Expanded::Items(_) => Value::Rvalue(Rvalue::Opaque(Vec::new())),
        }
    }

    /// Operands that are references to what the expressions evaluate to.
    fn read(&mut self, exprs: &[syn::Expr]) -> Vec<Operand> {
        exprs
            .iter()
            .map(|expr| {
                let span = self.expr_span(expr);
                match self.value(expr) {
                    Value::Const(constant) => Operand::Const(constant),
                    value => {
                        let place = self.place_of(value, span);
                        Operand::local(self.temp(Rvalue::Ref(false, place), span))
                    }
                }
            })
            .collect()
    }
}

/// All identifiers among the tokens, as expressions.
fn identifiers(tokens: proc_macro2::TokenStream) -> Vec<syn::Expr> {
    idents_in(tokens)
        .into_iter()
        .map(|ident| {
            syn::Expr::Path(syn::ExprPath {
                attrs: Vec::new(),
                qself: None,
                path: ident.into(),
            })
        })
        .collect()
}

/// The pattern that an expression would be, for expansions that came as one.
pub(super) fn expanded_pattern(expr: syn::Expr) -> Option<syn::Pat> {
    match expr {
        syn::Expr::Path(path) => Some(syn::Pat::Path(path)),
        syn::Expr::Lit(lit) => Some(syn::Pat::Lit(lit)),
        syn::Expr::Range(range) => Some(syn::Pat::Range(range)),
        _ => None,
    }
}
