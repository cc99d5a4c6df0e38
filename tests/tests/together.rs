//! The pieces together: suppressions that must say why, remarks in every format, merged reports with settings and
//! a baseline, and names on the command line that nothing has.

use std::fs;
use std::path::Path;

use serde_json::Value;
use socklint_tests::samples::write;
use socklint_tests::{Ran, run, socklint};
use tempfile::TempDir;

/// A socket that leaks; that can be mended.
const LEAK: &str = "\
use windows_sys::Win32::Networking::WinSock::*;
pub unsafe fn leak() {
    let s = socket(2, 1, 6);
    if s == INVALID_SOCKET { return; }
    bind(s, core::ptr::null(), 0);
}
";

const FORMATS: [&str; 8] = [
    "human", "short", "html", "json", "sarif", "github", "gitlab", "junit",
];

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

/// Two packages, `a` with a library and `b` with a binary; `settings` is their `socklint.toml`.
fn workspace(settings: &str) -> TempDir {
    let manifest = |name: &str| {
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[features]\nfast = []\n"
        )
    };
    folder(&[
        (
            "Cargo.toml",
            "[workspace]\nresolver = \"2\"\nmembers = [\"a\", \"b\"]\n",
        ),
        ("a/Cargo.toml", &manifest("a")),
        ("a/src/lib.rs", &format!("mod clean;\n{LEAK}")),
        ("a/src/clean.rs", "pub fn nothing() {}\n"),
        ("b/Cargo.toml", &manifest("b")),
        ("b/src/main.rs", &format!("{LEAK}fn main() {{}}\n")),
        ("socklint.toml", settings),
    ])
}

fn check(folder: &TempDir, arguments: &[&str]) -> Ran {
    run(socklint(folder.path()).args(arguments))
}

fn short(folder: &TempDir, arguments: &[&str]) -> Ran {
    check(
        folder,
        &[&["-q", "--message-format", "short"], arguments].concat(),
    )
}

/// Suppressed findings, each in its own way, with and without a reason.
fn suppressed(comment: &str, attribute: &str, macros: &str) -> TempDir {
    let body = LEAK.split_once('\n').expect("two lines").1;
    let named = |name: &str| body.replace("leak", name);
    let text = format!(
        "use windows_sys::Win32::Networking::WinSock::*;\n\
         // socklint: allow(unclosed_socket){comment}\n{}\
         #[cfg_attr(any(), socklint::allow(unclosed_socket{attribute}))]\n{}\
         #[socket_lifecycle(allow(unclosed_socket{macros}))]\n{}",
        named("a"),
        named("b"),
        named("c"),
    );
    folder(&[("net.rs", &text)])
}

#[test]
fn every_suppression_may_give_a_reason() {
    let reason = ", reason = \"allow(this), they said\"";
    let folder = suppressed(" -- it ends with the process", reason, reason);
    let ran = short(&folder, &["net.rs", "-D", "suppression_without_reason"]);
    assert_eq!((ran.stdout.as_str(), ran.status), ("", 0), "{ran:?}");
}

#[test]
fn who_asks_is_told_of_suppressions_without_a_reason() {
    let folder = suppressed("", "", ", reason = \" \"");
    let silent = short(&folder, &["net.rs", "-D", "warnings"]);
    assert_eq!((silent.stdout.as_str(), silent.status), ("", 0));
    let expected: String = [2, 8, 14]
        .map(|line| {
            format!("net.rs:{line}:1: error[suppression_without_reason]: this suppression of `unclosed_socket` gives no reason\n")
        })
        .concat();
    let told = short(&folder, &["net.rs", "-D", "suppression-without-reason"]);
    assert_eq!((told.stdout, told.status), (expected.clone(), 1));
    write(
        folder.path(),
        "socklint.toml",
        "rules.suppression_without_reason = \"deny\"\n",
    );
    assert_eq!(short(&folder, &["net.rs"]).stdout, expected);
}

