//! The progress bar, `--statistics` and `--timings`: what a run says of itself.

use std::fs;
use std::path::Path;

use serde_json::Value;
use socklint_tests::samples::{EVERYTHING, LEAK, workspace, write};
use socklint_tests::{Ran, run, socklint};

fn check(folder: &Path, arguments: &[&str]) -> Ran {
    run(socklint(folder).args(arguments))
}

/// Under a real terminal, which util-linux's `script` makes.
#[cfg(target_os = "linux")]
mod terminal {
    use std::process::{Command, Stdio};

    use super::{LEAK, Path, check, fs, write};
    use socklint_tests::executable;

    /// Clears a line.
    const CLEAR: &str = "\r\x1b[2K";

    /// All that the terminal got of a run with the report in a file; `settings` are variables and values.
    fn shown(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> String {
        let executable = executable().display();
        let command = format!("'{executable}' -o report.txt {}", arguments.join(" "));
        let mut script = Command::new("script");
        script
            .args(["--quiet", "--return", "--command", &command, "typescript"])
            .current_dir(folder)
            .env("TERM", "xterm")
            .env("SHELL", "/bin/sh")
            .env_remove("CI")
            .env_remove("CARGO_TERM_PROGRESS_WHEN")
            .env_remove("NO_COLOR")
            .envs(settings.iter().copied())
            .stdin(Stdio::null());
        let output = script.output().expect("script runs");
        let status = output.status.code();
        assert_eq!(status, Some(1), "{output:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    #[test]
    fn a_long_run_shows_how_far_it_is() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        let mut functions = 250;
        // As much work as takes this machine long enough.
        let seen = loop {
            let names = (0..functions).map(|n| LEAK.replace("reachable", &format!("f{n}")));
            let body = names
                .map(|text| text.replace("use windows_sys::Win32::Networking::WinSock::*;", ""));
            let body: String = body.collect();
            let text = format!("use windows_sys::Win32::Networking::WinSock::*;\n{body}");
            write(root, "long.rs", text);
            let seen = shown(root, &["long.rs"], &[]);
            if seen.contains("Analysing [") || functions > 500_000 {
                break seen;
            }
            functions *= 2;
        };
        assert!(
            seen.contains(&format!("/{functions} functions")),
            "{seen:?}"
        );
        // It is gone before anything else is said, and with it the line that it stood on.
        let (_, rest) = seen.rsplit_once(CLEAR).expect("it is cleared");
        let line = format!("socklint: {functions} errors ({functions} fixable");
        assert!(rest.starts_with(&line), "{rest:?}");
        assert!(!rest.contains("Analysing"), "{rest:?}");
        // The report itself is the same as without a terminal.
        let report = fs::read_to_string(root.join("report.txt")).expect("a report");
        let piped = check(root, &["long.rs"]);
        assert_eq!(report, piped.stdout);
        // No terminal, no bar.
        assert!(piped.stderr.starts_with(&line), "{piped:?}");
        assert_eq!(piped.stderr.lines().count(), 1);

        for (arguments, settings) in [
            (&["-q"][..], &[][..]),
            (&["-v"], &[]),
            (&[], &[("TERM", "dumb")]),
            (&[], &[("CI", "true")]),
            (&[], &[("CARGO_TERM_PROGRESS_WHEN", "never")]),
        ] {
            let seen = shown(root, &[&["long.rs"], arguments].concat(), settings);
            assert!(
                !seen.contains("Analysing"),
                "{arguments:?} {settings:?} {seen:?}"
            );
            assert!(
                !seen.contains('\x1b'),
                "{arguments:?} {settings:?} {seen:?}"
            );
        }
        let always = [("CI", "true"), ("CARGO_TERM_PROGRESS_WHEN", "always")];
        assert!(shown(root, &["long.rs"], &always).contains("Analysing"));
    }

    #[test]
    fn a_short_run_shows_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), "short.rs", LEAK);
        // A machine that is busy may take long now and then, but not each time.
        let runs = (0..20).map(|_| shown(folder.path(), &["short.rs"], &[]));
        let quiet = runs
            .into_iter()
            .any(|seen| !seen.contains('\x1b') && seen.starts_with("socklint: 1 error"));
        assert!(quiet);
    }
}

