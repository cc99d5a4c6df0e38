//! Patterns: first the tests, then the bindings.

use super::builder::Builder;
use super::paths::{ident_name, lower_path};
use super::spans;
use super::{Expanded, Position};
use crate::mir::{BindMode, BlockId, Const, Local, Name, Operand, Place, Proj, Segment, Test};
use crate::span::Span;

/// A binding that is made once all tests of its pattern hold.
pub(super) struct Binding {
    pub local: Local,
    pub place: Place,
    pub mode: BindMode,
    pub span: Span,
}

impl Builder<'_> {
    /// Matches a pattern: control goes on where it matches, with its
    /// variables bound, and to `fail` where not.
    pub fn pattern(&mut self, pat: &syn::Pat, place: &Place, fail: BlockId) {
        let mut bindings = Vec::new();
        self.pattern_tests(pat, place, fail, &mut bindings);
        self.make_bindings(&bindings);
    }

    pub fn make_bindings(&mut self, bindings: &[Binding]) {
        for binding in bindings {
            self.bind(binding.local, binding.place.clone(), binding.mode, binding.span);
        }
    }

    /// Tests a pattern and declares its variables, whose bindings are added to the list.
    pub fn pattern_tests(
        &mut self,
        pat: &syn::Pat,
        place: &Place,
        fail: BlockId,
        bindings: &mut Vec<Binding>,
    ) {
        let span = self.cx.span(spans::pat_start(pat));
        match pat {
            syn::Pat::Wild(_) | syn::Pat::Rest(_) => {}
            syn::Pat::Paren(paren) => self.pattern_tests(&paren.pat, place, fail, bindings),
            syn::Pat::Type(typed) => self.pattern_tests(&typed.pat, place, fail, bindings),
            syn::Pat::Ident(ident) => self.ident_pattern(ident, place, fail, bindings, span),
            syn::Pat::Reference(reference) => {
                self.pattern_tests(&reference.pat, &place.project(Proj::Deref), fail, bindings);
            }
            syn::Pat::Tuple(tuple) => self.positional(tuple.elems.iter(), place, fail, bindings),
            syn::Pat::TupleStruct(tuple) => {
                let path = lower_path(self.cx, self.scope, tuple.qself.as_ref(), &tuple.path);
                self.test(place.clone(), Test::Variant(path), fail, span);
                self.positional(tuple.elems.iter(), place, fail, bindings);
            }
            syn::Pat::Struct(s) => {
                let path = lower_path(self.cx, self.scope, s.qself.as_ref(), &s.path);
                self.test(place.clone(), Test::Variant(path), fail, span);
                for field in &s.fields {
                    if self.cx.cfg_active(&field.attrs) {
                        let inner = place.project(Proj::Field(member_name(&field.member)));
                        self.pattern_tests(&field.pat, &inner, fail, bindings);
                    }
                }
            }
            syn::Pat::Path(path) => {
                let path = lower_path(self.cx, self.scope, path.qself.as_ref(), &path.path);
                // `Enum::Unit` and `CONST` look alike: equality with a unit
                // variant is the test for it.
                let constant = is_constant_like(path.last());
                let test = if constant { Test::Eq(Operand::Const(Const::Path(path))) } else { Test::Variant(path) };
                self.test(place.clone(), test, fail, span);
            }
            syn::Pat::Lit(_) | syn::Pat::Const(_) => {
                let operand = self.pattern_constant(pat);
                let test = operand.map_or(Test::Opaque, Test::Eq);
                self.test(place.clone(), test, fail, span);
            }
            syn::Pat::Range(range) => {
                let lo = range.start.as_ref().map(|e| self.operand(e));
                let hi = range.end.as_ref().map(|e| self.operand(e));
                let inclusive = matches!(range.limits, syn::RangeLimits::Closed(_));
                self.test(place.clone(), Test::Range(lo, hi, inclusive), fail, span);
            }
            syn::Pat::Slice(slice) => self.slice_pattern(slice, place, fail, bindings, span),
            syn::Pat::Or(or) => self.or_pattern(or, place, fail, span),
            syn::Pat::Macro(mac) => match self.expand(&mac.mac, Position::Pat) {
                Expanded::Pat(pat) => self.pattern_tests(&pat, place, fail, bindings),
                _ => self.test(place.clone(), Test::Opaque, fail, span),
            },
            // Guards stand at the top of an arm, where `match` takes them off;
            // a nested one is not decided.
            syn::Pat::Guard(guard) => {
                self.pattern_tests(&guard.pat, place, fail, bindings);
                self.test(place.clone(), Test::Opaque, fail, span);
            }
            _ => self.test(place.clone(), Test::Opaque, fail, span),
        }
    }

    fn pattern_constant(&mut self, pat: &syn::Pat) -> Option<Operand> {
        match pat {
            syn::Pat::Lit(lit) => Some(self.literal_pattern(lit)),
            _ => None,
        }
    }

    fn literal_pattern(&mut self, lit: &syn::PatLit) -> Operand {
        // `PatLit` is an expression that is a literal, perhaps negated.
        self.operand(&syn::Expr::Lit(lit.clone()))
    }

    fn ident_pattern(
        &mut self,
        ident: &syn::PatIdent,
        place: &Place,
        fail: BlockId,
        bindings: &mut Vec<Binding>,
        span: Span,
    ) {
        let name = ident_name(&ident.ident);
        let plain = ident.by_ref.is_none() && ident.mutability.is_none() && ident.subpat.is_none();
        if plain && self.cx.is_constant_pattern(self.scope, &name) {
            let path = crate::mir::PathRef {
                qself: None,
                qself_position: 0,
                global: false,
                segments: vec![Segment { name: name.clone(), args: Vec::new() }],
                scope: self.scope,
                span,
            };
            let test = if is_constant_like(&name) {
                Test::Eq(Operand::Const(Const::Path(path)))
            } else {
                Test::Variant(path)
            };
            self.test(place.clone(), test, fail, span);
            return;
        }
        if let Some((_, pat)) = &ident.subpat {
            self.pattern_tests(pat, place, fail, bindings);
        }
        let local = self.binding_local(name, span);
        let mode = match (&ident.by_ref, &ident.mutability) {
            (None, _) => BindMode::Value,
            (Some(_), None) => BindMode::Ref,
            (Some(_), Some(_)) => BindMode::RefMut,
        };
        bindings.push(Binding { local, place: place.clone(), mode, span });
    }

    /// A fresh variable of the innermost scope.
    fn binding_local(&mut self, name: Name, span: Span) -> Local {
        let local = self.local(Some(name.clone()), None, span);
        self.own(local, true);
        self.push(crate::mir::StatementKind::StorageLive(local), span);
        self.declare(name, local);
        local
    }

    fn positional<'p>(
        &mut self,
        elems: impl Iterator<Item = &'p syn::Pat> + Clone,
        place: &Place,
        fail: BlockId,
        bindings: &mut Vec<Binding>,
    ) {
        let rest = elems.clone().position(|elem| matches!(elem, syn::Pat::Rest(_)));
        for (index, elem) in elems.enumerate() {
            match rest {
                // What comes after `..` counts from an end that is not known here.
                Some(rest) if index > rest => {
                    let inner = place.project(Proj::IndexFromEnd(u64::MAX));
                    self.pattern_tests(elem, &inner, fail, bindings);
                }
                Some(rest) if index == rest => {}
                _ => {
                    let inner = place.project(Proj::Field(index.to_string().into()));
                    self.pattern_tests(elem, &inner, fail, bindings);
                }
            }
        }
    }

    fn slice_pattern(
        &mut self,
        slice: &syn::PatSlice,
        place: &Place,
        fail: BlockId,
        bindings: &mut Vec<Binding>,
        span: Span,
    ) {
        let is_rest = |pat: &syn::Pat| match pat {
            syn::Pat::Rest(_) => true,
            syn::Pat::Ident(ident) => matches!(&ident.subpat, Some((_, pat)) if matches!(**pat, syn::Pat::Rest(_))),
            _ => false,
        };
        let count = slice.elems.len() as u64;
        let rest = slice.elems.iter().position(is_rest);
        let wanted = if rest.is_some() { count - 1 } else { count };
        self.test(place.clone(), Test::Len(wanted, rest.is_none()), fail, span);
        for (index, elem) in slice.elems.iter().enumerate() {
            let step = match rest {
                Some(rest) if index == rest => Proj::Subslice,
                Some(rest) if index > rest => Proj::IndexFromEnd(count - index as u64),
                _ => Proj::Index(Some(index as u64)),
            };
            let inner = place.project(step);
            match elem {
                syn::Pat::Rest(_) => {}
                syn::Pat::Ident(ident) if rest == Some(index) => {
                    let local = self.binding_local(ident_name(&ident.ident), span);
                    bindings.push(Binding { local, place: inner, mode: BindMode::Value, span });
                }
                elem => self.pattern_tests(elem, &inner, fail, bindings),
            }
        }
    }

    /// `A(x) | B(x)`: each alternative tests and binds for itself; the
    /// variables are the first one's.
    fn or_pattern(&mut self, or: &syn::PatOr, place: &Place, fail: BlockId, span: Span) {
        let matched = self.block();
        let count = or.cases.len();
        let vars_before = self.f().vars.len();
        let mut declared: Vec<(Name, Local)> = Vec::new();
        for (index, case) in or.cases.iter().enumerate() {
            let next = if index + 1 == count { fail } else { self.block() };
            let mut bindings = Vec::new();
            self.f().vars.truncate(vars_before);
            self.pattern_tests(case, place, next, &mut bindings);
            let own: Vec<(Name, Local)> = self.f().vars[vars_before..].to_vec();
            if index == 0 {
                declared.clone_from(&own);
            }
            for binding in &mut bindings {
                let name = own.iter().find(|(_, local)| *local == binding.local).map(|(name, _)| name);
                if let Some((_, first)) = declared.iter().find(|(declared, _)| Some(declared) == name) {
                    binding.local = *first;
                }
            }
            self.make_bindings(&bindings);
            self.goto(matched, span);
            if index + 1 < count {
                self.switch_to(next);
            }
        }
        self.f().vars.truncate(vars_before);
        self.f().vars.extend(declared);
        self.switch_to(matched);
    }
}

/// Written like a constant: a bare path in a pattern is one, or a unit variant.
fn is_constant_like(name: &str) -> bool {
    name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

pub(super) fn member_name(member: &syn::Member) -> Name {
    match member {
        syn::Member::Named(ident) => ident_name(ident),
        syn::Member::Unnamed(index) => index.index.to_string().into(),
    }
}
