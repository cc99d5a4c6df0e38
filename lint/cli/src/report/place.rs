//! A place in the source, as reports for other programs name it.

use std::ops;
use std::path::Path;

use socklint_analysis::Span;

use super::lines::{Lines, Position};
use crate::inputs::Inputs;
use crate::outcome::{Diagnostic, Place};
use crate::repository::Repository;

/// A range of a file, or a file.
pub(super) struct Located<'a> {
    /// The file's path from the root of the repository.
    pub(super) path: String,
    /// The range; `None` of a file that could not be read.
    pub(super) range: Option<Range<'a>>,
}

/// A range of a file.
pub(super) struct Range<'a> {
    /// The first character.
    pub(super) start: Position,
    /// One past the last.
    pub(super) end: Position,
    file: &'a str,
    bytes: ops::Range<usize>,
}

impl<'a> Range<'a> {
    fn new(file: &'a str, bytes: ops::Range<usize>) -> Self {
        let lines = Lines::new(file);
        Range {
            start: lines.position(bytes.start),
            end: lines.position(bytes.end),
            file,
            bytes,
        }
    }

    /// What stands there.
    pub(super) fn text(&self) -> &'a str {
        self.file.get(self.bytes.clone()).unwrap_or("")
    }

    /// The lines in which this begins and ends with `count` more on both sides, without the last line's
    /// end; `None` if that is no more than this.
    pub(super) fn with_lines_around(&self, count: usize) -> Option<Range<'a>> {
        let mut before = self.file.get(..self.bytes.start)?.rmatch_indices('\n');
        let lo = before.nth(count).map_or(0, |(at, end)| at + end.len());
        let mut after = self.file.get(self.bytes.end..)?.match_indices('\n');
        let hi = match after.nth(count) {
            Some((at, _)) => self.bytes.end + at,
            None => self.file.len(),
        };
        let text = self.file.get(lo..hi)?;
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let around = lo..(lo + text.len()).max(self.bytes.end);
        (around != self.bytes).then(|| Range::new(self.file, around))
    }
}

impl Located<'_> {
    /// `path:line:column`, or the path alone.
    pub(super) fn short(&self) -> String {
        match &self.range {
            Some(Range { start, .. }) => format!("{}:{}:{}", self.path, start.line, start.column),
            None => self.path.clone(),
        }
    }
}

/// The place of a diagnostic.
pub(super) fn of<'a>(
    inputs: &'a Inputs,
    repository: &Repository,
    diagnostic: &Diagnostic,
) -> Located<'a> {
    match &diagnostic.place {
        Place::Span(span) => of_span(inputs, repository, *span),
        Place::Path(path) => Located {
            path: repository.path(path),
            range: None,
        },
    }
}

/// The place of a span.
pub(super) fn of_span<'a>(inputs: &'a Inputs, repository: &Repository, span: Span) -> Located<'a> {
    let Some(file) = inputs.input.files.get(span.file.0 as usize) else {
        return Located {
            path: String::new(),
            range: None,
        };
    };
    Located {
        path: repository.path(Path::new(&file.path)),
        range: Some(Range::new(&file.text, span.range())),
    }
}
