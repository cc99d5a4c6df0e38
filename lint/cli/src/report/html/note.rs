//! What a finding says of places in the source: the steps of its path, where else it happens, and what
//! stands at the place itself.

use socklint_analysis::{Span, Step};

use super::paint::Kind;
use super::text::{Html, prose};
use crate::outcome::Diagnostic;

/// What is said of one place.
pub(super) struct Note {
    /// The place.
    pub(super) span: Span,
    /// What it stands for.
    pub(super) kind: Kind,
    /// Which step of the path it is, if the path has several.
    pub(super) number: Option<usize>,
    /// Which of the other places it is.
    pub(super) letter: Option<String>,
    /// What happens there.
    pub(super) text: Html,
    /// What is wrong there.
    pub(super) label: Html,
}

impl Note {
    /// Whether there is nothing to say, only something to mark.
    pub(super) fn is_silent(&self) -> bool {
        self.number.is_none() && self.text.is_empty() && self.label.is_empty()
    }
}

/// All that `diagnostic` says of places, at `primary` and elsewhere.
pub(super) fn notes(diagnostic: &Diagnostic, primary: Span) -> Vec<Note> {
    let numbered = diagnostic.path.len() > 1;
    let mut notes: Vec<Note> = Vec::new();
    let at_primary = diagnostic.path.iter().position(|step| step.span == primary);
    if at_primary.is_none() {
        notes.push(Note {
            span: primary,
            kind: Kind::Primary,
            number: None,
            letter: None,
            text: Html::default(),
            label: prose(&diagnostic.label),
        });
    }
    for (index, Step { span, text }) in diagnostic.path.iter().enumerate() {
        // The label says what the step at the place itself means.
        let label = match at_primary == Some(index) && *text != diagnostic.label {
            true => prose(&diagnostic.label),
            false => Html::default(),
        };
        let kind = match *span == primary {
            true => Kind::Primary,
            false => Kind::Step,
        };
        notes.push(Note {
            span: *span,
            kind,
            number: numbered.then_some(index + 1),
            letter: None,
            text: prose(text),
            label,
        });
    }
    let mut others: Vec<&Step> = diagnostic.others.iter().collect();
    others.sort_by_key(|step| (step.span.file, step.span.lo));
    for (index, Step { span, text }) in others.into_iter().enumerate() {
        notes.push(Note {
            span: *span,
            kind: Kind::Other,
            number: None,
            letter: Some(letter(index)),
            text: prose(text),
            label: Html::default(),
        });
    }
    notes
}

/// A, B, .. Z, AA, AB, ..
fn letter(index: usize) -> String {
    let last = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_do_not_run_out() {
        let letters = [0, 25, 26, 51, 52, 701, 702].map(letter);
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
