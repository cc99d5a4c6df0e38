//! Assignments.

use super::build::Lowerer;
use super::path::{lower_path, member_name, name_of};
use super::position::expr_attrs;
use super::syntax::{compound_op, is_pure, strip};
use super::value::Value;
use crate::mir::{Const, Name, Operand, Place, Proj, Rvalue, StatementKind};
use crate::span::Span;

impl Lowerer<'_> {
    /// `left = right`
    pub(super) fn assignment(&mut self, assign: &syn::ExprAssign) {
        let span = self
            .expr_span(&assign.left)
            .to(self.expr_span(&assign.right));
        let right_span = self.expr_span(&assign.right);
        let right = self.value(&assign.right);
        match strip(&assign.left) {
            // `_ = place` does not even read it.
            syn::Expr::Infer(_) => {
                if let Value::Rvalue(rvalue) = right {
                    self.temp(rvalue, right_span);
                }
            }
            left if is_destructuring(left) => {
                let place = self.place_of(right, right_span);
                self.destructure(left, &place, span);
            }
            left => {
                let right = self.operand_of(right, right_span);
                self.assign_operand(left, right, span);
            }
        }
    }

    /// Evaluates the place `left`, drops what it holds and stores `right`.
    fn assign_operand(&mut self, left: &syn::Expr, right: Operand, span: Span) {
        if let Some(root) = self.constant_root(left) {
            // A static: what is stored in it is out of sight.
            self.place(left);
            self.push_opaque(vec![Operand::Const(root), right], span);
            return;
        }
        // A place on the right is read before anything on the left happens.
        let right = match right {
            Operand::Place(value) if !is_pure(left) || self.overlaps(left, &value) => {
                Operand::local(self.temp(Rvalue::Use(Operand::Place(value)), span))
            }
            right => right,
        };
        let place = self.place(left);
        self.push(StatementKind::Drop(place.clone()), span);
        self.assign(place, Rvalue::Use(right), span);
    }

    /// Assigns the parts of `from` to the places in `pattern`.
    fn destructure(&mut self, pattern: &syn::Expr, from: &Place, span: Span) {
        match strip(pattern) {
            syn::Expr::Tuple(tuple) => self.destructure_list(tuple.elems.iter(), from, span, |i| {
                Proj::Field(Name::from(i.to_string()))
            }),
            syn::Expr::Call(call) => self.destructure_list(call.args.iter(), from, span, |i| {
                Proj::Field(Name::from(i.to_string()))
            }),
            syn::Expr::Array(array) => self.destructure_list(array.elems.iter(), from, span, |i| {
                Proj::Index(Some(i as u64))
            }),
            syn::Expr::Struct(literal) => {
                for field in &literal.fields {
                    if self.cx.cfg_active(&field.attrs) {
                        let part = from.project(Proj::Field(member_name(&field.member)));
                        self.destructure(&field.expr, &part, span);
                    }
                }
            }
            syn::Expr::Infer(_) => {}
            place => self.assign_operand(place, Operand::Place(from.clone()), span),
        }
    }

    fn destructure_list<'e>(
        &mut self,
        elems: impl ExactSizeIterator<Item = &'e syn::Expr>,
        from: &Place,
        span: Span,
        step: impl Fn(usize) -> Proj,
    ) {
        let count = elems.len();
        let mut after_rest = false;
        for (index, elem) in elems.enumerate() {
            if is_rest(elem) {
                after_rest = true;
                continue;
            }
            if !self.cx.cfg_active(expr_attrs(elem)) {
                continue;
            }
            let part = if after_rest {
                from.project(Proj::IndexFromEnd((count - index) as u64))
            } else {
                from.project(step(index))
            };
            self.destructure(elem, &part, span);
        }
    }

    /// `left op= right`
    pub(super) fn compound_assignment(&mut self, binary: &syn::ExprBinary) {
        let Some(op) = compound_op(&binary.op) else {
            return;
        };
        let span = self
            .expr_span(&binary.left)
            .to(self.expr_span(&binary.right));
        let right = self.operand(&binary.right);
        let root = self.constant_root(&binary.left);
        let place = self.place(&binary.left);
        match root {
            Some(root) => self.push_opaque(vec![Operand::Const(root), right], span),
            None => {
                let left = Operand::Place(place.clone());
                self.assign(place, Rvalue::Binary(op, left, right), span);
            }
        }
    }

    /// Whether dropping what the place `left` holds may touch `value`.
    fn overlaps(&mut self, left: &syn::Expr, value: &Place) -> bool {
        let root = place_root(left);
        if let syn::Expr::Path(path) = root
            && let Some(ident) = path.path.get_ident()
            && let Some(place) = self.lookup(&name_of(ident))
        {
            return place.local == value.local;
        }
        true
    }

    /// The static (or unresolved path) that the place `expr` lies in, if it does.
    fn constant_root(&mut self, expr: &syn::Expr) -> Option<Const> {
        let syn::Expr::Path(path) = place_root(expr) else {
            return None;
        };
        let is_local = path.qself.is_none()
            && path
                .path
                .get_ident()
                .is_some_and(|ident| self.lookup(&name_of(ident)).is_some());
        if is_local || path.path.segments.is_empty() {
            return None;
        }
        let qself = path.qself.as_ref();
        let path = lower_path(self.cx, self.frame.scope, qself, &path.path);
        Some(Const::Path(path))
    }
}

/// Whether the left side of an assignment is a pattern rather than a place.
fn is_destructuring(left: &syn::Expr) -> bool {
    matches!(
        left,
        syn::Expr::Tuple(_) | syn::Expr::Array(_) | syn::Expr::Struct(_) | syn::Expr::Call(_)
    )
}

/// `..` in an assignment's pattern.
fn is_rest(expr: &syn::Expr) -> bool {
    matches!(expr, syn::Expr::Range(range) if range.start.is_none() && range.end.is_none())
}

/// The expression that a place expression projects from.
fn place_root(mut expr: &syn::Expr) -> &syn::Expr {
    loop {
        expr = match expr {
            syn::Expr::Paren(inner) => &inner.expr,
            syn::Expr::Group(inner) => &inner.expr,
            syn::Expr::Field(field) => &field.base,
            syn::Expr::Index(index) => &index.expr,
            syn::Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => &unary.expr,
            _ => return expr,
        };
    }
}
