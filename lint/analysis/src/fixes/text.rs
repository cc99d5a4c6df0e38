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

    /// `lines` in braces, with the indentation of the line of `at`.
    pub(super) fn block(self, at: usize, lines: &[String]) -> String {
        let (end, indent, step) = (self.line_end(), self.indent(at), self.step());
        let inner: String = lines
            .iter()
            .map(|line| format!("{indent}{step}{line}{end}"))
            .collect();
        format!("{{{end}{inner}{indent}}}")
    }
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
