//! Text to syntax trees, and what `#[cfg(..)]` leaves of them.
//!
//! `syn` recurses where the language nests, so a hostile file could overflow its stack. [`parse_file`]
//! therefore lexes first (which needs no recursion), lets the `depth` module bound how deep a parser can get over
//! these tokens, and only then parses. All spans of the tree are byte ranges of the *original* text, byte order
//! mark and shebang line included; they can be resolved only on the thread that parsed.

mod cfg;
mod depth;

#[cfg(test)]
mod tests;

pub(crate) use cfg::cfg_certain;
pub use cfg::{cfg_active, cfg_eval, effective_attrs};
pub use depth::{TooDeep, check_depth};

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use proc_macro2::{Span, TokenStream};

/// Whether a parameter's pattern binds `name`: `s`, `mut s`, or the newtype's `Socket(s)`.
pub fn binds(pattern: &syn::Pat, name: &syn::Ident) -> bool {
    match pattern {
        syn::Pat::Ident(pattern) => pattern.ident == *name,
        syn::Pat::TupleStruct(pattern) => pattern.elems.iter().any(|pattern| binds(pattern, name)),
        syn::Pat::Tuple(pattern) => pattern.elems.iter().any(|pattern| binds(pattern, name)),
        _ => false,
    }
}

/// Why a text could not be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// Where, as a byte range of the text; `None` if it is missing something at its end.
    pub range: Option<Range<usize>>,
}

impl SyntaxError {
    fn new(message: impl fmt::Display, span: Span) -> SyntaxError {
        let range = span.byte_range();
        SyntaxError {
            message: message.to_string(),
            range: (!range.is_empty()).then_some(range),
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SyntaxError {}

/// Parses a file's text; on trouble says what and where.
///
/// Whatever the nesting, this needs a bounded stack: 256 MiB are enough in a debug build, too. The same bound holds
/// for dropping the tree and for any visitor that recurses over it.
pub fn parse_file(text: &str) -> Result<syn::File, SyntaxError> {
    syn::parse2(lex(text)?).map_err(|error| SyntaxError::new(&error, error.span()))
}

/// Like [`parse_file`], but goes on after an item that does not parse: `syn` may lag behind the language, and one
/// new construct should not hide the rest of a file. The error is that of the first such item.
pub fn parse_file_leniently(text: &str) -> Result<(syn::File, Option<SyntaxError>), SyntaxError> {
    let tokens = lex(text)?;
    let error = match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => return Ok((file, None)),
        Err(error) => SyntaxError::new(&error, error.span()),
    };
    match syn::parse::Parser::parse2(parse_items, tokens) {
        Ok(file) => Ok((file, Some(error))),
        Err(_) => Err(error),
    }
}

/// The items of a file that parse.
fn parse_items(input: syn::parse::ParseStream<'_>) -> syn::Result<syn::File> {
    use syn::parse::discouraged::Speculative;
    let attrs = input.call(syn::Attribute::parse_inner)?;
    let mut items = Vec::new();
    while !input.is_empty() {
        let fork = input.fork();
        match fork.parse::<syn::Item>() {
            Ok(item) => {
                input.advance_to(&fork);
                items.push(item);
            }
            Err(_) => skip_item(input)?,
        }
    }
    Ok(syn::File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    })
}

/// Skips to after the next `;` or `{ .. }`.
fn skip_item(input: syn::parse::ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() {
        match input.parse::<proc_macro2::TokenTree>()? {
            proc_macro2::TokenTree::Punct(punct) if punct.as_char() == ';' => break,
            proc_macro2::TokenTree::Group(group)
                if group.delimiter() == proc_macro2::Delimiter::Brace =>
            {
                break;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The tokens of a text, if no parser can get too deep over them.
fn lex(text: &str) -> Result<TokenStream, SyntaxError> {
    let tokens = match shebang(text) {
        Some(line) => TokenStream::from_str(&blank(text, line)),
        None => TokenStream::from_str(text),
    }
    .map_err(|error| SyntaxError {
        message: "unbalanced delimiter or invalid token".to_owned(),
        range: char_at(text, error.span().byte_range().start),
    })?;
    check_depth(&tokens).map_err(|error| SyntaxError::new(&error, error.span))?;
    Ok(tokens)
}

/// The range of the character that begins at `start`.
fn char_at(text: &str, start: usize) -> Option<Range<usize>> {
    let first = text.get(start..)?.chars().next()?;
    Some(start..start + first.len_utf8())
}

/// The range of a leading `#!/usr/bin/..` line; `#![..]` is none.
fn shebang(text: &str) -> Option<Range<usize>> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let rest = text[start..].strip_prefix("#!")?;
    if after_trivia(rest).starts_with('[') {
        return None;
    }
    let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    Some(start..end)
}

/// `text` without the white space and comments that it begins with.
fn after_trivia(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        if text.starts_with("//") {
            text = text.find('\n').map_or("", |n| &text[n..]);
        } else if text.starts_with("/*") {
            text = text.find("*/").map_or("", |n| &text[n + 2..]);
        } else {
            return text;
        }
    }
}

/// `text` with spaces in place of the bytes of `range`, so that no offset changes.
fn blank(text: &str, range: Range<usize>) -> String {
    let mut blanked = String::with_capacity(text.len());
    blanked.push_str(&text[..range.start]);
    blanked.extend(std::iter::repeat_n(' ', range.len()));
    blanked.push_str(&text[range.end..]);
    blanked
}
