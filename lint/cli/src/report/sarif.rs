//! SARIF 2.1.0: for code scanning, and for viewers in editors.
//!
//! A finding is a result; the path that leads there is its code flow, which GitHub shows step by step. Its
//! other places are related locations, and named in the message, because GitHub shows only those that are.
//! What could not be checked is a notification of the invocation, for it is no finding. The fates of
//! sockets are properties of the run: a result of any kind would become an alert.
//!
//! URIs are relative to the repository's root, which is what code scanning matches them against; files
//! elsewhere have absolute ones.

mod model;
mod places;
mod rules;
mod uri;

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};

use super::place::Sources;
use super::{Results, verdict};
use crate::fingerprint;
use crate::inputs::shown_path;
use crate::outcome::{Diagnostic, Place, Severity};
use model::{
    CodeFlow, Driver, Finding, Invocation, Location, Log, Message, Notification, Reference, Run,
    ThreadFlow, Tool,
};

/// Writes everything; `fates`: also that of every socket.
pub(crate) fn write(out: &mut impl Write, results: &Results, fates: bool) -> io::Result<()> {
    let sources = Sources::new(&results.inputs);
    let root = shown_path(&sources.repository.root, Path::new(""));
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: tool(),
            invocations: [invocation(&sources, results)],
            original_uri_base_ids: [(uri::ROOT, uri::folder(&root))].into(),
            // A column of ours is a character.
            column_kind: "unicodeCodePoints",
            default_encoding: "utf-8",
            default_source_language: "rust",
            language: "en-US",
            results: findings(&sources, results),
            properties: properties(&sources, results, fates),
        }],
    };
    serde_json::to_writer(&mut *out, &log)?;
    writeln!(out)
}

fn tool() -> Tool {
    Tool {
        driver: Driver {
            name: "socklint",
            full_name: concat!("socklint ", env!("CARGO_PKG_VERSION")),
            version: env!("CARGO_PKG_VERSION"),
            semantic_version: env!("CARGO_PKG_VERSION"),
            information_uri: env!("CARGO_PKG_HOMEPAGE"),
            rules: rules::all(),
            notifications: rules::notifications(),
        },
    }
}

fn findings<'a>(sources: &Sources, results: &'a Results) -> Vec<Finding<'a>> {
    let diagnostics = &results.outcome.diagnostics;
    let fingerprints = fingerprint::all(sources.inputs, &sources.repository, diagnostics);
    let found = diagnostics.iter().zip(fingerprints);
    found
        .filter_map(|(diagnostic, fingerprint)| {
            let rule = diagnostic.code?;
            Some(finding(sources, diagnostic, rule, fingerprint))
        })
        .collect()
}

fn finding<'a>(
    sources: &Sources,
    diagnostic: &'a Diagnostic,
    rule: &'a str,
    fingerprint: String,
) -> Finding<'a> {
    let at = sources.of(diagnostic);
    let label = Some(sentence(&diagnostic.label)).filter(|label| !label.is_empty());
    let location = Location {
        message: label.map(Message::from),
        logical_locations: places::function(&diagnostic.function),
        ..places::in_context(&at)
    };
    let others = diagnostic.others.iter().zip(1..);
    Finding {
        rule_id: rule,
        rule_index: rules::index(rule),
        level: level(diagnostic.severity),
        message: message(diagnostic).into(),
        locations: [location],
        related_locations: others
            .map(|(other, id)| Location {
                id: Some(id),
                ..places::step(sources, other)
            })
            .collect(),
        code_flows: code_flows(sources, diagnostic),
        partial_fingerprints: [(fingerprint::VERSION, fingerprint)].into(),
        fixes: diagnostic
            .fixes
            .iter()
            .filter_map(|fix| places::fix(sources, fix))
            .collect(),
    }
}

