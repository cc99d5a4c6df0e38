//! `--with check` and `--with clippy`: cargo's own check beside ours, for editors that run one command only.
//!
//! This is the one mode in which the project is built, by the cargo that the user asks for, with the
//! environment and the arguments that it would have had from the caller. Only a target that the user named is
//! handed on: ours is Windows wherever this runs, cargo's stays the host.
//!
//! The two run at the same time. Cargo's standard error is not touched. Of JSON, its lines go out as they
//! come, ours when they are there, and one `build-finished` at the end speaks for both. Of every other format
//! ours comes when cargo is done, so that the two do not mix.
//!
//! The status is cargo's if that failed, because who runs cargo expects cargo's, and else ours. Cargo runs in
//! our process group, so what ends that ends both; and whichever way this function is left, cargo ends first.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, ExitCode, ExitStatus, Stdio};
use std::thread;

use clap::parser::ValueSource;
use clap::{ArgMatches, ValueEnum};
use serde_json::{Value, json};

use crate::args::{CheckArgs, ColorChoice, MessageFormat};
use crate::check::{self, Checked, deliver};
use crate::levels::Levels;
use crate::outcome::{Place, not_checked};

/// Which of cargo's commands runs beside the check.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum With {
    /// cargo check
    Check,
    /// cargo clippy
    Clippy,
}

impl With {
    fn command(self) -> &'static str {
        match self {
            With::Check => "check",
            With::Clippy => "clippy",
        }
    }
}

/// Checks what `args` ask for, and has cargo do so.
pub(crate) fn check(
    with: With,
    args: &CheckArgs,
    levels: &Levels,
    matches: &ArgMatches,
) -> anyhow::Result<ExitCode> {
    let is_json = args.message_format == MessageFormat::Json;
    let mut cargo = Cargo::start(arguments(with, args, matches), is_json);
    let (ours, cargos) = thread::scope(|scope| {
        let lines = cargo.lines();
        let forwarding = lines.map(|lines| scope.spawn(|| forward(lines)));
        let mut checked = check::checked(args, levels);
        if let (Ok(Checked { results, .. }), Err(error)) = (&mut checked, &cargo.0) {
            let message = format!("`cargo {}` cannot be run: {error}", with.command());
            let place = Place::Path(results.inputs.base.join("Cargo.toml"));
            let diagnostics = &mut results.outcome.diagnostics;
            diagnostics.push(not_checked(place, message));
        }
        if !is_json {
            cargo.end();
        }
        let ours = checked.and_then(|checked| report(args, checked));
        if forwarding.is_some_and(|thread| thread.join().is_ok_and(|sent| sent.is_err())) {
            // Nobody reads on.
            cargo.kill();
        }
        (ours, cargo.end())
    });
    if is_json {
        let success = cargos == 0 && matches!(ours, Ok(0));
        let end = json!({"reason": "build-finished", "success": success});
        crate::print(format!("{end}\n").as_bytes())?;
    }
    Ok(ExitCode::from(match (cargos, ours?) {
        (0, ours) => ours,
        (cargos, _) => cargos,
    }))
}

/// Writes our report, and gives its status.
fn report(args: &CheckArgs, mut checked: Checked) -> anyhow::Result<u8> {
    let report = checked.report(args)?;
    match (args.message_format, &args.output) {
        (MessageFormat::Json, None) => {
            let lines = report.as_slice().split_inclusive(|&byte| byte == b'\n');
            let lines: Vec<&[u8]> = lines.filter(|line| !ends_build(line)).collect();
            crate::print(&lines.concat())?;
        }
        (_, output) => deliver(report.as_slice(), output.as_deref())?,
    }
    checked.close(args);
    Ok(checked.status())
}

/// Sends cargo's lines on, but for the one that ends them.
fn forward(lines: ChildStdout) -> io::Result<()> {
    let mut lines = BufReader::new(lines);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        if !ends_build(&line) {
            if !line.ends_with(b"\n") {
                line.push(b'\n');
            }
            // Locked for each line: ours come between.
            let mut stdout = io::stdout().lock();
            stdout.write_all(&line)?;
            stdout.flush()?;
        }
        line.clear();
    }
    Ok(())
}

/// Whether this is cargo's last message.
fn ends_build(line: &[u8]) -> bool {
    // The messages can be large; few are worth parsing.
    line.len() < 200
        && serde_json::from_slice::<Value>(line)
            .is_ok_and(|message| message["reason"] == "build-finished")
}

