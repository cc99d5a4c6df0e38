//! What is written: one format per file, and what they share.

pub(crate) mod human;
pub(crate) mod json;
mod lines;
pub(crate) mod short;

use std::io::{self, Write};

use socklint_analysis::{Coverage, Report, SocketProof, Verdict};

use crate::inputs::Inputs;
use crate::outcome::{Outcome, Severity};
use lines::Lines;

/// The line that says what was found and what was covered.
pub(crate) fn closing_line(outcome: &Outcome, coverage: &Coverage) -> String {
    let mut found = match (
        outcome.count(Severity::Error),
        outcome.count(Severity::Warning),
    ) {
        (0, 0) => "no findings".to_owned(),
        (errors, 0) => number(errors, "error"),
        (0, warnings) => number(warnings, "warning"),
        (errors, warnings) => format!(
            "{}, {}",
            number(errors, "error"),
            number(warnings, "warning")
        ),
    };
    if outcome.suppressed > 0 {
        found.push_str(&format!(" ({} suppressed)", outcome.suppressed));
    }
    let mut line = format!(
        "{found}; {}, {}, {}",
        number(coverage.files, "file"),
        number(coverage.functions, "function"),
        number(coverage.sockets, "socket"),
    );
    if coverage.sockets > 0 {
        let fates = [
            (coverage.closed, "closed"),
            (coverage.handed_on, "handed on"),
            (coverage.escaped, "escaped"),
            (coverage.leaking, "leaking"),
        ];
        let fates = fates.into_iter().filter(|&(count, _)| count > 0);
        let fates: Vec<String> = fates
            .map(|(count, fate)| format!("{count} {fate}"))
            .collect();
        line.push_str(&format!(": {}", fates.join(", ")));
    }
    match outcome.not_checked() {
        0 => {}
        count => line.push_str(&format!("; {count} could not be checked")),
    }
    match coverage.cut_short {
        0 => {}
        count => line.push_str(&format!(
            "; {} too large to follow to the end",
            number(count, "function")
        )),
    }
    line
}

fn number(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// The fate of every socket, a line each.
pub(crate) fn proofs(out: &mut impl Write, inputs: &Inputs, report: &Report) -> io::Result<()> {
    for proof in shown_proofs(inputs, report) {
        let Some(file) = inputs.input.files.get(proof.span.file.0 as usize) else {
            continue;
        };
        let start = Lines::new(&file.text).position(proof.span.lo as usize);
        write!(
            out,
            "{}:{}:{}: {} in {}: {}",
            file.path,
            start.line,
            start.column,
            proof.acquired_by,
            proof.function,
            verdict(proof.verdict),
        )?;
        // Only this verdict depends on what the reason names.
        match proof.verdict {
            Verdict::Escaped if !proof.reason.is_empty() => writeln!(out, " ({})", proof.reason)?,
            _ => writeln!(out)?,
        }
    }
    for (function, item) in &report.cut_short {
        let Some(file) = inputs.input.files.get(item.file.0 as usize) else {
            continue;
        };
        let start = Lines::new(&file.text).position(item.lo as usize);
        writeln!(
            out,
            "{}:{}:{}: {function}: too large to follow to the end",
            file.path, start.line, start.column,
        )?;
    }
    Ok(())
}

/// The sockets in the files that were asked for, by position.
fn shown_proofs<'a>(inputs: &Inputs, report: &'a Report) -> Vec<&'a SocketProof> {
    let shown = |proof: &&SocketProof| inputs.shown.get(proof.span.file.0 as usize) == Some(&true);
    let mut proofs: Vec<&SocketProof> = report.sockets.iter().filter(shown).collect();
    proofs.sort_by_key(|proof| (proof.span.file, proof.span.lo, proof.span.hi));
    proofs
}

/// The verdict in words.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Closed => "closed on all paths",
        Verdict::HandedOn => "closed or handed on, on all paths",
        Verdict::Escaped => "passed to code that is not analysed",
        Verdict::Leaks => "never closed on some path",
    }
}
