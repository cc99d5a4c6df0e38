//! Which variable a name means at a place, as the language has it: the last binding before it in the blocks around
//! it, in the arm, loop or closure that it is in, or else the parameter.

use std::ops::Range;

use syn::visit::{self, Visit};
use syn::{Expr, Stmt};

use super::around::{Function, Node};
use super::text::range;
use crate::span::Span;

impl Function<'_> {
    /// Where the variable is bound that `name` means at the byte.
    pub(super) fn binding_at(&self, name: &str, at: usize) -> Option<Range<usize>> {
        let mut search = Binder { name, found: None };
        for node in self.nodes(self.at(at..at + 1)).iter().rev() {
            match node {
                Node::Block(block) => {
                    let before = block.stmts.iter().filter(|stmt| range(*stmt).end <= at);
                    for stmt in before {
                        if let Stmt::Local(local) = stmt {
                            search.visit_pat(&local.pat);
                        }
                    }
                }
                Node::Arm(arm) => search.visit_pat(&arm.pat),
                Node::Expr(Expr::If(branch)) => {
                    let other = branch.else_branch.as_ref();
                    if other.is_none_or(|(_, other)| range(other).start > at) {
                        search.of_condition(&branch.cond, at);
                    }
                }
                Node::Expr(Expr::While(repeat)) => search.of_condition(&repeat.cond, at),
                Node::Expr(Expr::ForLoop(repeat)) if range(&repeat.body).start <= at => {
                    search.visit_pat(&repeat.pat);
                }
                Node::Expr(Expr::Closure(closure)) => {
                    closure.inputs.iter().for_each(|pat| search.visit_pat(pat));
                }
                _ => {}
            }
            if search.found.is_some() {
                return search.found;
            }
        }
        search.visit_signature(&self.source()?.sig);
        search.found
    }

    /// Whether the statement has another call than this.
    pub(super) fn calls_another(&self, statement: &Stmt, call: Span) -> bool {
        let mut search = Others {
            call: call.range(),
            found: false,
        };
        search.visit_stmt(statement);
        search.found
    }

    /// Whether the variable of that name may be moved in the range: it is named as a whole, or has methods.
    pub(super) fn moves(&self, name: &str, place: Range<usize>) -> bool {
        let mut search = Moves {
            name,
            place,
            found: false,
        };
        if let Some(source) = self.source() {
            search.visit_block(&source.block);
        }
        search.found
    }

    /// Whether the name means that variable there.
    pub(super) fn means(&self, name: &str, binding: &Range<usize>, at: usize) -> bool {
        self.binding_at(name, at).as_ref() == Some(binding)
    }
}

/// The last binding of a name in patterns.
struct Binder<'a> {
    name: &'a str,
    found: Option<Range<usize>>,
}

impl Binder<'_> {
    /// The `let`s of a condition that are done at the byte.
    fn of_condition(&mut self, condition: &Expr, at: usize) {
        match condition {
            Expr::Let(tested) if range(tested).end <= at => self.visit_pat(&tested.pat),
            Expr::Binary(both) => {
                self.of_condition(&both.left, at);
                self.of_condition(&both.right, at);
            }
            _ => {}
        }
    }
}

impl<'a> Visit<'a> for Binder<'_> {
    fn visit_pat_ident(&mut self, pattern: &'a syn::PatIdent) {
        if pattern.ident == self.name {
            self.found = Some(range(&pattern.ident));
        }
        visit::visit_pat_ident(self, pattern);
    }

    // A pattern may have a block with patterns of its own.
    fn visit_expr(&mut self, _: &'a Expr) {}
}

/// Whether a variable is named other than for a field or a reference.
struct Moves<'a> {
    name: &'a str,
    place: Range<usize>,
    found: bool,
}

impl<'a> Visit<'a> for Moves<'_> {
    fn visit_expr_field(&mut self, field: &'a syn::ExprField) {
        if !matches!(&*field.base, Expr::Path(_)) {
            visit::visit_expr_field(self, field);
        }
    }

    fn visit_expr_reference(&mut self, reference: &'a syn::ExprReference) {
        if !matches!(&*reference.expr, Expr::Path(_)) {
            visit::visit_expr_reference(self, reference);
        }
    }

    fn visit_ident(&mut self, ident: &'a proc_macro2::Ident) {
        let at = range(ident).start;
        self.found |= ident == self.name && self.place.contains(&at);
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        let named = super::text::has_word(&call.tokens.to_string(), self.name);
        self.found |= named && self.place.contains(&range(call).start);
    }
}

/// Whether there is another call than one.
struct Others {
    call: Range<usize>,
    found: bool,
}

impl<'a> Visit<'a> for Others {
    fn visit_expr(&mut self, expr: &'a Expr) {
        let calls = matches!(expr, Expr::Call(_) | Expr::MethodCall(_));
        self.found |= calls && range(expr) != self.call;
        visit::visit_expr(self, expr);
    }
}
