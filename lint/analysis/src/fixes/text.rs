//! A file's text, its lines and their indentation.

use std::ops::Range;

use syn::spanned::Spanned;

/// A file's text.
#[derive(Copy, Clone)]
pub(super) struct Text<'a>(pub(super) &'a str);

impl<'a> Text<'a> {
    /// The part.
    pub(super) fn of(self, range: Range<usize>) -> &'a str {
        self.0.get(range).unwrap_or("")
    }

    /// The text of a node.
    pub(super) fn of_node(self, node: &impl Spanned) -> &'a str {
        self.of(range(node))
    }

    /// Where the line of a byte starts.
    pub(super) fn line_start(self, at: usize) -> usize {
        self.of(0..at).rfind('\n').map_or(0, |end| end + 1)
    }

    /// The white space at the start of the line.
    pub(super) fn indent(self, at: usize) -> &'a str {
        let line = self.of(self.line_start(at)..self.0.len());
        let rest = line.trim_start_matches([' ', '\t']);
        &line[..line.len() - rest.len()]
    }

    /// Whether nothing but white space stands before it on its line.
    pub(super) fn starts_line(self, at: usize) -> bool {
        let before = self.of(self.line_start(at)..at);
        before.trim().is_empty()
    }

    /// The statement with its line, or, if something else stands there, with the space behind it.
    pub(super) fn line_of(self, statement: Range<usize>) -> Range<usize> {
        let rest = self.of(statement.end..self.0.len());
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        if !self.starts_line(statement.start) {
            return statement;
        }
        match rest[..end].trim().is_empty() {
            true => self.line_start(statement.start)..statement.end + end,
            false => {
                let space = rest.len() - rest.trim_start_matches(' ').len();
                statement.start..statement.end + space
            }
        }
    }

    /// Whether nothing else stands on the lines of the statement, and no comment above it.
    pub(super) fn stands_alone(self, statement: Range<usize>) -> bool {
        let line = self.line_start(statement.start);
        let above = self.of(0..line).lines().next_back().unwrap_or("");
        let behind = self.of(statement.end..self.0.len()).lines().next();
        let above = above.trim_start();
        self.starts_line(statement.start)
            && behind.is_none_or(|rest| rest.trim().is_empty())
            && !above.starts_with("//")
            && !above.trim_end().ends_with("*/")
    }

    /// What ends the lines of this file.
    pub(super) fn line_end(self) -> &'static str {
        match self.0.contains("\r\n") {
            true => "\r\n",
            false => "\n",
        }
    }

    /// One step of indentation.
    pub(super) fn step(self) -> &'static str {
        match self.0.contains("\n\t") {
            true => "\t",
            false => "    ",
        }
    }

    /// `lines`, one below the other from `at` on, as they look before what stands there.
    pub(super) fn before(self, at: usize, lines: &[String]) -> String {
        let between = match self.starts_line(at) {
            true => format!("{}{}", self.line_end(), self.indent(at)),
            false => " ".to_owned(),
        };
        lines
            .iter()
            .map(|line| format!("{line}{between}"))
            .collect()
    }

    /// `lines` in braces, with the indentation of the line of `at`. What is one of them and has lines itself stood
    /// there before, and moves one step in.
    pub(super) fn block(self, at: usize, lines: &[String]) -> String {
        self.block_in(self.indent(at), lines)
    }

    /// `lines` in braces, with that indentation.
    pub(super) fn block_in(self, indent: &str, lines: &[String]) -> String {
        let (end, step) = (self.line_end(), self.step());
        let inner: String = lines
            .iter()
            .map(|line| format!("{indent}{step}{}{end}", self.moved_in(line)))
            .collect();
        format!("{{{end}{inner}{indent}}}")
    }

    /// The text with its further lines one step further in, unless one starts in a literal.
    fn moved_in(self, text: &str) -> String {
        if !text.contains('\n') || has_long_literal(text) {
            return text.to_owned();
        }
        let mut moved = String::with_capacity(text.len() + 64);
        for line in text.split_inclusive('\n') {
            if !moved.is_empty() && !line.trim().is_empty() {
                moved.push_str(self.step());
            }
            moved.push_str(line);
        }
        moved
    }
}

/// Whether a literal in the text goes over a line's end.
fn has_long_literal(text: &str) -> bool {
    fn any(tokens: proc_macro2::TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Group(group) => any(group.stream()),
            proc_macro2::TokenTree::Literal(literal) => literal.to_string().contains('\n'),
            _ => false,
        })
    }
    // What is no whole expression (a statement without its end) has tokens as well.
    text.parse().map_or(true, any)
}

/// Where a node stands in its file.
pub(super) fn range(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

/// Whether `text` has `word`, not as a part of a longer one.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}
