//! What the command does with its arguments, with broken input, and with what it finds.

use std::fs;

use socklint_tests::samples::{LEAK, closed, folder, write};
use socklint_tests::{Ran, run, socklint};
use tempfile::TempDir;

fn check(folder: &TempDir, arguments: &[&str]) -> Ran {
    run(socklint(folder.path()).args(arguments))
}

/// The findings as `--message-format short` lists them.
fn short(folder: &TempDir, arguments: &[&str]) -> Ran {
    run(socklint(folder.path())
        .args(["--message-format", "short"])
        .args(arguments))
}

const FOUND: &str =
    "leak.rs:4:13: error[unclosed_socket]: the socket from `socket` is never closed on some path\n";

/// `warn` and `deny` of the attribute count for its item, innermost first; the command line can forbid.
#[test]
fn the_attribute_sets_levels() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a.rs");
    let text = "\
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};
#[socket_lifecycle(warn(correctness, reason = \"deny(double_close)\"), deny(unchecked_close))]
mod m {
    use super::*;
    pub unsafe fn twice(s: SOCKET) -> i32 { closesocket(s); closesocket(s) }
    #[socket_lifecycle::socket_lifecycle(deny(double_close))]
    pub unsafe fn again(s: SOCKET) -> i32 { closesocket(s) + closesocket(s) }
}
pub unsafe fn outside(s: SOCKET) { closesocket(s); }
";
    fs::write(&path, text).expect("written");
    let lines = |arguments: &[&str]| {
        let ran = run(socklint(folder.path())
            .args(["--message-format", "short", "a.rs"])
            .args(arguments));
        let short = |line: &str| line.split_once("]:").map(|(start, _)| start.to_owned());
        ran.stdout.lines().filter_map(short).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(&[]),
        [
            "a.rs:5:45: error[unchecked_close",
            "a.rs:5:61: warning[double_close",
            "a.rs:7:62: error[double_close"
        ]
    );
    assert_eq!(
        lines(&["-F", "double_close"])[1],
        "a.rs:5:61: error[double_close"
    );
}

