//! Conditions and `if`.

use super::build::{Extend, Lowerer};
use super::syntax::strip;
use crate::mir::{BlockId, Const, Place, TerminatorKind};

impl Lowerer<'_> {
    /// Evaluates a condition; the blocks where it holds and where it does not.
    /// Both are in the scopes that are open now. The right operands of `&&` and
    /// `||` have scopes of their own, as their temporaries exist on some paths only.
    pub(super) fn branch(&mut self, expr: &syn::Expr) -> (BlockId, BlockId) {
        let expr = strip(expr);
        match expr {
            syn::Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Not(_)) => {
                let (then, otherwise) = self.branch(&unary.expr);
                (otherwise, then)
            }
            syn::Expr::Binary(binary)
                if matches!(binary.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) =>
            {
                let conjunction = matches!(binary.op, syn::BinOp::And(_));
                let operands = flatten(expr, conjunction);
                let span = self.expr_span(expr);
                let short = self.new_block();
                let saved = self.frame.temp_scope;
                let names = self.names_mark();
                for (index, operand) in operands.iter().enumerate() {
                    if index > 0 {
                        self.frame.temp_scope = self.push_scope();
                    }
                    let (then, otherwise) = self.branch(operand);
                    let (go_on, stop) = if conjunction {
                        (then, otherwise)
                    } else {
                        (otherwise, then)
                    };
                    let depth = self.depth() - usize::from(index > 0);
                    self.switch(stop);
                    self.exit_to(depth, span);
                    self.goto(short, span);
                    self.switch(go_on);
                    if index > 0 {
                        self.pop_scope(span);
                        self.frame.temp_scope = saved;
                    }
                }
                self.forget_names(names);
                let go_on = self.frame.current;
                if conjunction {
                    (go_on, short)
                } else {
                    (short, go_on)
                }
            }
            syn::Expr::Let(condition) => {
                // A `let` that is no whole condition, as of `matches!`: its
                // variables are of no use.
                let span = self.expr_span(expr);
                let otherwise = self.new_block();
                let depth = self.push_scope();
                let names = self.names_mark();
                self.let_condition(condition, depth, depth, otherwise);
                self.pop_scope(span);
                self.forget_names(names);
                (self.frame.current, otherwise)
            }
            _ => {
                let cond = self.operand(expr);
                let span = self.expr_span(expr);
                let then = self.new_block();
                let otherwise = self.new_block();
                self.terminate(
                    TerminatorKind::Branch {
                        cond,
                        then,
                        otherwise,
                    },
                    span,
                );
                (then, otherwise)
            }
        }
    }

    /// A condition with `let`s, whose variables go to scope `vars`. Where it
    /// fails, the scopes from `depth` on are left and control goes to `otherwise`.
    pub(super) fn condition(
        &mut self,
        expr: &syn::Expr,
        vars: usize,
        depth: usize,
        otherwise: BlockId,
    ) {
        let operands = if has_let(expr) {
            flatten(strip(expr), true)
        } else {
            vec![expr]
        };
        for operand in operands {
            if let syn::Expr::Let(condition) = strip(operand) {
                self.let_condition(condition, vars, depth, otherwise);
                continue;
            }
            let span = self.expr_span(operand);
            let saved = self.frame.temp_scope;
            self.frame.temp_scope = self.push_scope();
            let (then, fail) = self.branch(operand);
            self.switch(fail);
            self.exit_to(depth, span);
            self.goto(otherwise, span);
            self.switch(then);
            self.pop_scope(span);
            self.frame.temp_scope = saved;
        }
    }

    /// `let pattern = scrutinee` as (a part of) a condition.
    fn let_condition(
        &mut self,
        condition: &syn::ExprLet,
        vars: usize,
        depth: usize,
        otherwise: BlockId,
    ) {
        let place = self.place(&condition.expr);
        let span = self
            .span(condition.let_token.span)
            .to(self.expr_span(&condition.expr));
        let (pattern, variables) = self.pattern(&condition.pat);
        let fail = self.new_block();
        let leaves = self.test(&pattern, &place, fail);
        self.switch(fail);
        self.exit_to(depth, span);
        self.goto(otherwise, span);
        self.bind_leaves(leaves, span);
        self.declare_variables(vars, variables);
    }

    /// `if`, with its chain of `else if`s.
    pub(super) fn if_chain(&mut self, dest: Option<&Place>, first: &syn::ExprIf, extend: Extend) {
        let saved_temps = self.frame.temp_scope;
        let mut join = self.new_block();
        // The ends of the `if`s around, each of whose `else` has a scope of its own.
        let mut outer_joins = Vec::new();
        let mut link = first;
        loop {
            let end = self.span(link.then_branch.brace_token.span.close());
            let otherwise = self.new_block();
            let names = self.names_mark();
            let outer_temps = self.frame.temp_scope;
            let scope = self.push_scope();
            // Before 2024 the temporaries of `if let` outlive the whole `if`.
            if self.edition >= 2024 || !matches!(strip(&link.cond), syn::Expr::Let(_)) {
                self.frame.temp_scope = scope;
            }
            self.condition(&link.cond, scope, scope, otherwise);
            self.frame.extend = extend;
            self.terminating_block(dest, &link.then_branch);
            self.pop_scope(end);
            self.goto(join, end);
            self.frame.temp_scope = outer_temps;
            self.forget_names(names);
            self.switch(otherwise);
            match link.else_branch.as_ref().map(|(_, expr)| strip(expr)) {
                Some(syn::Expr::If(next)) => {
                    if has_let(&next.cond) && self.edition < 2024 {
                        self.frame.temp_scope = self.push_scope();
                        let inner = self.new_block();
                        outer_joins.push(std::mem::replace(&mut join, inner));
                    }
                    link = next;
                }
                Some(block) => {
                    let end = self.expr_span(block);
                    self.in_temp_scope(end, |this| {
                        this.frame.extend = extend;
                        this.expr_into(dest, block);
                    });
                    self.goto(join, end);
                    break;
                }
                None => {
                    self.assign_const(dest, Const::Unit, end);
                    self.goto(join, end);
                    break;
                }
            }
        }
        let end = self.span(link.then_branch.brace_token.span.close());
        self.switch(join);
        while let Some(outer) = outer_joins.pop() {
            self.pop_scope(end);
            self.goto(outer, end);
            self.switch(outer);
        }
        self.frame.temp_scope = saved_temps;
    }
}

/// The operands of a chain of `&&` (or of `||`), left to right.
fn flatten(mut expr: &syn::Expr, conjunction: bool) -> Vec<&syn::Expr> {
    let mut operands = Vec::new();
    loop {
        match expr {
            syn::Expr::Group(group) => expr = &group.expr,
            syn::Expr::Binary(binary)
                if match binary.op {
                    syn::BinOp::And(_) => conjunction,
                    syn::BinOp::Or(_) => !conjunction,
                    _ => false,
                } =>
            {
                operands.push(&*binary.right);
                expr = &binary.left;
            }
            _ => break,
        }
    }
    operands.push(expr);
    operands.reverse();
    operands
}

/// Whether a condition is, or is a chain with, a `let`.
pub(super) fn has_let(expr: &syn::Expr) -> bool {
    flatten(strip(expr), true)
        .into_iter()
        .any(|operand| matches!(strip(operand), syn::Expr::Let(_)))
}
