//! Branches, loops, matches and jumps.

use syn::Expr;

use super::builder::{Breakable, Builder};
use super::expr::expr_attrs;
use super::paths::ident_name;
use crate::mir::{
    BlockId, Const, KnownVariant, Name, Operand, Place, Proj, RETURN, Rvalue, TerminatorKind, Test,
};
use crate::span::Span;

impl Builder<'_> {
    /// Lowers a condition: control goes to `then` or `otherwise`. Bindings of
    /// `let`s in it are visible afterwards, for the `then` side.
    fn condition(&mut self, e: &Expr, then: BlockId, otherwise: BlockId) {
        match e {
            Expr::Paren(paren) => self.condition(&paren.expr, then, otherwise),
            Expr::Group(group) => self.condition(&group.expr, then, otherwise),
            Expr::Binary(b) if matches!(b.op, syn::BinOp::And(_)) => {
                let middle = self.block();
                self.condition(&b.left, middle, otherwise);
                self.switch_to(middle);
                self.condition(&b.right, then, otherwise);
            }
            Expr::Binary(b) if matches!(b.op, syn::BinOp::Or(_)) => {
                let middle = self.block();
                self.condition(&b.left, then, middle);
                self.switch_to(middle);
                self.condition(&b.right, then, otherwise);
            }
            Expr::Unary(u) if matches!(u.op, syn::UnOp::Not(_)) && !contains_let(&u.expr) => {
                self.condition(&u.expr, otherwise, then);
            }
            Expr::Let(l) => {
                let span = self.span_of(&l.expr);
                let place = self.place_or_temp(&l.expr);
                self.pattern(&l.pat, &place, otherwise);
                self.goto(then, span);
            }
            e => {
                let span = self.span_of(e);
                let cond = self.operand(e);
                self.terminate(TerminatorKind::Branch { cond, then, otherwise }, span);
            }
        }
    }

    /// A condition used as a value.
    pub fn condition_value(&mut self, dest: Place, e: &Expr, span: Span) {
        let (yes, no, join) = (self.block(), self.block(), self.block());
        let vars = self.f().vars.len();
        self.condition(e, yes, no);
        self.f().vars.truncate(vars);
        for (block, value) in [(yes, true), (no, false)] {
            self.switch_to(block);
            self.assign(dest.clone(), Rvalue::Use(Operand::Const(Const::Bool(value))), span);
            self.goto(join, span);
        }
        self.switch_to(join);
    }

    /// `if`, with its chain of `else if`s: iterative, as chains are long.
    pub fn if_expr(&mut self, dest: Place, e: &Expr, span: Span) {
        let join = self.block();
        let mut at = e;
        let mut open = 0;
        loop {
            let Expr::If(branch) = at else { break };
            let (then, otherwise) = (self.block(), self.block());
            let vars = self.f().vars.len();
            self.push_scope();
            open += 1;
            self.condition(&branch.cond, then, otherwise);
            self.switch_to(then);
            self.body_block(&branch.then_branch, dest.clone());
            let end = self.cx.span(branch.then_branch.brace_token.span.close());
            let keep = self.depth() - open;
            self.drop_scopes(keep, end);
            self.goto(join, end);
            self.f().vars.truncate(vars);
            self.switch_to(otherwise);
            match &branch.else_branch {
                Some((_, next)) => at = next,
                None => {
                    self.assign(dest.clone(), Rvalue::Use(Operand::Const(Const::Unit)), span);
                    let keep = self.depth() - open;
                    self.drop_scopes(keep, end);
                    self.goto(join, span);
                    return self.close_scopes(open, join);
                }
            }
            if !matches!(at, Expr::If(_)) {
                break;
            }
        }
        self.into(dest, at);
        let keep = self.depth() - open;
        self.drop_scopes(keep, span);
        self.goto(join, span);
        self.close_scopes(open, join);
    }

    fn close_scopes(&mut self, open: usize, join: BlockId) {
        for _ in 0..open {
            self.discard_scope();
        }
        self.switch_to(join);
    }

    pub fn match_expr(&mut self, dest: Place, m: &syn::ExprMatch, span: Span) {
        let scrutinee_span = self.span_of(&m.expr);
        self.push_scope();
        let place = self.place_or_temp(&m.expr);
        let join = self.block();
        for arm in &m.arms {
            if !self.cx.cfg_active(&arm.attrs) {
                continue;
            }
            let vars = self.f().vars.len();
            let next = self.block();
            self.push_scope();
            let (pat, guard) = match &arm.pat {
                syn::Pat::Guard(guard) => (&*guard.pat, Some(&*guard.guard)),
                pat => (pat, None),
            };
            let mut bindings = Vec::new();
            self.pattern_tests(pat, &place, next, &mut bindings);
            if let Some(guard) = guard {
                // The guard sees the bindings by reference; they are moved
                // only once it holds.
                for binding in &bindings {
                    self.bind(binding.local, binding.place.clone(), crate::mir::BindMode::Ref, binding.span);
                }
                let body = self.block();
                self.condition(guard, body, next);
                self.switch_to(body);
            }
            self.make_bindings(&bindings);
            self.into(dest.clone(), &arm.body);
            let end = self.span_of(&arm.body);
            let keep = self.depth() - 2;
            self.drop_scopes(keep, end);
            self.goto(join, end);
            self.discard_scope();
            self.f().vars.truncate(vars);
            self.switch_to(next);
        }
        // No arm is left: the compiler made sure that this is not reached.
        self.terminate(TerminatorKind::Unreachable, scrutinee_span);
        self.discard_scope();
        self.switch_to(join);
        let _ = span;
    }

    pub fn labelled_block(&mut self, dest: Place, block: &syn::ExprBlock, span: Span) {
        let Some(label) = &block.label else { return self.body_block(&block.block, dest) };
        let after = self.block();
        let depth = self.depth();
        let label = label_name(&label.name);
        self.f().breakables.push(Breakable {
            label: Some(label),
            break_to: after,
            continue_to: None,
            dest: dest.clone(),
            depth,
        });
        self.body_block(&block.block, dest);
        self.goto(after, span);
        self.f().breakables.pop();
        self.switch_to(after);
    }

    fn enter_loop(&mut self, label: &Option<syn::Label>, dest: &Place, head: BlockId, after: BlockId) {
        let depth = self.depth();
        let label = label.as_ref().map(|label| label_name(&label.name));
        self.f().breakables.push(Breakable {
            label,
            break_to: after,
            continue_to: Some(head),
            dest: dest.clone(),
            depth,
        });
    }

    pub fn loop_expr(&mut self, dest: Place, l: &syn::ExprLoop, span: Span) {
        let (head, after) = (self.block(), self.block());
        self.goto(head, span);
        self.switch_to(head);
        self.enter_loop(&l.label, &dest, head, after);
        self.loop_body(&l.body);
        self.goto(head, span);
        self.f().breakables.pop();
        self.switch_to(after);
    }

    fn loop_body(&mut self, body: &syn::Block) {
        let end = self.cx.span(body.brace_token.span.close());
        self.push_scope();
        let unit = self.temp(end, false);
        self.body_block(body, Place::local(unit));
        self.pop_scope(end);
    }

    pub fn while_expr(&mut self, dest: Place, w: &syn::ExprWhile, span: Span) {
        let (head, body, done, after) = (self.block(), self.block(), self.block(), self.block());
        self.goto(head, span);
        self.switch_to(head);
        self.enter_loop(&w.label, &dest, head, after);
        let vars = self.f().vars.len();
        self.push_scope();
        self.condition(&w.cond, body, done);
        self.switch_to(body);
        self.loop_body(&w.body);
        let keep = self.depth() - 1;
        let end = self.cx.span(w.body.brace_token.span.close());
        self.drop_scopes(keep, end);
        self.goto(head, end);
        self.f().vars.truncate(vars);
        self.switch_to(done);
        self.drop_scopes(keep, span);
        self.discard_scope();
        self.assign(dest, Rvalue::Use(Operand::Const(Const::Unit)), span);
        self.goto(after, span);
        self.f().breakables.pop();
        self.switch_to(after);
    }

    pub fn for_expr(&mut self, dest: Place, f: &syn::ExprForLoop, span: Span) {
        let iter_span = self.span_of(&f.expr);
        let vars = self.f().vars.len();
        self.push_scope();
        let operand = self.operand(&f.expr);
        let iter = self.temp(iter_span, true);
        self.assign(Place::local(iter), Rvalue::IntoIter(operand), iter_span);
        let (head, done, after) = (self.block(), self.block(), self.block());
        self.goto(head, span);
        self.switch_to(head);
        self.enter_loop(&f.label, &dest, head, after);
        self.push_scope();
        let next = self.temp(iter_span, true);
        self.assign(Place::local(next), Rvalue::IterNext(Place::local(iter)), iter_span);
        self.test(Place::local(next), Test::Known(KnownVariant::Some), done, iter_span);
        let nowhere = self.dead_end();
        let element = Place::local(next).project(Proj::Field("0".into()));
        self.pattern(&f.pat, &element, nowhere);
        self.loop_body(&f.body);
        let end = self.cx.span(f.body.brace_token.span.close());
        let keep = self.depth() - 1;
        self.drop_scopes(keep, end);
        self.goto(head, end);
        self.f().vars.truncate(vars);
        self.switch_to(done);
        self.drop_scopes(keep, span);
        self.discard_scope();
        self.assign(dest, Rvalue::Use(Operand::Const(Const::Unit)), span);
        self.goto(after, span);
        self.f().breakables.pop();
        self.switch_to(after);
        self.pop_scope(span);
    }

    /// The loop or block that a jump leaves: the labelled one, or the innermost loop.
    fn target(&mut self, label: Option<&syn::Lifetime>) -> Option<usize> {
        let label = label.map(label_name);
        self.f().breakables.iter().rposition(|breakable| match &label {
            Some(label) => breakable.label.as_ref() == Some(label),
            None => breakable.continue_to.is_some(),
        })
    }

    pub fn break_expr(&mut self, b: &syn::ExprBreak, span: Span) {
        let Some(at) = self.target(b.label.as_ref()) else {
            self.terminate(TerminatorKind::Unreachable, span);
            return self.diverge();
        };
        let breakable = &self.f().breakables[at];
        let (to, dest, depth) = (breakable.break_to, breakable.dest.clone(), breakable.depth);
        match &b.expr {
            Some(value) => self.into(dest, value),
            None => self.assign(dest, Rvalue::Use(Operand::Const(Const::Unit)), span),
        }
        self.drop_scopes(depth, span);
        self.goto(to, span);
        self.diverge();
    }

    pub fn continue_expr(&mut self, c: &syn::ExprContinue, span: Span) {
        let target = self.target(c.label.as_ref());
        let found = target.and_then(|at| {
            let breakable = &self.f().breakables[at];
            breakable.continue_to.map(|to| (to, breakable.depth))
        });
        match found {
            Some((to, depth)) => {
                self.drop_scopes(depth, span);
                self.goto(to, span);
            }
            None => self.terminate(TerminatorKind::Unreachable, span),
        }
        self.diverge();
        let _ = RETURN;
    }
}

fn label_name(lifetime: &syn::Lifetime) -> Name {
    ident_name(&lifetime.ident)
}

/// Whether a condition has a `let` outside of nested expressions.
fn contains_let(e: &Expr) -> bool {
    match e {
        Expr::Let(_) => true,
        Expr::Paren(paren) => contains_let(&paren.expr),
        Expr::Group(group) => contains_let(&group.expr),
        Expr::Binary(b) => contains_let(&b.left) || contains_let(&b.right),
        e => {
            let _ = expr_attrs(e);
            false
        }
    }
}