#[test]
fn the_status_says_what_was_found() {
    let folder = folder(&[("leak.rs", LEAK), ("closed.rs", &closed())]);
    let ran = short(&folder, &["closed.rs"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{ran:?}");
    assert!(
        ran.stderr
            .contains("no findings; 1 file, 1 function, 1 socket: 1 closed"),
        "{ran:?}"
    );

    let ran = short(&folder, &["leak.rs"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, FOUND));
    assert!(
        ran.stderr
            .contains("1 error (1 fixable with `--fix`); 1 file, 1 function, 1 socket: 1 leaking"),
        "{ran:?}"
    );

    let ran = short(&folder, &["leak.rs", "missing.rs"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.starts_with(FOUND), "{ran:?}");
    assert!(
        ran.stdout.contains("missing.rs: error: cannot be read"),
        "{ran:?}"
    );
    assert!(ran.stderr.contains("1 could not be checked"), "{ran:?}");
}

#[test]
fn a_folder_needs_no_manifest() {
    let folder = folder(&[
        ("a/main.rs", "mod net;\nfn main() {}\n"),
        ("a/net.rs", LEAK),
        ("b/alone.rs", LEAK),
        (".hidden/skipped.rs", LEAK),
    ]);
    let ran = short(&folder, &["."]);
    let found: Vec<&str> = ran
        .stdout
        .lines()
        .map(|line| line.split(':').next().unwrap_or(""))
        .collect();
    assert_eq!(found, ["a/net.rs", "b/alone.rs"], "{ran:?}");
    // What a file declares is read, but only what was asked for is reported.
    assert_eq!(short(&folder, &["a/main.rs"]).stdout, "");
    // Without a path there must be a package.
    let ran = check(&folder, &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("there is no Cargo.toml in"), "{ran:?}");
}

#[test]
fn levels_are_set_as_in_rustc() {
    let folder = folder(&[("leak.rs", LEAK)]);
    for (arguments, status, word) in [
        (&["-A", "unclosed_socket"][..], 0, ""),
        (&["-A", "correctness"], 0, ""),
        (&["-W", "unclosed-socket"], 0, "warning["),
        (&["-W", "correctness", "-D", "warnings"], 1, "error["),
        (&["-A", "correctness", "-D", "unclosed_socket"], 1, "error["),
        (&["-D", "unclosed_socket", "-A", "correctness"], 0, ""),
        (&["-F", "unclosed_socket", "-A", "correctness"], 1, "error["),
        (&["-A", "socklint::unclosed_socket"], 0, ""),
    ] {
        let ran = short(&folder, &[&["leak.rs"], arguments].concat());
        assert_eq!(ran.status, status, "{arguments:?} {ran:?}");
        assert_eq!(
            ran.stdout.is_empty(),
            word.is_empty(),
            "{arguments:?} {ran:?}"
        );
        assert!(ran.stdout.contains(word), "{arguments:?} {ran:?}");
    }
    let ran = check(&folder, &["leak.rs", "-D", "unclosed_sockets"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("did you mean `unclosed_socket`?"),
        "{ran:?}"
    );
}

#[test]
fn suppressions_answer_for_findings() {
    let suppressed = LEAK.replace(
        "IPPROTO_TCP);",
        "IPPROTO_TCP); // socklint: allow(unclosed_socket) -- a probe",
    );
    let unused = closed().replace(
        "IPPROTO_TCP);",
        "IPPROTO_TCP); // socklint: allow(unclosed_socket)",
    );
    let folder = folder(&[("suppressed.rs", &suppressed), ("unused.rs", &unused)]);
    let ran = short(&folder, &["suppressed.rs"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{ran:?}");
    assert!(ran.stderr.contains("(1 suppressed)"), "{ran:?}");
    let ran = short(&folder, &["unused.rs"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.stdout
            .contains("unused.rs:4:63: warning[unused_suppression]"),
        "{ran:?}"
    );
    assert_eq!(short(&folder, &["unused.rs", "-D", "warnings"]).status, 1);
    assert_eq!(
        short(&folder, &["unused.rs", "-A", "unused_suppression"]).stdout,
        ""
    );
    // Forbid is not to be answered for.
    let ran = short(&folder, &["suppressed.rs", "-F", "unclosed_socket"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("error[unclosed_socket]"), "{ran:?}");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_checked() {
    let nested = format!(
        "fn f() {{ {}1{} }}\nfn g() {{ closesocket(1) }}\n",
        "(".repeat(100_000),
        ")".repeat(100_000)
    );
    let folder = folder(&[
        ("leak.rs", LEAK),
        ("broken.rs", "fn f( { closesocket(1) }\n"),
        ("nested.rs", &nested),
        ("empty.rs", ""),
    ]);
    write(
        folder.path(),
        "latin.rs",
        b"// closesocket\nfn f() {} // \xE9\n",
    );
    let ran = short(&folder, &["."]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.stdout.contains(FOUND), "{ran:?}");
    assert!(
        ran.stdout.contains("latin.rs: error: not UTF-8 (line 2)"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("broken.rs:1:"), "{ran:?}");
    assert!(ran.stdout.contains("nested.rs:1:"), "{ran:?}");
    assert!(ran.stderr.contains("3 could not be checked"), "{ran:?}");
    // The same as messages of cargo's.
    let ran = check(&folder, &["--message-format=json", "latin.rs"]);
    let messages = ran.messages();
    assert_eq!(messages.len(), 1, "{ran:?}");
    assert_eq!(messages[0]["message"]["level"], "error");
    assert_eq!(messages[0]["message"]["spans"][0]["file_name"], "latin.rs");
    assert_eq!(
        ran.objects().last().map(|last| last["success"].clone()),
        Some(false.into())
    );
}

#[cfg(unix)]
#[test]
fn links_and_pipes_do_no_harm() {
    let folder = folder(&[("leak.rs", LEAK), ("deep/inner.rs", "")]);
    std::os::unix::fs::symlink("..", folder.path().join("deep/loop")).expect("a link");
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("pipe.rs"))
        .status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo");
    let ran = short(&folder, &["."]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.stdout.contains(FOUND), "{ran:?}");
    assert!(
        ran.stdout
            .contains("deep/loop: error: this link leads back to"),
        "{ran:?}"
    );
    assert!(
        ran.stdout.contains("pipe.rs: error: not a regular file"),
        "{ran:?}"
    );
}

#[test]
fn a_broken_manifest_is_named_with_what_cargo_says() {
    let folder = folder(&[
        ("good/leak.rs", LEAK),
        ("bad/Cargo.toml", "[package]\nname = \n"),
        ("bad/src/lib.rs", LEAK),
    ]);
    let ran = short(&folder, &["good", "bad"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(
        ran.stdout
            .contains("good/leak.rs:4:13: error[unclosed_socket]"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("bad/Cargo.toml: error: "), "{ran:?}");
    // Cargo says where in the manifest.
    assert!(ran.stdout.contains("bad/Cargo.toml:2:8"), "{ran:?}");
    // Without a manifest the file stands for itself.
    assert!(
        ran.stdout
            .contains("bad/src/lib.rs:4:13: error[unclosed_socket]"),
        "{ran:?}"
    );
}

#[test]
fn the_report_goes_where_it_is_told() {
    let folder = folder(&[("leak.rs", LEAK)]);
    let ran = short(&folder, &["leak.rs", "--output", "report.txt"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert_eq!(
        fs::read_to_string(folder.path().join("report.txt"))
            .ok()
            .as_deref(),
        Some(FOUND)
    );
    let ran = short(&folder, &["leak.rs", "--output", "missing/report.txt"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("cannot write to missing/report.txt"),
        "{ran:?}"
    );
    assert_eq!(short(&folder, &["leak.rs", "-q"]).stderr, "");
}

#[test]
fn standard_input_has_a_name() {
    let folder = folder(&[("leak.rs", "")]);
    let mut command = socklint(folder.path());
    command.args(["--message-format=short", "--stdin-filename", "leak.rs", "-"]);
    let input = tempfile::tempfile().expect("a temporary file");
    let mut writer = input.try_clone().expect("a second handle");
    std::io::Write::write_all(&mut writer, LEAK.as_bytes()).expect("it is written");
    std::io::Seek::rewind(&mut writer).expect("it is rewound");
    let ran = run(command.stdin(input));
    assert_eq!((ran.status, ran.stdout.as_str()), (1, FOUND), "{ran:?}");
}

#[test]
fn every_socket_has_its_proof() {
    let folder = folder(&[(
        "both.rs",
        &format!(
            "{LEAK}{}",
            closed()
                .replace("reachable", "closed")
                .split_once('\n')
                .expect("lines")
                .1
        ),
    )]);
    let ran = short(&folder, &["both.rs", "--proofs", "-A", "correctness"]);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(
        lines,
        [
            "both.rs:4:13: socket in both::reachable: never closed on some path",
            "both.rs:16:13: socket in both::closed: closed on all paths",
        ],
    );
    let ran = check(&folder, &["both.rs", "--proofs", "--message-format=json"]);
    let verdicts: Vec<_> = ran
        .objects()
        .into_iter()
        .filter(|object| object["reason"] == "socklint-proof")
        .map(|object| object["verdict"].clone())
        .collect();
    assert_eq!(verdicts, ["leaks", "closed"]);
}

#[test]
fn people_see_the_path() {
    let folder = folder(&[(
        "leak.rs",
        &LEAK
            .replace('\n', "\r\n")
            .replace("    let s", "\tlet 口 = (); let s"),
    )]);
    let ran = check(&folder, &["leak.rs"]);
    for part in [
        "error[unclosed_socket]: the socket from `socket` is never closed on some path",
        "┌─ leak.rs:4:22",
        "1. this socket is never closed",
        "2. `connect` fails",
        "= help: ",
        "= reference: \"An application should always have a matching call",
        "(O13, O23)",
        "= for more: cargo socklint explain unclosed_socket",
    ] {
        assert!(
            ran.stdout.contains(part),
            "{part:?} is not in\n{}",
            ran.stdout
        );
    }
    assert!(!ran.stdout.contains('\x1b'));
    assert!(
        check(&folder, &["leak.rs", "--color", "always"])
            .stdout
            .contains("\x1b[")
    );
}

#[test]
fn a_call_on_several_lines_is_shown_by_its_first() {
    let broken = LEAK.replace(
        "socket(AF_INET as i32, ",
        "socket(\n        AF_INET as i32,\n        ",
    );
    let folder = folder(&[("leak.rs", &broken)]);
    let ran = check(&folder, &["leak.rs"]);
    assert!(ran.stdout.contains("┌─ leak.rs:4:13"), "{ran:?}");
    assert!(
        ran.stdout
            .contains("^^^^^^^ 1. this socket is never closed"),
        "{ran:?}"
    );
    let ran = check(&folder, &["leak.rs", "--message-format=json"]);
    let span = &ran.messages()[0]["message"]["spans"][0];
    assert_eq!(
        (&span["line_start"], &span["line_end"]),
        (&4.into(), &6.into())
    );
    assert_eq!(span["text"].as_array().map(Vec::len), Some(3));
    assert_eq!(span["text"][0]["highlight_start"], 13);
    assert_eq!(span["text"][2]["highlight_start"], 1);
    assert_eq!(span["text"][2]["highlight_end"], span["column_end"]);
}

#[test]
fn long_lines_are_not_drawn() {
    let long = format!("{}{}", LEAK.replace('\n', " "), " ".repeat(5000));
    let folder = folder(&[("long.rs", &long)]);
    let ran = check(&folder, &["long.rs"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stdout
            .contains("= at long.rs:1:129: 1. this socket is never closed\n"),
        "{ran:?}"
    );
    assert!(ran.stdout.lines().all(|line| line.len() < 1000), "{ran:?}");
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = folder(&[]);
    let ran = check(&folder, &["rules"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.stdout
            .lines()
            .any(|line| line.starts_with("unclosed_socket ") && line.contains("O13")),
        "{ran:?}"
    );
    let ran = check(&folder, &["rules", "--message-format", "json"]);
    for rule in ran.objects() {
        let name = rule["name"].as_str().expect("a name");
        let explained = check(&folder, &["explain", name]);
        assert_eq!(explained.status, 0);
        assert!(
            explained.stdout.starts_with(&format!("# {name}\n")),
            "{explained:?}"
        );
    }
    let ran = check(&folder, &["explain", "double_clos"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("did you mean `double_close`?"),
        "{ran:?}"
    );
    assert_eq!(check(&folder, &["--no-such-flag"]).status, 2);
}

/// A file is parsed if its code names something; what a comment or a text says is none of it.
#[test]
fn words_in_comments_and_texts_are_not_code() {
    let parsed = |text: &str| {
        let folder = folder(&[("a.rs", text)]);
        let ran = check(&folder, &["--message-format", "json", "a.rs"]);
        let objects = ran.objects();
        let summary = objects
            .iter()
            .find(|object| object["reason"] == "socklint-summary");
        summary.expect("a summary")["coverage"]["parsed"].clone()
    };
    let none = "//! Not closesocket.\nfn f() -> &'static str { r#\"WSAStartup\"# }\n";
    assert_eq!(parsed(none), 0);
    assert_eq!(parsed("fn f() { closesocket(0); }\n"), 1);
    let linked = "extern \"C\" { #[link_name = \"closesocket\"] fn end(s: usize) -> i32; }\n";
    assert_eq!(parsed(linked), 1);
}

/// What a file says that no crate declares is not judged: it may be right where it is included.
#[test]
fn suppressions_in_files_that_no_crate_declares_are_not_unused() {
    let text = "// socklint: allow(double_close) -- elsewhere\npub fn f() { closesocket(1); }\n";
    let manifest =
        "[package]\nname = \"p\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n";
    let folder = folder(&[
        ("Cargo.toml", manifest),
        ("src/lib.rs", text),
        ("src/left.rs", text),
    ]);
    let ran = short(&folder, &[]);
    let lines: Vec<_> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 1, "{ran:?}");
    assert!(lines[0].starts_with("src/lib.rs:1:1: warning[unused_suppression]"));
}
