//! Where an item stands: its text, and which token each stretch of it is.
//!
//! The analysis reads text, because what a name means is said by the file and the crate around the item. The
//! compiler says in which file the item's tokens are, and at which lines and columns; from these the
//! tokens get byte ranges. Where it does not say, or says something that does not fit (an item that a macro
//! made, an editor that expands without the file), the tokens are printed into a text of their own, in
//! which Winsock's functions are in scope under their own names.

use std::{fs, ops::Range, path::PathBuf};

use proc_macro2::{Delimiter, LineColumn, Spacing, Span, TokenStream, TokenTree};

/// What stands before an item that has no file: the names that such code uses.
const IMPORTS: &str = "\
use windows_sys::Win32::Foundation::*;\n\
use windows_sys::Win32::Networking::WinSock::*;\n\
use windows_sys::Win32::System::IO::*;\n\
use windows_sys::Win32::System::Threading::*;\n";

/// An item's text, and its place in it.
pub(crate) struct Source {
    /// The file, if there is one.
    pub(crate) path: Option<PathBuf>,
    /// All of it.
    pub(crate) text: String,
    /// The bytes of the item, and those of the attribute.
    item: Range<usize>,
    attribute: Range<usize>,
    tokens: Vec<Token>,
    /// The attribute's span.
    span: Span,
}

/// A token that is not a group, or one end of a group.
struct Token {
    range: Range<usize>,
    span: Span,
}

impl Source {
    /// Where `item` stands, to which `attribute` was applied. A method's text stands in an `impl`.
    pub(crate) fn of(
        attribute: Span,
        args: &TokenStream,
        item: &TokenStream,
        is_method: bool,
    ) -> Source {
        Source::in_file(attribute, item)
            .unwrap_or_else(|| Source::alone(attribute, args, item, is_method))
    }

    fn in_file(attribute: Span, item: &TokenStream) -> Option<Source> {
        let path = attribute.local_file()?;
        let text = fs::read_to_string(&path).ok()?;
        // The compiler's columns do not count it.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
        Source::in_text(path, text, attribute, item)
    }

    /// Where `item` stands in the text of a file.
    pub(crate) fn in_text(
        path: PathBuf,
        text: String,
        attribute: Span,
        item: &TokenStream,
    ) -> Option<Source> {
        let lines = Lines::new(&text);
        let mut tokens = Vec::new();
        for_each_token(item, &mut |token, span| {
            let range = lines.offset(span.start())?..lines.offset(span.end())?;
            let found = text.get(range.clone())?;
            // What a macro made stands somewhere else.
            let fits = match token {
                Spelling::Exact(token) => {
                    found == token || found.starts_with('/') || found.starts_with('\'')
                }
                Spelling::Any => !found.is_empty(),
            };
            tokens.push(Token { range, span });
            fits.then_some(())
        })?;
        let start = tokens.first()?.range.start;
        let end = tokens.iter().map(|token| token.range.end).max()?;
        let at = lines.offset(attribute.start())?..lines.offset(attribute.end())?;
        Some(Source {
            path: Some(path),
            item: start..end,
            attribute: at,
            tokens,
            span: attribute,
            text,
        })
    }

    fn alone(attribute: Span, args: &TokenStream, item: &TokenStream, is_method: bool) -> Source {
        let mut text = IMPORTS.to_owned();
        if is_method {
            text.push_str("struct Receiver;\nimpl Receiver {\n");
        }
        let at = text.len();
        text.push_str(&format!("#[socket_lifecycle({args})]"));
        let at = at..text.len();
        let mut printer = Printer {
            start: text.len(),
            text,
            tokens: Vec::new(),
            joint: false,
        };
        printer.print(item);
        let Printer {
            start,
            mut text,
            tokens,
            ..
        } = printer;
        let item = start..text.len();
        if is_method {
            text.push_str("\n}\n");
        }
        Source {
            path: None,
            text,
            item,
            attribute: at,
            tokens,
            span: attribute,
        }
    }

    /// Whether a range lies in the item or in the attribute.
    pub(crate) fn covers(&self, range: &Range<usize>) -> bool {
        [&self.item, &self.attribute]
            .iter()
            .any(|own| own.start <= range.start && range.end <= own.end)
    }

