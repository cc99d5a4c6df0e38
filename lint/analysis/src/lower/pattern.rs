//! Patterns, resolved: macros expanded, constants told from variables, every
//! variable with its local. What becomes of them is in `bindings`.

use super::build::Lowerer;
use super::macros::expanded_pattern;
use super::path::{lower_path, lower_ty, member_name, name_of};
use super::syntax::lower_lit;
use super::{Expanded, Position};
use crate::mir::{BindMode, Const, Local, Name, Operand, PathRef, Place, Proj, Segment, Test, Ty};
use crate::span::Span;

/// A pattern, its names resolved.
pub(super) enum Pattern {
    /// Matches anything and binds nothing.
    Any,
    /// Binds a variable.
    Bind {
        local: Local,
        mode: BindMode,
        span: Span,
    },
    /// Both of these, on the same place.
    Both(Box<Pattern>, Box<Pattern>),
    /// Asks `test`, then matches the parts.
    Test {
        test: Test,
        span: Span,
        parts: Vec<(Proj, Pattern)>,
    },
    /// Matches the parts.
    Parts(Vec<(Proj, Pattern)>),
    /// Any of these.
    Or(Vec<Pattern>),
}

impl Pattern {
    pub(super) fn binds(&self) -> bool {
        match self {
            Pattern::Any => false,
            Pattern::Bind { .. } => true,
            Pattern::Both(first, second) => first.binds() || second.binds(),
            Pattern::Test { parts, .. } | Pattern::Parts(parts) => {
                parts.iter().any(|(_, part)| part.binds())
            }
            Pattern::Or(alternatives) => alternatives.iter().any(Pattern::binds),
        }
    }

    /// Whether some binding is written `ref`, so that it keeps the matched
    /// value alive.
    pub(super) fn binds_by_ref(&self) -> bool {
        match self {
            Pattern::Any => false,
            Pattern::Bind { mode, .. } => *mode != BindMode::Value,
            Pattern::Both(first, second) => first.binds_by_ref() || second.binds_by_ref(),
            Pattern::Test { parts, .. } | Pattern::Parts(parts) => {
                parts.iter().any(|(_, part)| part.binds_by_ref())
            }
            Pattern::Or(alternatives) => alternatives.iter().any(Pattern::binds_by_ref),
        }
    }
}

/// A variable of a pattern.
pub(super) struct Variable {
    pub(super) name: Name,
    pub(super) local: Local,
}

