//! Expressions, statements and blocks.

use syn::Expr;

use super::builder::Builder;
use super::paths::{generic_args, ident_name, lower_path, lower_ty};
use super::pattern::member_name;
use super::{Expanded, Position, spans};
use crate::mir::{
    BinOp, Call, Callee, Const, Local, Operand, Place, Proj, RETURN, Rvalue, StatementKind, TerminatorKind, UnOp,
};
use crate::span::Span;

impl Builder<'_> {
    pub fn span_of(&self, e: &Expr) -> Span {
        spans::expr(self.cx, e)
    }

    /// Lowers an expression for its value.
    pub fn operand(&mut self, e: &Expr) -> Operand {
        match e {
            Expr::Paren(paren) => self.operand(&paren.expr),
            Expr::Group(group) => self.operand(&group.expr),
            Expr::Lit(lit) => Operand::Const(literal(&lit.lit)),
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => {
                if let Expr::Lit(lit) = &*unary.expr
                    && let Const::Int(value, suffix) = literal(&lit.lit)
                {
                    return Operand::Const(Const::Int(-value, suffix));
                }
                self.temp_for(e, false)
            }
            Expr::Path(path) => match self.local_of(path) {
                Some(local) => {
                    self.note_by_value(local);
                    Operand::local(local)
                }
                None => Operand::Const(Const::Path(self.path(path))),
            },
            Expr::Field(_) | Expr::Index(_) => match self.place(e) {
                Some(place) => Operand::Place(place),
                None => self.temp_for(e, true),
            },
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => match self.place(e) {
                Some(place) => Operand::Place(place),
                None => self.temp_for(e, true),
            },
            Expr::Tuple(tuple) if tuple.elems.is_empty() => Operand::Const(Const::Unit),
            Expr::Binary(b) if is_scalar_binary(&b.op) => self.temp_for(e, false),
            Expr::Cast(_) | Expr::Reference(_) | Expr::RawAddr(_) | Expr::Let(_) => self.temp_for(e, false),
            _ => self.temp_for(e, true),
        }
    }

    fn temp_for(&mut self, e: &Expr, droppable: bool) -> Operand {
        let span = self.span_of(e);
        let temp = self.temp(span, droppable);
        self.into(Place::local(temp), e);
        Operand::local(temp)
    }

    /// Arguments, in order. A place is read where it stands in that order:
    /// it is copied out first if a later argument computes something.
    pub fn operands<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) -> Vec<Operand> {
        exprs.into_iter().map(|e| self.operand(e)).collect()
    }

    fn path(&self, path: &syn::ExprPath) -> crate::mir::PathRef {
        lower_path(self.cx, self.scope, path.qself.as_ref(), &path.path)
    }

    fn local_of(&mut self, path: &syn::ExprPath) -> Option<Local> {
        if path.qself.is_some() {
            return None;
        }
        let ident = path.path.get_ident()?;
        let name = ident_name(ident);
        self.variable(&name)
    }

    /// The place that a place expression names; `None` for value expressions.
    pub fn place(&mut self, e: &Expr) -> Option<Place> {
        match e {
            Expr::Paren(paren) => self.place(&paren.expr),
            Expr::Group(group) => self.place(&group.expr),
            Expr::Path(path) => self.local_of(path).map(Place::local),
            Expr::Field(field) => {
                let base = self.place_or_temp(&field.base);
                Some(base.project(Proj::Field(member_name(&field.member))))
            }
            Expr::Index(index) => {
                let base = self.place_or_temp(&index.expr);
                let constant = match &*index.index {
                    Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(int), .. }) => int.base10_parse::<u64>().ok(),
                    Expr::Range(range) => {
                        for end in [&range.start, &range.end].into_iter().flatten() {
                            self.operand(end);
                        }
                        return Some(base.project(Proj::Subslice));
                    }
                    index => {
                        self.operand(index);
                        None
                    }
                };
                Some(base.project(Proj::Index(constant)))
            }
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => {
                let base = self.place_or_temp(&unary.expr);
                Some(base.project(Proj::Deref))
            }
            // `unsafe { *p }` and `{ x.y }` used as a place.
            Expr::Unsafe(block) => self.place_block(&block.block),
            Expr::Block(block) if block.label.is_none() => self.place_block(&block.block),
            _ => None,
        }
    }

    fn place_block(&mut self, block: &syn::Block) -> Option<Place> {
        match block.stmts.as_slice() {
            [syn::Stmt::Expr(e, None)] if matches!(e, Expr::Unary(_) | Expr::Field(_) | Expr::Index(_)) => self.place(e),
            _ => None,
        }
    }

    /// The place of a place expression, or a temporary with the value.
    pub fn place_or_temp(&mut self, e: &Expr) -> Place {
        match self.place(e) {
            Some(place) => place,
            None => {
                let span = self.span_of(e);
                let temp = self.temp(span, true);
                self.into(Place::local(temp), e);
                Place::local(temp)
            }
        }
    }

    /// Lowers an expression and assigns its value to `dest`.
    pub fn into(&mut self, dest: Place, e: &Expr) {
        let span = self.span_of(e);
        match e {
            Expr::Paren(paren) => self.into(dest, &paren.expr),
            Expr::Group(group) => self.into(dest, &group.expr),
            Expr::Lit(_) | Expr::Path(_) | Expr::Field(_) | Expr::Index(_) => {
                let operand = self.operand(e);
                self.assign(dest, Rvalue::Use(operand), span);
            }
            Expr::Unary(unary) => match unary.op {
                syn::UnOp::Deref(_) => {
                    let place = self.place_or_temp(&unary.expr).project(Proj::Deref);
                    self.assign(dest, Rvalue::Use(Operand::Place(place)), span);
                }
                syn::UnOp::Not(_) => {
                    let operand = self.operand(&unary.expr);
                    self.assign(dest, Rvalue::Unary(UnOp::Not, operand), span);
                }
                syn::UnOp::Neg(_) => {
                    let operand = self.operand(&unary.expr);
                    self.assign(dest, Rvalue::Unary(UnOp::Neg, operand), span);
                }
                _ => {
                    let operand = self.operand(&unary.expr);
                    self.assign(dest, Rvalue::Opaque(vec![operand]), span);
                }
            },
            Expr::Binary(binary) => self.binary(dest, binary, e, span),
            Expr::Assign(assign) => {
                self.assignment(&assign.left, &assign.right, span);
                self.assign(dest, Rvalue::Use(Operand::Const(Const::Unit)), span);
            }
            Expr::Cast(cast) => {
                let operand = self.operand(&cast.expr);
                let ty = lower_ty(self.cx, self.scope, &cast.ty);
                self.assign(dest, Rvalue::Cast(operand, ty), span);
            }
            Expr::Reference(reference) => {
                let place = self.place_or_temp(&reference.expr);
                self.assign(dest, Rvalue::Ref(reference.mutability.is_some(), place), span);
            }
            Expr::RawAddr(raw) => {
                let mutable = matches!(raw.mutability, syn::PointerMutability::Mut(_));
                let place = self.place_or_temp(&raw.expr);
                self.assign(dest, Rvalue::AddrOf(mutable, place), span);
            }
            Expr::Call(call) => self.call(dest, call, span),
            Expr::MethodCall(call) => {
                let receiver = self.place_or_temp(&call.receiver);
                let args = self.operands(&call.args);
                let arg_spans = call.args.iter().map(|arg| self.span_of(arg)).collect();
                let generics =
                    call.turbofish.as_ref().map_or_else(Vec::new, |args| generic_args(self.cx, self.scope, args));
                let callee = Callee::Method { receiver, name: ident_name(&call.method), generics };
                let name_span = self.cx.span(call.method.span());
                self.assign(dest, Rvalue::Call(Call { callee, args, arg_spans, name_span }), span);
            }
            Expr::Struct(s) => {
                let path = lower_path(self.cx, self.scope, s.qself.as_ref(), &s.path);
                let mut fields = Vec::new();
                for field in &s.fields {
                    if self.cx.cfg_active(&field.attrs) {
                        let value = self.operand(&field.expr);
                        fields.push((member_name(&field.member), value));
                    }
                }
                let base = s.rest.as_ref().map(|rest| self.operand(rest));
                self.assign(dest, Rvalue::Struct { path, fields, base }, span);
            }
            Expr::Tuple(tuple) => {
                let rvalue = if tuple.elems.is_empty() {
                    Rvalue::Use(Operand::Const(Const::Unit))
                } else {
                    Rvalue::Tuple(self.operands(&tuple.elems))
                };
                self.assign(dest, rvalue, span);
            }
            Expr::Array(array) => {
                let operands = self.operands(&array.elems);
                self.assign(dest, Rvalue::Array(false, operands), span);
            }
            Expr::Repeat(repeat) => {
                let operand = self.operand(&repeat.expr);
                self.operand(&repeat.len);
                self.assign(dest, Rvalue::Repeat(false, operand), span);
            }
            Expr::Range(range) => {
                let lo = range.start.as_ref().map(|e| self.operand(e));
                let hi = range.end.as_ref().map(|e| self.operand(e));
                let inclusive = matches!(range.limits, syn::RangeLimits::Closed(_));
                self.assign(dest, Rvalue::Range(lo, hi, inclusive), span);
            }
            Expr::Closure(closure) => self.closure_expr(dest, closure, span),
            Expr::Async(block) => {
                let is_move = block.capture.is_some();
                let index = self.closure(span, is_move, true, true, |b| {
                    b.body_block(&block.block, Place::local(RETURN));
                });
                self.assign(dest, Rvalue::Closure(index), span);
            }
            Expr::Await(awaited) => {
                let operand = self.operand(&awaited.base);
                self.assign(dest, Rvalue::Await(operand), span);
            }
            Expr::Try(tried) => self.question_mark(dest, &tried.expr, span),
            Expr::Unsafe(block) => self.body_block(&block.block, dest),
            Expr::Const(block) => self.body_block(&block.block, dest),
            Expr::Block(block) => self.labelled_block(dest, block, span),
            Expr::TryBlock(block) => {
                // `?` in it leaves the block, not the function: unknown, and unstable.
                self.body_block(&block.block, dest);
            }
            Expr::If(_) => self.if_expr(dest, e, span),
            Expr::Match(m) => self.match_expr(dest, m, span),
            Expr::Loop(l) => self.loop_expr(dest, l, span),
            Expr::While(w) => self.while_expr(dest, w, span),
            Expr::ForLoop(f) => self.for_expr(dest, f, span),
            Expr::Let(_) => self.condition_value(dest, e, span),
            Expr::Break(b) => self.break_expr(b, span),
            Expr::Continue(c) => self.continue_expr(c, span),
            Expr::Return(r) => {
                match &r.expr {
                    Some(value) => self.into(Place::local(RETURN), value),
                    None => self.assign(Place::local(RETURN), Rvalue::Use(Operand::Const(Const::Unit)), span),
                }
                self.return_here(span);
            }
            Expr::Macro(mac) => self.macro_expr(dest, &mac.mac, span),
            Expr::Yield(y) => {
                let operands = y.expr.as_ref().map(|e| self.operand(e)).into_iter().collect();
                self.assign(dest, Rvalue::Opaque(operands), span);
            }
            Expr::Infer(_) | Expr::Verbatim(_) => self.assign(dest, Rvalue::Opaque(Vec::new()), span),
            _ => self.assign(dest, Rvalue::Opaque(Vec::new()), span),
        }
    }

    fn binary(&mut self, dest: Place, binary: &syn::ExprBinary, e: &Expr, span: Span) {
        if matches!(binary.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) {
            return self.condition_value(dest, e, span);
        }
        let Some((op, compound)) = binary_op(&binary.op) else {
            let operands = self.operands([&*binary.left, &*binary.right]);
            return self.assign(dest, Rvalue::Opaque(operands), span);
        };
        if compound {
            let right = self.operand(&binary.right);
            let place = self.place_or_temp(&binary.left);
            let left = Operand::Place(place.clone());
            self.assign(place, Rvalue::Binary(op, left, right), span);
            return self.assign(dest, Rvalue::Use(Operand::Const(Const::Unit)), span);
        }
        let left = self.operand(&binary.left);
        let right = self.operand(&binary.right);
        self.assign(dest, Rvalue::Binary(op, left, right), span);
    }

    /// `left = right`: the right side, then the place, then the old value's drop.
    fn assignment(&mut self, left: &Expr, right: &Expr, span: Span) {
        match left {
            Expr::Infer(_) => {
                self.operand(right);
            }
            Expr::Tuple(tuple) => {
                // Destructuring assignment.
                let value = self.place_or_temp(right);
                for (index, target) in tuple.elems.iter().enumerate() {
                    let inner = value.project(Proj::Field(index.to_string().into()));
                    if let Some(place) = self.place(target) {
                        self.push(StatementKind::Drop(place.clone()), span);
                        self.assign(place, Rvalue::Use(Operand::Place(inner)), span);
                    }
                }
            }
            left => {
                let value = self.operand(right);
                match self.place(left) {
                    Some(place) => {
                        self.push(StatementKind::Drop(place.clone()), span);
                        self.assign(place, Rvalue::Use(value), span);
                    }
                    None => {
                        // A static, or a place made by a call: `*f() = x` went above.
                        let target = self.operand(left);
                        self.push(StatementKind::Opaque(vec![target, value]), span);
                    }
                }
            }
        }
    }

    fn call(&mut self, dest: Place, call: &syn::ExprCall, span: Span) {
        let func = strip(&call.func);
        if let Expr::Path(path) = func {
            if self.local_of(path).is_none() {
                let path = self.path(path);
                if path.segments.len() == 2 && &*path.segments[1].name == "__vec" && &*path.segments[0].name == "alloc" {
                    return self.vec_literal(dest, call, span);
                }
                let name_span = Span { lo: path.span.lo, ..path.span };
                let args = self.operands(&call.args);
                let arg_spans = call.args.iter().map(|arg| self.span_of(arg)).collect();
                let callee = Callee::Path(path);
                return self.assign(dest, Rvalue::Call(Call { callee, args, arg_spans, name_span }), span);
            }
        }
        let place = self.place_or_temp(func);
        let name_span = self.span_of(func);
        let args = self.operands(&call.args);
        let arg_spans = call.args.iter().map(|arg| self.span_of(arg)).collect();
        let callee = Callee::Value(Operand::Place(place));
        self.assign(dest, Rvalue::Call(Call { callee, args, arg_spans, name_span }), span);
    }

    /// What `vec![..]` expands to.
    fn vec_literal(&mut self, dest: Place, call: &syn::ExprCall, span: Span) {
        let rvalue = match call.args.first().map(strip) {
            Some(Expr::Array(array)) => Rvalue::Array(true, self.operands(&array.elems)),
            Some(Expr::Repeat(repeat)) => {
                let operand = self.operand(&repeat.expr);
                self.operand(&repeat.len);
                Rvalue::Repeat(true, operand)
            }
            _ => Rvalue::Opaque(self.operands(&call.args)),
        };
        self.assign(dest, rvalue, span);
    }

    fn closure_expr(&mut self, dest: Place, closure: &syn::ExprClosure, span: Span) {
        let is_move = closure.capture.is_some();
        let is_async = closure.asyncness.is_some();
        let index = self.closure(span, is_move, false, is_async, |b| {
            let mut patterns = Vec::new();
            for pat in &closure.inputs {
                b.param_pattern(pat, None, &mut patterns);
            }
            b.bind_params(&patterns);
            let end = b.span_of(&closure.body);
            b.push_scope();
            b.into(Place::local(RETURN), &closure.body);
            b.pop_scope(end);
        });
        self.assign(dest, Rvalue::Closure(index), span);
    }

    fn question_mark(&mut self, dest: Place, inner: &Expr, span: Span) {
        let operand = self.operand(inner);
        let (next, exit) = (self.block(), self.block());
        let kind =
            TerminatorKind::Try { operand, ok: dest, next, residual: Place::local(RETURN), exit };
        self.terminate(kind, span);
        self.switch_to(exit);
        self.drop_scopes(0, span);
        self.terminate(TerminatorKind::Return, span);
        self.switch_to(next);
    }

    pub fn macro_expr(&mut self, dest: Place, mac: &syn::Macro, span: Span) {
        let expanded = self.expand(mac, Position::Expr);
        self.expansions += 1;
        match expanded {
            Expanded::Expr(e) => self.into(dest, &e),
            Expanded::Stmts(stmts) => self.block_of(&stmts, dest, span),
            Expanded::Items(items) => {
                let stmts: Vec<syn::Stmt> = items.into_iter().map(syn::Stmt::Item).collect();
                self.block_of(&stmts, dest, span);
            }
            Expanded::Reads(exprs) => {
                let operands = self.by_reference(&exprs);
                self.assign(dest, Rvalue::Format(operands), span);
            }
            Expanded::Diverges(exprs) => {
                let operands = self.by_reference(&exprs);
                self.assign(dest, Rvalue::Format(operands), span);
                self.terminate(TerminatorKind::Unreachable, span);
                self.diverge();
            }
            Expanded::Unknown(exprs) => {
                let operands = exprs.iter().map(|e| self.operand(e)).collect();
                self.assign(dest, Rvalue::Opaque(operands), span);
            }
            Expanded::Pat(_) => self.assign(dest, Rvalue::Opaque(Vec::new()), span),
        }
        self.expansions -= 1;
    }

    /// Operands that are only read.
    fn by_reference(&mut self, exprs: &[Expr]) -> Vec<Operand> {
        exprs
            .iter()
            .map(|e| match self.place(e) {
                Some(place) => {
                    let span = self.span_of(e);
                    let temp = self.temp(span, false);
                    self.assign(Place::local(temp), Rvalue::Ref(false, place), span);
                    Operand::local(temp)
                }
                None => self.operand(e),
            })
            .collect()
    }

    // Blocks and statements.

    /// A block with its own scope, for its value.
    pub fn body_block(&mut self, block: &syn::Block, dest: Place) {
        let span = self.cx.span(block.brace_token.span.close());
        self.block_of(&block.stmts, dest, span);
    }

    pub fn block_of(&mut self, stmts: &[syn::Stmt], dest: Place, end: Span) {
        let outer_scope = self.scope;
        let vars = self.f().vars.len();
        self.push_scope();
        self.statements(stmts, Some(dest), end);
        self.pop_scope(end);
        self.f().vars.truncate(vars);
        self.scope = outer_scope;
    }

    /// Statements in the current scope; the last expression's value goes to `dest`.
    fn statements(&mut self, stmts: &[syn::Stmt], dest: Option<Place>, end: Span) {
        let items: Vec<&syn::Item> = stmts
            .iter()
            .filter_map(|stmt| match stmt {
                syn::Stmt::Item(item) => Some(item),
                _ => None,
            })
            .collect();
        if !items.is_empty() {
            self.scope = self.cx.enter_items(self.scope, &items);
        }
        let last = stmts.iter().rposition(|stmt| !matches!(stmt, syn::Stmt::Item(_)));
        let mut valued = false;
        for (index, stmt) in stmts.iter().enumerate() {
            let tail = if Some(index) == last { dest.clone() } else { None };
            valued |= self.statement(stmt, tail, end);
        }
        if !valued && let Some(dest) = dest {
            self.assign(dest, Rvalue::Use(Operand::Const(Const::Unit)), end);
        }
    }

    /// One statement. Whether it gave `tail` its value.
    fn statement(&mut self, stmt: &syn::Stmt, tail: Option<Place>, end: Span) -> bool {
        match stmt {
            syn::Stmt::Item(_) => false,
            syn::Stmt::Local(local) => {
                if self.cx.cfg_active(&local.attrs) {
                    self.let_statement(local);
                }
                false
            }
            syn::Stmt::Expr(e, semi) => {
                if !self.cx.cfg_active(expr_attrs(e)) {
                    return false;
                }
                match (semi, tail) {
                    (None, Some(dest)) => {
                        self.into(dest, e);
                        true
                    }
                    _ => {
                        self.expr_statement(e);
                        false
                    }
                }
            }
            syn::Stmt::Macro(mac) => {
                if !self.cx.cfg_active(&mac.attrs) {
                    return false;
                }
                self.macro_statement(mac, tail, end)
            }
        }
    }

    fn expr_statement(&mut self, e: &Expr) {
        let span = self.span_of(e);
        self.push_scope();
        let ignored = self.temp(span, true);
        self.into(Place::local(ignored), e);
        self.pop_scope(span);
    }

    fn macro_statement(&mut self, mac: &syn::StmtMacro, tail: Option<Place>, end: Span) -> bool {
        let span = self.cx.span(mac.mac.path.segments.last().map_or_else(proc_macro2::Span::call_site, |s| s.ident.span()))
            .to(self.cx.span(mac.mac.delimiter.span().close()));
        let tail = if mac.semi_token.is_none() { tail } else { None };
        let expanded = self.expand(&mac.mac, Position::Stmt);
        self.expansions += 1;
        let valued = match expanded {
            Expanded::Stmts(stmts) => {
                // Its `let`s stay visible in the enclosing block.
                let valued = tail.is_some();
                self.statements(&stmts, tail, end);
                valued
            }
            Expanded::Items(items) => {
                let items: Vec<&syn::Item> = items.iter().collect();
                self.scope = self.cx.enter_items(self.scope, &items);
                false
            }
            Expanded::Expr(e) => match tail {
                Some(dest) => {
                    self.into(dest, &e);
                    true
                }
                None => {
                    self.expr_statement(&e);
                    false
                }
            },
            Expanded::Reads(exprs) => {
                self.push_scope();
                let dest = tail.clone().unwrap_or_else(|| Place::local(self.temp(span, false)));
                let operands = self.by_reference(&exprs);
                self.assign(dest, Rvalue::Format(operands), span);
                self.pop_scope(span);
                tail.is_some()
            }
            Expanded::Diverges(exprs) => {
                self.push_scope();
                let temp = self.temp(span, false);
                let operands = self.by_reference(&exprs);
                self.assign(Place::local(temp), Rvalue::Format(operands), span);
                self.terminate(TerminatorKind::Unreachable, span);
                self.diverge();
                self.discard_scope();
                tail.is_some()
            }
            Expanded::Unknown(exprs) => {
                self.push_scope();
                let dest = tail.clone().unwrap_or_else(|| Place::local(self.temp(span, true)));
                let operands = exprs.iter().map(|e| self.operand(e)).collect();
                self.assign(dest, Rvalue::Opaque(operands), span);
                self.pop_scope(span);
                tail.is_some()
            }
            Expanded::Pat(_) => false,
        };
        self.expansions -= 1;
        valued
    }

    fn let_statement(&mut self, local: &syn::Local) {
        let span = self.cx.span(local.let_token.span).to(self.cx.span(local.semi_token.span));
        let (pat, ty) = match &local.pat {
            syn::Pat::Type(typed) => (&*typed.pat, Some(lower_ty(self.cx, self.scope, &typed.ty))),
            pat => (pat, None),
        };
        let Some(init) = &local.init else {
            // Declared now, assigned later.
            let nowhere = self.dead_end();
            let unset = self.local(None, None, span);
            let mut bindings = Vec::new();
            self.pattern_tests(pat, &Place::local(unset), nowhere, &mut bindings);
            for binding in bindings {
                self.f().locals[binding.local.0 as usize].ty.clone_from(&ty);
            }
            return;
        };
        if let syn::Pat::Wild(_) = pat {
            self.push_scope();
            if self.place(&init.expr).is_none() {
                let ignored = self.temp(span, true);
                self.into(Place::local(ignored), &init.expr);
            }
            self.pop_scope(span);
            return;
        }
        // Temporaries of the initialiser end with the statement, but for
        // those whose reference is what is bound.
        let extended = extends(&init.expr);
        let mut slot = None;
        if let syn::Pat::Ident(ident) = pat
            && ident.by_ref.is_none()
            && ident.subpat.is_none()
            && init.diverge.is_none()
            && !(ident.mutability.is_none() && self.cx.is_constant_pattern(self.scope, &ident_name(&ident.ident)))
        {
            slot = Some(ident_name(&ident.ident));
        }
        match slot {
            Some(name) => {
                let variable = self.local(Some(name.clone()), ty, span);
                if extended {
                    self.push(StatementKind::StorageLive(variable), span);
                    self.into(Place::local(variable), &init.expr);
                    self.own(variable, true);
                } else {
                    self.own(variable, true);
                    self.push_scope();
                    self.push(StatementKind::StorageLive(variable), span);
                    self.into(Place::local(variable), &init.expr);
                    self.pop_scope(span);
                }
                self.declare(name, variable);
            }
            None => {
                // A place is matched where it is; a value gets a local of its own.
                let matched = match self.place(&init.expr) {
                    Some(place) => place,
                    None => {
                        let value = self.local(None, ty, span);
                        self.own(value, true);
                        if !extended {
                            self.push_scope();
                        }
                        self.into(Place::local(value), &init.expr);
                        if !extended {
                            self.pop_scope(span);
                        }
                        Place::local(value)
                    }
                };
                match &init.diverge {
                    None => {
                        let nowhere = self.dead_end();
                        self.pattern(pat, &matched, nowhere);
                    }
                    Some((_, diverge)) => {
                        let vars = self.f().vars.len();
                        let otherwise = self.block();
                        let mut bindings = Vec::new();
                        self.pattern_tests(pat, &matched, otherwise, &mut bindings);
                        self.make_bindings(&bindings);
                        let resume = self.f().current;
                        // The else block does not see the bindings.
                        let bound = self.f().vars.split_off(vars);
                        self.switch_to(otherwise);
                        let never = self.temp(span, false);
                        self.into(Place::local(never), diverge);
                        self.terminate(TerminatorKind::Unreachable, span);
                        self.f().vars.extend(bound);
                        self.switch_to(resume);
                    }
                }
            }
        }
    }
}