#[test]
fn statistics_follow_the_findings() {
    let folder = workspace();
    let root = folder.path();
    let plain = check(
        root,
        &[&EVERYTHING[..], &["--message-format=short"]].concat(),
    );
    let counted = check(
        root,
        &[&EVERYTHING[..], &["--message-format=short", "--statistics"]].concat(),
    );
    let statistics = counted
        .stdout
        .strip_prefix(&plain.stdout)
        .expect("the findings come first");
    assert_eq!(counted.status, plain.status);
    let of_rule = |code: &str| plain.stdout.matches(&format!("[{code}]")).count();
    let mut last = usize::MAX;
    let mut total = 0;
    for line in statistics.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let count = words[0].parse().expect("a count");
        assert!(count <= last, "the most frequent first: {statistics}");
        last = count;
        total += count;
        match words[1] {
            "not_checked" => assert_eq!(count, 3, "{line}"),
            code => assert_eq!(count, of_rule(code), "{line}"),
        }
    }
    assert_eq!(total, plain.stdout.lines().count(), "{statistics}");
    let line = statistics
        .lines()
        .find(|line| line.contains("winsock_not_started"));
    assert_eq!(
        line.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .as_deref(),
        Some("1 winsock_not_started error a Winsock call is made where Winsock is not started"),
    );
    // The same as an object, before the end of the stream.
    let ran = check(
        root,
        &[&EVERYTHING[..], &["--message-format=json", "--statistics"]].concat(),
    );
    let objects = ran.objects();
    let rules = objects
        .iter()
        .find(|object| object["reason"] == "socklint-statistics");
    let rules = rules
        .and_then(|object| object["rules"].as_array())
        .expect("an array");
    let sum: u64 = rules.iter().filter_map(|rule| rule["count"].as_u64()).sum();
    assert_eq!(sum, total as u64);
    assert!(
        rules
            .iter()
            .all(|rule| rule["fixable"].is_u64() && rule["level"].is_string())
    );
    assert_eq!(
        objects.last().map(|last| &last["reason"]),
        Some(&"build-finished".into())
    );
    // A merge counts too, and passes over what the reports count.
    fs::write(root.join("report.json"), &ran.stdout).expect("written");
    let merged = check(
        root,
        &[
            "merge",
            "report.json",
            "--message-format=short",
            "--statistics",
        ],
    );
    assert_eq!(merged.stdout, counted.stdout);
}

#[test]
fn timings_say_where_the_time_went() {
    let folder = workspace();
    let root = folder.path();
    let ran = check(root, &["--workspace", "--timings"]);
    let plain = check(root, &["--workspace"]);
    assert_eq!((ran.status, &ran.stdout), (plain.status, &plain.stdout));
    for part in ["discovery", "reading", "analysis", "report"] {
        let mut lines = ran.stderr.lines().map(str::trim_start);
        let line = lines.find(|line| line.starts_with(part)).expect(part);
        let seconds = line.split_whitespace().nth(1).expect("a time");
        assert!(
            seconds.parse::<f64>().is_ok_and(|seconds| seconds >= 0.0),
            "{line}"
        );
    }
    let slowest = ran
        .stderr
        .lines()
        .filter(|line| line.trim_start().starts_with("function "));
    let slowest: Vec<&str> = slowest.collect();
    // Two of `net`, which two targets have, `main`, `lose`, `twice` and two of the name `open`.
    assert_eq!(slowest.len(), 7, "{ran:?}");
    assert!(
        slowest.iter().any(|line| line.ends_with(" s  mid::twice")),
        "{ran:?}"
    );

    let ran = check(
        root,
        &["--workspace", "--timings", "--message-format=json", "-q"],
    );
    assert_eq!(ran.stderr, "");
    let objects = ran.objects();
    let timings = objects
        .iter()
        .find(|object| object["reason"] == "socklint-timings");
    let timings = timings.expect("an object");
    let slowest = timings["slowest"].as_array().expect("an array");
    let seconds: Vec<f64> = slowest
        .iter()
        .filter_map(|one| one["seconds"].as_f64())
        .collect();
    assert_eq!(seconds.len(), 7);
    assert!(seconds.is_sorted_by(|a, b| a >= b), "{timings}");
    let sum: f64 = seconds.iter().sum();
    assert!(
        timings["analysis"]
            .as_f64()
            .is_some_and(|analysis| analysis >= sum),
        "{timings}"
    );
    assert_eq!(timings["functions"], Value::from(7));
    assert!(
        timings["files_per_second"]
            .as_f64()
            .is_some_and(|rate| rate > 0.0)
    );
}
