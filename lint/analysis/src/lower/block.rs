//! Blocks and statements.

use super::build::{Extend, Lowerer};
use super::path::{lower_ty, name_of};
use super::position::expr_attrs;
use super::syntax::strip;
use super::value::Value;
use super::{Expanded, Position};
use crate::mir::{Const, Local, Operand, Place, Rvalue, ScopeId, TerminatorKind, Ty};
use crate::span::Span;

impl Lowerer<'_> {
    /// `place = constant`, if anyone wants it.
    pub(super) fn assign_const(&mut self, dest: Option<&Place>, constant: Const, span: Span) {
        if let Some(dest) = dest {
            self.assign(dest.clone(), Rvalue::Use(Operand::Const(constant)), span);
        }
    }

    /// A block. Its value goes to `dest`; `None` if it is `()` or not wanted.
    pub(super) fn block(&mut self, dest: Option<&Place>, block: &syn::Block) {
        let end = self.span(block.brace_token.span.close());
        let stmts: Vec<&syn::Stmt> = block.stmts.iter().collect();
        self.block_of(dest, &stmts, end);
    }

    /// A block whose temporaries are dropped with it: the body of an `if`, a
    /// loop or a function.
    pub(super) fn terminating_block(&mut self, dest: Option<&Place>, block: &syn::Block) {
        let end = self.span(block.brace_token.span.close());
        let extend = std::mem::take(&mut self.frame.extend);
        self.in_temp_scope(end, |this| {
            this.frame.extend = extend;
            this.block(dest, block);
        });
    }

    /// Statements with a scope of their own.
    pub(super) fn block_of(&mut self, dest: Option<&Place>, stmts: &[&syn::Stmt], end: Span) {
        let extend = std::mem::take(&mut self.frame.extend);
        let names = self.names_mark();
        let saved = (self.frame.scope, self.frame.var_scope);
        self.frame.var_scope = self.push_scope();
        self.frame.scope = self.scope_with_items(stmts);
        self.stmts(dest, stmts, extend, end);
        self.pop_scope(end);
        (self.frame.scope, self.frame.var_scope) = saved;
        self.forget_names(names);
    }

    /// The current scope, with the items among the statements.
    fn scope_with_items(&self, stmts: &[&syn::Stmt]) -> ScopeId {
        let items: Vec<&syn::Item> = stmts
            .iter()
            .filter_map(|stmt| match stmt {
                syn::Stmt::Item(item) => Some(item),
                _ => None,
            })
            .collect();
        if items.is_empty() {
            self.frame.scope
        } else {
            self.cx.enter_items(self.frame.scope, &items)
        }
    }

    /// Statements of the current block; the last may be its value.
    fn stmts(&mut self, dest: Option<&Place>, stmts: &[&syn::Stmt], extend: Extend, end: Span) {
        let active: Vec<&syn::Stmt> = stmts
            .iter()
            .copied()
            .filter(|stmt| match stmt {
                syn::Stmt::Local(local) => self.cx.cfg_active(&local.attrs),
                syn::Stmt::Item(_) => false, // They are known already.
                syn::Stmt::Expr(expr, _) => self.cx.cfg_active(expr_attrs(expr)),
                syn::Stmt::Macro(mac) => self.cx.cfg_active(&mac.attrs),
            })
            .collect();
        for (index, stmt) in active.iter().enumerate() {
            let is_last = index + 1 == active.len();
            match stmt {
                syn::Stmt::Local(local) => self.local(local),
                syn::Stmt::Item(_) => {}
                syn::Stmt::Expr(expr, None) if is_last => return self.tail(dest, expr, extend),
                syn::Stmt::Expr(expr, semi) => self.expr_stmt(expr, semi.is_some()),
                syn::Stmt::Macro(mac) => {
                    let is_tail = is_last && mac.semi_token.is_none();
                    if self.stmt_macro(dest, &mac.mac, is_tail, extend, end) {
                        return;
                    }
                }
            }
        }
        self.assign_const(dest, Const::Unit, end);
    }

    /// A macro as a statement. True if it is a tail and gave the block its value.
    fn stmt_macro(
        &mut self,
        dest: Option<&Place>,
        mac: &syn::Macro,
        is_tail: bool,
        extend: Extend,
        end: Span,
    ) -> bool {
        self.expanding(mac, Position::Stmt, |this, expanded| match expanded {
            Expanded::Expr(expr) if is_tail => {
                this.tail(dest, &expr, extend);
                true
            }
            Expanded::Expr(expr) => {
                this.expr_stmt(&expr, true);
                false
            }
            Expanded::Stmts(stmts) => {
                let stmts: Vec<&syn::Stmt> = stmts.iter().collect();
                this.frame.scope = this.scope_with_items(&stmts);
                let dest = if is_tail { dest } else { None };
                this.stmts(dest, &stmts, extend, end);
                is_tail
            }
            Expanded::Items(items) => {
                let items: Vec<&syn::Item> = items.iter().collect();
                this.frame.scope = this.cx.enter_items(this.frame.scope, &items);
                false
            }
            expanded => {
                let span = this.macro_span(mac);
                this.in_temp_scope(span, |this| {
                    let value = this.expanded_value(expanded, span);
                    match dest {
                        Some(dest) if is_tail => {
                            let value = value.into_rvalue();
                            this.assign(dest.clone(), value, span);
                        }
                        _ => this.discard_value(value, span),
                    }
                });
                is_tail
            }
        })
    }

    /// The expression that is a block's value. Its temporaries die before the
    /// block's variables since edition 2024, and with the enclosing statement's before.
    fn tail(&mut self, dest: Option<&Place>, expr: &syn::Expr, extend: Extend) {
        if self.edition >= 2024 {
            let span = self.expr_span(expr);
            self.in_temp_scope(span, |this| {
                this.frame.extend = extend;
                this.expr_into(dest, expr);
            });
        } else {
            self.frame.extend = extend;
            self.expr_into(dest, expr);
        }
    }

    /// An expression statement. Without a semicolon it is of type `()`.
    fn expr_stmt(&mut self, expr: &syn::Expr, semi: bool) {
        let span = self.expr_span(expr);
        self.in_temp_scope(span, |this| {
            if semi {
                let value = this.value(expr);
                this.discard_value(value, span);
            } else {
                this.expr_into(None, expr);
            }
        });
    }

    /// `let pattern: T = init else { .. };`
    fn local(&mut self, local: &syn::Local) {
        let start = self.span(local.let_token.span);
        let span = start.to(self.span(local.semi_token.span));
        let vars = self.frame.var_scope;
        let Some(init) = &local.init else {
            let (_, variables) = self.pattern(&local.pat);
            for variable in &variables {
                self.storage_live(variable.local, span);
            }
            self.declare_variables(vars, variables);
            return;
        };
        let start = self.position();
        let before = self.scheduled_in(vars).count();
        self.in_temp_scope(span, |this| match &init.diverge {
            Some((_, diverge)) => this.let_else(&local.pat, &init.expr, diverge, vars, span),
            None => this.let_init(&local.pat, &init.expr, vars, span),
        });
        // An extended temporary may be made on some paths only, but its storage
        // ends on all of them: it begins before they part.
        let temps: Vec<Local> = self
            .scheduled_in(vars)
            .skip(before)
            .filter(|local| self.frame.locals[local.0 as usize].name.is_none())
            .collect();
        self.insert_storage_live(start, &temps, span);
    }

    fn let_init(&mut self, pat: &syn::Pat, init: &syn::Expr, vars: usize, span: Span) {
        match simple_pattern(pat) {
            Some(Simple::Wild) => {
                self.frame.extend = Extend::to(vars);
                let value = self.value(init);
                // `let _ = place` does not even read it.
                if let Value::Rvalue(_) = value {
                    let span = self.expr_span(init);
                    self.discard_value(value, span);
                }
            }
            Some(Simple::Ident(ident, ty)) if !self.is_constant(ident) => {
                let ty = ty.map(|ty| lower_ty(self.cx, self.frame.scope, ty));
                let local = self.let_variable(ident, ty, init, vars);
                self.schedule(vars, local, true);
                self.declare(name_of(ident), Place::local(local));
            }
            _ => {
                let (pattern, variables) = self.pattern(pat);
                let keep = pattern.binds_by_ref();
                let place = self.scrutinee(init, vars, keep);
                let fail = self.new_block();
                let leaves = self.test(&pattern, &place, fail);
                self.switch(fail);
                self.terminate(TerminatorKind::Unreachable, span);
                self.bind_leaves(leaves, span);
                self.declare_variables(vars, variables);
            }
        }
    }

    /// `let x = init`, straight into the variable.
    fn let_variable(
        &mut self,
        ident: &syn::Ident,
        ty: Option<Ty>,
        init: &syn::Expr,
        vars: usize,
    ) -> Local {
        let ident_span = self.span(ident.span());
        let span = self.expr_span(init);
        let local = self.new_local(Some(name_of(ident)), ty, ident_span);
        self.frame.extend = Extend::to(vars);
        if is_branching(strip(init)) {
            self.storage_live(local, ident_span);
            self.expr_into(Some(&Place::local(local)), init);
        } else {
            let value = self.value(init);
            let value = value.into_rvalue();
            self.storage_live(local, ident_span);
            self.assign(Place::local(local), value, span);
        }
        local
    }

    /// What a `let` pattern is matched against.
    fn scrutinee(&mut self, init: &syn::Expr, vars: usize, keep: bool) -> Place {
        self.frame.extend = Extend::to(vars);
        let value = self.value(init);
        let span = self.expr_span(init);
        let scope = if keep { vars } else { self.frame.temp_scope };
        self.place_of_in(scope, value, span)
    }

    fn let_else(
        &mut self,
        pat: &syn::Pat,
        init: &syn::Expr,
        diverge: &syn::Expr,
        vars: usize,
        span: Span,
    ) {
        let (pattern, variables) = self.pattern(pat);
        let place = self.scrutinee(init, vars, pattern.binds_by_ref());
        let fail = self.new_block();
        let leaves = self.test(&pattern, &place, fail);
        self.switch(fail);
        // The initialiser's temporaries are dropped before `else` runs.
        let depth = self.depth() - 1;
        self.exit_to(depth, span);
        let temp_scope = self.frame.temp_scope;
        self.without_scope(|this| {
            this.in_temp_scope(span, |this| this.expr_into(None, diverge));
        });
        self.frame.temp_scope = temp_scope;
        self.terminate(TerminatorKind::Unreachable, span);
        self.bind_leaves(leaves, span);
        self.declare_variables(vars, variables);
    }

    fn is_constant(&self, ident: &syn::Ident) -> bool {
        self.cx
            .is_constant_pattern(self.frame.scope, &name_of(ident))
    }
}

