//! The syntax around a place: the function, and what encloses the place in it.

use std::ops::Range;
use std::rc::Rc;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, Block, Expr, Local, Pat, Stmt};

use super::text::{Text, range};
use crate::Input;
use crate::names::{Def, DefKind, FnSource, Names};
use crate::span::{FileId, Span};

/// A function of the sources, with its text.
pub(super) struct Function<'a> {
    /// The item.
    pub(super) def: Rc<Def>,
    /// Its file.
    pub(super) file: FileId,
    /// The file's text.
    pub(super) text: Text<'a>,
}

impl<'a> Function<'a> {
    /// The innermost function that has `place` in its body.
    pub(super) fn around(input: &'a Input, names: &Names<'_>, place: Span) -> Option<Function<'a>> {
        let text = Text(&input.files.get(place.file.0 as usize)?.text);
        let mut best: Option<(usize, Rc<Def>)> = None;
        for id in names.functions() {
            let def = names.def(id);
            if !def
                .enclosing
                .first()
                .is_some_and(|item| item.contains(place))
            {
                continue;
            }
            let DefKind::Fn(f) = &def.kind else { continue };
            let Some(source) = &f.source else { continue };
            let body = range(&source.block);
            // A function that a macro made has no text of its own.
            let written = text
                .0
                .get(body.clone())
                .is_some_and(|text| text.starts_with('{') && text.ends_with('}'));
            let inside = body.start < place.lo as usize && place.hi as usize <= body.end;
            if written && inside && best.as_ref().is_none_or(|(len, _)| body.len() < *len) {
                best = Some((body.len(), def));
            }
        }
        best.map(|(_, def)| Function {
            def,
            file: place.file,
            text,
        })
    }

    /// Its signature and body.
    pub(super) fn source(&self) -> Option<&FnSource> {
        match &self.def.kind {
            DefKind::Fn(f) => f.source.as_ref(),
            _ => None,
        }
    }

    /// Whether the place is in the function.
    pub(super) fn item_contains(&self, place: Span) -> bool {
        self.def
            .enclosing
            .first()
            .is_some_and(|item| item.contains(place))
    }

    /// The only call of a function of that name.
    pub(super) fn only_call(&self, callee: &str) -> Option<Span> {
        let mut calls = Calls {
            callee,
            found: Vec::new(),
        };
        calls.visit_block(&self.source()?.block);
        match calls.found.as_slice() {
            [only] => Some(self.at(only.clone())),
            _ => None,
        }
    }

    /// The nodes that contain `place`, outermost first.
    pub(super) fn nodes(&self, place: Span) -> Vec<Node<'_>> {
        let mut finder = Finder {
            place: place.range(),
            nodes: Vec::new(),
        };
        if let Some(source) = self.source()
            && place.file == self.file
        {
            finder.visit_block(&source.block);
        }
        finder.nodes
    }

    /// The span of a node.
    pub(super) fn span(&self, node: &impl Spanned) -> Span {
        self.at(range(node))
    }

    /// A span of this file.
    pub(super) fn at(&self, range: Range<usize>) -> Span {
        Span {
            file: self.file,
            lo: range.start as u32,
            hi: range.end as u32,
        }
    }

    /// Whether the function's text has the word.
    pub(super) fn mentions(&self, word: &str) -> bool {
        let body = self.source().map(|source| range(&source.block));
        body.and_then(|body| self.text.0.get(body))
            .is_some_and(|text| super::text::has_word(text, word))
    }

    /// `wanted`, or a variant of it that the function does not use yet.
    pub(super) fn fresh(&self, wanted: &[&'static str]) -> Option<&'static str> {
        wanted.iter().copied().find(|word| !self.mentions(word))
    }
}

/// A piece of syntax that contains a place.
#[derive(Copy, Clone)]
pub(super) enum Node<'a> {
    Block(&'a Block),
    Stmt(&'a Stmt),
    Local(&'a Local),
    Arm(&'a Arm),
    Pat(&'a Pat),
    Expr(&'a Expr),
}

impl Node<'_> {
    /// Where it stands.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Node::Block(node) => range(*node),
            Node::Stmt(node) => range(*node),
            Node::Local(node) => range(*node),
            Node::Arm(node) => range(*node),
            Node::Pat(node) => range(*node),
            Node::Expr(node) => range(*node),
        }
    }
}

/// The calls of functions of one name.
struct Calls<'a> {
    callee: &'a str,
    found: Vec<Range<usize>>,
}

impl<'a> Visit<'a> for Calls<'_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        let name = match expr {
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => path.path.segments.last().map(|last| &last.ident),
                _ => None,
            },
            Expr::MethodCall(call) => Some(&call.method),
            _ => None,
        };
        if name.is_some_and(|name| name == self.callee) {
            self.found.push(range(expr));
        }
        visit::visit_expr(self, expr);
    }
}

struct Finder<'a> {
    place: Range<usize>,
    nodes: Vec<Node<'a>>,
}

impl Finder<'_> {
    fn has(&self, node: &impl Spanned) -> bool {
        let range = range(node);
        range.start <= self.place.start && self.place.end <= range.end
    }
}

macro_rules! descend {
    ($($visit:ident, $node:ident, $ty:ty, $deeper:path;)*) => {
        $(fn $visit(&mut self, node: &'a $ty) {
            if self.has(node) {
                self.nodes.push(Node::$node(node));
                $deeper(self, node);
            }
        })*
    };
}

impl<'a> Visit<'a> for Finder<'a> {
    descend! {
        visit_block, Block, Block, visit::visit_block;
        visit_stmt, Stmt, Stmt, visit::visit_stmt;
        visit_local, Local, Local, visit::visit_local;
        visit_arm, Arm, Arm, visit::visit_arm;
        visit_pat, Pat, Pat, visit::visit_pat;
        visit_expr, Expr, Expr, visit::visit_expr;
    }

    // An item in a body has a function of its own.
    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// Whether the place is in an `unsafe` block of the function.
pub(super) fn in_unsafe(nodes: &[Node<'_>]) -> bool {
    nodes
        .iter()
        .any(|node| matches!(node, Node::Expr(Expr::Unsafe(_))))
}

/// The expression without parentheses, casts and `unsafe` blocks of one expression.
pub(super) fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => bare(&inner.expr),
        Expr::Group(inner) => bare(&inner.expr),
        Expr::Cast(inner) => bare(&inner.expr),
        Expr::Unsafe(inner) => match inner.block.stmts.as_slice() {
            [Stmt::Expr(expr, None)] => bare(expr),
            _ => expr,
        },
        _ => expr,
    }
}

/// The variable that the expression is.
pub(super) fn variable(expr: &Expr) -> Option<&syn::Ident> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}
