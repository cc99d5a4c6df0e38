//! What a JSON report says beyond cargo's messages, so that it can be read back.
//!
//! Cargo's messages are made for display: they do not tell a step of the path from another place, nor a
//! finding's function. So each carries all of it once more in a field that readers of cargo's messages skip,
//! and the report ends with an object that says what was covered, by which shard, and from which sources.

mod checked;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use socklint_analysis::{Applicability, Coverage, Edit, Fix, Span, Step, Verdict};

use super::Results;
use crate::inputs::{Inputs, shown_path};
use crate::outcome::{Diagnostic, Place};
use crate::shard::Shard;
pub(crate) use checked::Checked;

/// The object at the end.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Summary {
    /// What it is, among cargo's messages.
    #[serde(skip_deserializing)]
    pub(crate) reason: String,
    /// The version that wrote the report.
    pub(crate) version: String,
    /// Which part of the work it is of; `None`: the whole.
    pub(crate) shard: Option<Part>,
    /// Whether the report has the fate of every socket.
    pub(crate) proofs: bool,
    /// What was covered.
    #[serde(with = "Covered")]
    pub(crate) coverage: Coverage,
    /// How many findings are suppressed.
    pub(crate) suppressed: usize,
    /// How many are in the baseline.
    #[serde(default)]
    pub(crate) known: usize,
    /// How many files and folders could not be checked.
    pub(crate) not_checked: usize,
    /// The crates that were checked.
    #[serde(default)]
    pub(crate) checked: Vec<Checked>,
    /// The files in which something is reported, as they were.
    pub(crate) sources: Vec<Source>,
}

/// [`Summary::reason`].
pub(crate) const SUMMARY: &str = "socklint-summary";

/// [`Shard`].
#[derive(Debug, Copy, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Which, from 1.
    pub(crate) number: usize,
    /// Of how many.
    pub(crate) of: usize,
}

/// [`Coverage`].
#[derive(Serialize, Deserialize)]
#[serde(remote = "Coverage")]
struct Covered {
    files: usize,
    parsed: usize,
    functions: usize,
    cut_short: usize,
    sockets: usize,
    closed: usize,
    handed_on: usize,
    escaped: usize,
    leaking: usize,
}

/// A file, by what it held.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Source {
    /// Its path.
    pub(crate) file_name: String,
    /// What people call it, if that is not its path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// Its number among the files that settings and baselines stand in, if it is one: they come last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) settings: Option<usize>,
    /// Its length.
    pub(crate) bytes: usize,
    /// Its checksum.
    pub(crate) crc32: u32,
}

/// What cargo's message leaves out of a diagnostic.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Detail {
    /// Where.
    pub(crate) place: Where,
    /// What to write beside the place.
    pub(crate) label: String,
    /// How it comes about.
    pub(crate) path: Vec<Stop>,
    /// Where the same happens.
    pub(crate) others: Vec<Stop>,
    /// What to do.
    pub(crate) help: Option<String>,
    /// Changes that would mend it.
    pub(crate) fixes: Vec<Change>,
    /// The function in which it was found.
    pub(crate) function: String,
}

/// [`Place`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Where {
    /// In a file that was read.
    Span(Range),
    /// At a path that could not be read.
    Path(String),
}

/// [`Span`]. The names are rustc's, so that any span of a message can be read as one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Range {
    /// The file, as messages show it.
    pub(crate) file_name: String,
    /// The first byte.
    pub(crate) byte_start: u32,
    /// The one past the last.
    pub(crate) byte_end: u32,
}

/// [`Step`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Stop {
    /// Where.
    pub(crate) span: Range,
    /// What happens there.
    pub(crate) text: String,
}

/// [`Fix`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Change {
    /// What it does.
    pub(crate) title: String,
    /// What to replace, and by what.
    pub(crate) edits: Vec<Stop>,
    /// Whether a program may apply it.
    pub(crate) machine_applicable: bool,
}

/// [`Verdict`].
#[derive(Debug, Copy, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fate {
    /// Closed on every path.
    Closed,
    /// Handed on, or closed, on every path.
    HandedOn,
    /// Passed to code that is not seen.
    Escaped,
    /// Never closed on some path.
    Leaks,
}

