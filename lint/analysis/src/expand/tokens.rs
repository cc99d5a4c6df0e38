//! Small readers of token streams.

use std::iter::Peekable;

use proc_macro2::{Span, TokenStream, TokenTree, token_stream};

use super::ExpandError;
use super::matcher::Kleene;

/// Operators of several characters.
const OPERATORS: [&str; 25] = [
    "=>", "->", "::", "..", "...", "..=", "&&", "||", "==", "!=", "<=", ">=", "<<", ">>", "<<=",
    ">>=", "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<-",
];

/// Whether a tree is this character.
pub(super) fn is_punct(tree: &TokenTree, c: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == c)
}

/// Whether these characters make one operator.
pub(super) fn is_operator(trees: &[TokenTree]) -> bool {
    let text: String = trees.iter().map(ToString::to_string).collect();
    OPERATORS.contains(&text.as_str())
}

/// How many tokens there are, those in groups included.
pub(super) fn size(stream: TokenStream) -> usize {
    let mut count = 0usize;
    let mut stack = vec![stream.into_iter()];
    while let Some(top) = stack.last_mut() {
        match top.next() {
            None => {
                stack.pop();
            }
            Some(tree) => {
                count += 1;
                if let TokenTree::Group(group) = tree {
                    stack.push(group.stream().into_iter());
                }
            }
        }
    }
    count
}

/// Gives every token, also inside groups, this span. Recurses: for streams that have passed
/// [`check_depth`](crate::syntax::check_depth).
pub(super) fn with_span(stream: TokenStream, span: Span) -> TokenStream {
    let respan = |mut tree: TokenTree| {
        if let TokenTree::Group(group) = &tree {
            tree =
                proc_macro2::Group::new(group.delimiter(), with_span(group.stream(), span)).into();
        }
        tree.set_span(span);
        tree
    };
    stream.into_iter().map(respan).collect()
}

/// What follows `$( .. )`.
pub(super) fn separator_and_op(
    trees: &mut Peekable<token_stream::IntoIter>,
) -> Result<(Vec<TokenTree>, Kleene), ExpandError> {
    let mut separator: Vec<TokenTree> = Vec::new();
    loop {
        let Some(tree) = trees.next() else {
            return Err(ExpandError::new("a repetition lacks its `*`, `+` or `?`"));
        };
        let op = if is_punct(&tree, '*') {
            Some(Kleene::ZeroOrMore)
        } else if is_punct(&tree, '+') {
            Some(Kleene::OneOrMore)
        } else if is_punct(&tree, '?') {
            Some(Kleene::ZeroOrOne)
        } else {
            None
        };
        if let Some(op) = op {
            return Ok((separator, op));
        }
        let span = tree.span();
        separator.push(tree);
        if matches!(separator.last(), Some(TokenTree::Group(_))) || separator.len() > 3 {
            return Err(ExpandError::at(
                "expected `*`, `+` or `?` after a repetition",
                span,
            ));
        }
    }
}