/// The path that leads to a finding, if it is more than the place itself.
fn code_flows(sources: &Sources, diagnostic: &Diagnostic) -> Vec<CodeFlow> {
    let place = match diagnostic.place {
        Place::Span(span) => Some(span),
        Place::Path(_) => None,
    };
    if diagnostic.path.iter().all(|step| Some(step.span) == place) {
        return Vec::new();
    }
    let locations = places::flow(sources, &diagnostic.path);
    vec![CodeFlow {
        thread_flows: [ThreadFlow { locations }],
    }]
}

/// What is wrong, where else, and what to do; GitHub shows the first sentence where there is room for one.
fn message(diagnostic: &Diagnostic) -> String {
    let mut message = sentence(&diagnostic.message);
    let others: Vec<String> = diagnostic
        .others
        .iter()
        .zip(1..)
        .map(|(other, id)| format!("[{}]({id})", link_text(&other.text)))
        .collect();
    if !others.is_empty() {
        message.push_str(&format!(" See also: {}.", others.join(", ")));
    }
    if let Some(help) = &diagnostic.help {
        message.push(' ');
        message.push_str(&sentence(help));
    }
    message
}

/// A text that SARIF may link to a location.
fn link_text(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// What could not be checked, and what was too large to follow.
fn invocation(sources: &Sources, results: &Results) -> Invocation {
    let inputs = sources.inputs;
    let not_checked = results
        .outcome
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code.is_none());
    let mut notifications: Vec<_> = not_checked
        .map(|diagnostic| {
            let at = sources.of(diagnostic);
            Notification {
                descriptor: Reference {
                    id: fingerprint::NOT_CHECKED,
                    index: 0,
                },
                level: level(diagnostic.severity),
                message: sentence(&diagnostic.message).into(),
                locations: vec![places::location(&at)],
            }
        })
        .collect();
    let shown = |file: u32| inputs.shown.get(file as usize).copied().unwrap_or(false);
    for (function, item) in results
        .cut_short
        .iter()
        .filter(|(_, item)| shown(item.file.0))
    {
        let at = sources.of_span(*item);
        notifications.push(Notification {
            descriptor: Reference {
                id: rules::CUT_SHORT,
                index: 1,
            },
            level: "note",
            message: format!("`{function}` is too large to follow to the end.").into(),
            locations: vec![places::location(&at)],
        });
    }
    let status = results.status();
    Invocation {
        execution_successful: status != 2,
        exit_code: status,
        tool_execution_notifications: notifications,
    }
}

/// What was covered, and the fates of sockets.
fn properties(sources: &Sources, results: &Results, fates: bool) -> Value {
    let coverage = &results.coverage;
    let mut properties = json!({
        "coverage": {
            "files": coverage.files,
            "parsed": coverage.parsed,
            "functions": coverage.functions,
            "cutShort": coverage.cut_short,
            "sockets": coverage.sockets,
            "closed": coverage.closed,
            "handedOn": coverage.handed_on,
            "escaped": coverage.escaped,
            "leaking": coverage.leaking,
        },
        "suppressed": results.outcome.suppressed,
    });
    if fates {
        let proofs = results.proofs.iter().map(|proof| {
            let at = sources.of_span(proof.span);
            json!({
                "location": places::location(&at),
                "function": proof.function,
                "acquiredBy": proof.acquired_by,
                "verdict": verdict(proof.verdict),
                "because": proof.reason,
            })
        });
        properties["sockets"] = proofs.collect();
    }
    properties
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A text with a capital, if it begins with a word, and a full stop, as SARIF asks of messages.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let word = text.split([' ', '.', ',', ':']).next().unwrap_or("");
    let mut letters = text.chars();
    let mut sentence: String = match letters.next() {
        None => return String::new(),
        // `lpFrom` is a name.
        Some(first) if word.chars().all(|c| c.is_ascii_lowercase()) => {
            first.to_uppercase().chain(letters).collect()
        }
        Some(_) => text.to_owned(),
    };
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}
