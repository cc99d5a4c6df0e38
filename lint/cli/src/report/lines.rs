//! Lines and columns.

use std::cell::OnceCell;
use std::ops::Range;

use codespan_reporting::files::line_starts;
use socklint_analysis::{FileId, SourceFile};

use crate::inputs::Inputs;

/// Where the lines of a text start. A byte order mark is no part of the first: editors and compilers do not
/// count it.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

/// The sources, with the lines of each, which are found once.
pub(crate) struct Lined<'a> {
    /// What was read.
    pub(crate) inputs: &'a Inputs,
    lines: Vec<OnceCell<Lines<'a>>>,
}

impl<'a> Lined<'a> {
    /// Those of `inputs`.
    pub(crate) fn new(inputs: &'a Inputs) -> Self {
        Lined {
            inputs,
            lines: inputs.input.files.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// A file and its lines.
    pub(super) fn of(&self, file: FileId) -> Option<(&'a SourceFile, &Lines<'a>)> {
        let index = file.0 as usize;
        let file = self.inputs.input.files.get(index)?;
        let lines = self.lines.get(index)?;
        Some((file, lines.get_or_init(|| Lines::new(&file.text))))
    }
}

/// A position in a text; both count from 1, columns in characters.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut starts: Vec<usize> = line_starts(text).collect();
        if text.starts_with('\u{FEFF}') {
            starts[0] = '\u{FEFF}'.len_utf8();
        }
        Lines { text, starts }
    }

    /// The position of a byte; one past the end has the position after the last character.
    pub(super) fn position(&self, byte: usize) -> Position {
        let byte = byte.clamp(self.starts[0], self.text.len());
        let line = self.starts.partition_point(|&start| start <= byte);
        let start = self.starts[line.saturating_sub(1)];
        let before = self.text.as_bytes()[start..byte].iter();
        Position {
            line,
            // Bytes that begin a character.
            column: 1 + before.filter(|&&byte| byte & 0xC0 != 0x80).count(),
        }
    }

    /// How many lines there are; the last one may be empty.
    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line (from 1) without its end; none, at the end, if there is no such line.
    pub(super) fn bytes(&self, line: usize) -> Range<usize> {
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index));
        let start = start.copied().unwrap_or(self.text.len());
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let text = &self.text[start..end];
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        start..start + text.len()
    }

    /// The lines (from 1) that hold `bytes`, without their line ends.
    pub(super) fn lines(&self, bytes: Range<usize>) -> impl Iterator<Item = &'a str> {
        let first = self.position(bytes.start).line;
        // A range that ends with a line end does not reach the next line.
        let last = self
            .position(bytes.end.saturating_sub(1).max(bytes.start))
            .line;
        (first..=last).map(|line| &self.text[self.bytes(line)])
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Position};

    #[test]
    fn columns_are_characters() {
        let text = "\tlet 口 = 1;\r\n\u{1F600}x\n";
        let lines = Lines::new(text);
        let at = |needle: &str| lines.position(text.find(needle).expect("it is there"));
        assert_eq!(at("let"), Position { line: 1, column: 2 });
        assert_eq!(at("= 1"), Position { line: 1, column: 8 });
        assert_eq!(at("x"), Position { line: 2, column: 2 });
        assert_eq!(
            lines.position(text.len() + 9),
            Position { line: 3, column: 1 }
        );
    }

    #[test]
    fn a_byte_order_mark_is_not_counted() {
        let lines = Lines::new("\u{FEFF}ab\nc");
        assert_eq!(lines.position(0), Position { line: 1, column: 1 });
        assert_eq!(lines.position(4), Position { line: 1, column: 2 });
        assert_eq!(lines.position(6), Position { line: 2, column: 1 });
        assert_eq!(lines.lines(0..5).collect::<Vec<_>>(), ["ab"]);
    }

    #[test]
    fn lines_have_no_ends() {
        let lines = Lines::new("a\r\nb\nc");
        assert_eq!(lines.lines(0..5).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(lines.lines(5..6).collect::<Vec<_>>(), ["c"]);
        assert_eq!(lines.lines(3..3).collect::<Vec<_>>(), ["b"]);
    }
}
