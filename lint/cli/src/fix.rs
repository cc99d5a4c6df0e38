//! `--fix` and `--diff`: what a program may mend is mended.
//!
//! The fixes come with the findings and have been tried (see `socklint_analysis`); rustfix puts them into the text,
//! from the very messages that `--message-format json` writes. Fixes that touch the same place wait for the next
//! round, in which the changed sources are analysed again. A round that makes anything worse is taken back. Files
//! are written last, all of them or those that can be, and only into a working tree without other changes.

mod tree;
mod write;

use std::collections::{BTreeMap, HashSet};
use std::process::ExitCode;
use std::sync::Arc;

use rustfix::diagnostics::Diagnostic as Message;
use rustfix::{CodeFix, Filter, collect_suggestions};
use similar::TextDiff;
use socklint_analysis::{Applicability, Input, Report};

use crate::args::CheckArgs;
use crate::check::{deliver, say};
use crate::levels::Levels;
use crate::outcome::{Diagnostic, Place};
use crate::report::{Lined, Results, json};

/// Rounds of fixes; what is not mended by then does not end.
const ROUNDS: usize = 16;

/// What fixing did to the sources.
#[derive(Default)]
struct Fixed {
    /// For each file (an index in the input) that changed: its text before, and the number of fixes.
    files: BTreeMap<usize, (Arc<str>, usize)>,
}

impl Fixed {
    /// How many fixes were applied.
    fn count(&self) -> usize {
        self.files.values().map(|(_, count)| count).sum()
    }

    /// The changes as one diff.
    fn diff(&self, results: &Results) -> String {
        let mut diff = String::new();
        for (&file, (before, _)) in &self.files {
            if let Some(file) = results.inputs.input.files.get(file) {
                let path = file.path.trim_start_matches('/');
                let (old, new) = (format!("a/{path}"), format!("b/{path}"));
                let changes = TextDiff::from_lines(&**before, &*file.text);
                diff.push_str(&changes.unified_diff().header(&old, &new).to_string());
            }
        }
        diff
    }
}

/// Mends what can be, and writes or (`--diff`) shows it. `check` analyses changed sources.
pub(crate) fn run(
    args: &CheckArgs,
    results: Results,
    levels: &Levels,
    check: impl Fn(&Input) -> anyhow::Result<Report>,
) -> anyhow::Result<Results> {
    let shard = results.shard;
    let refused = args.fix.then(|| tree::refused(args, &results)).flatten();
    let (mut results, fixed) = match &refused {
        Some(_) => (results, Fixed::default()),
        None => apply(results, |inputs| {
            let report = check(&inputs.input)?;
            Ok(Results::new(inputs, report, levels))
        })?,
    };
    results.shard = shard;
    results.fixed = fixed.count();
    if args.diff {
        results.diff = Some(fixed.diff(&results));
        return Ok(results);
    }
    let problems = write::write(&fixed, &results);
    results.outcome.add_problems(&problems);
    results.outcome.add_problems(refused.as_slice());
    Ok(results)
}

/// Prints what fixing would change.
pub(crate) fn show(args: &CheckArgs, results: &Results, diff: &str) -> anyhow::Result<ExitCode> {
    deliver(diff.as_bytes(), args.output.as_deref())?;
    if !args.quiet {
        say(&match results.fixed {
            0 => "nothing to fix".to_owned(),
            count => format!("{count} to fix with `--fix`"),
        });
    }
    Ok(ExitCode::from(
        match (results.outcome.not_checked(), results.fixed) {
            (0, 0) => 0,
            (0, _) if args.exit_zero => 0,
            (0, _) => 1,
            _ => 2,
        },
    ))
}

/// Mends what can be, in memory. `check` analyses the changed sources.
fn apply(
    mut results: Results,
    mut check: impl FnMut(crate::inputs::Inputs) -> anyhow::Result<Results>,
) -> anyhow::Result<(Results, Fixed)> {
    let mut fixed = Fixed::default();
    for _ in 0..ROUNDS {
        let round = mended(&results);
        if round.is_empty() {
            break;
        }
        let (wrong, broken) = (
            results.outcome.diagnostics.len(),
            results.outcome.not_checked(),
        );
        let mut before = BTreeMap::new();
        for (&file, (text, _)) in &round {
            let slot = &mut results.inputs.input.files[file].text;
            before.insert(file, std::mem::replace(slot, text.as_str().into()));
        }
        results.inputs.reopen();
        results = check(results.inputs)?;
        let outcome = &results.outcome;
        if outcome.diagnostics.len() >= wrong || outcome.not_checked() > broken {
            for (file, text) in before {
                results.inputs.input.files[file].text = text;
            }
            results.inputs.reopen();
            results = check(results.inputs)?;
            break;
        }
        for (file, text) in before {
            let count = round[&file].1;
            fixed.files.entry(file).or_insert((text, 0)).1 += count;
        }
    }
    Ok((results, fixed))
}

/// The texts with one round of fixes, and how many went into each.
fn mended(results: &Results) -> BTreeMap<usize, (String, usize)> {
    let sources = Lined::new(&results.inputs);
    let mut files: BTreeMap<usize, (CodeFix, usize)> = BTreeMap::new();
    for diagnostic in results.outcome.diagnostics.iter().filter(|d| is_fixable(d)) {
        let Place::Span(place) = diagnostic.place else {
            continue;
        };
        let index = place.file.0 as usize;
        let message = json::message(diagnostic, &sources);
        let suggestion = serde_json::from_value::<Message>(message)
            .ok()
            .and_then(|message| {
                let any = HashSet::<String>::new();
                collect_suggestions(&message, &any, Filter::MachineApplicableOnly)
            });
        let (Some(suggestion), Some(file)) = (suggestion, results.inputs.input.files.get(index))
        else {
            continue;
        };
        let (code, count) = files
            .entry(index)
            .or_insert_with(|| (CodeFix::new(&file.text), 0));
        // What overlaps with another waits for the next round.
        if code.apply(&suggestion).is_ok() {
            *count += 1;
        }
    }
    files
        .into_iter()
        .filter(|(_, (_, count))| *count > 0)
        .filter_map(|(file, (code, count))| Some((file, (code.finish().ok()?, count))))
        .collect()
}

/// Whether a program may mend it.
pub(crate) fn is_fixable(diagnostic: &Diagnostic) -> bool {
    let Place::Span(place) = diagnostic.place else {
        return false;
    };
    diagnostic.fixes.first().is_some_and(|fix| {
        fix.applicability == Applicability::MachineApplicable
            && fix.edits.iter().all(|edit| edit.span.file == place.file)
    })
}
