//! Bytes of a text and the client's positions.
//!
//! A position is a line and a column, and a column counts bytes, UTF-16 units
//! or characters, as was agreed with the client. What lies outside a line or
//! the text means its end, as the protocol has it; what lies inside a
//! character means its start.

use std::ops::Range;

use codespan_reporting::files::line_starts;
use gen_lsp_types as lsp;

/// What a column counts.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 units: what every client knows.
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The protocol's name for it.
    pub(super) fn kind(self) -> lsp::PositionEncodingKind {
        match self {
            Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
            Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
            Encoding::Utf32 => lsp::PositionEncodingKind::UTF32,
        }
    }

    fn width(self, character: char) -> usize {
        match self {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16 => character.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// Where the lines of a text start.
pub(super) struct Positions<'a> {
    text: &'a str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'a> Positions<'a> {
    /// Reads the lines of `text`.
    pub(super) fn new(text: &'a str, encoding: Encoding) -> Self {
        Positions {
            text,
            starts: line_starts(text).collect(),
            encoding,
        }
    }

    /// The position of a byte.
    pub(super) fn position(&self, byte: usize) -> lsp::Position {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|&start| start <= byte).max(1) - 1;
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..byte).unwrap_or("");
        let column: usize = before.chars().map(|c| self.encoding.width(c)).sum();
        lsp::Position {
            line: line as u32,
            character: column as u32,
        }
    }

    /// The range of some bytes.
    pub(super) fn range(&self, bytes: &Range<usize>) -> lsp::Range {
        lsp::Range {
            start: self.position(bytes.start),
            end: self.position(bytes.end),
        }
    }

    /// The byte at a position.
    pub(super) fn byte(&self, position: lsp::Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else {
            return self.text.len();
        };
        let end = self.starts.get(line + 1).copied();
        let content = self.text.get(start..end.unwrap_or(self.text.len()));
        let content = content.unwrap_or("").trim_end_matches(['\n', '\r']);
        let mut column = 0;
        for (offset, character) in content.char_indices() {
            column += self.encoding.width(character);
            if column > position.character as usize {
                return start + offset;
            }
        }
        start + content.len()
    }

    /// The bytes of a range; an end before the start counts as the start.
    pub(super) fn bytes(&self, range: lsp::Range) -> Range<usize> {
        let start = self.byte(range.start);
        start..self.byte(range.end).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Positions};
    use gen_lsp_types::Position;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_count_what_was_agreed() {
        let text = "a\r\n\u{1F600}ä = x\nend";
        let x = text.find('x').expect("it is there");
        for (encoding, column) in [
            (Encoding::Utf8, 9),
            (Encoding::Utf16, 6),
            (Encoding::Utf32, 5),
        ] {
            let positions = Positions::new(text, encoding);
            assert_eq!(positions.position(x), at(1, column));
            assert_eq!(positions.byte(at(1, column)), x);
        }
    }

    #[test]
    fn what_lies_outside_means_the_end() {
        let positions = Positions::new("ab\r\n\u{1F600}\n", Encoding::Utf16);
        assert_eq!(positions.byte(at(0, 99)), 2);
        assert_eq!(positions.byte(at(1, 1)), 4);
        assert_eq!(positions.byte(at(1, 2)), 8);
        assert_eq!(positions.byte(at(2, 0)), 9);
        assert_eq!(positions.byte(at(7, 7)), 9);
        assert_eq!(positions.position(6), at(1, 0));
        assert_eq!(positions.position(99), at(2, 0));
    }
}
