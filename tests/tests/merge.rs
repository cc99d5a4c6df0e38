//! `merge`: the shards' reports become the report of the whole.

use std::fs;
use std::path::Path;

use serde_json::Value;
use socklint_tests::samples::{EVERYTHING, LEAK, workspace, write};
use socklint_tests::{Ran, run, socklint};
use tempfile::TempDir;

/// The JSON reports of all shards, in a folder of their own.
fn reports(root: &Path, of: usize, more: &[&str]) -> (TempDir, Vec<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let names = (1..=of).map(|number| {
        let path = folder.path().join(format!("shard-{number}.json"));
        let ran = run(socklint(root)
            .args(EVERYTHING)
            .args(more)
            .args(["-q", "--message-format", "json", "--shard"])
            .arg(format!("{number}/{of}"))
            .arg("--output")
            .arg(&path));
        assert!(ran.stderr.is_empty(), "{ran:?}");
        path.to_str().expect("UTF-8").to_owned()
    });
    let names = names.collect();
    (folder, names)
}

fn merge(root: &Path, reports: &[String], arguments: &[&str]) -> Ran {
    run(socklint(root).arg("merge").args(reports).args(arguments))
}

#[test]
fn the_merged_report_is_the_report_of_the_whole() {
    let folder = workspace();
    let root = folder.path();
    for of in [1, 2, 5] {
        let (_kept, mut reports) = reports(root, of, &["--proofs"]);
        reports.reverse();
        for format in ["human", "short", "json"] {
            for proofs in [&[][..], &["--proofs"]] {
                let arguments = [&["--message-format", format], proofs].concat();
                let whole = run(socklint(root).args(EVERYTHING).args(&arguments));
                let merged = merge(root, &reports, &arguments);
                assert_eq!(merged.stdout, whole.stdout, "{of} {arguments:?}");
                assert_eq!(merged.stderr, whole.stderr, "{of} {arguments:?}");
                assert_eq!((merged.status, whole.status), (2, 2));
            }
        }
    }
}