/// What is said of suppressions and baselines has a name that every part of the tool knows.
#[test]
fn remarks_are_known_by_their_names_everywhere() {
    let schema = check(&folder(&[]), &["schema"]).stdout;
    let folder = workspace("baseline = \"known.json\"\n");
    let root = folder.path();
    let written = check(&folder, &["--workspace", "--write-baseline"]);
    assert_eq!(written.status, 0, "{written:?}");
    write(root, "a/src/lib.rs", "pub fn nothing() {}\n");
    write(
        root,
        "b/src/main.rs",
        format!(
            "// socklint: allow(double_close)\nfn f() {{}}\n// socklint: allow(unclosed_socket)\n{}fn main() {{}}\n",
            LEAK.replacen("use ", "// use ", 1).replace(
                "socket(2",
                "windows_sys::Win32::Networking::WinSock::socket(2"
            )
        ),
    );
    let arguments = ["--workspace", "-W", "suppression_without_reason"];
    let ran = check(
        &folder,
        &[
            &arguments[..],
            &["--message-format", "sarif", "--statistics"],
        ]
        .concat(),
    );
    let sarif: Value = serde_json::from_str(&ran.stdout).expect("SARIF");
    let rules = &sarif["runs"][0]["tool"]["driver"]["rules"];
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let page = check(
        &folder,
        &[&arguments[..], &["--message-format", "html"]].concat(),
    )
    .stdout;
    for name in [
        "stale_baseline",
        "suppression_without_reason",
        "unused_suppression",
    ] {
        let result = results
            .iter()
            .find(|result| result["ruleId"] == name)
            .unwrap_or_else(|| panic!("{name}: {ran:?}"));
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        let rule = &rules[index];
        assert_eq!(rule["id"], name);
        let summary = rule["shortDescription"]["text"].as_str().expect("a text");
        let summary = summary.trim_end_matches('.').to_lowercase();
        assert!(ran.stderr.contains(&summary), "{name}: {ran:?}");
        assert!(page.contains(&format!("data-rule=\"{name}\"")), "{name}");
        assert!(schema.contains(&format!("\"{name}\"")), "{name}");
        let explained = check(&folder, &["explain", name]);
        assert_eq!(explained.status, 0, "{explained:?}");
        assert!(explained.stdout.contains(&summary), "{explained:?}");
    }
}

/// Whatever is said, in settings and a baseline too, is in the merged report as in that of the whole.
#[test]
fn shards_merge_into_every_format_of_the_whole() {
    for settings in [
        "baseline = \"known.json\"\nrules.nothing = \"deny\"\n[[allow]]\nrule = \"double_close\"\npath = \"a/**\"\nreason = \"old\"\n",
        "baseline = \"known.json\"\nexclude = [\"b\"]\n",
        "baseline = \"none.json\"\n",
        "rules.correctness = \"allow\"\n",
    ] {
        let folder = workspace(settings);
        write(
            folder.path(),
            "known.json",
            "{\"version\": 1, \"flags\": [], \"findings\": [\n\
             {\"file\":\"a/src/lib.rs\",\"rule\":\"unclosed_socket\",\"function\":\"leak\",\"count\":2},\n\
             {\"file\":\"gone.rs\",\"rule\":\"unclosed_socket\",\"function\":\"leak\",\"count\":2}\n]}\n",
        );
        for of in [1, 2, 3] {
            let shards: Vec<String> = (1..=of).map(|number| format!("{number}.jsonl")).collect();
            for (number, shard) in (1..).zip(&shards) {
                let part = format!("{number}/{of}");
                let arguments = ["--workspace", "-q", "--proofs", "--shard", &part];
                let json = ["--message-format", "json", "-o", shard];
                check(&folder, &[&arguments[..], &json].concat());
            }
            let shards: Vec<&str> = shards.iter().map(String::as_str).collect();
            for format in FORMATS {
                let more = ["--proofs", "--statistics", "--message-format", format];
                let whole = check(&folder, &[&["--workspace"], &more[..]].concat());
                let merged = check(&folder, &[&["merge"], &shards[..], &more].concat());
                assert_eq!(merged.stdout, whole.stdout, "{format} of {of}: {settings}");
                assert_eq!(merged.stderr, whole.stderr, "{format} of {of}: {settings}");
                assert_eq!(merged.status, whole.status, "{format} of {of}: {settings}");
            }
            for shard in shards {
                fs::remove_file(folder.path().join(shard)).expect("it is there");
            }
        }
    }
}

/// A name that nothing has would have nothing checked, and the run would be clean.
#[test]
fn a_name_that_nothing_has_is_an_error() {
    let folder = workspace("");
    for (arguments, expected) in [
        (
            &["--workspace", "--bin", "c"][..],
            "Cargo.toml: error: no binary is called `c`\n",
        ),
        (
            &["-p", "b", "--test", "c*"],
            "b/Cargo.toml: error: no test is called `c*`\n",
        ),
        (
            &["-p", "b", "--lib"],
            "b/Cargo.toml: error: there is no library\n",
        ),
        (
            &["--workspace", "--exclude", "a", "--bench", "a"],
            "b/Cargo.toml: error: no benchmark is called `a`\n",
        ),
        (
            &["a", "--example", "a"],
            "a/Cargo.toml: error: no example is called `a`\n",
        ),
        (
            &["-p", "c*"],
            "Cargo.toml: error: no package of this workspace is called `c*`\n",
        ),
    ] {
        let ran = short(&folder, arguments);
        assert_eq!(
            (ran.stdout.as_str(), ran.status),
            (expected, 2),
            "{arguments:?}"
        );
    }
    let features = [
        "--workspace",
        "--features",
        "fast,a/fast,default,other/x,quick b/quick",
    ];
    let ran = short(&folder, &features);
    assert!(
        ran.stdout.ends_with(
            "Cargo.toml: error: no checked package has the feature `b/quick`\n\
         Cargo.toml: error: no checked package has the feature `quick`\n"
        ),
        "{ran:?}"
    );
    assert_eq!((ran.stdout.lines().count(), ran.status), (4, 2), "{ran:?}");
}

