//! The span of an expression, from its first and last token. `Spanned::span`
//! would turn the whole expression back into tokens.

use proc_macro2::Span as TokenSpan;
use syn::Expr;
use syn::spanned::Spanned;

use super::LowerCx;
use crate::span::Span;

/// The whole expression.
pub(super) fn expr(cx: &dyn LowerCx, e: &Expr) -> Span {
    cx.span(start(e)).to(cx.span(end(e)))
}

fn start(e: &Expr) -> TokenSpan {
    let mut e = e;
    loop {
        e = match e {
            Expr::Assign(a) => &a.left,
            Expr::Await(a) => &a.base,
            Expr::Binary(b) => &b.left,
            Expr::Call(c) => &c.func,
            Expr::Cast(c) => &c.expr,
            Expr::Field(f) => &f.base,
            Expr::Index(i) => &i.expr,
            Expr::MethodCall(m) => &m.receiver,
            Expr::Try(t) => &t.expr,
            Expr::Group(g) => &g.expr,
            Expr::Range(r) => match &r.start {
                Some(start) => start,
                None => return e.span(),
            },
            Expr::Async(a) => return a.async_token.span,
            Expr::Block(b) => return b.block.brace_token.span.open(),
            Expr::Closure(c) => return c.capture.map_or(c.inputs_begin.span, |c| c.span),
            Expr::ForLoop(f) => return f.for_token.span,
            Expr::If(i) => return i.if_token.span,
            Expr::Let(l) => return l.let_token.span,
            Expr::Loop(l) => return l.loop_token.span,
            Expr::Macro(m) => return path_start(&m.mac.path),
            Expr::Match(m) => return m.match_token.span,
            Expr::Paren(p) => return p.paren_token.span.open(),
            Expr::Path(p) => return p.qself.as_ref().map_or_else(|| path_start(&p.path), |q| q.lt_token.span),
            Expr::RawAddr(r) => return r.and_token.span,
            Expr::Reference(r) => return r.and_token.span,
            Expr::Return(r) => return r.return_token.span,
            Expr::Struct(s) => return path_start(&s.path),
            Expr::Unary(u) => return u.op.span(),
            Expr::Unsafe(u) => return u.unsafe_token.span,
            Expr::While(w) => return w.while_token.span,
            Expr::Break(b) => return b.break_token.span,
            Expr::Array(a) => return a.bracket_token.span.open(),
            Expr::Tuple(t) => return t.paren_token.span.open(),
            other => return other.span(),
        };
    }
}

fn end(e: &Expr) -> TokenSpan {
    let mut e = e;
    loop {
        e = match e {
            Expr::Assign(a) => &a.right,
            Expr::Binary(b) => &b.right,
            Expr::Reference(r) => &r.expr,
            Expr::RawAddr(r) => &r.expr,
            Expr::Unary(u) => &u.expr,
            Expr::Closure(c) => &c.body,
            Expr::Let(l) => &l.expr,
            Expr::Group(g) => &g.expr,
            Expr::Return(r) => match &r.expr {
                Some(value) => value,
                None => return r.return_token.span,
            },
            Expr::Break(b) => match &b.expr {
                Some(value) => value,
                None => return b.break_token.span,
            },
            Expr::If(i) => match &i.else_branch {
                Some((_, branch)) => branch,
                None => return i.then_branch.brace_token.span.close(),
            },
            Expr::Async(a) => return a.block.brace_token.span.close(),
            Expr::Await(a) => return a.await_token.span,
            Expr::Block(b) => return b.block.brace_token.span.close(),
            Expr::Call(c) => return c.paren_token.span.close(),
            Expr::Field(f) => return member(&f.member),
            Expr::ForLoop(f) => return f.body.brace_token.span.close(),
            Expr::Index(i) => return i.bracket_token.span.close(),
            Expr::Loop(l) => return l.body.brace_token.span.close(),
            Expr::Macro(m) => return m.mac.delimiter.span().close(),
            Expr::Match(m) => return m.brace_token.span.close(),
            Expr::MethodCall(m) => return m.paren_token.span.close(),
            Expr::Paren(p) => return p.paren_token.span.close(),
            Expr::Path(p) => return path_end(&p.path),
            Expr::Struct(s) => return s.brace_token.span.close(),
            Expr::Try(t) => return t.question_token.span,
            Expr::Unsafe(u) => return u.block.brace_token.span.close(),
            Expr::While(w) => return w.body.brace_token.span.close(),
            Expr::Array(a) => return a.bracket_token.span.close(),
            Expr::Tuple(t) => return t.paren_token.span.close(),
            other => return other.span(),
        };
    }
}

fn member(member: &syn::Member) -> TokenSpan {
    match member {
        syn::Member::Named(ident) => ident.span(),
        syn::Member::Unnamed(index) => index.span,
    }
}

fn path_start(path: &syn::Path) -> TokenSpan {
    path.segments.first().map_or_else(TokenSpan::call_site, |segment| segment.ident.span())
}

fn path_end(path: &syn::Path) -> TokenSpan {
    path.segments.last().map_or_else(TokenSpan::call_site, |segment| segment.ident.span())
}

/// Where a pattern begins.
pub(super) fn pat_start(pat: &syn::Pat) -> TokenSpan {
    match pat {
        syn::Pat::Ident(ident) => ident.ident.span(),
        syn::Pat::Type(typed) => pat_start(&typed.pat),
        syn::Pat::TupleStruct(tuple) => path_start(&tuple.path),
        syn::Pat::Struct(s) => path_start(&s.path),
        syn::Pat::Path(path) => path_start(&path.path),
        syn::Pat::Tuple(tuple) => tuple.paren_token.span.open(),
        syn::Pat::Reference(reference) => reference.and_token.span,
        syn::Pat::Wild(wild) => wild.underscore_token.span,
        syn::Pat::Or(or) => or.cases.first().map_or_else(TokenSpan::call_site, pat_start),
        other => other.span(),
    }
}