/// The status is that of the whole, and so is a file.
#[test]
fn status_and_file_are_those_of_the_whole() {
    let folder = workspace();
    let root = folder.path();
    let report = |arguments: &[&str]| {
        let ran = run(socklint(root)
            .args(["-q", "--message-format=json"])
            .args(arguments));
        let path = root.join("report.json");
        fs::write(&path, &ran.stdout).expect("it is written");
        (ran.status, vec!["report.json".to_owned()])
    };
    for (arguments, status) in [
        (&["tool"][..], 0),
        (&["loose/a.rs"], 1),
        (&["loose/a.rs", "-W", "correctness"], 0),
        (&["loose/broken.rs"], 2),
    ] {
        let (of_check, report) = report(arguments);
        assert_eq!(of_check, status);
        let merged = merge(root, &report, &["--output", "merged.txt"]);
        assert_eq!((merged.status, merged.stdout.as_str()), (status, ""));
        let text = fs::read_to_string(root.join("merged.txt")).expect("a file");
        assert_eq!(text, run(socklint(root).args(arguments)).stdout);
        // Only what was found is let pass.
        let zero = merge(root, &report, &["--exit-zero", "-q"]);
        assert_eq!((zero.status, zero.stderr.as_str()), (status & 2, ""));
    }
    let ran = merge(root, &["report.json".into()], &["--output", "no/folder"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("cannot write to no/folder"), "{ran:?}");
}

/// What is wrong with the reports is said, and what they hold is merged.
#[test]
fn what_is_wrong_with_reports_is_said() {
    let folder = workspace();
    let root = folder.path();
    let (kept, reports) = reports(root, 3, &[]);
    let text = |index: usize| fs::read_to_string(&reports[index]).expect("a report");
    let place = |name: &str, text: &str| {
        write(kept.path(), name, text);
        let path = kept.path().join(name);
        path.to_str().expect("UTF-8").to_owned()
    };
    let whole = merge(root, &reports, &["--message-format=short"]);
    let findings = |ran: &Ran| -> Vec<String> {
        let lines = ran.stdout.lines();
        let found = lines.filter(|line| line.contains(": error[") || line.contains(": warning["));
        found.map(str::to_owned).collect()
    };
    let all = findings(&whole);
    assert!(all.len() > 5, "{whole:?}");

    let longest = (0..3)
        .max_by_key(|&index| text(index).len())
        .expect("three");
    let cut = text(longest);
    let half = (0..=cut.len() / 2)
        .rev()
        .find(|&at| cut.is_char_boundary(at));
    let cut = place("cut.json", &cut[..half.expect("a boundary")]);
    let noise = text(0).replacen('\n', "\nwarning: unused variable\n\n[1]\n", 1);
    let noise = place("noise.json", &noise);
    let version = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(text(0).contains(&version));
    let old = place(
        "old.json",
        &text(0).replace(&version, "\"version\":\"0.0.1\""),
    );
    let of_four = text(0).replace("\"of\":3", "\"of\":4");
    assert_ne!(of_four, text(0));
    let of_four = place("four.json", &of_four);
    let twice = place("twice.json", &format!("{}{}", text(0), text(1)));
    let wide = place("wide.json", "\u{FEFF}");
    let [one, two, three] = [0, 1, 2].map(|index| reports[index].clone());
    let mut others = vec![one.clone(), two.clone(), three.clone()];
    others.remove(longest);

    // `None`: the report lacks what the missing part has.
    for (reports, message, complete) in [
        (
            vec![&one, &three],
            "shard 2 of 3 is not among the reports",
            false,
        ),
        (
            vec![&two],
            "shards 1, 3 of 3 are not among the reports",
            false,
        ),
        (
            vec![&one, &two, &three, &one],
            "a report of shard 1/3, as ",
            true,
        ),
        (
            vec![&others[0], &others[1], &cut],
            "its summary is missing",
            false,
        ),
        (
            vec![&others[0], &others[1], &cut],
            " is left out: no JSON",
            false,
        ),
        (
            vec![&noise, &two, &three],
            "line 2 is left out: no JSON",
            true,
        ),
        (vec![&noise, &two, &three], "and so is another line", true),
        (vec![&old, &two, &three], "written by version 0.0.1", true),
        (
            vec![&two, &three, &of_four],
            "a report of shard 1/4, but others are of 3 shards",
            true,
        ),
        (vec![&twice, &three], "a second summary", true),
        (
            vec![&one, &two, &three, &wide],
            "its summary is missing",
            true,
        ),
        (
            vec![&one, &two, &"no.json".to_owned(), &three],
            "no.json: error: cannot be read",
            true,
        ),
    ] {
        let given: Vec<String> = reports.into_iter().cloned().collect();
        for arguments in [
            &["--message-format=short"][..],
            &["--message-format=short", "--exit-zero"],
        ] {
            let ran = merge(root, &given, arguments);
            assert_eq!(ran.status, 2, "{message} {ran:?}");
            assert!(ran.stdout.contains(message), "{message} {ran:?}");
            let found = findings(&ran);
            assert_eq!(found == all, complete, "{message} {found:#?}");
            assert!(found.iter().all(|line| all.contains(line)), "{found:?}");
            assert!(!found.is_empty());
        }
    }
    // The reports do not have what is asked for.
    let ran = merge(root, &reports, &["--proofs"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.contains("write it with --proofs"), "{ran:?}");
    assert_eq!(merge(root, &[], &[]).status, 2);
}

/// Findings in files that are not as they were are not lost, and not shown at the wrong place.
#[test]
fn a_source_that_changed_is_named() {
    for (change, message) in [
        (
            Some(LEAK.replace("let s", "\n\nlet s")),
            "it has changed since it was checked",
        ),
        (Some(String::new()), "it has changed since it was checked"),
        (None, "cannot be read"),
    ] {
        let folder = workspace();
        let root = folder.path();
        let (_kept, reports) = reports(root, 2, &["--proofs"]);
        match change {
            Some(text) => write(root, "loose/a.rs", text),
            None => fs::remove_file(root.join("loose/a.rs")).expect("it was there"),
        }
        let ran = merge(root, &reports, &["--proofs", "--message-format=short"]);
        assert_eq!(ran.status, 2);
        assert!(
            ran.stdout
                .contains(&format!("loose/a.rs: error: {message}")),
            "{ran:?}"
        );
        assert!(
            ran.stdout.contains("loose/a.rs: error[unclosed_socket]: "),
            "{ran:?}"
        );
        assert!(!ran.stdout.contains("loose/a.rs:4"), "{ran:?}");
        assert!(
            ran.stdout
                .contains("loose/b.rs:4:13: error[unclosed_socket]"),
            "{ran:?}"
        );
        assert!(merge(root, &reports, &[]).stdout.contains("loose/a.rs: "));
    }
    // Without the summary nothing tells that the file is another, but it is not read past its end.
    let folder = workspace();
    let root = folder.path();
    let (kept, reports) = reports(root, 1, &[]);
    let text = fs::read_to_string(&reports[0]).expect("a report");
    let lines = text
        .lines()
        .filter(|line| !line.contains("socklint-summary"));
    write(
        kept.path(),
        "shard-1.json",
        lines.collect::<Vec<_>>().join("\n"),
    );
    write(
        root,
        "loose/a.rs",
        "// 口口口口口口口口口口口口口口口口口口口口口口口口口口口口",
    );
    for format in ["human", "short", "json"] {
        let ran = merge(root, &reports, &["--message-format", format]);
        assert_eq!(ran.status, 2);
        assert!(
            ran.stdout.contains("has changed since it was checked"),
            "{ran:?}"
        );
    }
}

/// A report among cargo's own messages, as `--with` makes it.
#[test]
fn messages_of_cargos_are_passed_over() {
    let folder = workspace();
    let root = folder.path();
    let (_kept, reports) = reports(root, 1, &[]);
    let text = fs::read_to_string(&reports[0]).expect("a report");
    let mut foreign: Value =
        serde_json::from_str(text.lines().next().expect("a line")).expect("an object");
    foreign["message"]["code"]["code"] = "unused_variables".into();
    let artifact = "{\"reason\":\"compiler-artifact\",\"fresh\":true}";
    fs::write(&reports[0], format!("{artifact}\n{foreign}\r\n{text}")).expect("it is written");
    let merged = merge(root, &reports, &["--message-format=json"]);
    let whole = run(socklint(root).args(EVERYTHING).arg("--message-format=json"));
    assert_eq!(merged.stdout, whole.stdout);
}
