//! `--with`: cargo's own check beside ours.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use socklint_tests::samples::{LEAK, write};
use socklint_tests::{Ran, run, socklint};
use tempfile::TempDir;

/// A package with a leak that only Windows has, and something for clippy and the compiler to say.
fn package() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    write(
        root,
        "Cargo.toml",
        "[package]\nname = \"sample\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\n[features]\na = []\nb = []\nc = []\n",
    );
    write(
        root,
        "src/lib.rs",
        "#[cfg(windows)]\nmod net;\npub fn f(v: &Vec<u8>) -> usize {\n    let unused = 1;\n    v.len()\n}\n",
    );
    write(root, "src/net.rs", LEAK);
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> Ran {
    run(socklint(folder)
        .env_remove("CARGO_BUILD_TARGET")
        .env_remove("RUSTFLAGS")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .args(arguments))
}

fn codes(ran: &Ran) -> Vec<String> {
    let messages = ran.messages().into_iter();
    let codes = messages.filter_map(|message| {
        let code = message["message"]["code"]["code"].as_str()?;
        Some(code.to_owned())
    });
    let mut codes: Vec<String> = codes.collect();
    codes.sort();
    codes
}

fn ends(ran: &Ran) -> Vec<Value> {
    let objects = ran.objects().into_iter();
    objects
        .filter(|object| object["reason"] == "build-finished")
        .collect()
}

/// Instead of cargo: `metadata` is cargo's, and the rest is `script`'s.
fn instead_of_cargo(folder: &Path, script: &str) -> std::path::PathBuf {
    let path = folder.join("cargo.sh");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let text =
        format!("#!/bin/sh\nif [ \"$1\" = metadata ]; then exec '{cargo}' \"$@\"; fi\n{script}\n");
    fs::write(&path, text).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be executed");
    path
}

#[test]
fn one_stream_has_cargos_messages_and_ours() {
    let folder = package();
    let root = folder.path();
    let ran = check(
        root,
        &[
            "socklint",
            "--with",
            "clippy",
            "--workspace",
            "--message-format=json",
            "--all-targets",
        ],
    );
    assert_eq!(ran.status, 1, "{ran:?}");
    let codes = codes(&ran);
    for code in [
        "clippy::ptr_arg",
        "unused_variables",
        "socklint::unclosed_socket",
    ] {
        assert!(codes.iter().any(|found| found == code), "{code} {ran:?}");
    }
    let objects = ran.objects();
    assert!(
        objects
            .iter()
            .any(|object| object["reason"] == "compiler-artifact")
    );
    // One end, and it speaks for both.
    assert_eq!(ends(&ran).len(), 1);
    let last = objects.last().expect("a last message");
    assert_eq!(
        (&last["reason"], &last["success"]),
        (&"build-finished".into(), &false.into())
    );
    // Cargo's standard error is there, and our closing line.
    assert!(ran.stderr.contains("Finished"), "{ran:?}");
    assert!(ran.stderr.contains("socklint: 1 error"), "{ran:?}");

    // `check` says nothing of clippy's; nothing of ours is at deny.
    let ran = check(
        root,
        &[
            "--with",
            "check",
            "--message-format",
            "json",
            "-W",
            "correctness",
            "-q",
        ],
    );
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(
        codes_without(&ran, "unused_variables"),
        ["socklint::unclosed_socket"]
    );
    assert_eq!(ends(&ran)[0]["success"], true);
    // With a file for ours, the stream is cargo's.
    let ran = check(
        root,
        &["--with=check", "--message-format=json", "-o", "ours.json"],
    );
    assert_eq!(
        codes_without(&ran, "unused_variables"),
        Vec::<String>::new()
    );
    assert_eq!(
        (ran.status, ends(&ran)[0]["success"].clone()),
        (1, false.into())
    );
    let ours = fs::read_to_string(root.join("ours.json")).expect("a report");
    assert!(ours.contains("socklint::unclosed_socket") && ours.contains("build-finished"));
}

fn codes_without(ran: &Ran, code: &str) -> Vec<String> {
    let codes = codes(ran).into_iter();
    codes.filter(|found| found != code).collect()
}

