//! An expansion's tokens as syntax, for the place at which the invocation stands.

use proc_macro2::{Ident, Punct, Spacing, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Block, Expr, Pat, Stmt, Token};

use super::{ExpandError, Expanded, Position};
use crate::syntax::check_depth;

/// Parses the tokens of an expansion for its position.
pub fn parse_expansion(tokens: TokenStream, position: Position) -> Result<Expanded, ExpandError> {
    check_depth(&tokens)?;
    Ok(match position {
        Position::Expr => match expression.parse2(tokens.clone()) {
            Ok(expr) => Expanded::Expr(Box::new(expr)),
            // Several statements are no expression to rustc, but some macros are used as both.
            Err(error) => Expanded::Stmts(Block::parse_within.parse2(tokens).map_err(|_| error)?),
        },
        Position::Stmt => Expanded::Stmts(match statements(tokens.clone()) {
            Ok(stmts) => stmts,
            // The semicolon after the invocation ends the last statement.
            Err(error) => {
                let ended = tokens
                    .into_iter()
                    .chain([Punct::new(';', Spacing::Alone).into()]);
                statements(ended.collect()).map_err(|_| error)?
            }
        }),
        Position::Pat => {
            Expanded::Pat(Box::new(Pat::parse_multi_with_leading_vert.parse2(tokens)?))
        }
        Position::Type => return Err(ExpandError::new("types are not expanded")),
        Position::Item => Expanded::Items(items(tokens)?),
    })
}

/// The last resort for a macro that nobody knows.
///
/// Where items are expected its arguments may be items that it wraps, as in `cfg_net! { .. }`.
pub fn expand_unknown(mac: &syn::Macro, position: Position) -> Expanded {
    if check_depth(&mac.tokens).is_err() {
        return Expanded::Unknown(Vec::new());
    }
    if position == Position::Item {
        return match items(mac.tokens.clone()) {
            Ok(items) => Expanded::Items(items),
            Err(_) => Expanded::Unknown(Vec::new()),
        };
    }
    Expanded::Unknown(operands(mac.tokens.clone()))
}

/// The arguments as expressions, or else every name among them as one.
pub(super) fn operands(tokens: TokenStream) -> Vec<Expr> {
    if let Ok(exprs) = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone()) {
        return exprs.into_iter().collect();
    }
    // A block's worth of statements is one operand.
    let block = proc_macro2::Group::new(proc_macro2::Delimiter::Brace, tokens.clone());
    if let Ok(block) = syn::parse2::<Expr>(TokenTree::from(block).into()) {
        return vec![block];
    }
    names(tokens)
}

/// Every name among the tokens that can be a variable's, as a path expression.
pub(super) fn names(tokens: TokenStream) -> Vec<Expr> {
    let mut names = Vec::new();
    let mut stack = vec![tokens.into_iter()];
    let mut after_dot = false;
    while let Some(top) = stack.last_mut() {
        let Some(tree) = top.next() else {
            stack.pop();
            continue;
        };
        let field = after_dot;
        after_dot = super::tokens::is_punct(&tree, '.');
        match tree {
            TokenTree::Group(group) => stack.push(group.stream().into_iter()),
            TokenTree::Ident(ident) if !field => names.extend(variable(ident)),
            _ => {}
        }
    }
    names
}

/// A name as a path expression; none for keywords.
pub(super) fn variable(ident: Ident) -> Option<Expr> {
    syn::parse2(TokenTree::from(ident).into())
        .ok()
        .filter(|expr| matches!(expr, Expr::Path(_)))
}

/// One expression; a semicolon after it, as many macros have it, is ignored.
fn expression(input: ParseStream<'_>) -> syn::Result<Expr> {
    let attrs = input.call(syn::Attribute::parse_outer)?;
    drop(attrs);
    let expr = input.parse()?;
    input.parse::<Option<Token![;]>>()?;
    Ok(expr)
}

/// The tokens as items.
pub(super) fn items(tokens: TokenStream) -> syn::Result<Vec<syn::Item>> {
    syn::parse2::<syn::File>(tokens).map(|file| file.items)
}

/// The tokens as statements of a block.
pub(super) fn statements(tokens: TokenStream) -> syn::Result<Vec<Stmt>> {
    Block::parse_within.parse2(tokens)
}