/// The cargo that runs, if it does.
struct Cargo(io::Result<Child>);

impl Cargo {
    fn start(arguments: Vec<OsString>, is_json: bool) -> Cargo {
        // Under `cargo socklint` this is the cargo that runs.
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let stdout = match is_json {
            true => Stdio::piped(),
            false => Stdio::inherit(),
        };
        let mut command = Command::new(cargo);
        command.args(arguments).stdin(Stdio::null()).stdout(stdout);
        Cargo(command.spawn())
    }

    fn lines(&mut self) -> Option<ChildStdout> {
        self.0.as_mut().ok()?.stdout.take()
    }

    /// Waits for its end. What could not be started did not fail: that is ours to report.
    fn end(&mut self) -> u8 {
        match &mut self.0 {
            Ok(child) => child.wait().map_or(FAILED, status),
            Err(_) => 0,
        }
    }

    fn kill(&mut self) {
        if let Ok(child) = &mut self.0 {
            // It may have ended by itself.
            let _ = child.kill();
        }
    }
}

impl Drop for Cargo {
    fn drop(&mut self) {
        self.kill();
        self.end();
    }
}

/// Cargo's status where it failed without one of its own.
const FAILED: u8 = 101;

fn status(status: ExitStatus) -> u8 {
    match status.code() {
        Some(code) => u8::try_from(code).unwrap_or(FAILED),
        None => FAILED,
    }
}

/// What cargo would have got from the caller.
fn arguments(with: With, args: &CheckArgs, matches: &ArgMatches) -> Vec<OsString> {
    let mut all: Vec<OsString> = vec![with.command().into()];
    for (flag, is_set) in [
        ("--workspace", args.workspace),
        ("--lib", args.lib),
        ("--bins", args.bins),
        ("--examples", args.examples),
        ("--tests", args.tests),
        ("--benches", args.benches),
        ("--all-targets", args.all_targets),
        ("--all-features", args.all_features),
        ("--no-default-features", args.no_default_features),
        ("--locked", args.locked),
        ("--offline", args.offline),
        ("--frozen", args.frozen),
        ("--keep-going", args.keep_going),
        ("--release", args.release),
        ("--quiet", args.quiet),
    ] {
        all.extend(is_set.then(|| flag.into()));
    }
    all.extend((0..args.verbose).map(|_| "--verbose".into()));
    for (flag, values) in [
        ("--package", &args.package),
        ("--exclude", &args.exclude),
        ("--bin", &args.bin),
        ("--example", &args.example),
        ("--test", &args.test),
        ("--bench", &args.bench),
        ("--features", &args.features),
    ] {
        all.extend(values.iter().map(|value| joined(flag, value)));
    }
    let path = |path: &Option<PathBuf>| path.clone().map(PathBuf::into_os_string);
    for (flag, value) in [
        ("--manifest-path", path(&args.manifest_path)),
        ("--target-dir", path(&args.target_dir)),
        ("--profile", args.profile.as_ref().map(OsString::from)),
        ("--jobs", args.jobs.map(|jobs| jobs.to_string().into())),
        ("--color", args.color.map(|color| color_name(color).into())),
        ("--target", given(matches, "target")),
        ("--message-format", message_format(args, matches)),
    ] {
        all.extend(value.map(|value| joined(flag, value)));
    }
    if !args.rest.is_empty() {
        all.push("--".into());
        all.extend(args.rest.iter().cloned());
    }
    all
}

/// One argument, so that a value may start with a dash.
fn joined(flag: &str, value: impl AsRef<OsStr>) -> OsString {
    let mut joined = OsString::from(flag);
    joined.push("=");
    joined.push(value);
    joined
}

/// The format as it was written, if it is one of cargo's too.
fn message_format(args: &CheckArgs, matches: &ArgMatches) -> Option<OsString> {
    let is_cargos = matches!(
        args.message_format,
        MessageFormat::Human | MessageFormat::Short | MessageFormat::Json
    );
    given(matches, "message_format").filter(|_| is_cargos)
}

/// The value that the caller gave, and no default.
fn given(matches: &ArgMatches, name: &str) -> Option<OsString> {
    let is_given = matches.value_source(name) == Some(ValueSource::CommandLine);
    let value = matches.get_raw(name)?.next_back()?;
    is_given.then(|| value.to_owned())
}

fn color_name(color: ColorChoice) -> &'static str {
    match color {
        ColorChoice::Auto => "auto",
        ColorChoice::Always => "always",
        ColorChoice::Never => "never",
    }
}
