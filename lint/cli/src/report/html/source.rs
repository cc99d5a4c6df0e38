//! A source file with what is asked of it again and again: its lines, and its colours.
//!
//! The colours come from `proc_macro2`'s lexer: what it skips between two tokens is space or a comment.
//! A file that it cannot read stays plain.

use std::cell::OnceCell;
use std::ops::Range;
use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};
use socklint_analysis::{FileId, Span};

use crate::inputs::Inputs;
use crate::report::lines::Lines;

/// What a part of a text is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Color {
    /// A word of the language.
    Keyword,
    /// A string, or a character.
    Text,
    /// A number.
    Number,
    /// A comment.
    Comment,
}

/// A file that was read.
pub(super) struct Source<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) lines: Lines<'a>,
    colors: OnceCell<Vec<(Range<usize>, Color)>>,
}

impl Source<'_> {
    /// The coloured parts that reach into `bytes`, in order.
    pub(super) fn colors(&self, bytes: &Range<usize>) -> &[(Range<usize>, Color)] {
        let colors = self.colors.get_or_init(|| colors(self.text));
        let start = colors.partition_point(|(part, _)| part.end <= bytes.start);
        let end = colors.partition_point(|(part, _)| part.start < bytes.end);
        colors.get(start..end).unwrap_or_default()
    }

    /// The bytes of a span, moved to where the text and its characters are.
    pub(super) fn bytes(&self, span: Span) -> Range<usize> {
        let start = self.text.floor_char_boundary(span.lo as usize);
        let end = self.text.ceil_char_boundary(span.hi as usize);
        start..end.max(start)
    }
}

/// All files, each looked at when it is first asked for.
pub(super) struct Sources<'a> {
    inputs: &'a Inputs,
    sources: Vec<OnceCell<Source<'a>>>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(inputs: &'a Inputs) -> Self {
        let sources = inputs.input.files.iter().map(|_| OnceCell::new());
        Sources {
            inputs,
            sources: sources.collect(),
        }
    }

    pub(super) fn get(&self, file: FileId) -> Option<&Source<'a>> {
        let index = file.0 as usize;
        let read = self.inputs.input.files.get(index)?;
        let source = self.sources.get(index)?;
        Some(source.get_or_init(|| Source {
            path: self.inputs.name(file),
            text: &read.text,
            lines: Lines::new(&read.text),
            colors: OnceCell::new(),
        }))
    }
}

fn colors(text: &str) -> Vec<(Range<usize>, Color)> {
    // The lexer does not count a byte order mark.
    let mark = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let Ok(stream) = TokenStream::from_str(text.get(mark..).unwrap_or("")) else {
        return Vec::new();
    };
    let mut colors = Vec::new();
    let mut done = mark;
    let mut streams = vec![stream.into_iter()];
    while let Some(stream) = streams.last_mut() {
        let Some(token) = stream.next() else {
            streams.pop();
            continue;
        };
        let (span, color) = match &token {
            TokenTree::Group(group) => (group.span_open(), None),
            TokenTree::Ident(ident) => (ident.span(), keyword(&ident.to_string())),
            TokenTree::Punct(punct) => (punct.span(), None),
            TokenTree::Literal(literal) => {
                (literal.span(), Some(literal_color(&literal.to_string())))
            }
        };
        let bytes = span.byte_range();
        let bytes = bytes.start + mark..bytes.end + mark;
        comments(text, done..bytes.start, &mut colors);
        // The tokens of a documentation comment all have its place.
        if bytes.start >= done {
            let part = text.get(bytes.clone()).unwrap_or("");
            let color = match part.starts_with("//") || part.starts_with("/*") {
                true => Some(Color::Comment),
                false => color,
            };
            colors.extend(color.map(|color| (bytes.clone(), color)));
        }
        done = done.max(bytes.end);
        if let TokenTree::Group(group) = token {
            streams.push(group.stream().into_iter());
        }
    }
    comments(text, done..text.len(), &mut colors);
    colors
}

/// Adds the comments between two tokens.
fn comments(text: &str, gap: Range<usize>, colors: &mut Vec<(Range<usize>, Color)>) {
    let Some(between) = text.get(gap.clone()) else {
        return;
    };
    let mut start = gap.start;
    let mut rest = between;
    while let Some(at) = rest.find("//").into_iter().chain(rest.find("/*")).min() {
        let comment = &rest[at..];
        let length = match comment.starts_with("//") {
            true => comment.find('\n').unwrap_or(comment.len()),
            false => block_comment(comment),
        };
        colors.push((start + at..start + at + length, Color::Comment));
        start += at + length;
        rest = &comment[length..];
    }
}

/// The length of a block comment; they nest.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut done = 0;
    while let Some(at) = text[done..]
        .find("/*")
        .into_iter()
        .chain(text[done..].find("*/"))
        .min()
    {
        match text[done + at..].starts_with("/*") {
            true => depth += 1,
            false => depth -= 1,
        }
        done += at + 2;
        if depth == 0 {
            return done;
        }
    }
    text.len()
}

fn literal_color(literal: &str) -> Color {
    match literal.starts_with(|c: char| c.is_ascii_digit()) {
        true => Color::Number,
        false => Color::Text,
    }
}

fn keyword(word: &str) -> Option<Color> {
    const KEYWORDS: &[&str] = &[
        "Self", "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else",
        "enum", "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod",
        "move", "mut", "pub", "ref", "return", "self", "static", "struct", "super", "trait",
        "true", "type", "unsafe", "use", "where", "while",
    ];
    KEYWORDS
        .binary_search(&word)
        .is_ok()
        .then_some(Color::Keyword)
}

#[cfg(test)]
mod tests {
    use super::{Color, colors};

    #[test]
    fn comments_are_what_the_lexer_skips() {
        let text = "\u{FEFF}/// d\nfn f() { /* a /* b */ c */ } // e\r\n'x'; 1u8; \"//\"; // é";
        let found = colors(text);
        let parts: Vec<_> = found
            .iter()
            .map(|(bytes, color)| (&text[bytes.clone()], *color))
            .collect();
        assert_eq!(
            parts,
            [
                ("/// d", Color::Comment),
                ("fn", Color::Keyword),
                ("/* a /* b */ c */", Color::Comment),
                ("// e\r", Color::Comment),
                ("'x'", Color::Text),
                ("1u8", Color::Number),
                ("\"//\"", Color::Text),
                ("// é", Color::Comment),
            ]
        );
        assert_eq!(colors("fn f( {").len(), 0);
    }
}
