//! Bodies: of functions, constants, closures and async blocks.

use super::LowerCx;
use super::build::{Frame, Lowerer};
use super::path::{lower_return_ty, lower_ty, name_of};
use super::position::{expr_end, expr_start};
use super::value::Value;
use crate::mir::{
    Body, Name, PathRef, Place, RETURN, Rvalue, ScopeId, Segment, TerminatorKind, Ty,
};
use crate::span::Span;

pub(super) fn function(
    cx: &dyn LowerCx,
    scope: ScopeId,
    name: Name,
    sig: &syn::Signature,
    block: &syn::Block,
    edition: u16,
) -> Body {
    let end = cx.span(block.brace_token.span.close());
    let span = cx.span(sig.fn_token.span).to(end);
    let return_ty = lower_return_ty(cx, scope, &sig.output);
    let frame = Frame::new(name, span, scope, Some(return_ty));
    let mut lowerer = Lowerer::new(cx, edition, frame);
    lowerer.frame.is_async = sig.asyncness.is_some();
    let mut params = Vec::new();
    for input in &sig.inputs {
        match input {
            syn::FnArg::Receiver(receiver) if cx.cfg_active(&receiver.attrs) => {
                params.push(Param::Receiver(receiver));
            }
            syn::FnArg::Typed(typed) if cx.cfg_active(&typed.attrs) => {
                params.push(Param::Pattern(&typed.pat, Some(&typed.ty)));
            }
            _ => {}
        }
    }
    lowerer.params(&params);
    lowerer.terminating_block(Some(&Place::local(RETURN)), block);
    lowerer.push_return(end);
    lowerer.frame.finish().0
}

pub(super) fn constant(
    cx: &dyn LowerCx,
    scope: ScopeId,
    name: Name,
    ty: &syn::Type,
    expr: &syn::Expr,
    edition: u16,
) -> Body {
    let ty = lower_ty(cx, scope, ty);
    let span = cx.span(expr_start(expr)).to(cx.span(expr_end(expr)));
    let mut lowerer = Lowerer::new(cx, edition, Frame::new(name, span, scope, Some(ty)));
    lowerer.expression_body(expr);
    lowerer.frame.finish().0
}

/// A parameter as written.
enum Param<'a> {
    Receiver(&'a syn::Receiver),
    Pattern(&'a syn::Pat, Option<&'a syn::Type>),
}

