//! Expressions that compute a value.

use super::build::{Extend, Lowerer};
use super::path::{lower_path, lower_ty, member_name, name_of};
use super::position::{expr_attrs, expr_end, expr_start};
use super::syntax::{compound_op, idents_in, is_pure, lower_lit, plain_op, strip};
use super::value::Value;
use crate::mir::{
    Const, Local, Name, Operand, Place, Proj, Rvalue, StatementKind, TerminatorKind, UnOp,
};
use crate::span::Span;

impl Lowerer<'_> {
    pub(super) fn expr_span(&self, expr: &syn::Expr) -> Span {
        self.span(expr_start(expr)).to(self.span(expr_end(expr)))
    }

    pub(super) fn operand(&mut self, expr: &syn::Expr) -> Operand {
        let value = self.value(expr);
        let span = self.expr_span(expr);
        self.operand_of(value, span)
    }

    pub(super) fn place(&mut self, expr: &syn::Expr) -> Place {
        let value = self.value(expr);
        let span = self.expr_span(expr);
        self.place_of(value, span)
    }

    /// The operands of one operation, left to right. A place is used where it
    /// stands unless a later operand may change it.
    pub(super) fn operands<'e>(
        &mut self,
        exprs: impl IntoIterator<Item = &'e syn::Expr>,
    ) -> Vec<(Operand, Span)> {
        let extend = std::mem::take(&mut self.frame.extend);
        let exprs: Vec<&syn::Expr> = exprs
            .into_iter()
            .filter(|expr| self.cx.cfg_active(expr_attrs(expr)))
            .collect();
        let last_effect = exprs.iter().rposition(|expr| !is_pure(expr)).unwrap_or(0);
        let mut operands = Vec::with_capacity(exprs.len());
        for (index, expr) in exprs.into_iter().enumerate() {
            self.frame.extend = extend;
            let value = self.value(expr);
            let span = self.expr_span(expr);
            operands.push((self.operand_before(value, index < last_effect, span), span));
        }
        self.frame.extend = Extend::default();
        operands
    }

    /// Evaluates an expression. Chains that nest to the left (`a.b()?.c() + d`)
    /// are walked iteratively: source may be thousands of links long.
    pub(super) fn value(&mut self, expr: &syn::Expr) -> Value {
        let extend = std::mem::take(&mut self.frame.extend);
        let mut chain = Vec::new();
        let mut base = expr;
        let mut base_extend = extend;
        loop {
            let (next, next_extend) = match base {
                syn::Expr::Paren(inner) => (&inner.expr, base_extend),
                syn::Expr::Group(inner) => (&inner.expr, base_extend),
                syn::Expr::Field(field) => (&field.base, base_extend.projected()),
                syn::Expr::Index(index) => (&index.expr, base_extend.projected()),
                syn::Expr::MethodCall(call) => (&call.receiver, Extend::default()),
                syn::Expr::Try(inner) => (&inner.expr, Extend::default()),
                syn::Expr::Await(inner) => (&inner.base, Extend::default()),
                syn::Expr::Cast(cast) => (&cast.expr, Extend::default()),
                syn::Expr::Call(call) if !matches!(strip(&call.func), syn::Expr::Path(_)) => {
                    (&call.func, Extend::default())
                }
                syn::Expr::Binary(binary) if plain_op(&binary.op).is_some() => {
                    (&binary.left, Extend::default())
                }
                _ => break,
            };
            chain.push((base, base_extend));
            base = &**next;
            base_extend = next_extend;
        }
        self.frame.extend = base_extend;
        let start = self.span(expr_start(base));
        let mut span = start.to(self.span(expr_end(base)));
        let mut value = self.base_value(base);
        self.frame.extend = Extend::default();
        while let Some((link, extend)) = chain.pop() {
            let inner = span;
            span = match link {
                syn::Expr::Paren(paren) => self.span(paren.paren_token.span.open()),
                _ => span,
            }
            .to(self.span(expr_end(link)));
            let scope = extend.temp_scope().unwrap_or(self.frame.temp_scope);
            value = self.link_value(link, value, inner, span, scope);
        }
        value
    }

    /// One link of a chain, whose left part has the value `left`. `scope` ends
    /// the temporary that the link projects from, or that holds its value.
    fn link_value(
        &mut self,
        link: &syn::Expr,
        left: Value,
        left_span: Span,
        span: Span,
        scope: usize,
    ) -> Value {
        match link {
            syn::Expr::Field(field) => {
                let place = self.place_of_in(scope, left, left_span);
                Value::Place(place.project(Proj::Field(member_name(&field.member))))
            }
            syn::Expr::Index(index) => {
                let place = self.place_of_in(scope, left, left_span);
                let step = self.index_step(&index.index);
                Value::Place(place.project(step))
            }
            syn::Expr::MethodCall(call) => self.method_call(call, left, left_span),
            syn::Expr::Call(call) => self.value_call(call, left, left_span),
            syn::Expr::Try(_) => {
                let operand = self.operand_of(left, left_span);
                self.question_mark(operand, scope, span)
            }
            syn::Expr::Await(_) => {
                let operand = self.operand_of(left, left_span);
                Value::Rvalue(Rvalue::Await(operand))
            }
            syn::Expr::Cast(cast) => {
                let operand = self.operand_of(left, left_span);
                let ty = lower_ty(self.cx, self.frame.scope, &cast.ty);
                Value::Rvalue(Rvalue::Cast(operand, ty))
            }
            syn::Expr::Binary(binary) => {
                let left = self.operand_before(left, !is_pure(&binary.right), left_span);
                let right = self.operand(&binary.right);
                match plain_op(&binary.op) {
                    Some(op) => Value::Rvalue(Rvalue::Binary(op, left, right)),
                    None => Value::Rvalue(Rvalue::Opaque(vec![left, right])),
                }
            }
            _ => left, // Parentheses and groups.
        }
    }

    /// The projection of `[index]`.
    fn index_step(&mut self, index: &syn::Expr) -> Proj {
        match strip(index) {
            syn::Expr::Range(_) => {
                let bounds = self.operand(index);
                self.push_index_use(bounds, index);
                Proj::Subslice
            }
            _ => match self.operand(index) {
                Operand::Const(Const::Int(index, _)) => Proj::Index(u64::try_from(index).ok()),
                operand => {
                    self.push_index_use(operand, index);
                    Proj::Index(None)
                }
            },
        }
    }

    /// A temporary used as an index is used up by it.
    fn push_index_use(&mut self, operand: Operand, index: &syn::Expr) {
        if let Operand::Place(place) = operand
            && place.proj.is_empty()
            && self.frame.locals[place.local.0 as usize].name.is_none()
        {
            let span = self.expr_span(index);
            self.push_opaque(vec![Operand::Place(place)], span);
        }
    }

    /// `operand?`
    fn question_mark(&mut self, operand: Operand, scope: usize, span: Span) -> Value {
        let ok = self.new_temp(span);
        let next = self.new_block();
        let exit = self.new_block();
        let residual = match &self.frame.try_target {
            Some(target) => target.dest.clone(),
            None => Place::local(crate::mir::RETURN),
        };
        self.terminate(
            TerminatorKind::Try {
                operand,
                ok: Place::local(ok),
                next,
                residual,
                exit,
            },
            span,
        );
        self.switch(exit);
        self.try_exit(span);
        self.switch(next);
        self.schedule(scope, ok, true);
        Value::Temp(ok)
    }

    /// Expressions that are no link of a chain.
    fn base_value(&mut self, expr: &syn::Expr) -> Value {
        let extend = std::mem::take(&mut self.frame.extend);
        match expr {
            syn::Expr::Path(path) => self.path_value(path),
            syn::Expr::Lit(lit) => Value::Const(lower_lit(&lit.lit, false)),
            syn::Expr::Unary(unary) => self.unary(unary, extend),
            syn::Expr::Reference(reference) => {
                let place = self.borrowed(&reference.expr, extend);
                Value::Rvalue(Rvalue::Ref(reference.mutability.is_some(), place))
            }
            syn::Expr::RawAddr(raw) => {
                let place = self.borrowed(&raw.expr, extend);
                let mutable = matches!(raw.mutability, syn::PointerMutability::Mut(_));
                Value::Rvalue(Rvalue::AddrOf(mutable, place))
            }
            syn::Expr::Tuple(tuple) if tuple.elems.is_empty() => Value::Const(Const::Unit),
            syn::Expr::Tuple(tuple) => {
                self.frame.extend = extend.part();
                Value::Rvalue(Rvalue::Tuple(self.plain_operands(&tuple.elems)))
            }
            syn::Expr::Array(array) => {
                self.frame.extend = extend.part();
                Value::Rvalue(Rvalue::Array(false, self.plain_operands(&array.elems)))
            }
            syn::Expr::Repeat(repeat) => {
                // The length is a constant expression: nothing runs.
                Value::Rvalue(Rvalue::Repeat(false, self.operand(&repeat.expr)))
            }
            syn::Expr::Range(range) => {
                let ends = [range.start.as_deref(), range.end.as_deref()];
                let mut operands = self
                    .operands(ends.into_iter().flatten())
                    .into_iter()
                    .map(|(operand, _)| operand);
                let lo = range.start.as_ref().and_then(|_| operands.next());
                let hi = range.end.as_ref().and_then(|_| operands.next());
                let closed = matches!(range.limits, syn::RangeLimits::Closed(_));
                Value::Rvalue(Rvalue::Range(lo, hi, closed))
            }
            syn::Expr::Struct(literal) => {
                self.frame.extend = extend.part();
                self.struct_literal(literal)
            }
            syn::Expr::Call(call) => self.call(call),
            syn::Expr::Closure(closure) => self.closure(closure),
            syn::Expr::Async(block) => self.async_block(block),
            syn::Expr::Assign(assign) => {
                self.assignment(assign);
                Value::Const(Const::Unit)
            }
            syn::Expr::Binary(binary) if compound_op(&binary.op).is_some() => {
                self.compound_assignment(binary);
                Value::Const(Const::Unit)
            }
            syn::Expr::Macro(mac) => {
                self.frame.extend = extend;
                self.macro_value(&mac.mac)
            }
            syn::Expr::Yield(value) => {
                let operands = self.plain_operands(value.expr.as_deref());
                Value::Rvalue(Rvalue::Opaque(operands))
            }
            syn::Expr::Infer(_) => Value::Rvalue(Rvalue::Opaque(Vec::new())),
            syn::Expr::Return(_)
            | syn::Expr::Break(_)
            | syn::Expr::Continue(_)
            | syn::Expr::ForLoop(_)
            | syn::Expr::While(_) => {
                self.expr_into(None, expr);
                Value::Const(Const::Unit)
            }
            syn::Expr::Binary(_) | syn::Expr::Let(_) => {
                // `&&`, `||` and a `let` that is no whole condition: a `bool`.
                let span = self.expr_span(expr);
                let temp = self.new_temp(span);
                self.expr_into(Some(&Place::local(temp)), expr);
                Value::Temp(temp)
            }
            syn::Expr::Block(_)
            | syn::Expr::Const(_)
            | syn::Expr::If(_)
            | syn::Expr::Loop(_)
            | syn::Expr::Match(_)
            | syn::Expr::TryBlock(_)
            | syn::Expr::Unsafe(_) => {
                let span = self.expr_span(expr);
                let temp = self.new_temp(span);
                self.frame.extend = extend.part();
                self.expr_into(Some(&Place::local(temp)), expr);
                let scope = extend.temp_scope().unwrap_or(self.frame.temp_scope);
                self.schedule(scope, temp, true);
                Value::Temp(temp)
            }
            syn::Expr::Verbatim(tokens) => {
                Value::Rvalue(Rvalue::Opaque(self.variables_in(tokens.clone())))
            }
            // Links of a chain never get here; `Expr` is non-exhaustive: what
            // syn learns to parse is opaque and uses the variables it mentions.
            other => {
                use quote::ToTokens as _;
                Value::Rvalue(Rvalue::Opaque(self.variables_in(other.to_token_stream())))
            }
        }
    }

    /// The operands alone.
    pub(super) fn plain_operands<'e>(
        &mut self,
        exprs: impl IntoIterator<Item = &'e syn::Expr>,
    ) -> Vec<Operand> {
        self.operands(exprs)
            .into_iter()
            .map(|(operand, _)| operand)
            .collect()
    }

    /// The place that `&expr` borrows.
    fn borrowed(&mut self, expr: &syn::Expr, extend: Extend) -> Place {
        let extend = extend.borrow();
        self.frame.extend = extend;
        let value = self.value(expr);
        let span = self.expr_span(expr);
        let scope = extend.temp_scope().unwrap_or(self.frame.temp_scope);
        self.borrowed_place_of(scope, value, span)
    }

    fn path_value(&mut self, path: &syn::ExprPath) -> Value {
        if path.qself.is_none()
            && let Some(ident) = path.path.get_ident()
            && let Some(place) = self.lookup(&name_of(ident))
        {
            return Value::Place(place);
        }
        if path.path.segments.is_empty() {
            return Value::Rvalue(Rvalue::Opaque(Vec::new()));
        }
        Value::Const(Const::Path(lower_path(
            self.cx,
            self.frame.scope,
            path.qself.as_ref(),
            &path.path,
        )))
    }

    fn unary(&mut self, unary: &syn::ExprUnary, extend: Extend) -> Value {
        match unary.op {
            syn::UnOp::Deref(_) => {
                let extend = extend.projected();
                self.frame.extend = extend;
                let value = self.value(&unary.expr);
                let span = self.expr_span(&unary.expr);
                let scope = extend.temp_scope().unwrap_or(self.frame.temp_scope);
                let place = self.place_of_in(scope, value, span);
                Value::Place(place.project(Proj::Deref))
            }
            syn::UnOp::Not(_) => {
                let operand = self.operand(&unary.expr);
                Value::Rvalue(Rvalue::Unary(UnOp::Not, operand))
            }
            syn::UnOp::Neg(_) => {
                if let syn::Expr::Lit(lit) = strip(&unary.expr) {
                    return Value::Const(lower_lit(&lit.lit, true));
                }
                let operand = self.operand(&unary.expr);
                Value::Rvalue(Rvalue::Unary(UnOp::Neg, operand))
            }
            _ => {
                let operand = self.operand(&unary.expr);
                Value::Rvalue(Rvalue::Opaque(vec![operand]))
            }
        }
    }

    fn struct_literal(&mut self, literal: &syn::ExprStruct) -> Value {
        let extend = std::mem::take(&mut self.frame.extend);
        let path = lower_path(
            self.cx,
            self.frame.scope,
            literal.qself.as_ref(),
            &literal.path,
        );
        let active: Vec<&syn::FieldValue> = literal
            .fields
            .iter()
            .filter(|field| {
                self.cx.cfg_active(&field.attrs) && self.cx.cfg_active(expr_attrs(&field.expr))
            })
            .collect();
        let names: Vec<Name> = active
            .iter()
            .map(|field| member_name(&field.member))
            .collect();
        self.frame.extend = extend;
        let mut operands = self.plain_operands(
            active
                .iter()
                .map(|field| &field.expr)
                .chain(literal.rest.as_deref()),
        );
        let base = if operands.len() > names.len() {
            operands.pop()
        } else {
            None
        };
        Value::Rvalue(Rvalue::Struct {
            path,
            fields: names.into_iter().zip(operands).collect(),
            base,
        })
    }

    /// The local variables that tokens mention, used by value.
    pub(super) fn variables_in(&mut self, tokens: proc_macro2::TokenStream) -> Vec<Operand> {
        idents_in(tokens)
            .iter()
            .filter_map(|ident| self.lookup(&name_of(ident)).map(Operand::Place))
            .collect()
    }

    /// `local` comes into scope.
    pub(super) fn storage_live(&mut self, local: Local, span: Span) {
        self.push(StatementKind::StorageLive(local), span);
    }
}
