//! Places in the sources, as reports for other programs name them.

use std::ops;
use std::path::Path;

use socklint_analysis::Span;

use super::lines::{Lined, Lines, Position};
use crate::inputs::Inputs;
use crate::outcome::{Diagnostic, Place};
use crate::repository::Repository;

/// The sources by their paths from the repository's root.
pub(super) struct Sources<'a> {
    /// What was read.
    pub(super) inputs: &'a Inputs,
    /// The repository around it.
    pub(super) repository: Repository,
    lined: Lined<'a>,
}

/// A range of a file, or a file.
pub(super) struct Located<'s> {
    /// The file's path from the root of the repository.
    pub(super) path: String,
    /// The range; `None` of a file that could not be read.
    pub(super) range: Option<Range<'s>>,
}

/// A range of a file.
pub(super) struct Range<'s> {
    /// The first character.
    pub(super) start: Position,
    /// One past the last.
    pub(super) end: Position,
    file: &'s str,
    lines: &'s Lines<'s>,
    bytes: ops::Range<usize>,
}

impl<'a> Sources<'a> {
    /// Those of `inputs`.
    pub(super) fn new(inputs: &'a Inputs) -> Self {
        Sources {
            inputs,
            repository: Repository::around(&inputs.base),
            lined: Lined::new(inputs),
        }
    }

    /// The place of a diagnostic.
    pub(super) fn of(&self, diagnostic: &Diagnostic) -> Located<'_> {
        match &diagnostic.place {
            Place::Span(span) => self.of_span(*span),
            Place::Path(path) => Located {
                path: self.repository.path(path),
                range: None,
            },
        }
    }

    /// The place of a span.
    pub(super) fn of_span(&self, span: Span) -> Located<'_> {
        let Some((file, lines)) = self.lined.of(span.file) else {
            return Located {
                path: String::new(),
                range: None,
            };
        };
        Located {
            path: self.repository.path(Path::new(&file.path)),
            range: Some(Range::new(&file.text, lines, span.range())),
        }
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

impl<'s> Range<'s> {
    fn new(file: &'s str, lines: &'s Lines<'s>, bytes: ops::Range<usize>) -> Self {
        Range {
            start: lines.position(bytes.start),
            end: lines.position(bytes.end),
            file,
            lines,
            bytes,
        }
    }

    /// What stands there.
    pub(super) fn text(&self) -> &'s str {
        self.file.get(self.bytes.clone()).unwrap_or("")
    }

    /// The lines in which this begins and ends with `count` more on both sides, without the last line's
    /// end; `None` if that is no more than this.
    pub(super) fn with_lines_around(&self, count: usize) -> Option<Range<'s>> {
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
        (around != self.bytes).then(|| Range::new(self.file, self.lines, around))
    }
}
