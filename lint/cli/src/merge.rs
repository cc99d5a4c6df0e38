//! `merge`: one report of the JSON reports of all shards, in any format.
//!
//! [`read`] takes the reports apart, [`sources`] finds the files that they speak of, and what stands here
//! joins them to the same [`Results`] that a check of the whole has. So every format is written by the code
//! that always writes it, and the exit status is that of the whole.
//!
//! Whatever is wrong with a report is a problem with its file: it is part of the merged report like a source
//! that could not be read, and makes the exit status 2. What the reports do say is merged all the same.

mod args;
mod read;
mod sources;

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use socklint_analysis::Coverage;

use crate::check::{buffer, deliver, say};
use crate::inputs::Inputs;
use crate::modules::normal;
use crate::outcome::{self, Outcome, Place, not_checked};
use crate::problem::Problem;
use crate::report::wire::Part;
use crate::report::{self, Results};
use crate::statistics;
pub(crate) use args::MergeArgs;
use read::Read;
use sources::Sources;

/// Merges the reports that `args` name.
pub(crate) fn merge(args: &MergeArgs) -> anyhow::Result<ExitCode> {
    let current = std::env::current_dir().context("there is no current folder")?;
    let paths = args.reports.iter();
    let mut reports: Vec<Read> = paths
        .map(|path| read::read(&normal(&current.join(path))))
        .collect();
    let mut problems: Vec<Problem> = Vec::new();
    for report in &mut reports {
        problems.append(&mut report.problems);
    }
    problems.extend(misfits(&mut reports));
    if args.proofs {
        problems.extend(reports.iter().filter_map(without_proofs));
    }
    let mut results = joined(reports, problems, current);
    results.exit_zero = args.exit_zero;
    if args.statistics {
        results.more.push(statistics::json(&results.outcome));
    }

    let mut out = buffer(args.color, args.output.as_deref());
    report::write(&mut out, args.message_format, &results, args.proofs)
        .context("the report cannot be written")?;
    if args.statistics {
        statistics::write(&mut out, args.message_format, &results.outcome)?;
    }
    deliver(out.as_slice(), args.output.as_deref())?;
    if !args.quiet {
        say(&report::closing_line(&results));
    }
    Ok(ExitCode::from(results.status()))
}

/// What does not fit together. A report that was given before is left out.
fn misfits(reports: &mut Vec<Read>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen: BTreeMap<(usize, usize), PathBuf> = BTreeMap::new();
    let of = reports.iter().find_map(|report| Some(report.part()?.of));
    reports.retain(|report| {
        let Some(summary) = &report.summary else {
            return true;
        };
        let mut wrong = |message: String| problems.push(Problem::new(&report.path, message));
        if summary.version != env!("CARGO_PKG_VERSION") {
            let (theirs, ours) = (&summary.version, env!("CARGO_PKG_VERSION"));
            wrong(format!("written by version {theirs}, but this is {ours}"));
        }
        let Part { number, of: its_of } = summary.part();
        if let Some(other) = seen.get(&(number, its_of)) {
            let other = other.display();
            wrong(match its_of {
                1 => format!("a report of the whole, as {other} is: it is left out"),
                _ => format!("a report of shard {number}/{its_of}, as {other} is: it is left out"),
            });
            return false;
        }
        if let Some(of) = of.filter(|of| *of != its_of) {
            wrong(format!(
                "a report of shard {number}/{its_of}, but others are of {of} shards"
            ));
        }
        seen.insert((number, its_of), report.path.clone());
        true
    });
    // Of a report without an end it is not known which shard's it is.
    let complete = reports.iter().all(|report| report.summary.is_some());
    if let (Some(of), Some(first), true) = (of, reports.first(), complete) {
        // Nobody has that many; a list of those that are there would be as long.
        let missing = (1..=of).filter(|number| !seen.contains_key(&(*number, of)));
        let missing: Vec<String> = missing.take(100).map(|n| n.to_string()).collect();
        if !missing.is_empty() {
            let message = match missing.as_slice() {
                [one] => format!("shard {one} of {of} is not among the reports"),
                all => format!(
                    "shards {} of {of} are not among the reports",
                    all.join(", ")
                ),
            };
            problems.push(Problem::new(&first.path, message));
        }
    }
    problems
}

fn without_proofs(report: &Read) -> Option<Problem> {
    let lacks = report
        .summary
        .as_ref()
        .is_some_and(|summary| !summary.proofs);
    let message = "it does not say what becomes of the sockets: write it with --proofs";
    lacks.then(|| Problem::new(&report.path, message))
}

/// The results of all reports.
fn joined(reports: Vec<Read>, mut problems: Vec<Problem>, base: PathBuf) -> Results {
    let mut sources = Sources::read(&reports, base);
    let mut diagnostics = Vec::new();
    let mut proofs = Vec::new();
    let mut cut_short = Vec::new();
    let mut coverage = Coverage::default();
    let mut suppressed = 0_usize;
    let mut known = 0_usize;
    let mut earlier = HashSet::new();
    for report in &reports {
        let mut here = Vec::new();
        for message in &report.messages {
            let key = (&message.code, &message.detail.place, &message.message);
            if !earlier.contains(&key) {
                here.push(key);
                diagnostics.push(sources.diagnostic(message));
            }
        }
        // Within one report nothing is said twice without need.
        earlier.extend(here);
        proofs.extend(
            report
                .proofs
                .iter()
                .filter_map(|proof| sources.proof(proof)),
        );
        cut_short.extend(report.cut_short.iter().filter_map(|cut| {
            let span = sources.span(&cut.span)?;
            Some((cut.function.clone(), span))
        }));
        if let Some(summary) = &report.summary {
            add(&mut coverage, &summary.coverage);
            suppressed = suppressed.saturating_add(summary.suppressed);
            known = known.saturating_add(summary.known);
        }
    }
    outcome::sort(&mut diagnostics);
    proofs.sort_by_key(|proof| (proof.span.file, proof.span.lo, proof.span.hi));
    cut_short.sort_by_key(|(_, item)| (item.file, item.lo));
    problems.append(&mut sources.problems);
    diagnostics.extend(
        problems
            .iter()
            .map(|problem| not_checked(Place::Path(problem.path.clone()), problem.message.clone())),
    );
    let mut inputs = Inputs::default();
    sources.finish(&mut inputs);
    inputs.problems = problems;
    Results {
        outcome: Outcome {
            diagnostics,
            suppressed,
            known,
            baseline: None,
        },
        proofs,
        cut_short,
        coverage,
        shard: None,
        more: Vec::new(),
        exit_zero: false,
        fixed: 0,
        diff: None,
        inputs,
    }
}

fn add(sum: &mut Coverage, part: &Coverage) {
    for (sum, count) in [
        (&mut sum.files, part.files),
        (&mut sum.parsed, part.parsed),
        (&mut sum.functions, part.functions),
        (&mut sum.cut_short, part.cut_short),
        (&mut sum.sockets, part.sockets),
        (&mut sum.closed, part.closed),
        (&mut sum.handed_on, part.handed_on),
        (&mut sum.escaped, part.escaped),
        (&mut sum.leaking, part.leaking),
    ] {
        *sum = sum.saturating_add(count);
    }
}