/// Whether an initialiser's temporaries live on behind the reference that it is.
fn extends(e: &Expr) -> bool {
    match e {
        Expr::Reference(_) | Expr::RawAddr(_) => true,
        Expr::Paren(paren) => extends(&paren.expr),
        Expr::Group(group) => extends(&group.expr),
        Expr::Cast(cast) => extends(&cast.expr),
        Expr::Tuple(tuple) => tuple.elems.iter().any(extends),
        Expr::Array(array) => array.elems.iter().any(extends),
        Expr::Struct(s) => s.fields.iter().any(|field| extends(&field.expr)),
        _ => false,
    }
}

fn strip(e: &Expr) -> &Expr {
    match e {
        Expr::Paren(paren) => strip(&paren.expr),
        Expr::Group(group) => strip(&group.expr),
        e => e,
    }
}

fn is_scalar_binary(op: &syn::BinOp) -> bool {
    binary_op(op).is_some() || matches!(op, syn::BinOp::And(_) | syn::BinOp::Or(_))
}

/// The operator, and whether it assigns.
fn binary_op(op: &syn::BinOp) -> Option<(BinOp, bool)> {
    use syn::BinOp as S;
    Some(match op {
        S::Add(_) => (BinOp::Add, false),
        S::Sub(_) => (BinOp::Sub, false),
        S::Mul(_) => (BinOp::Mul, false),
        S::Div(_) => (BinOp::Div, false),
        S::Rem(_) => (BinOp::Rem, false),
        S::BitAnd(_) => (BinOp::BitAnd, false),
        S::BitOr(_) => (BinOp::BitOr, false),
        S::BitXor(_) => (BinOp::BitXor, false),
        S::Shl(_) => (BinOp::Shl, false),
        S::Shr(_) => (BinOp::Shr, false),
        S::Eq(_) => (BinOp::Eq, false),
        S::Ne(_) => (BinOp::Ne, false),
        S::Lt(_) => (BinOp::Lt, false),
        S::Le(_) => (BinOp::Le, false),
        S::Gt(_) => (BinOp::Gt, false),
        S::Ge(_) => (BinOp::Ge, false),
        S::AddAssign(_) => (BinOp::Add, true),
        S::SubAssign(_) => (BinOp::Sub, true),
        S::MulAssign(_) => (BinOp::Mul, true),
        S::DivAssign(_) => (BinOp::Div, true),
        S::RemAssign(_) => (BinOp::Rem, true),
        S::BitAndAssign(_) => (BinOp::BitAnd, true),
        S::BitOrAssign(_) => (BinOp::BitOr, true),
        S::BitXorAssign(_) => (BinOp::BitXor, true),
        S::ShlAssign(_) => (BinOp::Shl, true),
        S::ShrAssign(_) => (BinOp::Shr, true),
        _ => return None,
    })
}

