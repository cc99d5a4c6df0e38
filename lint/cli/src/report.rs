//! What is written: one format per file, and what they share.

pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod html;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod junit;
mod lines;
mod place;
pub(crate) mod sarif;
pub(crate) mod short;
pub(crate) mod wire;

use std::io::{self, Write};

use codespan_reporting::term::termcolor::Buffer;
use serde_json::Value;
use socklint_analysis::{Coverage, FileId, Report, SocketProof, Span, Verdict};

use crate::args::MessageFormat;
use crate::fix::is_fixable;
use crate::inputs::Inputs;
use crate::levels::Levels;
use crate::outcome::{Outcome, Severity};
use crate::shard::Shard;
pub(crate) use lines::Lined;

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
    /// How many findings were mended, and so are not reported.
    pub(crate) fixed: usize,
    /// What fixing would change, if that is all that was asked for.
    pub(crate) diff: Option<String>,
    /// Of which part of the work this is, if it is not the whole.
    pub(crate) shard: Option<Shard>,
    /// What else a JSON report says, an object each.
    pub(crate) more: Vec<Value>,
    /// Whether findings do not change the exit status.
    pub(crate) exit_zero: bool,
}

impl Results {
    /// What is reported of `report` under `levels`.
    pub(crate) fn new(mut inputs: Inputs, report: Report, levels: &Levels) -> Results {
        inputs.analysed(report.errors.iter().map(|error| error.file));
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
            fixed: 0,
            diff: None,
            shard: None,
            more: Vec::new(),
            exit_zero: false,
        }
    }

    /// The exit status.
    pub(crate) fn status(&self) -> u8 {
        match self.outcome.status() {
            1 if self.exit_zero => 0,
            status => status,
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
        MessageFormat::Html => return html::write(out, results),
        MessageFormat::Json => return json::write(out, results, proofs),
        MessageFormat::Sarif => return sarif::write(out, results, proofs),
        MessageFormat::Github => github::write(out, results)?,
        MessageFormat::Gitlab => return gitlab::write(out, results),
        MessageFormat::Junit => return junit::write(out, results, proofs),
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
    let unreported = [
        (outcome.suppressed, "suppressed"),
        (outcome.known, "in the baseline"),
    ];
    let unreported = unreported.into_iter().filter(|&(count, _)| count > 0);
    let unreported: Vec<_> = unreported
        .map(|(count, why)| format!("{count} {why}"))
        .collect();
    if !unreported.is_empty() {
        found.push_str(&format!(" ({})", unreported.join(", ")));
    }
    match outcome.diagnostics.iter().filter(|d| is_fixable(d)).count() {
        0 => {}
        count => found.push_str(&format!(" ({count} fixable with `--fix`)")),
    }
    if results.fixed > 0 {
        found.push_str(&format!(" ({} fixed)", results.fixed));
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
    for (_, line) in proof_lines(results) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// A line for the fate of every socket and for every function that was too large, with its file.
fn proof_lines(results: &Results) -> Vec<(FileId, String)> {
    let sources = Lined::new(&results.inputs);
    let line = |span: Span, text: String| {
        let (_, lines) = sources.of(span.file)?;
        let start = lines.position(span.lo as usize);
        let name = results.inputs.name(span.file);
        let line = format!("{name}:{}:{}: {text}", start.line, start.column);
        Some((span.file, line))
    };
    let proofs = results.proofs.iter().filter_map(|proof| {
        let fate = verdict(proof.verdict);
        let mut text = format!("{} in {}: {fate}", proof.acquired_by, proof.function);
        // Only this verdict depends on what the reason names.
        if proof.verdict == Verdict::Escaped && !proof.reason.is_empty() {
            text.push_str(&format!(" ({})", proof.reason));
        }
        line(proof.span, text)
    });
    let cut_short = results.cut_short.iter().filter_map(|(function, item)| {
        line(*item, format!("{function}: too large to follow to the end"))
    });
    proofs.chain(cut_short).collect()
}

/// The verdict in words.
pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Closed => "closed on all paths",
        Verdict::HandedOn => "closed or handed on, on all paths",
        Verdict::Escaped => "passed to code that is not analysed",
        Verdict::Leaks => "never closed on some path",
    }
}
