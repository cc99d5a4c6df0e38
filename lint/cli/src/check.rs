//! The check itself, from the command line to the exit status.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anstream::AutoStream;
use anyhow::{Context, anyhow};
use codespan_reporting::term::termcolor::Buffer;
use socklint_analysis::{Input, Report, analyze_with_fixes};

use crate::args::{CheckArgs, ColorChoice};
use crate::fix::{self, Allow, Fixed};
use crate::levels::Levels;
use crate::outcome::Place;
use crate::problem::Problem;
use crate::report::{self, Results};
use crate::{baseline, inputs};

/// Deeply nested source needs a deep stack.
pub(crate) const STACK: usize = 256 << 20;

/// Checks what `args` ask for.
pub(crate) fn check(args: &CheckArgs, levels: &Levels) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let inputs = inputs::collect(args)?;
    if args.verbose > 0 {
        say(&format!(
            "{} files read in {:.2?}",
            inputs.input.files.len(),
            start.elapsed()
        ));
        inputs.config.described().iter().for_each(|line| say(line));
        inputs
            .baseline
            .described()
            .iter()
            .for_each(|line| say(line));
    }
    for note in &inputs.config.notes {
        if !args.quiet || note.starts_with("warning") {
            say(note);
        }
    }
    let start = Instant::now();
    let report = analyzed(&inputs.input)?;
    if args.verbose > 0 {
        say(&format!("analysed in {:.2?}", start.elapsed()));
    }
    let mut results = Results::new(inputs, report, levels);
    if args.fix || args.diff {
        let refused = args.fix.then(|| refused(args, &results)).flatten();
        let (mended, fixed) = match &refused {
            Some(_) => (results, Fixed::default()),
            None => fix::apply(results, |inputs| {
                let report = analyzed(&inputs.input)?;
                Ok(Results::new(inputs, report, levels))
            })?,
        };
        results = mended;
        if args.diff {
            return show(args, &results, &fixed);
        }
        results.fixed = fixed.count();
        let problems = fix::write(&fixed, &results);
        results.outcome.add_problems(&problems);
        results.outcome.add_problems(refused.as_slice());
    }
    write(args, &results)?;
    if let Some(written) = results.outcome.baseline.as_ref().map(baseline::write) {
        let written = written?;
        if !args.quiet {
            say(&written);
        }
    }
    if !args.quiet {
        say(&report::closing_line(&results));
    }
    Ok(ExitCode::from(match results.outcome.status() {
        1 if args.exit_zero => 0,
        status => status,
    }))
}

/// Prints what fixing would change.
fn show(args: &CheckArgs, results: &Results, fixed: &Fixed) -> anyhow::Result<ExitCode> {
    deliver(args, fixed.diff(results).as_bytes())?;
    if !args.quiet {
        say(&match fixed.count() {
            0 => "nothing to fix".to_owned(),
            count => format!("{count} to fix in {} files", fixed.files.len()),
        });
    }
    Ok(ExitCode::from(
        match (results.outcome.not_checked(), fixed.count()) {
            (0, 0) => 0,
            (0, _) => 1,
            _ => 2,
        },
    ))
}

/// Why nothing is fixed, if something could be.
fn refused(args: &CheckArgs, results: &Results) -> Option<Problem> {
    let allow = Allow {
        dirty: args.allow_dirty,
        staged: args.allow_staged,
        no_vcs: args.allow_no_vcs,
    };
    let inputs = &results.inputs;
    let folders: BTreeSet<PathBuf> = results
        .outcome
        .diagnostics
        .iter()
        .filter(|diagnostic| fix::is_fixable(diagnostic))
        .filter_map(|diagnostic| match diagnostic.place {
            Place::Span(place) => inputs.input.files.get(place.file.0 as usize),
            Place::Path(_) => None,
        })
        .filter_map(|file| Some(inputs.base.join(&file.path).parent()?.to_owned()))
        .collect();
    if !folders.is_empty() && args.paths.iter().any(|path| path == Path::new("-")) {
        let why = "cannot be fixed in its place; `--diff` shows the changes";
        return Some(Problem::new(Path::new("standard input"), why));
    }
    folders.iter().find_map(|folder| {
        let why = fix::refusal(folder, allow)?;
        Some(Problem::new(folder, format!("nothing was fixed: {why}")))
    })
}

/// The analysis, on a thread with a deep stack.
pub(crate) fn analyzed(input: &Input) -> anyhow::Result<Report> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || analyze_with_fixes(input, &()).unwrap_or_default())
            .context("the analysis has no memory to run in")?;
        thread.join().map_err(|_| {
            anyhow!("the analysis failed; this is a fault of socklint: please report it with the message above")
        })
    })
}

fn write(args: &CheckArgs, results: &Results) -> anyhow::Result<()> {
    let mut buffer = match colored(args) {
        true => Buffer::ansi(),
        false => Buffer::no_color(),
    };
    report::write(&mut buffer, args.message_format, results, args.proofs)
        .context("the report cannot be written")?;
    deliver(args, buffer.as_slice())
}

/// Writes to where the user wants it.
fn deliver(args: &CheckArgs, text: &[u8]) -> anyhow::Result<()> {
    match &args.output {
        Some(path) => {
            fs::write(path, text).with_context(|| format!("cannot write to {}", path.display()))
        }
        None => crate::print(text).map(drop),
    }
}

fn colored(args: &CheckArgs) -> bool {
    let from_cargo = match std::env::var("CARGO_TERM_COLOR").as_deref() {
        Ok("always") => Some(ColorChoice::Always),
        Ok("never") => Some(ColorChoice::Never),
        Ok("auto") => Some(ColorChoice::Auto),
        _ => None,
    };
    match args.color.or(from_cargo) {
        Some(ColorChoice::Always) => true,
        Some(ColorChoice::Never) => false,
        Some(ColorChoice::Auto) | None => {
            args.output.is_none()
                && AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
        }
    }
}

/// Writes a line to standard error, if anybody is there to read it.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "socklint: {line}");
}
