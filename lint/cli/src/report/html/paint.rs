//! One line of source: coloured, with what a finding points at marked in it, and clipped if it is long.
//!
//! Marks may overlap, so the line is cut wherever one begins or ends, and each piece says which marks
//! it belongs to.

use std::ops::Range;

use super::source::{Color, Source};
use super::text::Html;

/// Longer lines are shown around their marks only.
const LONGEST_LINE: usize = 400;

/// How much of a long line is shown before and after a mark.
const AROUND: usize = 80;

/// How much of one mark in a long line is shown.
const LONGEST_MARK: usize = 200;

/// What a mark stands for; what is more is drawn stronger.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Another place.
    Other,
    /// A step of the path.
    Step,
    /// Where the finding is reported.
    Primary,
}

/// A part of a text that a note speaks of.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Which part.
    pub(super) bytes: Range<usize>,
    /// What for.
    pub(super) kind: Kind,
    /// The number of the note, from 1.
    pub(super) note: usize,
}

/// Paints a line.
pub(super) fn line(source: &Source, number: usize, marks: &[Mark]) -> Html {
    let bytes = source.lines.bytes(number);
    let here: Vec<Mark> = marks
        .iter()
        .filter_map(|mark| on_line(source, &bytes, mark))
        .collect();
    let mut html = Html::default();
    let mut end = bytes.start;
    for kept in kept(source.text, &bytes, &here) {
        left_out(&mut html, source.text, end..kept.start);
        end = kept.end;
        pieces(&mut html, source, kept, &here);
    }
    left_out(&mut html, source.text, end..bytes.end);
    html
}

/// The part of a mark that lies on a line, without the space around it.
fn on_line(source: &Source, line: &Range<usize>, mark: &Mark) -> Option<Mark> {
    // One that ends beyond the line, or is empty, is shown at the line's end.
    let start = mark.bytes.start.clamp(line.start, line.end);
    let end = mark.bytes.end.min(line.end);
    let starts_here = source
        .lines
        .bytes(source.lines.position(mark.bytes.start).line)
        == *line;
    if start >= end {
        return starts_here.then(|| Mark {
            bytes: start..start,
            ..mark.clone()
        });
    }
    let text = source.text.get(start..end)?;
    let start = end - text.trim_start().len();
    let end = start + text.trim().len();
    (start < end || starts_here).then(|| Mark {
        bytes: start..end,
        ..mark.clone()
    })
}

/// The parts of a line that are shown.
fn kept(text: &str, line: &Range<usize>, marks: &[Mark]) -> Vec<Range<usize>> {
    if line.len() <= LONGEST_LINE {
        return vec![line.clone()];
    }
    let around = |range: Range<usize>| {
        let start = text.floor_char_boundary(range.start.saturating_sub(AROUND));
        let end = text.ceil_char_boundary(range.end + AROUND);
        start.max(line.start)..end.min(line.end)
    };
    let mut kept: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match mark.bytes.len() > LONGEST_MARK {
            true => {
                kept.push(around(mark.bytes.start..mark.bytes.start));
                kept.push(around(mark.bytes.end..mark.bytes.end));
            }
            false => kept.push(around(mark.bytes.clone())),
        }
    }
    if kept.is_empty() {
        kept.push(around(line.start..line.start));
    }
    kept.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in kept {
        match merged.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    merged
}

fn left_out(html: &mut Html, text: &str, bytes: Range<usize>) {
    let count = text.get(bytes).map_or(0, |text| text.chars().count());
    if count > 0 {
        html.markup("<span class=\"hidden\">… ");
        html.number(count);
        html.markup(" more …</span>");
    }
}

/// Adds a part of a line, cut where marks begin and end.
fn pieces(html: &mut Html, source: &Source, bytes: Range<usize>, marks: &[Mark]) {
    let ends = marks
        .iter()
        .flat_map(|mark| [mark.bytes.start, mark.bytes.end]);
    let mut cuts: Vec<usize> = ends.filter(|cut| bytes.contains(cut)).collect();
    cuts.extend([bytes.start, bytes.end]);
    cuts.sort_unstable();
    cuts.dedup();
    for (index, &start) in cuts.iter().enumerate() {
        let end = cuts.get(index + 1).copied();
        let empty = |mark: &&Mark| mark.bytes.is_empty() && mark.bytes.start == start;
        marked(html, marks.iter().filter(empty), |_| {});
        if let Some(end) = end {
            let covers = |mark: &&Mark| mark.bytes.start <= start && end <= mark.bytes.end;
            let covering = marks.iter().filter(covers);
            marked(html, covering, |html| colored(html, source, start..end));
        }
    }
}

fn marked<'a>(
    html: &mut Html,
    marks: impl Iterator<Item = &'a Mark>,
    content: impl FnOnce(&mut Html),
) {
    let marks: Vec<&Mark> = marks.collect();
    let Some(kind) = marks.iter().map(|mark| mark.kind).max() else {
        return content(html);
    };
    html.markup(match kind {
        Kind::Primary => "<mark class=\"primary\" data-notes=\"",
        Kind::Step => "<mark class=\"step\" data-notes=\"",
        Kind::Other => "<mark class=\"other\" data-notes=\"",
    });
    for (index, mark) in marks.iter().enumerate() {
        html.markup(if index > 0 { " " } else { "" });
        html.number(mark.note);
    }
    html.markup("\">");
    content(html);
    html.markup("</mark>");
}

fn colored(html: &mut Html, source: &Source, bytes: Range<usize>) {
    let mut done = bytes.start;
    let text = |range: Range<usize>| source.text.get(range).unwrap_or("");
    for (part, color) in source.colors(&bytes) {
        let start = part.start.max(bytes.start);
        let end = part.end.min(bytes.end);
        html.text(text(done..start));
        html.markup(match color {
            Color::Keyword => "<i class=\"k\">",
            Color::Text => "<i class=\"s\">",
            Color::Number => "<i class=\"n\">",
            Color::Comment => "<i class=\"c\">",
        });
        html.text(text(start..end));
        html.markup("</i>");
        done = end;
    }
    html.text(text(done..bytes.end));
}
