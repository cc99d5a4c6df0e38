//! GitLab's Code Quality report: an array of what was found, for the widget of a merge request.
//!
//! GitLab compares the fingerprints of two reports to say what is new. It shows one line of each, so the
//! path that leads there is left to other formats.

use std::io::{self, Write};

use serde::Serialize;

use super::Results;
use super::place::{Located, Sources};
use crate::fingerprint::{self, NOT_CHECKED};
use crate::outcome::{Diagnostic, Severity};

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes what was found.
pub(crate) fn write(out: &mut impl Write, results: &Results) -> io::Result<()> {
    let diagnostics = &results.outcome.diagnostics;
    let sources = Sources::new(&results.inputs);
    let fingerprints = fingerprint::all(sources.inputs, &sources.repository, diagnostics);
    let issues: Vec<Issue> = diagnostics
        .iter()
        .zip(fingerprints)
        .map(|(diagnostic, fingerprint)| Issue {
            description: &diagnostic.message,
            check_name: diagnostic.code.unwrap_or(NOT_CHECKED),
            fingerprint,
            severity: severity(diagnostic),
            location: location(sources.of(diagnostic)),
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match (diagnostic.code, diagnostic.severity) {
        (None, _) => "critical",
        (_, Severity::Error) => "major",
        (_, Severity::Warning) => "minor",
    }
}

/// GitLab needs a line; the first stands for a file.
fn location(place: Located) -> Location {
    let (begin, end) = match place.range {
        Some(range) => (range.start.line, range.end.line),
        None => (1, 1),
    };
    Location {
        path: place.path,
        lines: Lines { begin, end },
    }
}
