//! Changes of the source that mend a finding.
//!
//! A fix is proposed from the syntax around a finding: the exits on which a socket leaks get a `closesocket`, a
//! read of the last error moves before the close, a closer or a failure value is corrected. What is proposed may
//! be wrong, since syntax knows little of the flow, so every proposal is *tried*: the changed sources are analysed
//! again (`verify`), and it stays only if they parse, the finding is gone, and no other came. Who asks for no
//! fixes pays nothing: they are a pass over a finished report ([`analyze_with_fixes`](crate::analyze_with_fixes)).
//!
//! [`MachineApplicable`](Applicability::MachineApplicable) is what one variable holds as a bare descriptor and
//! nothing of unknown nature has touched: after the change the socket is proved closed. The rest is for a person.

mod around;
mod carrier;
mod check;
mod error;
mod layout;
mod leak;
mod linger;
mod owner;
mod scope;
mod startup;
mod tail;
mod text;
mod value;
mod verify;
mod words;

use crate::names::Names;
use crate::report::{Applicability, Edit, Finding, Fix, Report};
use crate::span::Span;
use crate::{Input, Watch};
use around::Function;
use words::Words;

/// A fix that has not been tried.
struct Proposal {
    /// Index in [`Report::findings`].
    finding: usize,
    fix: Fix,
}

/// Puts the fixes of all findings into `report`; `None` if `watch` ended it.
pub(crate) fn add(
    input: &Input,
    names: Names<'_>,
    report: &mut Report,
    watch: &dyn Watch,
) -> Option<()> {
    let words = Words::new(input, &names);
    let mut proposals = Vec::new();
    for (index, finding) in report.findings.iter().enumerate() {
        let Some(function) = Function::around(input, &names, finding.primary) else {
            continue;
        };
        let fixes = propose(input, &names, &function, &words, finding).into_iter();
        proposals.extend(fixes.map(|fix| Proposal {
            finding: index,
            fix,
        }));
    }
    drop(words);
    drop(names);
    match proposals.is_empty() {
        true => Some(()),
        false => verify::keep_proved(input, report, proposals, watch),
    }
}

/// What may mend `finding`, best first.
fn propose(
    input: &Input,
    names: &Names<'_>,
    function: &Function<'_>,
    words: &Words<'_>,
    finding: &Finding,
) -> Vec<Fix> {
    match finding.rule.name {
        "unclosed_socket" => {
            let owned = owner::guarded(function, finding);
            let closed = leak::closed(input, names, function, words, finding);
            closed.into_iter().chain(owned).collect()
        }
        "clobbered_error" => error::read_earlier(function, words, finding)
            .into_iter()
            .collect(),
        "wrong_close_function" => check::closer(function, words, finding)
            .into_iter()
            .collect(),
        "wrong_sentinel" => check::sentinel(function, words, finding)
            .into_iter()
            .collect(),
        "inverted_check" => check::turned(function, finding).into_iter().collect(),
        "double_close" => check::once(function, finding).into_iter().collect(),
        "startup_error_misread" => startup::result_taken(function, words, finding)
            .into_iter()
            .collect(),
        "linger_units" => linger::in_seconds(function, finding).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// A fix of these edits, unless they get into each other's way.
fn fix(title: String, mut edits: Vec<Edit>, applicability: Applicability) -> Option<Fix> {
    edits.sort_by_key(|edit| (edit.span.lo, edit.span.hi));
    let mut apart: Vec<Edit> = Vec::new();
    for edit in edits {
        match apart.last_mut() {
            Some(last) if last.span.hi > edit.span.lo || last.span == edit.span => return None,
            // What comes before something, and what comes in its place.
            Some(last) if last.span.hi == edit.span.lo => {
                last.span.hi = edit.span.hi;
                last.text.push_str(&edit.text);
            }
            _ => apart.push(edit),
        }
    }
    (!apart.is_empty()).then_some(Fix {
        title,
        edits: apart,
        applicability,
    })
}

/// Puts `text` in at a position.
fn insert(at: Span, text: String) -> Edit {
    Edit {
        span: Span { hi: at.lo, ..at },
        text,
    }
}
