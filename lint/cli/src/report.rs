//! What is written: one format per file, and what they share.

pub(crate) mod human;
pub(crate) mod json;
mod lines;
pub(crate) mod short;
pub(crate) mod wire;

use std::io::{self, Write};

use codespan_reporting::term::termcolor::Buffer;
use serde_json::Value;
use socklint_analysis::{Coverage, Report, SocketProof, Span, Verdict};

use crate::args::MessageFormat;
use crate::inputs::Inputs;
use crate::levels::Levels;
use crate::outcome::{Outcome, Severity};
use crate::shard::Shard;
use lines::Lines;

/// Everything that a report is made of.
pub(crate) struct Results {
    /// The sources, and what could not be read.
    pub(crate) inputs: Inputs,
    /// What is reported.
    pub(crate) outcome: Outcome,
    /// The fate of every socket in the files that were asked for, by position.
    pub(crate) proofs: Vec<SocketProof>,
    /// Functions that were too large to follow to the end, and where they stand.
    pub(crate) cut_short: Vec<(String, Span)>,
    /// What was covered.
    pub(crate) coverage: Coverage,
    /// Of which part of the work this is, if it is not the whole.
    pub(crate) shard: Option<Shard>,
    /// What else a JSON report says, an object each.
    pub(crate) more: Vec<Value>,
}

impl Results {
    /// What is reported of `report` under `levels`.
    pub(crate) fn new(inputs: Inputs, report: Report, levels: &Levels) -> Results {
        let outcome = Outcome::new(&inputs, &report, levels);
        let shown = |proof: &SocketProof| {
            let file = proof.span.file.0 as usize;
            inputs.shown.get(file).copied().unwrap_or(false)
        };
        let mut proofs = report.sockets;
        proofs.retain(shown);
        proofs.sort_by_key(|proof| (proof.span.file, proof.span.lo, proof.span.hi));
        let mut cut_short = report.cut_short;
        cut_short.sort_by_key(|(_, item)| (item.file, item.lo));
        Results {
            inputs,
            outcome,
            proofs,
            cut_short,
            coverage: report.coverage,
            shard: None,
            more: Vec::new(),
        }
    }
}

/// Writes `results` in the format; `proofs`: also the fate of every socket.
pub(crate) fn write(
    out: &mut Buffer,
    format: MessageFormat,
    results: &Results,
    proofs: bool,
) -> io::Result<()> {
    match format {
        MessageFormat::Human => human::write(out, results)?,
        MessageFormat::Short => short::write(out, results)?,
        MessageFormat::Json => return json::write(out, results, proofs),
    }
    if proofs {
        write_proofs(out, results)?;
    }
    Ok(())
}

/// The line that says what was found and what was covered.
pub(crate) fn closing_line(results: &Results) -> String {
    let Results {
        outcome, coverage, ..
    } = results;
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
    if let Some(shard) = results.shard {
        found.insert_str(0, &format!("shard {shard}: "));
    }
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
fn write_proofs(out: &mut impl Write, results: &Results) -> io::Result<()> {
    let inputs = &results.inputs;
    for proof in &results.proofs {
        let Some(file) = inputs.input.files.get(proof.span.file.0 as usize) else {
            continue;
        };
        let start = Lines::new(&file.text).position(proof.span.lo as usize);
        write!(
            out,
            "{}:{}:{}: {} in {}: {}",
            inputs.name(proof.span.file),
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
    for (function, item) in &results.cut_short {
        let Some(file) = inputs.input.files.get(item.file.0 as usize) else {
            continue;
        };
        let start = Lines::new(&file.text).position(item.lo as usize);
        writeln!(
            out,
            "{}:{}:{}: {function}: too large to follow to the end",
            inputs.name(item.file),
            start.line,
            start.column,
        )?;
    }
    Ok(())
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