impl Lowerer<'_> {
    /// Declares the parameters, then matches their patterns. They are dropped
    /// after everything else, in reverse order.
    fn params(&mut self, params: &[Param<'_>]) {
        let mut patterns = Vec::new();
        self.frame.param_count = params.len();
        for param in params {
            match param {
                Param::Receiver(receiver) => {
                    let name = Name::from("self");
                    let span = self.span(receiver.self_token.span);
                    let ty = self.receiver_ty(receiver, span);
                    let local = self.new_local(Some(name.clone()), Some(ty), span);
                    self.schedule(0, local, true);
                    self.declare(name, Place::local(local));
                }
                Param::Pattern(pat, ty) => {
                    let (pat, inner) = ascribed(pat);
                    let ty = ty
                        .or(inner)
                        .map(|ty| lower_ty(self.cx, self.frame.scope, ty));
                    match pat {
                        syn::Pat::Ident(ident)
                            if ident.by_ref.is_none() && ident.subpat.is_none() =>
                        {
                            let name = name_of(&ident.ident);
                            let span = self.span(ident.ident.span());
                            let local = self.new_local(Some(name.clone()), ty, span);
                            self.schedule(0, local, true);
                            self.declare(name, Place::local(local));
                        }
                        pat => {
                            let span = self.frame.span;
                            let local = self.new_local(None, ty, span);
                            self.schedule(0, local, true);
                            patterns.push((pat, Place::local(local)));
                        }
                    }
                }
            }
        }
        let span = self.frame.span;
        for (pat, place) in patterns {
            let (pattern, variables) = self.pattern(pat);
            let fail = self.new_block();
            let leaves = self.test(&pattern, &place, fail);
            self.switch(fail);
            self.terminate(TerminatorKind::Unreachable, span);
            self.bind_leaves(leaves, span);
            self.declare_variables(0, variables);
        }
    }

    fn receiver_ty(&self, receiver: &syn::Receiver, span: Span) -> Ty {
        let self_ty = Ty::Path(PathRef {
            qself: None,
            qself_position: 0,
            global: false,
            segments: vec![Segment {
                name: Name::from("Self"),
                args: Vec::new(),
            }],
            scope: self.frame.scope,
            span,
        });
        match &receiver.kind {
            syn::ReceiverKind::Value => self_ty,
            syn::ReceiverKind::Reference(_, _, mutability) => {
                Ty::Ref(mutability.is_some(), Box::new(self_ty))
            }
            syn::ReceiverKind::Typed(_, ty) => lower_ty(self.cx, self.frame.scope, ty),
            _ => Ty::Infer,
        }
    }

    /// A body that is one expression, whose value it returns.
    fn expression_body(&mut self, expr: &syn::Expr) {
        let end = self.span(expr_end(expr));
        self.in_temp_scope(end, |this| {
            this.expr_into(Some(&Place::local(RETURN)), expr);
        });
        self.push_return(end);
    }

    /// A closure, and what it captures.
    pub(super) fn closure(&mut self, closure: &syn::ExprClosure) -> Value {
        let span = self
            .span(closure.inputs_begin.span)
            .to(self.span(expr_end(&closure.body)));
        let return_ty = match &closure.output {
            syn::ReturnType::Default => None,
            syn::ReturnType::Type(_, ty) => Some(lower_ty(self.cx, self.frame.scope, ty)),
        };
        let is_async = closure.asyncness.is_some();
        let is_move = closure.capture.is_some();
        self.inner_body(
            "{closure}",
            span,
            return_ty,
            is_async,
            is_move,
            false,
            |this| {
                let params: Vec<Param<'_>> = closure
                    .inputs
                    .iter()
                    .map(|pat| Param::Pattern(pat, None))
                    .collect();
                this.params(&params);
                this.expression_body(&closure.body);
            },
        )
    }

    /// `async { .. }`
    pub(super) fn async_block(&mut self, block: &syn::ExprAsync) -> Value {
        let end = self.span(block.block.brace_token.span.close());
        let span = self.span(block.async_token.span).to(end);
        let is_move = block.capture.is_some();
        self.inner_body("{async block}", span, None, true, is_move, true, |this| {
            this.terminating_block(Some(&Place::local(RETURN)), &block.block);
            this.push_return(end);
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn inner_body(
        &mut self,
        name: &str,
        span: Span,
        return_ty: Option<Ty>,
        is_async: bool,
        is_move: bool,
        is_async_block: bool,
        lower: impl FnOnce(&mut Self),
    ) -> Value {
        let frame = Frame::new(Name::from(name), span, self.frame.scope, return_ty);
        self.outer.push(std::mem::replace(&mut self.frame, frame));
        self.frame.is_async = is_async;
        lower(self);
        let Some(outer) = self.outer.pop() else {
            return Value::Rvalue(Rvalue::Opaque(Vec::new()));
        };
        let inner = std::mem::replace(&mut self.frame, outer);
        let closure = inner.finish_closure(is_move, is_async_block);
        self.frame.closures.push(closure);
        Value::Rvalue(Rvalue::Closure(self.frame.closures.len() - 1))
    }
}

/// A parameter's pattern without parentheses, and the type it is ascribed.
fn ascribed(mut pat: &syn::Pat) -> (&syn::Pat, Option<&syn::Type>) {
    let mut ty = None;
    loop {
        pat = match pat {
            syn::Pat::Type(typed) => {
                ty = Some(&*typed.ty);
                &typed.pat
            }
            syn::Pat::Paren(paren) => &paren.pat,
            _ => return (pat, ty),
        };
    }
}
