//! Milliseconds become seconds, rounded up: a rest of a second must not become a hard close.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Lit, Member};

use super::around::{Function, Node, bare, variable};
use super::fix;
use super::text::range;
use crate::report::{Applicability, Edit, Finding, Fix};
use crate::span::Span;

/// Divides the time by 1000 where it is given.
pub(super) fn in_seconds(function: &Function<'_>, finding: &Finding) -> Option<Fix> {
    let nodes = function.nodes(finding.primary);
    let around = nodes.iter().rev().find_map(|node| match node {
        Node::Expr(expr) if node.range() == finding.primary.range() => Some(*expr),
        _ => None,
    })?;
    let time = match around {
        Expr::Struct(made) => {
            let mut fields = made.fields.iter();
            &fields.find(|field| is_time(&field.member))?.expr
        }
        Expr::Assign(assign) => match &*assign.left {
            Expr::Field(field) if is_time(&field.member) => &assign.right,
            _ => return None,
        },
        _ => return None,
    };
    let (edit, applicability) = divided(function, time)?;
    fix(
        "give the time in seconds".to_owned(),
        vec![edit],
        applicability,
    )
}

fn is_time(member: &Member) -> bool {
    matches!(member, Member::Named(name) if name == "l_linger")
}

fn divided(function: &Function<'_>, time: &Expr) -> Option<(Edit, Applicability)> {
    use Applicability::{MachineApplicable, MaybeIncorrect};
    let replace = |node: &Expr, text: String| Edit {
        span: function.span(node),
        text,
    };
    match bare(time) {
        Expr::Lit(literal) => {
            let Lit::Int(number) = &literal.lit else {
                return None;
            };
            let millis: u32 = number.base10_parse().ok()?;
            let text = format!("{}{}", millis.div_ceil(1000), number.suffix());
            // It may be meant: nothing says that it counts milliseconds.
            Some((replace(bare(time), text), MaybeIncorrect))
        }
        Expr::Binary(product) if matches!(product.op, BinOp::Mul(_)) => {
            let kept = match (is_thousand(&product.left), is_thousand(&product.right)) {
                (false, true) => &product.left,
                (true, false) => &product.right,
                _ => return None,
            };
            Some((
                replace(whole(time, kept), without(function, time, kept)),
                MachineApplicable,
            ))
        }
        Expr::MethodCall(call)
            if call.method.to_string().ends_with("_mul")
                && call.args.first().is_some_and(is_thousand) =>
        {
            let kept = &*call.receiver;
            Some((
                replace(whole(time, kept), without(function, time, kept)),
                MachineApplicable,
            ))
        }
        Expr::MethodCall(call) if call.method == "as_millis" => Some((
            behind(function, time_span(function, call)),
            MachineApplicable,
        )),
        inner => {
            let mut search = Search {
                function,
                found: Vec::new(),
            };
            search.visit_expr(inner);
            match search.found.as_slice() {
                [only] => Some((behind(function, *only), MaybeIncorrect)),
                [] => {
                    let name = variable(inner)?.to_string().to_lowercase();
                    let counts = name.ends_with("_ms") || name.ends_with("millis");
                    counts.then(|| (behind(function, function.span(inner)), MaybeIncorrect))
                }
                _ => None,
            }
        }
    }
}

/// What the factor takes the place of: with the parentheses around, if it needs none.
fn whole<'a>(time: &'a Expr, kept: &Expr) -> &'a Expr {
    let stands_alone = !matches!(kept, Expr::Binary(_) | Expr::Cast(_) | Expr::Unary(_));
    match time {
        Expr::Cast(cast) => whole(&cast.expr, kept),
        Expr::Paren(inner) if !stands_alone => whole(&inner.expr, kept),
        _ => time,
    }
}

/// The text of the factor, without its own parentheses where it is the value as a whole.
fn without<'a>(function: &Function<'a>, time: &Expr, kept: &Expr) -> String {
    let kept = match kept {
        Expr::Paren(inner) if !matches!(time, Expr::Cast(_)) => &inner.expr,
        _ => kept,
    };
    function.text.of_node(kept).to_owned()
}

fn is_thousand(expr: &Expr) -> bool {
    match bare(expr) {
        Expr::Lit(literal) => {
            matches!(&literal.lit, Lit::Int(number) if number.base10_parse::<u32>().is_ok_and(|n| n == 1000))
        }
        _ => false,
    }
}

fn behind(function: &Function<'_>, time: Span) -> Edit {
    let end = time.hi as usize;
    Edit {
        span: function.at(end..end),
        text: ".div_ceil(1000)".to_owned(),
    }
}

fn time_span(function: &Function<'_>, call: &syn::ExprMethodCall) -> Span {
    function.at(call.span().byte_range())
}

/// The calls of `as_millis`.
struct Search<'a> {
    function: &'a Function<'a>,
    found: Vec<Span>,
}

impl<'a> Visit<'a> for Search<'_> {
    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        if call.method == "as_millis" {
            self.found.push(self.function.at(range(call)));
        }
        visit::visit_expr_method_call(self, call);
    }
}