impl Summary {
    /// The summary of `results`; `proofs`: they are written.
    pub(crate) fn new(results: &Results, proofs: bool) -> Summary {
        let outcome = &results.outcome;
        Summary {
            reason: SUMMARY.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            shard: results
                .shard
                .map(|Shard { number, of }| Part { number, of }),
            proofs,
            coverage: results.coverage.clone(),
            suppressed: outcome.suppressed,
            known: outcome.known,
            not_checked: outcome.not_checked(),
            checked: checked::all(&results.inputs),
            sources: sources(results, proofs),
        }
    }
}

/// The files that a report speaks of.
fn sources(results: &Results, proofs: bool) -> Vec<Source> {
    let mut spoken_of = BTreeSet::new();
    for diagnostic in &results.outcome.diagnostics {
        if let Place::Span(span) = diagnostic.place {
            spoken_of.insert(span.file);
        }
        let steps = diagnostic.path.iter().chain(&diagnostic.others);
        spoken_of.extend(steps.map(|step| step.span.file));
        let edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits);
        spoken_of.extend(edits.map(|edit| edit.span.file));
    }
    spoken_of.extend(results.cut_short.iter().map(|(_, item)| item.file));
    if proofs {
        spoken_of.extend(results.proofs.iter().map(|proof| proof.span.file));
    }
    let files = &results.inputs.input.files;
    let spoken_of = spoken_of.into_iter();
    spoken_of
        .filter_map(|id| {
            let file = files.get(id.0 as usize)?;
            let name = results.inputs.names.get(&id).cloned();
            let source = Source::new(&file.path, &file.text);
            let settings = results.inputs.settings.get(&id).copied();
            Some(Source {
                name,
                settings,
                ..source
            })
        })
        .collect()
}

impl Source {
    /// Whether both are of the same text.
    pub(crate) fn is_as(&self, other: &Source) -> bool {
        (self.bytes, self.crc32) == (other.bytes, other.crc32)
    }

    /// The file of the path and text.
    pub(crate) fn new(file_name: &str, text: &str) -> Source {
        Source {
            file_name: file_name.to_owned(),
            name: None,
            settings: None,
            bytes: text.len(),
            crc32: crc32fast::hash(text.as_bytes()),
        }
    }
}

impl Detail {
    /// All of a diagnostic that cargo's message does not say.
    pub(crate) fn new(diagnostic: &Diagnostic, inputs: &Inputs) -> Detail {
        let stops = |steps: &[Step]| {
            let steps = steps.iter();
            steps
                .map(|step| stop(inputs, step.span, &step.text))
                .collect()
        };
        Detail {
            place: match &diagnostic.place {
                Place::Span(span) => Where::Span(range(inputs, *span)),
                Place::Path(path) => Where::Path(shown_path(path, &inputs.base)),
            },
            label: diagnostic.label.clone(),
            path: stops(&diagnostic.path),
            others: stops(&diagnostic.others),
            help: diagnostic.help.clone(),
            fixes: diagnostic
                .fixes
                .iter()
                .map(|fix| change(inputs, fix))
                .collect(),
            function: diagnostic.function.clone(),
        }
    }
}

fn change(
    inputs: &Inputs,
    Fix {
        title,
        edits,
        applicability,
    }: &Fix,
) -> Change {
    let edits = edits.iter();
    Change {
        title: title.clone(),
        edits: edits
            .map(|Edit { span, text }| stop(inputs, *span, text))
            .collect(),
        machine_applicable: *applicability == Applicability::MachineApplicable,
    }
}

fn stop(inputs: &Inputs, span: Span, text: &str) -> Stop {
    Stop {
        span: range(inputs, span),
        text: text.to_owned(),
    }
}

fn range(inputs: &Inputs, span: Span) -> Range {
    let file = inputs.input.files.get(span.file.0 as usize);
    Range {
        file_name: file.map_or_else(String::new, |file| file.path.clone()),
        byte_start: span.lo,
        byte_end: span.hi,
    }
}

impl From<Verdict> for Fate {
    fn from(verdict: Verdict) -> Fate {
        match verdict {
            Verdict::Closed => Fate::Closed,
            Verdict::HandedOn => Fate::HandedOn,
            Verdict::Escaped => Fate::Escaped,
            Verdict::Leaks => Fate::Leaks,
        }
    }
}

impl From<Fate> for Verdict {
    fn from(fate: Fate) -> Verdict {
        match fate {
            Fate::Closed => Verdict::Closed,
            Fate::HandedOn => Verdict::HandedOn,
            Fate::Escaped => Verdict::Escaped,
            Fate::Leaks => Verdict::Leaks,
        }
    }
}
