//! The check itself, from the command line to the exit status.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anstream::AutoStream;
use anyhow::{Context, anyhow};
use codespan_reporting::term::termcolor::Buffer;
use socklint_analysis::{Input, Report, analyze_with_fixes};

use crate::args::{CheckArgs, ColorChoice, MessageFormat};
use crate::fix;
use crate::levels::Levels;
use crate::progress::Progress;
use crate::report::{self, Results};
use crate::timings::{Timings, Watching};
use crate::{baseline, inputs, statistics};

/// Deeply nested source needs a deep stack.
pub(crate) const STACK: usize = 256 << 20;

/// What a check found, and how long it took.
pub(crate) struct Checked {
    /// What is to be reported.
    pub(crate) results: Results,
    timings: Timings,
    /// What is to be said of a baseline that was written.
    written: Option<String>,
}

/// Checks what `args` ask for.
pub(crate) fn check(args: &CheckArgs, levels: &Levels) -> anyhow::Result<ExitCode> {
    let mut checked = checked(args, levels)?;
    if let Some(diff) = &checked.results.diff {
        return fix::show(args, &checked.results, diff);
    }
    let report = checked.report(args)?;
    deliver(report.as_slice(), args.output.as_deref())?;
    checked.close(args);
    Ok(ExitCode::from(checked.status()))
}

/// What is found of what `args` ask for.
pub(crate) fn checked(args: &CheckArgs, levels: &Levels) -> anyhow::Result<Checked> {
    let progress = Progress::start(args);
    let start = Instant::now();
    let mut inputs = inputs::collect(args)?;
    let part = args.shard.map(|shard| shard.cut(&mut inputs));
    let mut timings = Timings {
        discovery: start.elapsed().saturating_sub(inputs.reading),
        reading: inputs.reading,
        ..Timings::default()
    };
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
    let (mut report, functions) = analyzed(&inputs.input, &progress, args.timings)?;
    timings.analysis = start.elapsed();
    timings.functions = functions;
    if let Some(part) = &part {
        part.keep(&mut report);
    }
    if args.verbose > 0 {
        say(&format!("analysed in {:.2?}", timings.analysis));
    }
    let mut results = Results::new(inputs, report, levels);
    results.shard = args.shard;
    if args.fix || args.diff {
        let again = |input: &Input| Ok(analyzed(input, &progress, false)?.0);
        results = fix::run(args, results, levels, again)?;
    }
    let written = match (&results.outcome.baseline, args.diff) {
        (Some(new), false) => Some(baseline::write(new)?),
        _ => None,
    };
    Ok(Checked {
        results,
        timings,
        written,
    })
}

/// The analysis, on a thread with a deep stack, and how long each function took.
fn analyzed(
    input: &Input,
    progress: &Progress,
    timed: bool,
) -> anyhow::Result<(Report, Vec<(String, Duration)>)> {
    std::thread::scope(|scope| {
        let work = || {
            let watching = Watching::new(progress, timed);
            let report = analyze_with_fixes(input, &watching).unwrap_or_default();
            (report, watching.functions())
        };
        let thread = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .context("the analysis has no memory to run in")?;
        thread.join().map_err(|_| {
            anyhow!("the analysis failed; this is a fault of socklint: please report it with the message above")
        })
    })
}

impl Checked {
    /// The report as `args` want it.
    pub(crate) fn report(&mut self, args: &CheckArgs) -> anyhow::Result<Buffer> {
        let start = Instant::now();
        let results = &mut self.results;
        results.exit_zero = args.exit_zero;
        if args.statistics {
            results.more.push(statistics::json(&results.outcome));
        }
        if args.timings {
            results.more.push(self.timings.json(&results.coverage));
        }
        let mut buffer = buffer(args.color, args.output.as_deref());
        report::write(&mut buffer, args.message_format, results, args.proofs)
            .context("the report cannot be written")?;
        if args.statistics {
            statistics::write(&mut buffer, args.message_format, &results.outcome)?;
        }
        self.timings.report = Some(start.elapsed());
        Ok(buffer)
    }

    /// The exit status.
    pub(crate) fn status(&self) -> u8 {
        self.results.status()
    }

    /// Says what there is to say after the report.
    pub(crate) fn close(&self, args: &CheckArgs) {
        if args.timings && args.message_format != MessageFormat::Json {
            tell(&self.timings.text(&self.results.coverage));
        }
        if !args.quiet {
            self.written.iter().for_each(|written| say(written));
            say(&report::closing_line(&self.results));
        }
    }
}

/// Room for a report, in colour if it is to be.
pub(crate) fn buffer(color: Option<ColorChoice>, output: Option<&Path>) -> Buffer {
    match colored(color, output) {
        true => Buffer::ansi(),
        false => Buffer::no_color(),
    }
}

/// Puts a report where it is wanted.
pub(crate) fn deliver(report: &[u8], output: Option<&Path>) -> anyhow::Result<()> {
    match output {
        Some(path) => {
            fs::write(path, report).with_context(|| format!("cannot write to {}", path.display()))
        }
        None => crate::print(report).map(drop),
    }
}

fn colored(color: Option<ColorChoice>, output: Option<&Path>) -> bool {
    let from_cargo = match std::env::var("CARGO_TERM_COLOR").as_deref() {
        Ok("always") => Some(ColorChoice::Always),
        Ok("never") => Some(ColorChoice::Never),
        Ok("auto") => Some(ColorChoice::Auto),
        _ => None,
    };
    match color.or(from_cargo) {
        Some(ColorChoice::Always) => true,
        Some(ColorChoice::Never) => false,
        Some(ColorChoice::Auto) | None => {
            output.is_none() && AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
        }
    }
}

/// Writes a line to standard error, if anybody is there to read it.
pub(crate) fn say(line: &str) {
    tell(&format!("socklint: {line}\n"));
}

/// Writes to standard error, if anybody is there to read it.
pub(crate) fn tell(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
