//! Commands to GitHub Actions: what a job prints so appears beside the code of a pull request.
//!
//! A command is one line; the runner shows its message in the log, line breaks and all, and makes an
//! annotation of it. So the message says by itself which place it belongs to, and which path leads there.
//! GitHub keeps the first ten errors and the first ten warnings of each step and drops other annotations
//! without a word; the log has them all. Code scanning (`sarif`) has no such bound. The closing line goes
//! to standard error as ever, and so into the log: as a notice it would take an annotation's place.
//!
//! Properties stand in the order and are escaped in the way of GitHub's own package `@actions/core`.

use std::io::{self, Write};

use socklint_analysis::Span;

use super::Results;
use super::place::{Located, Sources};
use crate::outcome::{Diagnostic, Place, Severity};

/// Writes what was found.
pub(crate) fn write(out: &mut impl Write, results: &Results) -> io::Result<()> {
    let sources = Sources::new(&results.inputs);
    for diagnostic in &results.outcome.diagnostics {
        let place = sources.of(diagnostic);
        let message = message(&sources, diagnostic, &place);
        writeln!(
            out,
            "::{} {}::{}",
            match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            properties(diagnostic, &place),
            data(&message),
        )?;
    }
    Ok(())
}

/// GitHub takes columns only on one line.
fn properties(diagnostic: &Diagnostic, place: &Located) -> String {
    let title = format!("socklint ({})", diagnostic.code.unwrap_or("not checked"));
    let mut properties = format!("title={},file={}", property(&title), property(&place.path));
    if let Some(range) = &place.range {
        let (start, end) = (range.start, range.end);
        properties.push_str(&format!(",line={},endLine={}", start.line, end.line));
        if start.line == end.line {
            properties.push_str(&format!(",col={},endColumn={}", start.column, end.column));
        }
    }
    properties
}

/// The message, the steps of the path and the place itself, other places, and the help. As for people, the
/// label stands for the first step at the place.
fn message(sources: &Sources, diagnostic: &Diagnostic, place: &Located) -> String {
    let mut message = format!("{}: {}", place.short(), diagnostic.message);
    let mut add = |lead: &str, span: Span, text: &str| {
        let at = sources.of_span(span);
        let at = match &at.range {
            Some(range) if at.path == place.path => format!("line {}", range.start.line),
            _ => at.short(),
        };
        message.push_str(&format!("\n  {lead}{at}: {text}"));
    };
    let mut label = match &diagnostic.place {
        Place::Span(span) if !diagnostic.label.is_empty() => Some((*span, &diagnostic.label)),
        _ => None,
    };
    let numbered = diagnostic.path.len() > 1;
    for (index, step) in diagnostic.path.iter().enumerate() {
        let number = match numbered {
            true => format!("{}. ", index + 1),
            false => String::new(),
        };
        let (_, text) = label
            .take_if(|(place, _)| *place == step.span)
            .unwrap_or((step.span, &step.text));
        add(&number, step.span, text);
    }
    if let Some((span, label)) = label {
        add("", span, label);
    }
    for other in &diagnostic.others {
        add("also ", other.span, &other.text);
    }
    if let Some(help) = &diagnostic.help {
        message.push_str(&format!("\n  help: {help}"));
    }
    message
}

/// A message as a command takes it.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property's value as a command takes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
