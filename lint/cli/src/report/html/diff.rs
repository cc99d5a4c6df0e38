//! A fix as a small diff: the lines that it changes, before and after, with one line around them.

use std::ops::Range;

use socklint_analysis::{Applicability, Edit, Fix};

use super::source::{Source, Sources};
use super::text::{Html, path, prose};

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
    change.file = path(source.path);
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

#[cfg(test)]
mod tests {

    use socklint_analysis::{Applicability, Edit, FileId, Fix, SourceFile, Span};

    use super::{change, clipped};
    use crate::inputs::Inputs;
    use crate::report::html::source::Sources;

    /// The diff of edits that replace a part by a text, a line each.
    fn diff(text: &str, edits: &[(&str, &str)]) -> Vec<String> {
        let file = SourceFile {
            path: "a.rs".into(),
            text: text.into(),
        };
        let mut inputs = Inputs::default();
        inputs.input.files.push(file);
        let edit = |&(old, new): &(&str, &str)| {
            let lo = text.find(old).expect("it is there");
            // Where something is only put in front, nothing goes.
            let length = if new.ends_with(old) { 0 } else { old.len() };
            Edit {
                span: Span {
                    file: FileId(0),
                    lo: lo as u32,
                    hi: (lo + length) as u32,
                },
                text: new.strip_suffix(old).unwrap_or(new).into(),
            }
        };
        let fix = Fix {
            title: "do it".into(),
            edits: edits.iter().map(edit).collect(),
            applicability: Applicability::MachineApplicable,
        };
        let change = change(&Sources::new(&inputs), &fix);
        let lines = change.lines.iter().map(|line| {
            let number = line
                .number
                .map_or(String::new(), |number| number.to_string());
            format!("{}{number}|{}", line.sign.mark(), line.text)
        });
        lines.collect()
    }

    #[test]
    fn only_what_changes_is_shown() {
        let text = "fn f() {\r\n    a;\r\n    return;\r\n}\r\n";
        assert_eq!(
            diff(text, &[("return", "close(s);\r\n    return")]),
            [" 2|    a;", "+|    close(s);", " 3|    return;"]
        );
        assert_eq!(
            diff(text, &[("a;", "b;")]),
            [" 1|fn f() {", "-2|    a;", "+|    b;", " 3|    return;"]
        );
        assert_eq!(
            diff(text, &[("    a;\r\n", "")]),
            [" 1|fn f() {", "-2|    a;", " 3|    return;"]
        );
    }

    #[test]
    fn places_apart_are_shown_apart() {
        let text = "1\n2\n3\n4\n5\n6\n7\n";
        assert_eq!(
            diff(text, &[("6", "six"), ("1", "one"), ("2", "two")]),
            [
                "-1|1", "-2|2", "+|one", "+|two", " 3|3", "⋮|", " 5|5", "-6|6", "+|six", " 7|7"
            ]
        );
    }

    #[test]
    fn the_end_of_the_file_is_a_place() {
        assert_eq!(diff("1\n2", &[("2", "2\n3")]), [" 2|2", "+|3"]);
        assert_eq!(diff("", &[("", "")]), [" 1|"]);
    }

    #[test]
    fn long_lines_are_clipped() {
        let text = clipped(&"é".repeat(300)).to_string();
        assert!(text.ends_with("<span class=\"hidden\">… 100 more …</span>"));
    }
}