/// The patterns of most `let`s.
enum Simple<'p> {
    Wild,
    Ident(&'p syn::Ident, Option<&'p syn::Type>),
}

fn simple_pattern(pat: &syn::Pat) -> Option<Simple<'_>> {
    let (mut pat, mut ty) = (pat, None);
    loop {
        pat = match pat {
            syn::Pat::Type(typed) => {
                ty = Some(&*typed.ty);
                &typed.pat
            }
            syn::Pat::Paren(paren) => &paren.pat,
            syn::Pat::Wild(_) => return Some(Simple::Wild),
            syn::Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
                return Some(Simple::Ident(&ident.ident, ty));
            }
            _ => return None,
        };
    }
}

/// Whether an expression's value is made on several paths, each of which can
/// store it where it belongs.
pub(super) fn is_branching(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Block(_)
        | syn::Expr::Const(_)
        | syn::Expr::If(_)
        | syn::Expr::Let(_)
        | syn::Expr::Loop(_)
        | syn::Expr::Match(_)
        | syn::Expr::TryBlock(_)
        | syn::Expr::Unsafe(_) => true,
        syn::Expr::Binary(binary) => {
            matches!(binary.op, syn::BinOp::And(_) | syn::BinOp::Or(_))
        }
        _ => false,
    }
}
