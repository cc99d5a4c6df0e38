//! Cargo's messages, one JSON object a line, as `cargo check --message-format=json` writes them.

use std::io::{self, Write};

use serde_json::{Value, json};
use socklint_analysis::{Applicability, FileId, Fix, Span, Step};

use super::lines::Lined;
use super::wire::{Detail, Fate, Summary};
use super::{Results, verdict};
use crate::catalogue::obligations;
use crate::inputs::{Inputs, Origin, shown_path};
use crate::outcome::{Diagnostic, Place};

/// The code of what could not be checked; it belongs to no rule.
pub(crate) const NOT_CHECKED: &str = "not_checked";

/// Writes everything; `fates`: also that of every socket.
pub(crate) fn write(out: &mut impl Write, results: &Results, fates: bool) -> io::Result<()> {
    let sources = Lined::new(&results.inputs);
    findings(out, results, &sources)?;
    if fates {
        proofs(out, results, &sources)?;
    }
    cut_short(out, results, &sources)?;
    for object in &results.more {
        writeln!(out, "{object}")?;
    }
    let summary = Summary::new(results, fates);
    writeln!(out, "{}", serde_json::to_string(&summary)?)?;
    let success = results.outcome.status() == 0;
    writeln!(
        out,
        "{}",
        json!({"reason": "build-finished", "success": success})
    )
}