fn literal(lit: &syn::Lit) -> Const {
    match lit {
        syn::Lit::Bool(b) => Const::Bool(b.value),
        syn::Lit::Int(int) => match int.base10_parse::<u128>() {
            Ok(value) => {
                let suffix = int.suffix();
                let suffix = (!suffix.is_empty()).then(|| suffix.into());
                Const::Int(value as i128, suffix)
            }
            Err(_) => Const::Other,
        },
        syn::Lit::Byte(byte) => Const::Int(i128::from(byte.value()), Some("u8".into())),
        syn::Lit::Char(c) => Const::Int(i128::from(u32::from(c.value())), None),
        syn::Lit::Str(text) => Const::Str(text.value().into()),
        _ => Const::Other,
    }
}

/// The attributes of an expression that may stand as a statement.
pub(super) fn expr_attrs(e: &Expr) -> &[syn::Attribute] {
    match e {
        Expr::Array(e) => &e.attrs,
        Expr::Assign(e) => &e.attrs,
        Expr::Async(e) => &e.attrs,
        Expr::Await(e) => &e.attrs,
        Expr::Binary(e) => &e.attrs,
        Expr::Block(e) => &e.attrs,
        Expr::Break(e) => &e.attrs,
        Expr::Call(e) => &e.attrs,
        Expr::Cast(e) => &e.attrs,
        Expr::Closure(e) => &e.attrs,
        Expr::Const(e) => &e.attrs,
        Expr::Continue(e) => &e.attrs,
        Expr::Field(e) => &e.attrs,
        Expr::ForLoop(e) => &e.attrs,
        Expr::Group(e) => &e.attrs,
        Expr::If(e) => &e.attrs,
        Expr::Index(e) => &e.attrs,
        Expr::Let(e) => &e.attrs,
        Expr::Lit(e) => &e.attrs,
        Expr::Loop(e) => &e.attrs,
        Expr::Macro(e) => &e.attrs,
        Expr::Match(e) => &e.attrs,
        Expr::MethodCall(e) => &e.attrs,
        Expr::Paren(e) => &e.attrs,
        Expr::Path(e) => &e.attrs,
        Expr::Range(e) => &e.attrs,
        Expr::RawAddr(e) => &e.attrs,
        Expr::Reference(e) => &e.attrs,
        Expr::Repeat(e) => &e.attrs,
        Expr::Return(e) => &e.attrs,
        Expr::Struct(e) => &e.attrs,
        Expr::Try(e) => &e.attrs,
        Expr::TryBlock(e) => &e.attrs,
        Expr::Tuple(e) => &e.attrs,
        Expr::Unary(e) => &e.attrs,
        Expr::Unsafe(e) => &e.attrs,
        Expr::While(e) => &e.attrs,
        Expr::Yield(e) => &e.attrs,
        _ => &[],
    }
}
