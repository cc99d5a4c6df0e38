//! The check itself, from the command line to the exit status.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, anyhow};
use codespan_reporting::term::termcolor::Buffer;
use socklint_analysis::{Input, Report, analyze};

use crate::args::{CheckArgs, ColorChoice};
use crate::inputs;
use crate::levels::Levels;
use crate::report::{self, Results};

/// Deeply nested source needs a deep stack.
const STACK: usize = 256 << 20;

/// Checks what `args` ask for.
pub(crate) fn check(args: &CheckArgs, levels: &Levels) -> anyhow::Result<ExitCode> {
    let results = results(args, levels)?;
    write(args, &results)?;
    if !args.quiet {
        say(&report::closing_line(&results));
    }
    Ok(ExitCode::from(results.outcome.status()))
}

/// What is to be reported of what `args` ask for.
pub(crate) fn results(args: &CheckArgs, levels: &Levels) -> anyhow::Result<Results> {
    let start = Instant::now();
    let mut inputs = inputs::collect(args)?;
    let part = args.shard.map(|shard| shard.cut(&mut inputs));
    if args.verbose > 0 {
        say(&format!(
            "{} files read in {:.2?}",
            inputs.input.files.len(),
            start.elapsed()
        ));
    }
    let start = Instant::now();
    let mut report = analyzed(&inputs.input)?;
    if let Some(part) = &part {
        part.keep(&mut report);
    }
    if args.verbose > 0 {
        say(&format!("analysed in {:.2?}", start.elapsed()));
    }
    let mut results = Results::new(inputs, report, levels);
    results.shard = args.shard;
    Ok(results)
}

fn analyzed(input: &Input) -> anyhow::Result<Report> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || analyze(input))
            .context("the analysis has no memory to run in")?;
        thread.join().map_err(|_| {
            anyhow!("the analysis failed; this is a fault of socklint: please report it with the message above")
        })
    })
}

fn write(args: &CheckArgs, results: &Results) -> anyhow::Result<()> {
    deliver(&written(args, results)?, args.output.as_deref())
}

/// The report as `args` want it.
pub(crate) fn written(args: &CheckArgs, results: &Results) -> anyhow::Result<Buffer> {
    let mut buffer = buffer(args.color, args.output.as_deref());
    report::write(&mut buffer, args.message_format, results, args.proofs)
        .context("the report cannot be written")?;
    Ok(buffer)
}

/// Room for a report, in colour if it is to be.
pub(crate) fn buffer(color: Option<ColorChoice>, output: Option<&Path>) -> Buffer {
    match colored(color, output) {
        true => Buffer::ansi(),
        false => Buffer::no_color(),
    }
}

/// Puts a report where it is wanted.
pub(crate) fn deliver(report: &Buffer, output: Option<&Path>) -> anyhow::Result<()> {
    match output {
        Some(path) => fs::write(path, report.as_slice())
            .with_context(|| format!("cannot write to {}", path.display())),
        None => crate::print(report.as_slice()).map(drop),
    }
}

fn colored(color: Option<ColorChoice>, output: Option<&Path>) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let from_cargo = match std::env::var("CARGO_TERM_COLOR").as_deref() {
        Ok("always") => Some(ColorChoice::Always),
        Ok("never") => Some(ColorChoice::Never),
        _ => None,
    };
    match color.or(from_cargo) {
        Some(ColorChoice::Always) => true,
        Some(ColorChoice::Never) => false,
        Some(ColorChoice::Auto) | None => {
            output.is_none() && !set("NO_COLOR") && io::stdout().is_terminal()
        }
    }
}

/// Writes a line to standard error, if anybody is there to read it.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "socklint: {line}");
}
