//! A project that takes the tool up counts what is found, and hears of what is new.

use std::fs;
use std::path::Path;

use socklint_tests::{Ran, run, socklint};
use tempfile::TempDir;

/// A function that leaks as many sockets.
fn leaks(name: &str, count: usize) -> String {
    let lines: String = (0..count)
        .map(|number| {
            format!("    windows_sys::Win32::Networking::WinSock::socket(2, {number}, 6);\n")
        })
        .collect();
    format!("pub unsafe fn {name}() {{\n{lines}}}\n")
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it has a parent")).expect("folders are created");
    fs::write(path, text).expect("the file is written");
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the file is read")
}

/// A workspace of two packages, of which one also has a program.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let manifest = |name: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
    };
    for (name, text) in [
        (
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"a\", \"b\"]\n".to_owned(),
        ),
        ("a/Cargo.toml", manifest("a")),
        (
            "a/src/lib.rs",
            format!("pub mod net;\n{}{}", leaks("two", 2), leaks("one", 1)),
        ),
        (
            "a/src/main.rs",
            format!("mod net;\nfn main() {{}}\n{}", leaks("tool", 1)),
        ),
        ("a/src/net.rs", leaks("shared", 1)),
        ("a/tests/it.rs", leaks("tested", 1)),
        ("b/Cargo.toml", manifest("b")),
        ("b/src/lib.rs", leaks("other", 1)),
    ] {
        write(folder.path(), name, &text);
    }
    folder
}

const FILE: &str = "socklint-baseline.json";

const USED: [&str; 2] = ["--baseline", FILE];

fn short(folder: &Path, arguments: &[&str]) -> Ran {
    run(socklint(folder)
        .args(["--message-format", "short"])
        .args(arguments))
}

/// `path:line: level[rule]` of everything that is reported.
fn found(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let ran = short(folder, arguments);
    assert_ne!(ran.status, 2, "{ran:?}");
    let line = |line: &str| {
        let (place, rest) = line.split_once(": ").expect("a place");
        let place: Vec<&str> = place.split(':').take(2).collect();
        let what = rest.split(": ").next().expect("a level");
        format!("{}: {what}", place.join(":"))
    };
    ran.stdout.lines().map(line).collect()
}

fn with<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&USED[..], arguments].concat()
}

const NOTHING: [&str; 0] = [];