#[test]
fn cargos_failure_is_kept() {
    let folder = package();
    let root = folder.path();
    let deny = [
        "--with",
        "clippy",
        "--message-format=json",
        "--",
        "-D",
        "warnings",
    ];
    let ran = check(root, &deny);
    assert_eq!((ran.status, ends(&ran).len()), (101, 1), "{ran:?}");
    assert_eq!(ends(&ran)[0]["success"], false);
    write(root, "src/net.rs", "");
    let ran = check(root, &["--with", "clippy"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{ran:?}");
    write(root, "src/lib.rs", "pub fn f() -> u8 {}\n");
    let ran = check(root, &["--with", "check", "--message-format=json"]);
    assert_eq!(
        (ran.status, &ends(&ran)[0]["success"]),
        (101, &false.into()),
        "{ran:?}"
    );
    assert!(ran.stderr.contains("socklint: no findings"), "{ran:?}");
}

#[test]
fn for_people_the_reports_come_one_after_the_other() {
    let folder = package();
    let script = instead_of_cargo(folder.path(), "echo cargo out; sleep 0.3; echo cargo end");
    for format in [&["--message-format=short"][..], &[]] {
        let ran = run(socklint(folder.path())
            .env("CARGO", &script)
            .args(["--with", "check"])
            .args(format));
        assert_eq!(ran.status, 1);
        let rest = ran
            .stdout
            .strip_prefix("cargo out\ncargo end\n")
            .expect("cargo's first");
        assert!(rest.contains("unclosed_socket"), "{ran:?}");
    }
}

#[test]
fn cargo_gets_the_callers_arguments() {
    let folder = package();
    let root = folder.path();
    let script = instead_of_cargo(root, "for argument; do echo \"$argument\"; done >arguments");
    let manifest = root.join("Cargo.toml");
    let manifest = manifest.to_str().expect("UTF-8");
    let (by_path, to_it) = (format!("--manifest-path={manifest}"), manifest);
    for (given, handed_on) in [
        (&["--with=check"][..], &["check"][..]),
        (
            &[
                "socklint",
                "--with",
                "clippy",
                "--workspace",
                "--message-format=json-diagnostic-rendered-ansi",
                "--manifest-path",
                to_it,
                "--keep-going",
                "--all-targets",
            ],
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--keep-going",
                &by_path,
                "--message-format=json-diagnostic-rendered-ansi",
            ],
        ),
        (
            &[
                "-p",
                "sample",
                "--lib",
                "--features",
                "a b",
                "--features=c",
                "--target-dir",
                "t",
                "--release",
                "--with=check",
                "--target",
                "aarch64-pc-windows-msvc",
                "-j2",
                "-v",
                "--message-format",
                "short",
                "--",
                "--odd",
                "value",
            ],
            &[
                "check",
                "--lib",
                "--release",
                "--verbose",
                "--package=sample",
                "--features=a b",
                "--features=c",
                "--target-dir=t",
                "--jobs=2",
                "--target=aarch64-pc-windows-msvc",
                "--message-format=short",
                "--",
                "--odd",
                "value",
            ],
        ),
        (
            &[
                "--with=clippy",
                "-W",
                "correctness",
                "--deps",
                "--proofs",
                "--color=never",
                "--frozen",
                "-q",
            ],
            &["clippy", "--frozen", "--quiet", "--color=never"],
        ),
    ] {
        let ran = run(socklint(root).env("CARGO", &script).args(given));
        assert!(ran.status < 2, "{ran:?}");
        let text = fs::read_to_string(root.join("arguments")).expect("it ran");
        assert_eq!(text.lines().collect::<Vec<_>>(), handed_on, "{given:?}");
    }
}

#[test]
fn cargo_that_cannot_run_is_an_error() {
    let folder = package();
    let root = folder.path();
    for format in ["short", "json"] {
        let ran = run(socklint(root).env("CARGO", root.join("no-cargo")).args([
            "--with",
            "clippy",
            "--message-format",
            format,
        ]));
        assert_eq!(ran.status, 2, "{ran:?}");
        assert!(
            ran.stdout.contains("`cargo clippy` cannot be run: "),
            "{ran:?}"
        );
        // The files stand for themselves.
        assert!(ran.stdout.contains("unclosed_socket"), "{ran:?}");
    }
    // One that has no clippy, one that is killed.
    for (script, status) in [
        ("echo 'error: no such command: `clippy`' >&2; exit 101", 101),
        ("kill -9 $$", 101),
    ] {
        let script = instead_of_cargo(root, script);
        let ran = run(socklint(root).env("CARGO", &script).args([
            "--with",
            "clippy",
            "--message-format",
            "json",
        ]));
        assert_eq!(ran.status, status, "{ran:?}");
        assert_eq!(codes(&ran), ["socklint::unclosed_socket"], "{ran:?}");
        assert_eq!(ends(&ran).len(), 1);
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    let folder = package();
    for arguments in [
        &["--with", "check", "src/net.rs"][..],
        &["--with=check", "--shard=1/2"],
        &["--with=build"],
    ] {
        let ran = check(folder.path(), arguments);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{ran:?}");
    }
    // Without it, what stands after `--` are paths.
    let ran = check(
        folder.path(),
        &["--message-format=short", "--", "src/net.rs"],
    );
    assert!(
        ran.stdout
            .starts_with("src/net.rs:4:13: error[unclosed_socket]"),
        "{ran:?}"
    );
    let help = check(folder.path(), &["--help"]).stdout;
    assert!(help.contains("which BUILDS the project"), "{help}");
}

/// A client that has seen enough ends both.
#[test]
fn nothing_is_left_running() {
    let folder = package();
    let script = instead_of_cargo(
        folder.path(),
        "echo '{\"reason\":\"x\"}'; echo $$ >pid; while sleep 0.05; do echo '{\"reason\":\"y\"}' || exit; done",
    );
    let mut command: Command = socklint(folder.path());
    command
        .env("CARGO", &script)
        .args(["--with", "check", "--message-format=json"])
        .stdout(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    // Cargo's lines come while it runs.
    while line != "{\"reason\":\"y\"}\n" {
        line.clear();
        assert!(lines.read_line(&mut line).expect("a line") > 0);
    }
    drop(lines);
    child.wait().expect("it ends");
    let pid = fs::read_to_string(folder.path().join("pid")).expect("a number");
    let alive = Command::new("kill")
        .args(["-0", pid.trim()])
        .stderr(Stdio::null())
        .status();
    assert!(!alive.expect("kill runs").success());
}
