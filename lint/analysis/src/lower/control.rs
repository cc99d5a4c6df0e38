//! Control flow: expressions into a place, loops and jumps.

use super::block::is_branching;
use super::build::{Lowerer, Target, TryTarget};
use super::path::name_of;
use super::syntax::strip;
use super::value::Value;
use super::{Expanded, Position};
use crate::mir::{
    BlockId, Const, KnownVariant, Name, Operand, Place, Proj, RETURN, Rvalue, TerminatorKind, Test,
};
use crate::span::Span;

impl Lowerer<'_> {
    /// Evaluates an expression into `dest`; `None` if its value is `()`, `!`
    /// or not wanted (it is dropped with the current temporaries).
    pub(super) fn expr_into(&mut self, dest: Option<&Place>, expr: &syn::Expr) {
        let extend = std::mem::take(&mut self.frame.extend);
        let expr = strip(expr);
        match expr {
            syn::Expr::Block(block) => match &block.label {
                Some(label) => self.labelled_block(dest, label, &block.block),
                None => {
                    self.frame.extend = extend;
                    self.block(dest, &block.block);
                }
            },
            syn::Expr::Unsafe(block) => {
                self.frame.extend = extend;
                self.block(dest, &block.block);
            }
            syn::Expr::Const(block) => {
                self.frame.extend = extend;
                self.block(dest, &block.block);
            }
            syn::Expr::TryBlock(block) => self.try_block(dest, &block.block),
            syn::Expr::If(first) => self.if_chain(dest, first, extend),
            syn::Expr::Match(expr) => self.match_into(dest, expr, extend),
            syn::Expr::Loop(expr) => self.loop_into(dest, expr),
            syn::Expr::While(expr) => {
                self.while_loop(expr);
                let end = self.span(expr.body.brace_token.span.close());
                self.assign_const(dest, Const::Unit, end);
            }
            syn::Expr::ForLoop(expr) => {
                self.for_loop(expr);
                let end = self.span(expr.body.brace_token.span.close());
                self.assign_const(dest, Const::Unit, end);
            }
            syn::Expr::Return(expr_return) => {
                let span = self.expr_span(expr);
                match &expr_return.expr {
                    Some(value) => self.expr_into(Some(&Place::local(RETURN)), value),
                    None => self.assign_const(Some(&Place::local(RETURN)), Const::Unit, span),
                }
                self.push_return(span);
            }
            syn::Expr::Break(expr_break) => {
                let span = self.expr_span(expr);
                let label = expr_break.label.as_ref().map(|label| name_of(&label.ident));
                self.break_out(label, expr_break.expr.as_deref(), span);
            }
            syn::Expr::Continue(expr_continue) => {
                let span = self.expr_span(expr);
                let label = expr_continue
                    .label
                    .as_ref()
                    .map(|label| name_of(&label.ident));
                self.continue_at(label, span);
            }
            syn::Expr::Macro(mac) => {
                let span = self.macro_span(&mac.mac);
                self.expanding(&mac.mac, Position::Expr, |this, expanded| match expanded {
                    Expanded::Expr(expr) => {
                        this.frame.extend = extend;
                        this.expr_into(dest, &expr);
                    }
                    Expanded::Stmts(stmts) => {
                        let stmts: Vec<&syn::Stmt> = stmts.iter().collect();
                        this.frame.extend = extend;
                        this.block_of(dest, &stmts, span);
                    }
                    expanded => {
                        let value = this.expanded_value(expanded, span);
                        this.value_into(dest, value, span);
                    }
                });
            }
            _ if is_branching(expr) => {
                // `&&`, `||` and `let` as a value.
                let span = self.expr_span(expr);
                let (then, otherwise) = self.branch(expr);
                let join = self.new_block();
                for (block, value) in [(then, true), (otherwise, false)] {
                    self.switch(block);
                    self.assign_const(dest, Const::Bool(value), span);
                    self.goto(join, span);
                }
                self.switch(join);
            }
            _ => {
                self.frame.extend = extend;
                let value = self.value(expr);
                let span = self.expr_span(expr);
                self.value_into(dest, value, span);
            }
        }
    }

    fn value_into(&mut self, dest: Option<&Place>, value: Value, span: Span) {
        match dest {
            Some(dest) => {
                let value = value.into_rvalue();
                self.assign(dest.clone(), value, span);
            }
            None => self.discard_value(value, span),
        }
    }

    fn push_target(
        &mut self,
        label: Option<&syn::Label>,
        continue_block: Option<BlockId>,
        dest: Option<&Place>,
    ) -> BlockId {
        let break_block = self.new_block();
        self.frame.targets.push(Target {
            label: label.map(|label| name_of(&label.name.ident)),
            break_block,
            continue_block,
            depth: self.depth(),
            dest: dest.cloned(),
        });
        break_block
    }

    fn labelled_block(&mut self, dest: Option<&Place>, label: &syn::Label, block: &syn::Block) {
        let end = self.span(block.brace_token.span.close());
        let after = self.push_target(Some(label), None, dest);
        self.block(dest, block);
        self.frame.targets.pop();
        self.goto(after, end);
        self.switch(after);
    }

    fn loop_into(&mut self, dest: Option<&Place>, expr: &syn::ExprLoop) {
        let end = self.span(expr.body.brace_token.span.close());
        let head = self.new_block();
        self.goto(head, end);
        self.switch(head);
        let after = self.push_target(expr.label.as_ref(), Some(head), dest);
        self.terminating_block(None, &expr.body);
        self.frame.targets.pop();
        self.goto(head, end);
        self.switch(after);
    }

    fn while_loop(&mut self, expr: &syn::ExprWhile) {
        let end = self.span(expr.body.brace_token.span.close());
        let head = self.new_block();
        self.goto(head, end);
        self.switch(head);
        let after = self.push_target(expr.label.as_ref(), Some(head), None);
        let names = self.names_mark();
        let saved = self.frame.temp_scope;
        let scope = self.push_scope();
        self.frame.temp_scope = scope;
        self.condition(&expr.cond, scope, scope, after);
        self.terminating_block(None, &expr.body);
        self.pop_scope(end);
        self.frame.temp_scope = saved;
        self.forget_names(names);
        self.frame.targets.pop();
        self.goto(head, end);
        self.switch(after);
    }

    fn for_loop(&mut self, expr: &syn::ExprForLoop) {
        let end = self.span(expr.body.brace_token.span.close());
        let span = self.expr_span(&expr.expr);
        let iterable = self.operand(&expr.expr);
        let outer = self.push_scope();
        let iter = self.temp_in(outer, Rvalue::IntoIter(iterable), span);
        let head = self.new_block();
        self.goto(head, span);
        self.switch(head);
        let after = self.push_target(expr.label.as_ref(), Some(head), None);
        let next = self.new_temp(span);
        self.assign(
            Place::local(next),
            Rvalue::IterNext(Place::local(iter)),
            span,
        );
        let some = self.new_block();
        self.terminate(
            TerminatorKind::Test {
                place: Place::local(next),
                test: Test::Known(KnownVariant::Some),
                then: some,
                otherwise: after,
            },
            span,
        );
        self.switch(some);
        let names = self.names_mark();
        let saved = self.frame.temp_scope;
        let vars = self.push_scope();
        self.frame.temp_scope = vars;
        self.schedule(vars, next, true);
        let item = Place::local(next).project(Proj::Field(Name::from("0")));
        let (pattern, variables) = self.pattern(&expr.pat);
        let fail = self.new_block();
        let leaves = self.test(&pattern, &item, fail);
        self.switch(fail);
        self.terminate(TerminatorKind::Unreachable, span);
        self.bind_leaves(leaves, span);
        self.declare_variables(vars, variables);
        self.terminating_block(None, &expr.body);
        self.pop_scope(end);
        self.frame.temp_scope = saved;
        self.forget_names(names);
        self.frame.targets.pop();
        self.goto(head, end);
        self.switch(after);
        self.pop_scope(end);
    }

    /// `try { .. }` (unstable): its `?`s go to its end.
    fn try_block(&mut self, dest: Option<&Place>, block: &syn::Block) {
        let end = self.span(block.brace_token.span.close());
        let exit = self.new_block();
        let residual = match dest {
            Some(dest) => dest.clone(),
            None => Place::local(self.new_temp(end)),
        };
        let target = TryTarget {
            dest: residual.clone(),
            exit,
            depth: self.depth(),
        };
        let saved = self.frame.try_target.replace(target);
        let value = self.new_temp(end);
        self.block(Some(&Place::local(value)), block);
        self.frame.try_target = saved;
        // `Ok(value)` or `Some(value)`: which is not known.
        let wrapped = Rvalue::Opaque(vec![Operand::local(value)]);
        self.assign(residual, wrapped, end);
        self.goto(exit, end);
        self.switch(exit);
    }

    fn target(&self, label: Option<Name>, is_continue: bool) -> Option<Target> {
        let mut targets = self.frame.targets.iter().rev();
        let found = match label {
            Some(label) => targets.find(|target| target.label.as_ref() == Some(&label)),
            None => targets.find(|target| target.continue_block.is_some()),
        };
        found
            .filter(|target| !is_continue || target.continue_block.is_some())
            .cloned()
    }

    fn break_out(&mut self, label: Option<Name>, value: Option<&syn::Expr>, span: Span) {
        let target = self.target(label, false);
        let dest = target.as_ref().and_then(|target| target.dest.as_ref());
        match value {
            Some(value) => self.expr_into(dest, value),
            None => self.assign_const(dest, Const::Unit, span),
        }
        match target {
            Some(target) => {
                self.exit_to(target.depth, span);
                self.goto(target.break_block, span);
            }
            // There is no such loop: the source does not compile.
            None => self.terminate(TerminatorKind::Unreachable, span),
        }
    }

    fn continue_at(&mut self, label: Option<Name>, span: Span) {
        let target = self
            .target(label, true)
            .and_then(|target| Some((target.depth, target.continue_block?)));
        match target {
            Some((depth, block)) => {
                self.exit_to(depth, span);
                self.goto(block, span);
            }
            None => self.terminate(TerminatorKind::Unreachable, span),
        }
    }
}
