//! Calls of functions, methods and values.

use super::build::Lowerer;
use super::path::{lower_generic_arguments, lower_path, name_of};
use super::syntax::strip;
use super::value::Value;
use crate::mir::{Call, Callee, Operand, PathRef, Rvalue};
use crate::span::Span;

impl Lowerer<'_> {
    /// A call whose callee is a path: a function, a constructor, or a local variable.
    pub(super) fn call(&mut self, call: &syn::ExprCall) -> Value {
        let syn::Expr::Path(func) = strip(&call.func) else {
            let span = self.expr_span(&call.func);
            let func = self.value(&call.func);
            return self.value_call(call, func, span);
        };
        let name_span = match func.path.segments.last() {
            Some(segment) => self.span(segment.ident.span()),
            None => self.expr_span(&call.func),
        };
        if func.qself.is_none()
            && let Some(ident) = func.path.get_ident()
            && let Some(place) = self.lookup(&name_of(ident))
        {
            return self.finish_call(Callee::Value(Operand::Place(place)), &call.args, name_span);
        }
        if func.path.segments.is_empty() {
            let operands = self.plain_operands(&call.args);
            return Value::Rvalue(Rvalue::Opaque(operands));
        }
        let path = lower_path(self.cx, self.frame.scope, func.qself.as_ref(), &func.path);
        if is_vec_macro(&path)
            && call.args.len() == 1
            && let Some(list) = call.args.first()
        {
            match strip(list) {
                syn::Expr::Array(array) => {
                    let operands = self.plain_operands(&array.elems);
                    return Value::Rvalue(Rvalue::Array(true, operands));
                }
                syn::Expr::Repeat(repeat) => {
                    // Unlike an array's, this length is evaluated; it is an integer.
                    let mut operands = self.operands([&*repeat.expr, &*repeat.len]).into_iter();
                    if let Some((element, _)) = operands.next() {
                        let length = operands.map(|(operand, _)| operand).collect();
                        let span = self.expr_span(&repeat.len);
                        self.push_opaque(length, span);
                        return Value::Rvalue(Rvalue::Repeat(true, element));
                    }
                }
                _ => {}
            }
        }
        self.finish_call(Callee::Path(path), &call.args, name_span)
    }

    /// A call of a value that is evaluated already.
    pub(super) fn value_call(
        &mut self,
        call: &syn::ExprCall,
        func: Value,
        func_span: Span,
    ) -> Value {
        // A call by reference would leave a temporary to be dropped; it stays
        // scheduled because `Callee::Value` does not use it up.
        let callee = Callee::Value(self.operand_of(func, func_span));
        self.finish_call(callee, &call.args, func_span)
    }

    /// `receiver.method(..)`, the receiver evaluated already.
    pub(super) fn method_call(
        &mut self,
        call: &syn::ExprMethodCall,
        receiver: Value,
        receiver_span: Span,
    ) -> Value {
        let receiver = self.place_of(receiver, receiver_span);
        let generics = match &call.turbofish {
            Some(arguments) => lower_generic_arguments(self.cx, self.frame.scope, arguments),
            None => Vec::new(),
        };
        let callee = Callee::Method {
            receiver,
            name: name_of(&call.method),
            generics,
        };
        let name_span = self.span(call.method.span());
        self.finish_call(callee, &call.args, name_span)
    }

    fn finish_call<'e>(
        &mut self,
        callee: Callee,
        args: impl IntoIterator<Item = &'e syn::Expr>,
        name_span: Span,
    ) -> Value {
        let (args, arg_spans) = self.operands(args).into_iter().unzip();
        Value::Rvalue(Rvalue::Call(Call {
            callee,
            args,
            arg_spans,
            name_span,
        }))
    }
}

/// Whether this is the path that `expand` gives `vec![..]`.
fn is_vec_macro(path: &PathRef) -> bool {
    path.global
        && path
            .segments
            .iter()
            .map(|segment| &*segment.name)
            .eq(["alloc", "vec", "__vec"])
}
