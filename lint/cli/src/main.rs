//! `cargo socklint`: which sockets does this code leak, close twice, or close wrongly?
//!
//! [`args`] is the command line, [`inputs`] finds and reads the sources,
//! `socklint_analysis` judges them, [`outcome`] applies levels and
//! suppressions, and [`report`] writes the result. Nothing of the checked
//! project is executed, except where `--with` asks for cargo's own check beside
//! it: [`with`].

mod args;
mod baseline;
mod cargo;
mod catalogue;
mod check;
mod completions;
mod config;
mod features;
mod fingerprint;
mod fix;
mod inputs;
mod levels;
mod lsp;
mod man;
mod merge;
mod modules;
mod outcome;
mod problem;
mod progress;
mod read;
mod remarks;
mod report;
mod repository;
mod shard;
mod statistics;
mod target;
mod timings;
mod walk;
mod with;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Args, Command};

fn main() -> ExitCode {
    let mut arguments: Vec<_> = std::env::args_os().collect();
    // Cargo runs `cargo-socklint socklint ..` for `cargo socklint ..`.
    if arguments.get(1).is_some_and(|first| first == "socklint") {
        arguments.remove(1);
    }
    let matches = Args::command().get_matches_from(arguments);
    let mut args = match Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(error) => error.exit(),
    };
    args.check.settle();
    let result = match &args.command {
        Some(Command::Explain { rule }) => catalogue::explain(rule),
        Some(Command::Rules { json }) => catalogue::rules(*json),
        Some(Command::Schema) => print(config::SCHEMA.as_bytes()),
        Some(Command::Lsp { .. }) => lsp::serve(),
        Some(Command::Completions { shell }) => completions::script(*shell),
        Some(Command::Man { dir }) => man::man(dir.as_deref()),
        Some(Command::Merge(args)) => merge::merge(args),
        None => levels::Levels::from_matches(&matches).and_then(|levels| match args.check.with {
            Some(with) => with::check(with, &args.check, &levels, &matches),
            None => check::check(&args.check, &levels),
        }),
    };
    result.unwrap_or_else(|error| {
        // Nothing is left to be done if standard error is gone too.
        let _ = writeln!(io::stderr(), "error: {error:#}");
        ExitCode::from(2)
    })
}

/// Writes to standard output. A reader that has seen enough is no fault.
fn print(text: &[u8]) -> anyhow::Result<ExitCode> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(anyhow::Error::new(error).context("cannot write to standard output"))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
