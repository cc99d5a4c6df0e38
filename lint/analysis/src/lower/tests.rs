//! Bodies and what they are lowered to.

use std::path::Path;

use quote::ToTokens as _;
use syn::parse::Parser as _;

use super::validate::validate;
use super::{Expanded, LowerCx, Position, lower_const, lower_fn};
use crate::mir::{Body, Name, ScopeId};
use crate::span::{FileId, Span};

mod closures;
mod control;
mod drops;
mod exprs;
mod patterns;
mod robust;

/// A world in which upper-case identifiers are constants and a few macros are known.
struct World;

impl LowerCx for World {
    fn span(&self, span: proc_macro2::Span) -> Span {
        let range = span.byte_range();
        Span {
            file: FileId(0),
            lo: range.start as u32,
            hi: range.end as u32,
        }
    }

    fn is_constant_pattern(&self, _: ScopeId, name: &Name) -> bool {
        name.starts_with(char::is_uppercase)
    }

    fn enter_items(&self, scope: ScopeId, items: &[&syn::Item]) -> ScopeId {
        ScopeId(scope.0 * 10 + items.len() as u32)
    }

    fn expand(&self, _: ScopeId, mac: &syn::Macro, position: Position) -> Expanded {
        let name = mac.path.segments.last().map(|last| last.ident.to_string());
        let parse_args = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        let args: Vec<syn::Expr> = match parse_args.parse2(mac.tokens.clone()) {
            Ok(args) => args.into_iter().collect(),
            Err(_) => Vec::new(),
        };
        match name.as_deref() {
            Some("println") => Expanded::Reads(args),
            Some("panic") => Expanded::Diverges(args),
            Some("splice") => match syn::Block::parse_within.parse2(mac.tokens.clone()) {
                Ok(stmts) => Expanded::Stmts(stmts),
                Err(_) => Expanded::Unknown(Vec::new()),
            },
            Some("id") if position == Position::Pat => {
                match syn::Pat::parse_multi.parse2(mac.tokens.clone()) {
                    Ok(pat) => Expanded::Pat(Box::new(pat)),
                    Err(_) => Expanded::Unknown(Vec::new()),
                }
            }
            Some("id") => match syn::parse2(mac.tokens.clone()) {
                Ok(expr) => Expanded::Expr(Box::new(expr)),
                Err(_) => Expanded::Unknown(Vec::new()),
            },
            // These never stop expanding.
            Some("again") if position == Position::Pat => {
                Expanded::Pat(Box::new(syn::parse_quote!(again!(x))))
            }
            Some("again") => Expanded::Expr(Box::new(syn::parse_quote!(again!(x)))),
            Some("twice") => Expanded::Stmts(syn::parse_quote!(twice!(x); twice!(x);)),
            _ => Expanded::Unknown(args),
        }
    }

    fn cfg_active(&self, attrs: &[syn::Attribute]) -> bool {
        !attrs.iter().any(|attr| {
            attr.path().is_ident("cfg") && attr.meta.to_token_stream().to_string().contains("unix")
        })
    }
}

fn lower_in(edition: u16, source: &str) -> Body {
    let item: syn::ItemFn = syn::parse_str(source).expect("the test's source parses");
    let name = Name::from(item.sig.ident.to_string());
    let body = lower_fn(&World, ScopeId(1), name, &item.sig, &item.block, edition);
    validate(&body);
    body
}

fn lower(source: &str) -> Body {
    lower_in(2024, source)
}

/// The statements and terminators of all blocks, in one line each.
fn dump(source: &str) -> String {
    lower(source).to_string()
}

/// The blocks alone: without header, locals and indentation.
fn blocks(body: &Body) -> Vec<String> {
    body.to_string()
        .lines()
        .filter(|line| line.starts_with("    bb") || line.starts_with("        "))
        .map(|line| line.trim().to_owned())
        .collect()
}

/// The drops along the only path of a body without branches, by name or number.
fn straight_drops(body: &Body) -> Vec<String> {
    drops_from(body, 0)
}

/// The drops from a block on, following `Goto`s, by variable name or `_`.
fn drops_from(body: &Body, block: u32) -> Vec<String> {
    use crate::mir::{StatementKind, TerminatorKind};
    let mut found = Vec::new();
    let mut block = block as usize;
    for _ in 0..body.blocks.len() {
        for statement in &body.blocks[block].statements {
            if let StatementKind::Drop(place) = &statement.kind {
                let name = body.locals[place.local.0 as usize].name.as_deref();
                found.push(name.unwrap_or("_").to_owned());
            }
        }
        match body.blocks[block].terminator.as_ref().map(|end| &end.kind) {
            Some(TerminatorKind::Goto(next)) => block = next.0 as usize,
            _ => break,
        }
    }
    found
}
