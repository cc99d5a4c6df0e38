//! A fix as a small diff: the lines that it changes, before and after, with one line around them.

use std::ops::Range;

use socklint_analysis::{Applicability, Edit, Fix};

use super::source::{Source, Sources};
use super::text::{Html, plain, prose};

/// Longer lines are clipped.
const LONGEST_LINE: usize = 200;

/// A fix.
pub(super) struct Change {
    /// What it does.
    pub(super) title: Html,
    /// Who may apply it.
    pub(super) caution: &'static str,
    /// The file, if there is something to show of it.
    pub(super) file: Html,
    /// Its lines; between two places that are apart stands a [`Sign::Gap`].
    pub(super) lines: Vec<Line>,
}

/// A line of a diff.
pub(super) struct Line {
    /// What becomes of it.
    pub(super) sign: Sign,
    /// Its number before the change, if it had one.
    pub(super) number: Option<usize>,
    /// Its text.
    pub(super) text: Html,
}

/// What becomes of a line.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// It stays.
    Same,
    /// It goes.
    Old,
    /// It comes.
    New,
    /// Lines that stay are left out here.
    Gap,
}

impl Sign {
    /// The class that draws it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Sign::Same => "same",
            Sign::Old => "old",
            Sign::New => "new",
            Sign::Gap => "gap",
        }
    }

    /// The character before the line.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Sign::Same => " ",
            Sign::Old => "-",
            Sign::New => "+",
            Sign::Gap => "⋮",
        }
    }
}

/// What `fix` would change.
pub(super) fn change(sources: &Sources, fix: &Fix) -> Change {
    let mut change = Change {
        title: prose(&fix.title),
        caution: match fix.applicability {
            Applicability::MachineApplicable => "may be applied as it is",
            Applicability::MaybeIncorrect => "look at it before you apply it",
        },
        file: Html::default(),
        lines: Vec::new(),
    };
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| (edit.span.file, edit.span.lo, edit.span.hi));
    let Some(source) = edits.first().and_then(|edit| sources.get(edit.span.file)) else {
        return change;
    };
    change.file = plain(source.path);
    let mut rest = edits.as_slice();
    while let Some(first) = rest.first() {
        let mut lines = touched(source, first);
        // Edits of the same or the next line are shown as one.
        let near = rest.iter().take_while(|edit| {
            let next = touched(source, edit);
            let is_near = next.start <= lines.end + 1;
            lines.end = lines.end.max(next.end);
            is_near
        });
        let count = near.count().max(1);
        let (these, others) = rest.split_at(count);
        rest = others;
        if !change.lines.is_empty() {
            change.lines.push(Line {
                sign: Sign::Gap,
                number: None,
                text: Html::default(),
            });
        }
        hunk(source, these, &mut change.lines);
    }
    change
}

/// The lines, from 1, that an edit changes.
fn touched(source: &Source, edit: &Edit) -> Range<usize> {
    let bytes = source.bytes(edit.span);
    let first = source.lines.position(bytes.start).line;
    let last = source.lines.position(bytes.end).line;
    first..last.max(first) + 1
}

fn hunk(source: &Source, edits: &[&Edit], lines: &mut Vec<Line>) {
    let touched: Vec<Range<usize>> = edits.iter().map(|edit| touched(source, edit)).collect();
    let first = touched.iter().map(|lines| lines.start).min().unwrap_or(1);
    let end = touched.iter().map(|lines| lines.end).max().unwrap_or(first);
    let start = source.lines.bytes(first).start;
    let stop = source.lines.bytes(end - 1).end;
    let before = source.text.get(start..stop).unwrap_or("");
    let mut after = String::new();
    let mut done = start;
    for edit in edits {
        let bytes = source.bytes(edit.span);
        after.push_str(source.text.get(done..bytes.start).unwrap_or(""));
        after.push_str(&edit.text);
        done = bytes.end.max(done);
    }
    after.push_str(source.text.get(done..stop).unwrap_or(""));

    let split = |text| str::split(text, '\n').map(|line: &str| line.trim_end_matches('\r'));
    let old: Vec<&str> = split(before).collect();
    let new: Vec<&str> = split(&after).collect();
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let head = old.iter().zip(&new).take_while(same).count();
    let shorter = old.len().min(new.len()) - head;
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(shorter)
        .take_while(same)
        .count();
    let from = first + head;
    let to = first + old.len() - tail;

    let numbered = |number: usize| source.text.get(source.lines.bytes(number)).unwrap_or("");
    let mut add = |sign, number, text: &str| {
        lines.push(Line {
            sign,
            number,
            text: clipped(text),
        });
    };
    if from > 1 {
        add(Sign::Same, Some(from - 1), numbered(from - 1));
    }
    for number in from..to {
        add(Sign::Old, Some(number), numbered(number));
    }
    for text in new.get(head..new.len() - tail).unwrap_or_default() {
        add(Sign::New, None, text);
    }
    if to <= source.lines.count() {
        add(Sign::Same, Some(to), numbered(to));
    }
}

fn clipped(text: &str) -> Html {
    let mut html = Html::default();
    match text.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => {
            html.text(&text[..end]);
            html.markup("<span class=\"hidden\">… ");
            html.number(text[end..].chars().count());
            html.markup(" more …</span>");
        }
        None => html.text(text),
    }
    html
}