#[test]
fn what_is_counted_is_not_reported() {
    let folder = workspace();
    let root = folder.path();
    let ran = short(root, &["--write-baseline"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{ran:?}");
    assert!(
        ran.stderr
            .contains("socklint-baseline.json now counts 6 findings\n"),
        "{ran:?}"
    );
    let text = "\
{
  \"version\": 1,
  \"flags\": [],
  \"findings\": [
    {\"file\":\"a/src/lib.rs\",\"rule\":\"unclosed_socket\",\"function\":\"one\",\"count\":1},
    {\"file\":\"a/src/lib.rs\",\"rule\":\"unclosed_socket\",\"function\":\"two\",\"count\":2},
    {\"file\":\"a/src/main.rs\",\"rule\":\"unclosed_socket\",\"function\":\"tool\",\"count\":1},
    {\"file\":\"a/src/net.rs\",\"rule\":\"unclosed_socket\",\"function\":\"net::shared\",\"count\":1},
    {\"file\":\"b/src/lib.rs\",\"rule\":\"unclosed_socket\",\"function\":\"other\",\"count\":1}
  ]
}
";
    assert_eq!(read(root, FILE), text);
    let ran = short(root, &USED);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{ran:?}");
    assert!(
        ran.stderr.contains("no findings (6 in the baseline); "),
        "{ran:?}"
    );
    // It is not used unless that is said.
    assert_eq!(found(root, &[]).len(), 6);
    // Writing again changes nothing.
    let before = fs::metadata(root.join(FILE))
        .and_then(|file| file.modified())
        .expect("a time");
    let ran = short(root, &["--write-baseline"]);
    assert!(ran.stderr.contains("already counts 6 findings"), "{ran:?}");
    let after = fs::metadata(root.join(FILE))
        .and_then(|file| file.modified())
        .expect("a time");
    assert_eq!((before, read(root, FILE).as_str()), (after, text));
    // From elsewhere it is the same.
    let elsewhere = root.join("b/src");
    assert_eq!(
        found(
            &elsewhere,
            &["--baseline", "../../socklint-baseline.json", "."]
        ),
        NOTHING
    );
    assert_eq!(found(root, &with(&["a/src/net.rs"])), NOTHING);
    assert_eq!(found(root, &with(&["-p", "a", "--lib"])), NOTHING);
    assert_eq!(found(root, &with(&["-p", "a", "--bins"])), NOTHING);
}

#[test]
fn lines_may_move_and_functions_may_not_get_worse() {
    let folder = workspace();
    let root = folder.path();
    short(root, &["--write-baseline"]);
    let before = read(root, "a/src/lib.rs");
    let moved = format!("//! Longer.\n\n{}\n\n{}", leaks("one", 1), leaks("two", 2));
    write(root, "a/src/lib.rs", &format!("{moved}pub mod net;\n"));
    assert_eq!(found(root, &USED), NOTHING);
    // Of three of which two are known the last is reported.
    write(
        root,
        "a/src/lib.rs",
        &before.replace(&leaks("two", 2), &leaks("two", 3)),
    );
    assert_eq!(
        found(root, &USED),
        ["a/src/lib.rs:5: error[unclosed_socket]"]
    );
    let ran = run(socklint(root).args(USED));
    assert_eq!(ran.status, 1);
    assert!(
        ran.stdout
            .contains("the baseline counts 2 of these in this function"),
        "{ran:?}"
    );
    // Another function, rule or file is new.
    write(root, "a/src/lib.rs", &before.replace("fn one", "fn uno"));
    let all = found(root, &USED);
    assert_eq!(
        all,
        [
            "a/src/lib.rs:7: error[unclosed_socket]",
            "socklint-baseline.json:5: warning[stale_baseline]"
        ]
    );
}

#[test]
fn stale_counts_are_reported_where_they_stand() {
    let folder = workspace();
    let root = folder.path();
    short(root, &["--write-baseline"]);
    let before = read(root, "a/src/lib.rs");
    write(
        root,
        "a/src/lib.rs",
        &before.replace(&leaks("two", 2), &leaks("two", 1)),
    );
    let ran = short(root, &USED);
    assert_eq!(ran.status, 0);
    assert_eq!(
        ran.stdout,
        "socklint-baseline.json:6:5: warning[stale_baseline]: the baseline counts 2 of `unclosed_socket` in `two` of a/src/lib.rs, of which 1 are found\n"
    );
    assert_eq!(short(root, &with(&["-D", "warnings"])).status, 1);
    assert_eq!(found(root, &with(&["-A", "stale_baseline"])), NOTHING);
    write(root, "socklint.toml", "rules.stale_baseline = \"deny\"\n");
    assert_eq!(short(root, &USED).status, 1);
    fs::remove_file(root.join("socklint.toml")).expect("it is removed");
    // Writing brings it up to date.
    short(root, &["--write-baseline"]);
    assert!(read(root, FILE).contains("\"function\":\"two\",\"count\":1"));
    assert_eq!(found(root, &USED), NOTHING);
    // A file that is gone.
    write(root, "b/src/renamed.rs", &read(root, "b/src/lib.rs"));
    write(root, "b/src/lib.rs", "mod renamed;\n");
    write(root, "a/src/lib.rs", "");
    fs::remove_file(root.join("a/src/net.rs")).expect("it is removed");
    write(root, "a/src/main.rs", "fn main() {}\n");
    let ran = run(socklint(root).args(USED));
    assert!(
        ran.stdout.contains("a/src/net.rs is gone"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout
            .contains("help: it was removed or renamed: `cargo socklint --write-baseline` brings"),
        "{}",
        ran.stdout
    );
    let all = found(root, &USED);
    assert_eq!(
        all.iter()
            .filter(|line| line.ends_with("warning[stale_baseline]"))
            .count(),
        5,
        "{all:?}"
    );
    assert_eq!(
        found(root, &with(&["b/src/renamed.rs"])),
        ["b/src/renamed.rs:2: error[unclosed_socket]"]
    );
    short(root, &["--write-baseline"]);
    assert_eq!(read(root, FILE).matches("\"file\"").count(), 1);
}

#[test]
fn what_was_not_checked_keeps_its_count() {
    let folder = workspace();
    let root = folder.path();
    short(root, &["--write-baseline", "--all-targets"]);
    let text = read(root, FILE);
    assert_eq!(text.matches("\"file\"").count(), 6);
    assert!(
        text.contains("  \"flags\": [\"--all-targets\"],\n"),
        "{text}"
    );
    // Nothing is stale that this run does not see.
    for arguments in [
        &["-p", "b"][..],
        &["b"],
        &["a/src/net.rs"],
        &["-p", "a", "--lib"],
        &["-p", "a", "--bins"],
        &[],
        &["-A", "unclosed_socket"],
    ] {
        assert_eq!(found(root, &with(arguments)), NOTHING, "{arguments:?}");
    }
    // With other flags other code may be there.
    write(root, "a/src/net.rs", "");
    assert_eq!(found(root, &USED), NOTHING);
    let ran = short(root, &with(&["-v"]));
    assert!(
        ran.stderr
            .contains("socklint-baseline.json, written with other flags"),
        "{ran:?}"
    );
    assert_eq!(found(root, &with(&["--all-targets"])).len(), 1);
    write(root, "a/src/net.rs", &leaks("shared", 1));
    // Nor is it dropped.
    for arguments in [
        &["-p", "b"][..],
        &["b"],
        &["a/src/net.rs"],
        &["-p", "a", "--lib"],
        &["-p", "a", "--bins"],
        &[],
    ] {
        let ran = short(root, &[&["--write-baseline"], arguments].concat());
        assert_eq!(ran.status, 0, "{ran:?}");
        let now = read(root, FILE);
        let findings = |text: &str| text.split_once("findings").map(|(_, all)| all.to_owned());
        assert_eq!(findings(&now), findings(&text), "{arguments:?}");
    }
    // Of the file that was checked it is.
    write(root, "a/src/net.rs", "");
    write(root, "b/src/lib.rs", "");
    short(root, &["--write-baseline", "a/src/net.rs"]);
    let now = read(root, FILE);
    assert!(
        !now.contains("net.rs") && now.contains("b/src/lib.rs"),
        "{now}"
    );
    // What is excluded by now is dropped.
    write(root, "socklint.toml", "exclude = [\"b\"]\n");
    short(root, &["--write-baseline"]);
    assert!(!read(root, FILE).contains("b/src/lib.rs"));
}

#[test]
fn suppressions_come_first_and_forbid_is_stronger() {
    let folder = workspace();
    let root = folder.path();
    let text =
        leaks("other", 3).replacen(";\n", "; // socklint: allow(unclosed_socket) -- so\n", 1);
    write(root, "b/src/lib.rs", &text);
    write(
        root,
        "socklint.toml",
        "[[allow]]\nrule = \"correctness\"\nfunction = \"a::two\"\nreason = \"r\"\n",
    );
    let ran = short(root, &["--write-baseline"]);
    assert!(
        ran.stderr.contains("(3 suppressed, 5 in the baseline)"),
        "{ran:?}"
    );
    let baseline = read(root, FILE);
    assert!(
        baseline.contains("\"other\",\"count\":2") && !baseline.contains("\"two\""),
        "{baseline}"
    );
    // What is at allow is not counted; what is at warn is.
    short(root, &["--write-baseline", "-A", "correctness"]);
    assert!(read(root, FILE).contains("\"findings\": []"));
    short(root, &["--write-baseline", "-W", "correctness"]);
    assert_eq!(read(root, FILE), baseline);
    let ran = short(root, &with(&["-F", "unclosed_socket"]));
    assert_eq!(
        ran.stdout.matches("error[unclosed_socket]").count(),
        8,
        "{ran:?}"
    );
    let ran = short(root, &["--write-baseline", "-F", "unclosed_socket"]);
    assert_eq!(ran.status, 1);
    assert!(read(root, FILE).contains("\"findings\": []"));
}

#[test]
fn a_baseline_may_be_set_and_named() {
    let folder = workspace();
    let root = folder.path();
    write(root, "socklint.toml", "baseline = \"ci/known.json\"\n");
    let ran = short(root, &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.contains("ci/known.json: error: there is no such baseline; `cargo socklint --write-baseline` makes one"), "{ran:?}");
    let ran = short(root, &["--write-baseline"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("cannot write to") && ran.stderr.contains("ci/known.json"),
        "{ran:?}"
    );
    fs::create_dir(root.join("ci")).expect("it is created");
    assert_eq!(short(root, &["--write-baseline"]).status, 0);
    assert!(read(root, "ci/known.json").contains("\"../a/src/lib.rs\""));
    assert_eq!(found(root, &[]), NOTHING);
    assert_eq!(found(&root.join("a"), &[]), NOTHING);
    assert_eq!(found(root, &["--no-config"]).len(), 6);
    // Another may be named, and written.
    assert_eq!(short(root, &["--write-baseline=new.json", "-q"]).stderr, "");
    assert!(read(root, "new.json").contains("\"a/src/lib.rs\""));
    write(root, "b/src/lib.rs", &leaks("other", 2));
    assert_eq!(
        short(root, &["--baseline", "new.json", "--write-baseline"]).status,
        0
    );
    assert!(read(root, "new.json").contains("\"other\",\"count\":2"));
    assert_eq!(found(root, &["--baseline", "new.json"]), NOTHING);
    assert_eq!(found(root, &[]).len(), 1);
    let ran = short(root, &["--write-baseline", "other.json"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("write `--write-baseline=other.json`"),
        "{ran:?}"
    );
    assert!(!root.join("socklint-baseline.json").exists());
    // In a manifest, too.
    fs::remove_file(root.join("socklint.toml")).expect("it is removed");
    let manifest = read(root, "Cargo.toml");
    write(
        root,
        "Cargo.toml",
        &format!("{manifest}[workspace.metadata.socklint]\nbaseline = \"new.json\"\n"),
    );
    assert_eq!(found(root, &[]), NOTHING);
}

#[test]
fn a_broken_baseline_is_named_with_its_line() {
    let folder = workspace();
    let root = folder.path();
    let good = "{\"file\": \"b/src/lib.rs\", \"rule\": \"unclosed_socket\", \"function\": \"other\", \"count\": 1}";
    for (text, message) in [
        (
            "<<<<<<< ours\n",
            ":1:1: error: this is no baseline: expected value",
        ),
        (
            "{\n  \"version\": 1,\n  \"findings\": [\n  ],\n}\n",
            ":5:1: error: this is no baseline: ",
        ),
        (
            "{\"version\": 2, \"findings\": []}",
            ":1:1: error: this baseline is of version 2; this socklint knows 1",
        ),
        (
            "{\"version\": 1}",
            ":1:14: error: this is no baseline: missing field `findings`",
        ),
        ("[]", ":1:"),
        ("", ":1:1: error: this is no baseline"),
        (
            &format!(
                "{{\"version\": 1, \"findings\": [\n{good},\n{{\"file\": \"ö\", \"rule\": 7, \"function\": \"f\", \"count\": 1}}]}}"
            ),
            ":3:",
        ),
        (
            &format!(
                "{{\"version\": 1, \"findings\": [\n{good},\n{}]}}",
                good.replace('1', "-1")
            ),
            ":3:",
        ),
        (
            &format!(
                "{{\"version\": 1, \"findings\": [\n{good},\n{}]}}",
                good.replace("count", "counts")
            ),
            ":3:",
        ),
    ] {
        write(root, FILE, text);
        let ran = short(root, &USED);
        assert_eq!(ran.status, 2, "{text}{ran:?}");
        assert!(
            ran.stdout.contains(&format!("{FILE}{message}")),
            "{text}{}",
            ran.stdout
        );
        // What is right counts.
        assert_eq!(
            ran.stdout.contains("b/src/lib.rs"),
            !text.contains(good),
            "{text}{}",
            ran.stdout
        );
        // It is not lost by writing.
        let ran = short(root, &["--write-baseline"]);
        assert_eq!(ran.status, 2, "{ran:?}");
        assert_eq!(read(root, FILE), text);
        assert!(ran.stderr.contains("is not written"), "{ran:?}");
    }
    // Nor is anything else.
    let source = read(root, "b/src/lib.rs");
    assert_eq!(short(root, &["--write-baseline=b/src/lib.rs"]).status, 2);
    assert_eq!(read(root, "b/src/lib.rs"), source);
    assert_eq!(short(root, &["--write-baseline=b"]).status, 2);
    fs::write(root.join("latin"), b"\xE9").expect("it is written");
    assert_eq!(short(root, &["--write-baseline=latin"]).status, 2);
    assert_eq!(fs::read(root.join("latin")).ok(), Some(b"\xE9".to_vec()));
    // An unknown rule is stale; two equal lines, as merges leave them, are one.
    let old = good.replace("unclosed_socket", "old_rule");
    write(
        root,
        FILE,
        &format!("{{\"version\": 1, \"findings\": [\n{good},\n{good},\n{old}]}}"),
    );
    let ran = short(root, &with(&["-p", "b"]));
    assert_eq!(
        ran.stdout,
        "socklint-baseline.json:4:1: warning[stale_baseline]: no rule is called `old_rule`\n"
    );
    write(root, "b/src/lib.rs", &leaks("other", 2));
    assert_eq!(short(root, &with(&["-p", "b"])).status, 1);
}

#[test]
fn what_could_not_be_checked_does_not_spoil_a_baseline() {
    let folder = workspace();
    let root = folder.path();
    short(root, &["--write-baseline"]);
    let before = read(root, FILE);
    write(root, "b/src/lib.rs", "fn closesocket( {");
    let ran = short(root, &USED);
    assert_eq!(ran.status, 2);
    assert!(!ran.stdout.contains("stale_baseline"), "{ran:?}");
    assert_eq!(short(root, &["--write-baseline"]).status, 2);
    assert_eq!(read(root, FILE), before);
    fs::write(root.join("b/src/lib.rs"), b"// closesocket \xE9").expect("it is written");
    assert_eq!(short(root, &["--write-baseline"]).status, 2);
    assert_eq!(read(root, FILE), before);
}

#[cfg(unix)]
#[test]
fn the_file_is_replaced_as_a_whole() {
    use std::os::unix::fs::PermissionsExt;
    let folder = workspace();
    let root = folder.path();
    short(root, &["--write-baseline"]);
    let mode = |name: &str| {
        fs::metadata(root.join(name))
            .map(|file| file.permissions().mode() & 0o777)
            .ok()
    };
    write(root, "plain", "");
    assert_eq!(mode(FILE), mode("plain"), "it is readable as any file");
    fs::set_permissions(root.join(FILE), fs::Permissions::from_mode(0o640)).expect("it is set");
    fs::rename(root.join(FILE), root.join("real.json")).expect("it is renamed");
    std::os::unix::fs::symlink("real.json", root.join(FILE)).expect("a link");
    write(root, "b/src/lib.rs", "");
    short(root, &["--write-baseline"]);
    assert_eq!(mode("real.json"), Some(0o640));
    assert!(fs::symlink_metadata(root.join(FILE)).is_ok_and(|link| link.is_symlink()));
    assert!(!read(root, "real.json").contains("b/src/lib.rs"));
    let left = fs::read_dir(root).expect("it is read").flatten();
    let names: Vec<_> = left
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert!(
        names.iter().all(|name| !name.starts_with(".socklint")),
        "{names:?}"
    );
}

/// What the text on adoption shows is accepted, and does what it says.
#[test]
fn the_way_in_works() {
    let folder = workspace();
    let root = folder.path();
    let text = read(socklint_tests::repository(), "docs/adoption.md");
    let blocks = text.split("```toml\n").skip(1);
    let blocks: Vec<&str> = blocks
        .filter_map(|block| block.split("```").next())
        .collect();
    assert_eq!(blocks.len(), 5);
    assert_eq!(short(root, &["--workspace", "--write-baseline"]).status, 0);
    for block in blocks {
        write(root, "socklint.toml", block);
        let ran = short(root, &["--workspace"]);
        assert_ne!(ran.status, 2, "{block}{ran:?}");
        assert_eq!(
            ran.stderr.contains("6 in the baseline"),
            block.starts_with("baseline"),
            "{ran:?}"
        );
    }
}
