//! The source of a finding, as rows: lines, the notes below them, and what is left out between them.
//!
//! Files come in the order in which the path enters them, lines in the order of the file. A note stands
//! below the first line of what it speaks of.

use std::ops::RangeInclusive;

use socklint_analysis::{FileId, Span};

use super::note::Note;
use super::paint::{self, Kind, Mark};
use super::rail::{self, Part};
use super::source::{Source, Sources};
use super::text::{Html, path};

/// How many lines are shown above and below a marked one.
const CONTEXT: usize = 2;

/// Of what covers more lines, only the first is marked.
const LONGEST_MARK: usize = 6;

/// Fewer lines are shown rather than left out.
const SMALLEST_GAP: usize = 3;

/// More lines that are left out are only counted.
const LARGEST_GAP: usize = 60;

/// The source of a finding.
#[derive(Default)]
pub(super) struct Excerpt {
    /// From top to bottom.
    pub(super) rows: Vec<Row>,
    /// How many lanes the path needs.
    pub(super) lanes: usize,
}

/// A row, with its part of the path's line.
pub(super) struct Row {
    /// What it shows.
    pub(super) content: Content,
    /// The path's line in it.
    pub(super) rail: Vec<Part>,
}

/// What a row shows.
pub(super) enum Content {
    /// From here on it is another file.
    File(Html),
    /// A line.
    Line(Line),
    /// What happens in the line above: the index of the note, and space up to what it speaks of.
    Note(usize, String),
    /// How many lines are left out, and those.
    Gap(usize, Vec<Line>),
}

/// A line of source.
pub(super) struct Line {
    /// From 1.
    pub(super) number: usize,
    /// Its text.
    pub(super) code: Html,
}

/// Cuts out of the sources what `notes` speak of.
pub(super) fn cut(sources: &Sources, notes: &[Note]) -> Excerpt {
    let mut files: Vec<FileId> = Vec::new();
    for note in notes
        .iter()
        .filter(|note| note.number.is_some())
        .chain(notes)
    {
        if !files.contains(&note.span.file) {
            files.push(note.span.file);
        }
    }
    let mut contents = Vec::new();
    for file in &files {
        let Some(source) = sources.get(*file) else {
            continue;
        };
        if files.len() > 1 {
            contents.push(Content::File(path(source.path)));
        }
        cut_file(source, *file, notes, &mut contents);
    }
    let row_of = |index: usize| {
        let is_it = |content: &Content| matches!(content, Content::Note(note, _) if *note == index);
        contents.iter().position(is_it)
    };
    let mut steps: Vec<(usize, usize)> = Vec::new();
    for (index, note) in notes.iter().enumerate() {
        if let (Some(number), Some(row)) = (note.number, row_of(index)) {
            steps.push((number, row));
        }
    }
    steps.sort_unstable();
    let steps: Vec<usize> = steps.into_iter().map(|(_, row)| row).collect();
    let (rails, lanes) = rail::draw(contents.len(), &steps);
    let rows = contents.into_iter().zip(rails);
    Excerpt {
        rows: rows.map(|(content, rail)| Row { content, rail }).collect(),
        lanes,
    }
}

fn cut_file(source: &Source, file: FileId, notes: &[Note], contents: &mut Vec<Content>) {
    let mut marks = Vec::new();
    let mut notes_by_line: Vec<(usize, usize)> = Vec::new();
    let mut regions = Vec::new();
    for (index, note) in notes.iter().enumerate() {
        if note.span.file != file {
            continue;
        }
        let (lines, mark) = marked(source, note.span, note.kind, index + 1);
        if !note.is_silent() {
            notes_by_line.push((*lines.start(), index));
        }
        regions.push(with_context(source, lines));
        marks.push(mark);
    }
    let mut previous: Option<usize> = None;
    for region in merged(regions) {
        if let Some(previous) = previous {
            let left_out = previous + 1..=region.start() - 1;
            let count = left_out.clone().count();
            let shown = left_out.filter(|_| count <= LARGEST_GAP);
            let lines = shown.map(|line| painted(source, line, &marks)).collect();
            contents.push(Content::Gap(count, lines));
        }
        previous = Some(*region.end());
        for line in region {
            contents.push(Content::Line(painted(source, line, &marks)));
            let here = notes_by_line.iter().filter(|(at, _)| *at == line);
            for &(_, index) in here {
                let start = notes
                    .get(index)
                    .map_or(0, |note| source.bytes(note.span).start);
                contents.push(Content::Note(index, space_before(source, line, start)));
            }
        }
    }
}

fn painted(source: &Source, number: usize, marks: &[Mark]) -> Line {
    Line {
        number,
        code: paint::line(source, number, marks),
    }
}

/// The lines that a span marks, and the mark.
fn marked(source: &Source, span: Span, kind: Kind, note: usize) -> (RangeInclusive<usize>, Mark) {
    let mut bytes = source.bytes(span);
    let first = source.lines.position(bytes.start).line;
    let mut last = source
        .lines
        .position(bytes.end.saturating_sub(1))
        .line
        .max(first);
    if last - first >= LONGEST_MARK {
        last = first;
        bytes.end = source.lines.bytes(first).end.max(bytes.start);
    }
    (first..=last, Mark { bytes, kind, note })
}

/// The lines, and those around them up to where something stands.
fn with_context(source: &Source, lines: RangeInclusive<usize>) -> RangeInclusive<usize> {
    let is_blank = |line: &usize| {
        let text = source.text.get(source.lines.bytes(*line));
        text.unwrap_or("").trim().is_empty()
    };
    let (first, last) = lines.into_inner();
    let mut start = first.saturating_sub(CONTEXT).max(1);
    while start < first && is_blank(&start) {
        start += 1;
    }
    let mut end = (last + CONTEXT).min(source.lines.count()).max(last);
    while end > last && is_blank(&end) {
        end -= 1;
    }
    start..=end
}

/// In order, and as one where little lies between two.
fn merged(mut regions: Vec<RangeInclusive<usize>>) -> Vec<RangeInclusive<usize>> {
    regions.sort_by_key(|region| *region.start());
    let mut merged: Vec<RangeInclusive<usize>> = Vec::new();
    for region in regions {
        match merged.last_mut() {
            Some(last) if *region.start() <= last.end() + SMALLEST_GAP => {
                *last = *last.start()..=*last.end().max(region.end());
            }
            _ => merged.push(region),
        }
    }
    merged
}

/// Space as wide as the text of a line before `byte`; none if that is so much that it does not fit.
fn space_before(source: &Source, line: usize, byte: usize) -> String {
    const WIDEST: usize = 90;
    let start = source.lines.bytes(line).start;
    let text = source.text.get(start..byte).unwrap_or("");
    if text.len() > WIDEST {
        return String::new();
    }
    let mut space = String::new();
    for c in text.chars() {
        match c {
            '\t' => space.push('\t'),
            _ => {
                let width = unicode_width::UnicodeWidthChar::width(c).unwrap_or(1);
                space.extend(std::iter::repeat_n(' ', width));
            }
        }
    }
    space
}