#[test]
fn names_may_be_globs() {
    let folder = workspace("");
    let a = "a/src/lib.rs:4:13";
    let b = "b/src/main.rs:3:13";
    for (arguments, expected) in [
        (&["-p", "[ab]"][..], &[a, b][..]),
        (&["-p", "?@0.1"], &[a, b]),
        (&["--workspace", "--exclude", "a*"], &[b]),
        (&["--workspace", "--bin", "*"], &[b]),
    ] {
        let ran = short(&folder, arguments);
        let places = ran
            .stdout
            .lines()
            .map(|line| line.split(": ").next().unwrap_or(""));
        let places: Vec<&str> = places.collect();
        assert_eq!(
            (places.as_slice(), ran.status),
            (expected, 1),
            "{arguments:?}"
        );
    }
    let ran = short(&folder, &["--workspace", "--exclude", "c"]);
    let warning = "socklint: warning: no package of this workspace is called `c`\n";
    assert_eq!((ran.stderr.as_str(), ran.status), (warning, 1));
}

/// All members are without cargo's word if one is wrong, but what is wrong is said once.
#[test]
fn a_broken_manifest_is_reported_where_it_is_read_and_once_more() {
    let folder = workspace("");
    write(folder.path(), "a/Cargo.toml", "[package]\nx = = 1\n");
    let ran = short(&folder, &["--workspace"]);
    let starts: Vec<&str> = ran
        .stdout
        .lines()
        .map(|line| line.split(": ").next().unwrap_or(""))
        .collect();
    assert_eq!(
        starts,
        [
            "a/src/lib.rs:4:13",
            "b/src/main.rs:3:13",
            "Cargo.toml",
            "a/Cargo.toml"
        ]
    );
    assert_eq!(ran.status, 2);
}

/// A report that states the exit status states the one that there is.
#[test]
fn the_stated_status_is_that_of_the_process() {
    let folder = workspace("");
    let json = ["--workspace", "--message-format", "json", "-o", "all.json"];
    check(&folder, &json);
    for arguments in [&["--workspace"][..], &["merge", "all.json"]] {
        for (more, status) in [(&[][..], 1), (&["--exit-zero"], 0)] {
            let sarif = ["--message-format", "sarif"];
            let ran = check(&folder, &[arguments, &sarif, more].concat());
            let report: Value = serde_json::from_str(&ran.stdout).expect("SARIF");
            let stated = &report["runs"][0]["invocations"][0]["exitCode"];
            assert_eq!((stated, ran.status), (&status.into(), status), "{ran:?}");
        }
    }
}

#[test]
fn what_cannot_be_done_together_is_said() {
    let folder = workspace("");
    for other in ["--fix", "--diff"] {
        let ran = check(&folder, &["--workspace", other, "--write-baseline"]);
        assert_eq!(ran.status, 2, "{ran:?}");
        assert!(ran.stderr.contains("cannot be used with"), "{ran:?}");
    }
    assert!(!folder.path().join("socklint-baseline.json").exists());
    let ran = short(&folder, &["merge", "x.json"]);
    let hint = "merge: error: cannot be read: No such file or directory (os error 2); as a command, `merge` stands first: \
                `cargo socklint merge`\n";
    #[cfg(unix)]
    assert!(ran.stdout.starts_with(hint), "{ran:?}");
    assert_eq!(ran.stdout.matches("stands first").count(), 1, "{ran:?}");
}

#[test]
fn a_glob_has_no_backslash() {
    let settings = "exclude = ['b\\src']\n[[allow]]\nrule = \"unclosed_socket\"\npath = 'a\\**'\nreason = \"old\"\n";
    let ran = short(&workspace(settings), &["--workspace"]);
    assert_eq!(ran.status, 2);
    for place in [
        "socklint.toml:1:12: error: `b\\src` has a `\\`",
        "socklint.toml:4:8: error: `a\\**` has a `\\`",
    ] {
        assert!(ran.stdout.contains(place), "{ran:?}");
    }
}

/// Emacs has a link that leads nowhere beside each file that is being edited.
#[cfg(unix)]
#[test]
fn what_an_editor_hides_is_no_source() {
    let folder = workspace("");
    let lock = folder.path().join("b/src/.#main.rs");
    std::os::unix::fs::symlink("somebody@here.1:2", lock).expect("a link");
    write(folder.path(), "b/src/.main.rs", LEAK);
    let ran = short(&folder, &["-p", "b"]);
    assert_eq!((ran.stdout.lines().count(), ran.status), (1, 1), "{ran:?}");
    let named = run(socklint(folder.path())
        .args(["-q", "--message-format", "short"])
        .arg(Path::new("b/src/.main.rs")));
    assert_eq!(named.status, 1, "who names it means it");
}