    /// The bytes of a token, by its number: groups are two tokens and their content, or that alone if they
    /// have no delimiters.
    pub(crate) fn token(&self, number: usize) -> Option<Range<usize>> {
        self.tokens.get(number).map(|token| token.range.clone())
    }

    /// The first and the last token that lie in a range; the attribute, if none does.
    pub(crate) fn spans(&self, range: Range<usize>) -> (Span, Span) {
        let within =
            |token: &&Token| range.start <= token.range.start && token.range.end <= range.end;
        let first = self.tokens.iter().find(within);
        let last = self.tokens.iter().rev().find(within);
        match (first, last) {
            (Some(first), Some(last)) => (first.span, last.span),
            _ => (self.span, self.span),
        }
    }

    /// The line of a byte in the file, counted from one.
    pub(crate) fn line(&self, at: usize) -> Option<usize> {
        self.path.as_ref()?;
        Some(self.text.get(..at)?.matches('\n').count() + 1)
    }
}

/// How a token is written.
enum Spelling<'a> {
    /// So. But a documentation comment is tokens, too, which are spelled otherwise, and begins with `/`; and
    /// both tokens of a lifetime may have the span of the whole, which begins with `'`.
    Exact(&'a str),
    /// Somehow: a literal, or the end of a group, which may be that of a documentation comment.
    Any,
}

/// Calls `visit` for each token, in order, as long as it agrees.
fn for_each_token(
    tokens: &TokenStream,
    visit: &mut impl FnMut(Spelling<'_>, Span) -> Option<()>,
) -> Option<()> {
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = delimiters(group.delimiter());
                if !open.is_empty() {
                    visit(Spelling::Exact(open), group.span_open())?;
                }
                for_each_token(&group.stream(), visit)?;
                if !close.is_empty() {
                    visit(Spelling::Any, group.span_close())?;
                }
            }
            TokenTree::Punct(punct) => {
                let text = punct.as_char().to_string();
                visit(Spelling::Exact(&text), punct.span())?;
            }
            TokenTree::Ident(ident) => visit(Spelling::Exact(&ident.to_string()), ident.span())?,
            TokenTree::Literal(literal) => visit(Spelling::Any, literal.span())?,
        }
    }
    Some(())
}

fn delimiters(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

/// Prints tokens, and notes where each is.
struct Printer {
    text: String,
    start: usize,
    tokens: Vec<Token>,
    /// The last was one half of an operator.
    joint: bool,
}

impl Printer {
    fn push(&mut self, token: &str, span: Span, joint: bool) {
        if !self.joint {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(token);
        self.tokens.push(Token {
            range: start..self.text.len(),
            span,
        });
        self.joint = joint;
    }

    fn print(&mut self, stream: &TokenStream) {
        for token in stream.clone() {
            match token {
                TokenTree::Group(group) => {
                    let (open, close) = delimiters(group.delimiter());
                    if open.is_empty() {
                        self.print(&group.stream());
                        continue;
                    }
                    self.push(open, group.span_open(), false);
                    self.print(&group.stream());
                    self.joint = false;
                    self.push(close, group.span_close(), false);
                }
                TokenTree::Punct(punct) => {
                    let joint = punct.spacing() == Spacing::Joint;
                    self.push(&punct.as_char().to_string(), punct.span(), joint);
                }
                TokenTree::Ident(ident) => self.push(&ident.to_string(), ident.span(), false),
                TokenTree::Literal(literal) => {
                    self.push(&literal.to_string(), literal.span(), false);
                }
            }
        }
    }
}

/// Where the lines of a text begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl Lines<'_> {
    fn new(text: &str) -> Lines<'_> {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        Lines {
            text,
            starts: std::iter::once(0).chain(after).collect(),
        }
    }

    /// The byte at a line, counted from one, and a column in characters, counted from zero.
    fn offset(&self, at: LineColumn) -> Option<usize> {
        let start = *self.starts.get(at.line.checked_sub(1)?)?;
        let line = self.text.get(start..)?;
        let column = line.char_indices().map(|(at, _)| at).nth(at.column);
        Some(start + column.unwrap_or(line.len()))
    }
}