impl Lowerer<'_> {
    /// Resolves a pattern; its variables in order of appearance.
    pub(super) fn pattern(&mut self, pat: &syn::Pat) -> (Pattern, Vec<Variable>) {
        let mut variables = Vec::new();
        let pattern = self.resolve(pat, None, &mut variables);
        (pattern, variables)
    }

    fn resolve(
        &mut self,
        pat: &syn::Pat,
        ty: Option<&Ty>,
        variables: &mut Vec<Variable>,
    ) -> Pattern {
        match pat {
            syn::Pat::Wild(_) | syn::Pat::Rest(_) => Pattern::Any,
            syn::Pat::Ident(ident) => self.resolve_ident(ident, ty, variables),
            syn::Pat::Paren(paren) => self.resolve(&paren.pat, ty, variables),
            syn::Pat::Type(typed) => {
                let ty = lower_ty(self.cx, self.frame.scope, &typed.ty);
                self.resolve(&typed.pat, Some(&ty), variables)
            }
            syn::Pat::Or(or) => Pattern::Or(
                or.cases
                    .iter()
                    .map(|case| self.resolve(case, None, variables))
                    .collect(),
            ),
            syn::Pat::Reference(reference) => Pattern::Parts(vec![(
                Proj::Deref,
                self.resolve(&reference.pat, None, variables),
            )]),
            syn::Pat::Tuple(tuple) => {
                Pattern::Parts(self.resolve_fields(tuple.elems.iter(), variables))
            }
            syn::Pat::TupleStruct(tuple) => {
                let path = self.pattern_path(tuple.qself.as_ref(), &tuple.path);
                let parts = self.resolve_fields(tuple.elems.iter(), variables);
                variant(path, parts)
            }
            syn::Pat::Struct(literal) => {
                let path = self.pattern_path(literal.qself.as_ref(), &literal.path);
                let mut parts = Vec::new();
                for field in &literal.fields {
                    if self.cx.cfg_active(&field.attrs) {
                        let step = Proj::Field(member_name(&field.member));
                        parts.push((step, self.resolve(&field.pat, None, variables)));
                    }
                }
                variant(path, parts)
            }
            syn::Pat::Slice(slice) => self.resolve_slice(slice, variables),
            syn::Pat::Path(path) => match self.pattern_path(path.qself.as_ref(), &path.path) {
                Some(path) => {
                    let span = path.span;
                    equal(Operand::Const(Const::Path(path)), span)
                }
                None => Pattern::Any,
            },
            syn::Pat::Lit(lit) => {
                let constant = lower_lit(&lit.lit, false);
                equal(Operand::Const(constant), self.span(lit.lit.span()))
            }
            syn::Pat::Range(range) => {
                let lo = range.start.as_ref().map(|lo| self.operand(lo));
                let hi = range.end.as_ref().map(|hi| self.operand(hi));
                let closed = matches!(range.limits, syn::RangeLimits::Closed(_));
                self.test_pattern(Test::Range(lo, hi, closed), pat)
            }
            syn::Pat::Const(block) => {
                let span = self.span(block.const_token.span);
                let value = self.new_temp(span);
                self.block(Some(&Place::local(value)), &block.block);
                equal(Operand::local(value), span)
            }
            syn::Pat::Macro(mac) => {
                self.expanding(&mac.mac, Position::Pat, |this, expanded| match expanded {
                    Expanded::Pat(pat) => this.resolve(&pat, ty, variables),
                    Expanded::Expr(expr) => match expanded_pattern(*expr) {
                        Some(pat) => this.resolve(&pat, ty, variables),
                        None => this.test_pattern(Test::Opaque, pat),
                    },
                    _ => this.test_pattern(Test::Opaque, pat),
                })
            }
            // `if` within a pattern is unstable: whether it holds is not known.
            syn::Pat::Guard(guard) => {
                let first = self.resolve(&guard.pat, ty, variables);
                let second = Pattern::Test {
                    test: Test::Opaque,
                    span: self.span(guard.if_token.span),
                    parts: Vec::new(),
                };
                Pattern::Both(Box::new(first), Box::new(second))
            }
            // `Pat` is non-exhaustive: verbatim tokens and whatever syn learns.
            _ => self.test_pattern(Test::Opaque, pat),
        }
    }

    fn test_pattern(&self, test: Test, pat: &syn::Pat) -> Pattern {
        use syn::spanned::Spanned as _;
        Pattern::Test {
            test,
            span: self.span(pat.span()),
            parts: Vec::new(),
        }
    }

    fn pattern_path(&self, qself: Option<&syn::QSelf>, path: &syn::Path) -> Option<PathRef> {
        (!path.segments.is_empty()).then(|| lower_path(self.cx, self.frame.scope, qself, path))
    }

    fn resolve_ident(
        &mut self,
        ident: &syn::PatIdent,
        ty: Option<&Ty>,
        variables: &mut Vec<Variable>,
    ) -> Pattern {
        let name = name_of(&ident.ident);
        let span = self.span(ident.ident.span());
        if ident.by_ref.is_none()
            && ident.mutability.is_none()
            && ident.subpat.is_none()
            && self.cx.is_constant_pattern(self.frame.scope, &name)
        {
            let path = PathRef {
                qself: None,
                qself_position: 0,
                global: false,
                segments: vec![Segment {
                    name,
                    args: Vec::new(),
                }],
                scope: self.frame.scope,
                span,
            };
            return equal(Operand::Const(Const::Path(path)), span);
        }
        let local = match variables.iter().find(|variable| variable.name == name) {
            Some(variable) => variable.local, // Another alternative binds it, too.
            None => {
                let local = self.new_local(Some(name.clone()), ty.cloned(), span);
                variables.push(Variable { name, local });
                local
            }
        };
        let mode = match (&ident.by_ref, &ident.mutability) {
            (Some(_), Some(_)) => BindMode::RefMut,
            (Some(_), None) => BindMode::Ref,
            (None, _) => BindMode::Value,
        };
        let bind = Pattern::Bind { local, mode, span };
        match &ident.subpat {
            Some((_, sub)) => {
                let sub = self.resolve(sub, None, variables);
                Pattern::Both(Box::new(bind), Box::new(sub))
            }
            None => bind,
        }
    }

    /// The parts of a tuple or tuple struct. Those after `..` are counted from
    /// the end, as the length is not known.
    fn resolve_fields<'p>(
        &mut self,
        elems: impl ExactSizeIterator<Item = &'p syn::Pat>,
        variables: &mut Vec<Variable>,
    ) -> Vec<(Proj, Pattern)> {
        let count = elems.len();
        let mut after_rest = false;
        let mut parts = Vec::with_capacity(count);
        for (index, elem) in elems.enumerate() {
            if matches!(elem, syn::Pat::Rest(_)) {
                after_rest = true;
                continue;
            }
            let step = if after_rest {
                Proj::IndexFromEnd((count - index) as u64)
            } else {
                Proj::Field(Name::from(index.to_string()))
            };
            parts.push((step, self.resolve(elem, None, variables)));
        }
        parts
    }

    fn resolve_slice(&mut self, slice: &syn::PatSlice, variables: &mut Vec<Variable>) -> Pattern {
        let count = slice.elems.len();
        let mut after_rest = false;
        let mut parts = Vec::with_capacity(count);
        for (index, elem) in slice.elems.iter().enumerate() {
            let step = if is_rest(elem) {
                after_rest = true;
                Proj::Subslice
            } else if after_rest {
                Proj::IndexFromEnd((count - index) as u64)
            } else {
                Proj::Index(Some(index as u64))
            };
            parts.push((step, self.resolve(elem, None, variables)));
        }
        let least = count - usize::from(after_rest);
        Pattern::Test {
            test: Test::Len(least as u64, !after_rest),
            span: self
                .span(slice.bracket_token.span.open())
                .to(self.span(slice.bracket_token.span.close())),
            parts,
        }
    }
}

fn equal(constant: Operand, span: Span) -> Pattern {
    Pattern::Test {
        test: Test::Eq(constant),
        span,
        parts: Vec::new(),
    }
}

fn variant(path: Option<PathRef>, parts: Vec<(Proj, Pattern)>) -> Pattern {
    match path {
        Some(path) => Pattern::Test {
            span: path.span,
            test: Test::Variant(path),
            parts,
        },
        None => Pattern::Parts(parts),
    }
}

/// `..` or `name @ ..`
fn is_rest(pat: &syn::Pat) -> bool {
    match pat {
        syn::Pat::Rest(_) => true,
        syn::Pat::Ident(ident) => ident.subpat.as_ref().is_some_and(|(_, sub)| is_rest(sub)),
        _ => false,
    }
}
