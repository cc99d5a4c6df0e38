//! By which path a function can name `closesocket` and `INVALID_SOCKET`, and which variables are descriptors.

use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Pat};

use super::around::{Function, Node, bare, variable};
use super::text::range;
use crate::calls::{self, Role, WinsockCall};
use crate::mir::{PathRef, ScopeId, Segment};
use crate::names::{Names, Res};
use crate::span::Span;
use crate::{Input, model};

/// What names mean in the sources.
pub(super) struct Words<'a> {
    names: &'a Names<'a>,
    calls: Vec<WinsockCall>,
}

impl<'a> Words<'a> {
    /// Looks up all calls.
    pub(super) fn new(input: &Input, names: &'a Names<'a>) -> Words<'a> {
        Words {
            names,
            calls: calls::collect(input, names),
        }
    }

    /// The path by which `function` calls closesocket.
    pub(super) fn closer(&self, function: &Function<'_>) -> Option<String> {
        let calls = || self.calls_in(function);
        let own = calls().find(|call| call.role == Role::Closes && call.name == "closesocket");
        if let Some(call) = own {
            return Some(function.text.of(call.path.range()).to_owned());
        }
        let is_it = |path: &str| {
            let known = model::function(path).is_some_and(|row| row.name == "closesocket");
            known && !path.starts_with("libc::")
        };
        // As the file calls it elsewhere, if that means the same here.
        let scope = function.source()?.scope;
        let elsewhere = self.calls.iter().filter(|call| {
            let here = call.path.file == function.file;
            here && call.role == Role::Closes && call.name == "closesocket"
        });
        let named = elsewhere.into_iter().find_map(|call| {
            let written = function.text.of(call.path.range());
            let segments: Vec<&str> = written.split("::").map(str::trim).collect();
            let plain = segments.iter().all(|segment| is_ident(segment));
            let same = plain
                && matches!(self.meaning(scope, &segments, false), Res::Extern(path) if is_it(&path));
            same.then(|| written.to_owned())
        });
        named.or_else(|| self.path_to(function, "closesocket", is_it))
    }

    /// The path by which `function` names the failure value.
    pub(super) fn invalid(&self, function: &Function<'_>) -> Option<String> {
        self.path_to(function, "INVALID_SOCKET", |path| {
            let roots = ["windows_sys::", "windows::", "winapi::"];
            path.ends_with("::INVALID_SOCKET") && roots.iter().any(|root| path.starts_with(root))
        })
    }

    /// The name alone where it is in scope; or else beside the Winsock function that is called.
    fn path_to(
        &self,
        function: &Function<'_>,
        name: &str,
        is_it: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let scope = function.source()?.scope;
        let means = |segments: &[&str], global| match self.meaning(scope, segments, global) {
            Res::Extern(path) => !path.starts_with("?::") && is_it(&path),
            Res::Def(id) => {
                // Declared by the project itself.
                let def = self.names.def(id);
                let foreign = matches!(&def.kind, crate::names::DefKind::Fn(f) if f.foreign);
                foreign && *def.name == *name
            }
            _ => false,
        };
        if means(&[name], false) {
            return Some(name.to_owned());
        }
        for call in self.calls_in(function) {
            let written = function.text.of(call.path.range());
            let mut segments: Vec<&str> = written.split("::").map(str::trim).collect();
            if segments.len() > 1 && segments.iter().all(|segment| is_ident(segment)) {
                segments.pop();
                segments.push(name);
                if means(&segments, false) {
                    return Some(segments.join("::"));
                }
            }
        }
        // In full, from where a call in the function, or else in the file, gets its function.
        let in_file = self
            .calls
            .iter()
            .filter(|call| call.path.file == function.file);
        self.calls_in(function).chain(in_file).find_map(|call| {
            let (module, _) = call.binding.as_deref()?.rsplit_once("::")?;
            let whole = format!("{module}::{name}");
            is_it(&whole).then_some(whole)
        })
    }

    /// Whether a written path leads into the crate.
    pub(super) fn is_of(&self, function: &Function<'_>, written: &str, krate: &str) -> bool {
        let Some(source) = function.source() else {
            return false;
        };
        let segments: Vec<&str> = written.split("::").map(str::trim).collect();
        let meaning = self.meaning(source.scope, &segments, false);
        matches!(meaning, Res::Extern(path) if path.starts_with(krate))
    }

    fn meaning(&self, scope: ScopeId, segments: &[&str], global: bool) -> Res {
        let segments = segments.iter().map(|name| Segment {
            name: (*name).into(),
            args: Vec::new(),
        });
        let file = self.names.scope(scope).file;
        self.names.resolve_value(&PathRef {
            qself: None,
            qself_position: 0,
            global,
            segments: segments.collect(),
            scope,
            span: Span { file, lo: 0, hi: 0 },
        })
    }

    fn calls_in<'b>(&'b self, function: &'b Function<'_>) -> impl Iterator<Item = &'b WinsockCall> {
        let body = function.source().map(|source| range(&source.block));
        let body = function.at(body.unwrap_or_default());
        self.calls
            .iter()
            .filter(move |call| body.contains(call.path))
    }

    /// Whether the variable that `name` means at the byte is a bare descriptor: it is what a call opened, given to a
    /// Winsock function as it is, or compared with the failure value.
    pub(super) fn is_descriptor(&self, function: &Function<'_>, name: &str, at: usize) -> bool {
        function
            .binding_at(name, at)
            .is_some_and(|binding| self.is_bare(function, name, binding))
    }

    /// Whether the variable that is bound there is a bare descriptor.
    pub(super) fn is_bare(
        &self,
        function: &Function<'_>,
        name: &str,
        binding: std::ops::Range<usize>,
    ) -> bool {
        let Some(source) = function.source() else {
            return false;
        };
        let mut search = Search {
            words: self,
            function,
            name,
            binding,
            found: false,
        };
        search.visit_block(&source.block);
        search.found || self.calls_in(function).any(|call| search.is_first(call))
    }

    /// Whether a Winsock function other than `close` is called in the range.
    pub(super) fn calls_another(
        &self,
        function: &Function<'_>,
        within: std::ops::Range<usize>,
        close: Span,
    ) -> bool {
        let within = function.at(within);
        self.calls_in(function)
            .any(|call| within.contains(call.path) && !close.contains(call.path))
    }

    /// Whether the expression is a call that opens a descriptor, as it returns it.
    pub(super) fn opens(&self, function: &Function<'_>, expr: &Expr) -> bool {
        let call = self.call_of(function, bare(expr));
        !has_cast(expr) && call.is_some_and(|call| matches!(call.role, Role::Opens | Role::Accepts))
    }

    /// The call of a Winsock function that the expression is.
    pub(super) fn call_of(&self, function: &Function<'_>, expr: &Expr) -> Option<&WinsockCall> {
        let Expr::Call(call) = expr else { return None };
        let path = function.span(&call.func);
        self.calls.iter().find(|call| call.path == path)
    }
}

