//! What is said of a finding or of a socket under the cursor, as Markdown.

use gen_lsp_types as lsp;
use socklint_analysis::{SocketProof, Step};

use super::client::Client;
use super::file_report::FileReport;
use super::position::Positions;
use crate::outcome::Diagnostic;
use crate::report::verdict;

/// A finding: what is wrong, how it comes about, what to do, and the rule.
pub(super) fn finding(found: &Diagnostic, place: impl Fn(&Step) -> Option<String>) -> String {
    let mut text = match found.code {
        Some(code) => format!("**socklint** `{code}`: {}\n", found.message),
        None => format!("**socklint**: {}\n", found.message),
    };
    for (index, step) in found.path.iter().enumerate() {
        let place = place(step).map_or_else(String::new, |place| format!(" ({place})"));
        text.push_str(&format!("\n{}. {}{place}", index + 1, step.text));
    }
    if !found.path.is_empty() {
        text.push('\n');
    }
    for step in &found.others {
        let place = place(step).map_or_else(String::new, |place| format!(" ({place})"));
        text.push_str(&format!("\n- {}{place}", step.text));
    }
    if !found.others.is_empty() {
        text.push('\n');
    }
    if let Some(help) = found.help.as_ref().filter(|help| !help.is_empty()) {
        text.push_str(&format!("\nhelp: {help}\n"));
    }
    if let Some(rule) = found.rule {
        // Editors colour what they know as Rust.
        let doc = rule.doc().replace("```ignore", "```rust");
        text.push_str(&format!("\n---\n\n{doc}"));
    }
    text
}

/// A call that opens a socket: what becomes of it.
pub(super) fn socket(proof: &SocketProof) -> String {
    let mut text = format!(
        "**socklint**: the socket of `{}` in `{}` is {}",
        proof.acquired_by,
        proof.function,
        verdict(proof.verdict),
    );
    if !proof.reason.is_empty() {
        text.push_str(&format!(" ({})", proof.reason));
    }
    text
}

/// What is said of a position in a file, findings before sockets.
pub(super) fn at(
    report: &FileReport,
    position: lsp::Position,
    client: &Client,
) -> Option<lsp::Hover> {
    let positions = Positions::new(&report.text, client.encoding);
    let byte = positions.byte(position);
    let here = |range: &std::ops::Range<usize>| range.start <= byte && byte <= range.end;
    let items = report.items.iter().filter(|item| here(&item.range));
    let sockets = report.sockets.iter().filter(|(range, _)| here(range));
    let found: Vec<_> = items
        .map(|item| (&item.range, item.hover.as_str()))
        .chain(sockets.map(|(range, text)| (range, text.as_str())))
        .collect();
    let (smallest, _) = found.iter().min_by_key(|(range, _)| range.len())?;
    let range = positions.range(smallest);
    let texts: Vec<&str> = found.iter().map(|(_, text)| *text).collect();
    let kind = match client.markdown {
        true => lsp::MarkupKind::Markdown,
        false => lsp::MarkupKind::PlainText,
    };
    Some(lsp::Hover {
        contents: lsp::Contents::MarkupContent(lsp::MarkupContent {
            kind,
            value: texts.join("\n\n---\n\n"),
        }),
        range: Some(range),
    })
}
