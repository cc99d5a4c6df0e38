//! What carries a failure out of a function, a closure or an `async` block: its written type says so, or else what
//! its value is built with.

use syn::{Block, Expr, GenericArgument, PathArguments, ReturnType, Stmt, Type};

use super::around::{Function, Node, variable};

/// What carries a failure.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Carrier {
    Result,
    Option,
}

/// What a `?` with these nodes around it returns.
pub(super) fn returned(function: &Function<'_>, nodes: &[Node<'_>]) -> Option<Carrier> {
    let inner = nodes
        .iter()
        .enumerate()
        .rev()
        .find_map(|(at, node)| match node {
            Node::Expr(Expr::Closure(closure)) => {
                let value = of_value(&closure.body).or_else(|| of_chain(function, &nodes[..at]));
                Some((Some(&closure.output), value))
            }
            Node::Expr(Expr::Async(block)) => Some((None, of_block(&block.block))),
            Node::Expr(Expr::TryBlock(_)) => Some((None, None)),
            _ => None,
        });
    let (output, value) = match inner {
        Some((output, value)) => (output, value),
        None => {
            let source = function.source()?;
            (Some(&source.sig.output), of_block(&source.block))
        }
    };
    match output {
        Some(ReturnType::Type(_, ty)) => of_type(ty).or(value),
        _ => value,
    }
}

/// What a closure gives that `and_then` calls, if what the calls give is what the function returns.
fn of_chain(function: &Function<'_>, outside: &[Node<'_>]) -> Option<Carrier> {
    let mut nodes = outside.iter().enumerate().rev();
    let is_and_then = |node: &Node<'_>| matches!(node, Node::Expr(Expr::MethodCall(call)) if call.method == "and_then");
    nodes.next().filter(|(_, node)| is_and_then(node))?;
    for (at, node) in nodes {
        match node {
            Node::Expr(Expr::MethodCall(call)) => {
                let keeps = [
                    "and_then",
                    "or_else",
                    "map",
                    "map_err",
                    "inspect",
                    "inspect_err",
                ];
                keeps.iter().find(|name| call.method == *name)?;
            }
            Node::Expr(Expr::Try(_) | Expr::Return(_)) => {
                return returned(function, &outside[..at]);
            }
            Node::Stmt(Stmt::Expr(_, None)) if at == 1 => return returned(function, &[]),
            _ => return None,
        }
    }
    // The last expression of the body.
    returned(function, &[])
}

fn of_type(ty: &Type) -> Option<Carrier> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    match last.ident.to_string().as_str() {
        "Option" => Some(Carrier::Option),
        // Its `?` hands on what the failure of a `Result` or of another `Poll` is.
        "Poll" => match &last.arguments {
            PathArguments::AngleBracketed(of) => match of.args.first()? {
                GenericArgument::Type(of) => of_type(of).map(|_| Carrier::Result),
                _ => None,
            },
            _ => None,
        },
        name if name.ends_with("Result") => Some(Carrier::Result),
        _ => None,
    }
}

/// What builds the value.
fn of_value(value: &Expr) -> Option<Carrier> {
    match value {
        Expr::Call(call) => {
            let name = variable(&call.func)?;
            match () {
                () if name == "Ok" || name == "Err" => Some(Carrier::Result),
                () if name == "Some" => Some(Carrier::Option),
                () => None,
            }
        }
        Expr::Path(_) => (variable(value)? == "None").then_some(Carrier::Option),
        Expr::Block(inner) => of_block(&inner.block),
        Expr::Unsafe(inner) => of_block(&inner.block),
        Expr::If(branch) => {
            of_block(&branch.then_branch).or_else(|| of_value(&branch.else_branch.as_ref()?.1))
        }
        Expr::Match(branches) => branches.arms.iter().find_map(|arm| of_value(&arm.body)),
        Expr::Return(jump) => of_value(jump.expr.as_ref()?),
        _ => None,
    }
}

fn of_block(block: &Block) -> Option<Carrier> {
    match block.stmts.last()? {
        Stmt::Expr(value, None) => of_value(value),
        Stmt::Expr(value @ Expr::Return(_), _) => of_value(value),
        _ => None,
    }
}