struct Search<'a> {
    words: &'a Words<'a>,
    function: &'a Function<'a>,
    name: &'a str,
    binding: std::ops::Range<usize>,
    found: bool,
}

impl Search<'_> {
    /// Whether the call, which may be written in a macro, has it first.
    fn is_first(&self, call: &WinsockCall) -> bool {
        let text = self.function.text;
        let rest = text.of(call.path.hi as usize..text.0.len()).trim_start();
        let Some(given) = rest.strip_prefix('(').map(str::trim_start) else {
            return false;
        };
        let at = text.0.len() - given.len();
        let ends = |rest: &str| rest.trim_start().starts_with([',', ')']);
        given.strip_prefix(self.name).is_some_and(ends)
            && self.function.means(self.name, &self.binding, at)
    }

    fn is_it(&self, expr: &Expr) -> bool {
        variable(expr).is_some_and(|found| {
            let means = || {
                let at = range(found).start;
                self.function.means(self.name, &self.binding, at)
            };
            found == self.name && means()
        })
    }

    fn binds_it(&self, pattern: &Pat) -> bool {
        matches!(pattern, Pat::Ident(pattern) if range(&pattern.ident) == self.binding)
    }
}

impl<'a> Visit<'a> for Search<'_> {
    fn visit_local(&mut self, local: &'a syn::Local) {
        if self.binds_it(&local.pat)
            && let Some(init) = &local.init
            && self.words.opens(self.function, &init.expr)
        {
            self.found = true;
        }
        visit::visit_local(self, local);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Match(branches) if self.words.opens(self.function, &branches.expr) => {
                self.found |= branches.arms.iter().any(|arm| self.binds_it(&arm.pat));
            }
            Expr::Call(call)
                if call.args.first().is_some_and(|first| self.is_it(first))
                    && self.words.call_of(self.function, expr).is_some() =>
            {
                self.found = true;
            }
            Expr::Binary(binary) if matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_)) => {
                let named = |expr: &Expr| {
                    matches!(expr, Expr::Path(path)
                        if path.path.segments.last().is_some_and(|last| last.ident == "INVALID_SOCKET"))
                };
                if self.is_it(&binary.left) && named(&binary.right)
                    || named(&binary.left) && self.is_it(&binary.right)
                {
                    self.found = true;
                }
            }
            _ => {}
        }
        visit::visit_expr(self, expr);
    }
}