fn findings(out: &mut impl Write, results: &Results, sources: &Lined<'_>) -> io::Result<()> {
    let Results {
        inputs, outcome, ..
    } = results;
    for diagnostic in &outcome.diagnostics {
        let file = match diagnostic.place {
            Place::Span(span) => Some(span.file),
            Place::Path(_) => None,
        };
        let path = match &diagnostic.place {
            Place::Span(span) => &inputs.absolute(span.file),
            Place::Path(path) => path,
        };
        let origin = file
            .and_then(|file| origin_of_file(inputs, file))
            .cloned()
            .unwrap_or_else(|| Origin::of_file(path));
        let object = json!({
            "reason": "compiler-message",
            "package_id": origin.package_id,
            "manifest_path": origin.manifest_path.to_string_lossy(),
            "target": origin.target,
            "message": message(diagnostic, sources),
            "socklint": Detail::new(diagnostic, inputs),
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}

/// The fate of every socket.
fn proofs(out: &mut impl Write, results: &Results, sources: &Lined<'_>) -> io::Result<()> {
    for proof in &results.proofs {
        let object = json!({
            "reason": "socklint-proof",
            "span": span(sources, proof.span, true, &proof.acquired_by),
            "function": proof.function,
            "acquired_by": proof.acquired_by,
            "verdict": Fate::from(proof.verdict),
            "text": verdict(proof.verdict),
            "because": proof.reason,
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}

/// What was not followed to the end.
fn cut_short(out: &mut impl Write, results: &Results, sources: &Lined<'_>) -> io::Result<()> {
    for (function, item) in &results.cut_short {
        let object = json!({
            "reason": "socklint-cut-short",
            "span": span(sources, *item, true, function),
            "function": function,
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}

/// The crate that a file belongs to: the one that it is the root of, or else the first.
fn origin_of_file(inputs: &Inputs, file: FileId) -> Option<&Origin> {
    let file = file.0 as usize;
    let crates = &inputs.input.crates;
    let root = crates.iter().position(|krate| krate.root == file);
    let any = || {
        crates
            .iter()
            .position(|krate| krate.report && krate.files.contains(&file))
    };
    inputs.origins.get(root.or_else(any)?)
}

/// A diagnostic as rustc writes it.
pub(crate) fn message(diagnostic: &Diagnostic, sources: &Lined<'_>) -> Value {
    let mut children = Vec::new();
    let mut spans = Vec::new();
    match &diagnostic.place {
        Place::Span(primary) => {
            spans.push(span(sources, *primary, true, &diagnostic.label));
            let numbered = diagnostic.path.len() > 1;
            for (index, Step { span: at, text }) in diagnostic.path.iter().enumerate() {
                let text = match numbered {
                    true => format!("{}. {text}", index + 1),
                    false => text.clone(),
                };
                spans.push(span(sources, *at, false, &text));
            }
            for Step { span: at, text } in &diagnostic.others {
                spans.push(span(sources, *at, false, text));
            }
        }
        // Clients need a place; the start of the file is one.
        Place::Path(path) => spans.push(start_of(&shown_path(path, &sources.inputs.base))),
    }
    if let Some(help) = &diagnostic.help {
        children.push(child("help", help));
    }
    for fix in &diagnostic.fixes {
        let mut child = suggestion(sources, fix);
        // rust-analyzer offers a fix at the spans of its message: so, too, where the finding is.
        if let (Place::Span(place), Some(spans)) =
            (&diagnostic.place, child["spans"].as_array_mut())
        {
            spans.push(span(sources, *place, true, ""));
        }
        children.push(child);
    }
    if let Some(rule) = diagnostic.rule.filter(|rule| !rule.reference.is_empty()) {
        let numbers = obligations(rule.obligations).join(", ");
        children.push(child(
            "note",
            &format!("\"{}\" ({numbers})", rule.reference),
        ));
    }
    let code = diagnostic.code.unwrap_or(NOT_CHECKED);
    json!({
        "$message_type": "diagnostic",
        "message": diagnostic.message,
        "code": {"code": format!("socklint::{code}"), "explanation": null},
        "level": diagnostic.severity.name(),
        "spans": spans,
        "children": children,
        "rendered": null,
    })
}

/// A fix, as rustc suggests one: a span for each edit.
fn suggestion(sources: &Lined<'_>, fix: &Fix) -> Value {
    let mut child = child("help", &fix.title);
    let edits = fix.edits.iter().map(|edit| {
        let mut span = span(sources, edit.span, true, "");
        span["suggested_replacement"] = edit.text.clone().into();
        span["suggestion_applicability"] = applicability(fix.applicability).into();
        span
    });
    child["spans"] = edits.collect();
    child
}

/// rustc's word for it.
fn applicability(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::MachineApplicable => "MachineApplicable",
        Applicability::MaybeIncorrect => "MaybeIncorrect",
    }
}

fn child(level: &str, message: &str) -> Value {
    json!({
        "message": message,
        "code": null,
        "level": level,
        "spans": [],
        "children": [],
        "rendered": null,
    })
}

fn span(sources: &Lined<'_>, span: Span, is_primary: bool, label: &str) -> Value {
    let Some((file, lines)) = sources.of(span.file) else {
        return Value::Null;
    };
    let (start, end) = (
        lines.position(span.lo as usize),
        lines.position(span.hi as usize),
    );
    let last = end.line - start.line;
    let text: Vec<Value> = lines
        .lines(span.range())
        .enumerate()
        .map(|(index, line)| {
            json!({
                "text": line,
                "highlight_start": if index == 0 { start.column } else { 1 },
                "highlight_end": if index == last { end.column } else { 1 + line.chars().count() },
            })
        })
        .collect();
    json!({
        "file_name": file.path,
        "byte_start": span.lo,
        "byte_end": span.hi,
        "line_start": start.line,
        "line_end": end.line,
        "column_start": start.column,
        "column_end": end.column,
        "is_primary": is_primary,
        "text": text,
        "label": (!label.is_empty()).then_some(label),
        "suggested_replacement": null,
        "suggestion_applicability": null,
        "expansion": null,
    })
}

fn start_of(file_name: &str) -> Value {
    json!({
        "file_name": file_name,
        "byte_start": 0,
        "byte_end": 0,
        "line_start": 1,
        "line_end": 1,
        "column_start": 1,
        "column_end": 1,
        "is_primary": true,
        "text": [],
        "label": null,
        "suggested_replacement": null,
        "suggestion_applicability": null,
        "expansion": null,
    })
}