/// Whether the value is another type's than the call's that [`bare`] finds in it.
pub(super) fn has_cast(expr: &Expr) -> bool {
    match expr {
        Expr::Cast(_) => true,
        Expr::Paren(inner) => has_cast(&inner.expr),
        Expr::Unsafe(inner) => {
            matches!(inner.block.stmts.as_slice(), [syn::Stmt::Expr(expr, None)] if has_cast(expr))
        }
        _ => false,
    }
}

fn is_ident(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok() || matches!(text, "crate" | "self" | "super")
}

/// A variable that holds a descriptor.
pub(super) struct Bound<'a> {
    /// Its name.
    pub(super) name: String,
    /// Where it is bound.
    pub(super) binding: std::ops::Range<usize>,
    /// The field of it that is the descriptor, if it is not the variable.
    pub(super) field: Option<String>,
    /// The body of the closure whose parameter it is, where the place that was asked for is outside.
    pub(super) within: Option<&'a Expr>,
}

impl Bound<'_> {
    /// What is the descriptor.
    pub(super) fn text(&self) -> String {
        match &self.field {
            Some(field) => format!("{}.{field}", self.name),
            None => self.name.clone(),
        }
    }
}

/// The variable that has, at `exit`, the value of the expression at the end of `nodes`: `let s = ..`,
/// `let Ok(s) = ..`, an arm of a `match`, the parameter of a closure that gets it.
pub(super) fn bound_at<'a>(nodes: &[Node<'a>], exit: Span) -> Option<Bound<'a>> {
    let inner = nodes.last()?.range();
    let has_exit = |range: std::ops::Range<usize>| {
        range.start <= exit.lo as usize && exit.hi as usize <= range.end
    };
    let holds = |expr: &Expr| {
        let range = range(expr);
        range.start <= inner.start && inner.end <= range.end
    };
    let bound = |pattern: &Pat, within| {
        let name = only_name(pattern)?;
        Some(Bound {
            name: name.to_string(),
            binding: range(name),
            field: None,
            within,
        })
    };
    nodes.iter().rev().find_map(|node| match node {
        Node::Local(local) => {
            let bound = bound(&local.pat, None)?;
            let made = local.init.as_ref().map(|init| &*init.expr);
            match (&local.pat, made) {
                (Pat::Ident(_), Some(Expr::Struct(made))) => {
                    let field = made.fields.iter().find(|field| holds(&field.expr))?;
                    let syn::Member::Named(field) = &field.member else {
                        return None;
                    };
                    let field = Some(field.to_string());
                    Some(Bound { field, ..bound })
                }
                _ => Some(bound),
            }
        }
        Node::Expr(Expr::Match(branches)) if holds(&branches.expr) => {
            let mut arms = branches.arms.iter();
            let arm = arms.find(|arm| has_exit(range(&arm.body)))?;
            bound(&arm.pat, None)
        }
        Node::Expr(Expr::MethodCall(call)) if holds(&call.receiver) => {
            let Some(Expr::Closure(closure)) = call.args.first() else {
                return None;
            };
            let only = closure.inputs.first();
            let body = &*closure.body;
            let outside = !has_exit(range(body));
            bound(
                only.filter(|_| closure.inputs.len() == 1)?,
                outside.then_some(body),
            )
        }
        _ => None,
    })
}

/// The declaration whose variable takes the value of the expression at the end of `nodes`.
pub(super) fn bound_by<'a>(nodes: &[Node<'a>]) -> Option<(&'a syn::Local, &'a syn::Ident)> {
    nodes.iter().rev().find_map(|node| match node {
        Node::Local(local) => Some((*local, only_name(&local.pat)?)),
        _ => None,
    })
}

fn only_name(pat: &Pat) -> Option<&syn::Ident> {
    match pat {
        Pat::Ident(pattern) if pattern.by_ref.is_none() => Some(&pattern.ident),
        Pat::Type(pattern) => only_name(&pattern.pat),
        Pat::TupleStruct(pattern) => {
            let wraps = pattern
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "Ok" || last.ident == "Some");
            match pattern.elems.first() {
                Some(only) if wraps && pattern.elems.len() == 1 => only_name(only),
                _ => None,
            }
        }
        _ => None,
    }
}
