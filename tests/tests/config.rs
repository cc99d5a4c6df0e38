//! What a project may set in `socklint.toml` and in the metadata of its manifests.

use std::fs;
use std::path::Path;

use socklint_tests::{Ran, repository, run, socklint};
use tempfile::TempDir;

/// A socket that leaks, on the third line of the function.
const LEAK: &str = "\
pub unsafe fn leak() {
    windows_sys::Win32::Networking::WinSock::socket(2, 1, 6);
}
";

/// What a pedantic rule finds: nobody looks at the result of `closesocket`.
const UNCHECKED: &str = "\
pub unsafe fn end(s: windows_sys::Win32::Networking::WinSock::SOCKET) {
    windows_sys::Win32::Networking::WinSock::closesocket(s);
}
";

/// A function that closes what [`UNCHECKED`] has closed.
const CALLER: &str = "\
pub mod net;
pub unsafe fn f(s: windows_sys::Win32::Networking::WinSock::SOCKET) {
    net::end(s);
    windows_sys::Win32::Networking::WinSock::closesocket(s);
}
";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it has a parent")).expect("folders are created");
    fs::write(path, text).expect("the file is written");
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn manifest(name: &str, more: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{more}")
}

/// Two packages, `a` and `b`, with a leak in each, in a module and in a test.
fn workspace() -> TempDir {
    let leak = format!("pub mod net;\n{LEAK}");
    folder(&[
        (
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"a\", \"b\"]\n",
        ),
        ("a/Cargo.toml", &manifest("a", "")),
        ("a/src/lib.rs", &leak),
        ("a/src/net.rs", LEAK),
        ("a/tests/it.rs", LEAK),
        ("b/Cargo.toml", &manifest("b", "")),
        ("b/src/lib.rs", &leak),
        ("b/src/net.rs", UNCHECKED),
    ])
}

fn short(folder: &TempDir, arguments: &[&str]) -> Ran {
    run(socklint(folder.path())
        .args(["--message-format", "short"])
        .args(arguments))
}

/// `path:line: level[rule]` of everything that is reported.
fn found(folder: &TempDir, arguments: &[&str]) -> Vec<String> {
    let ran = short(folder, arguments);
    assert_ne!(ran.status, 2, "{ran:?}");
    lines(&ran)
}

fn lines(ran: &Ran) -> Vec<String> {
    let line = |line: &str| {
        let (place, rest) = line.split_once(": ").expect("a place");
        let place: Vec<&str> = place.split(':').take(2).collect();
        let what = rest.split(": ").next().expect("a level");
        format!("{}: {what}", place.join(":"))
    };
    ran.stdout.lines().map(line).collect()
}

const LEAKS: [&str; 3] = [
    "a/src/lib.rs:3: error[unclosed_socket]",
    "a/src/net.rs:2: error[unclosed_socket]",
    "b/src/lib.rs:3: error[unclosed_socket]",
];

#[test]
fn levels_are_set_for_rules_and_groups() {
    let folder = folder(&[("a.rs", &format!("{LEAK}{UNCHECKED}"))]);
    let a = |text: &str| {
        write(folder.path(), "socklint.toml", text);
        found(&folder, &["a.rs"])
    };
    let leak = |level: &str| format!("a.rs:2: {level}[unclosed_socket]");
    assert_eq!(a(""), [leak("error")]);
    assert_eq!(
        a("[rules]\nunclosed_socket = \"warn\"\n"),
        [leak("warning")]
    );
    assert!(a("rules.unclosed_socket = 'allow'").is_empty());
    assert!(a("[rules]\ncorrectness = \"allow\"\n").is_empty());
    // A rule's own level counts for more, wherever it stands.
    for text in [
        "[rules]\ncorrectness = \"allow\"\nunclosed_socket = \"warn\"\n",
        "[rules]\nunclosed_socket = \"warn\"\ncorrectness = \"allow\"\n",
    ] {
        assert_eq!(a(text), [leak("warning")], "{text}");
    }
    let all = a("[rules]\npedantic = { level = \"deny\", reason = \"we are strict\" }\n");
    assert_eq!(
        all,
        [leak("error"), "a.rs:5: error[unchecked_close]".into()]
    );
    let all = a("[rules]\npedantic = \"warn\"\nwarnings = \"deny\"\n");
    assert_eq!(
        all.get(1).map(String::as_str),
        Some("a.rs:5: error[unchecked_close]")
    );
    // The command line has the last word, but not over forbid.
    write(
        folder.path(),
        "socklint.toml",
        "[rules]\nunclosed_socket = \"warn\"\n",
    );
    assert_eq!(
        found(&folder, &["a.rs", "-D", "correctness"]),
        [leak("error")]
    );
    assert!(found(&folder, &["a.rs", "-A", "unclosed_socket"]).is_empty());
    write(
        folder.path(),
        "socklint.toml",
        "[rules]\nunclosed_socket = \"forbid\"\n",
    );
    assert_eq!(
        found(&folder, &["a.rs", "-A", "unclosed_socket"]),
        [leak("error")]
    );
    let comment = LEAK.replace(";\n}", "; // socklint: allow(unclosed_socket) -- no\n}");
    write(folder.path(), "a.rs", &comment);
    let all = found(&folder, &["a.rs"]);
    assert_eq!(
        all,
        [leak("error"), "a.rs:2: warning[unused_suppression]".into()]
    );
}

#[test]
fn the_levels_of_packages_differ() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(found(&folder, &[]), LEAKS);
    let settings =
        "[package.metadata.socklint.rules]\nunclosed_socket = \"warn\"\npedantic = \"warn\"\n";
    write(root, "b/Cargo.toml", &manifest("b", settings));
    let b = [
        "b/src/lib.rs:3: warning[unclosed_socket]",
        "b/src/net.rs:2: warning[unchecked_close]",
    ];
    let together = [&LEAKS[..2], &b[..]].concat();
    assert_eq!(found(&folder, &[]), together);
    // The workspace's settings are weaker, whether a group's or a rule's.
    let workspace =
        "[workspace]\nresolver = \"3\"\nmembers = [\"a\", \"b\"]\n[workspace.metadata.socklint]\n";
    for rules in ["correctness = \"allow\"", "unclosed_socket = \"allow\""] {
        write(root, "Cargo.toml", &format!("{workspace}rules.{rules}\n"));
        assert_eq!(found(&folder, &[]), b, "{rules}");
        assert_eq!(found(&folder, &["-D", "unclosed_socket"]).len(), 4);
        assert_eq!(
            found(&folder, &["a/src/net.rs", "b/src/net.rs"]),
            b[1..],
            "{rules}"
        );
    }
    // But forbid stays.
    write(
        root,
        "Cargo.toml",
        &format!("{workspace}rules.unclosed_socket = \"forbid\"\n"),
    );
    assert_eq!(
        found(&folder, &[]).get(2).map(String::as_str),
        Some(LEAKS[2])
    );
    // A file counts in place of the workspace's metadata, and that is said.
    write(
        root,
        "socklint.toml",
        "[rules]\nunclosed_socket = \"warn\"\n",
    );
    let ran = short(&folder, &["-q"]);
    assert_eq!((ran.status, lines(&ran).len()), (0, 4), "{ran:?}");
    let warning = "warning: [workspace.metadata.socklint] of ";
    assert!(ran.stderr.contains(warning), "{ran:?}");
    // A file that is named counts alone.
    write(root, "other.toml", "");
    for arguments in [&["--config", "other.toml"][..], &["--no-config"]] {
        let ran = short(&folder, arguments);
        assert_eq!(lines(&ran), LEAKS);
        assert!(!ran.stderr.contains("warning"), "{ran:?}");
    }
    assert_eq!(
        short(&folder, &["--config", "other.toml", "--no-config"]).status,
        2
    );
    let ran = short(&folder, &["--config", "missing.toml"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stdout.contains("missing.toml: error: cannot be read"),
        "{ran:?}"
    );
}

#[test]
fn the_nearest_file_at_or_above_the_check_counts() {
    let folder = workspace();
    let root = folder.path();
    write(root, "socklint.toml", "rules.correctness = \"allow\"\n");
    write(root, "a/socklint.toml", "rules.correctness = \"warn\"\n");
    let ran = |at: &str, arguments: &[&str]| {
        let ran = run(socklint(&root.join(at))
            .args(["--message-format", "short"])
            .args(arguments));
        lines(&ran).len()
    };
    // The check of a package is one of its workspace.
    assert_eq!(ran("a", &[]), 0);
    assert_eq!(ran("a", &["."]), 2);
    assert_eq!(ran("b", &["."]), 0);
    assert_eq!(ran("a/src", &["net.rs"]), 1);
    assert_eq!(ran("", &["a"]), 0);
}

#[test]
fn verbose_runs_say_what_is_used() {
    let folder = workspace();
    let said = |wanted: &str| {
        let ran = short(&folder, &["-v"]);
        assert!(ran.stderr.contains(wanted), "{wanted}: {ran:?}");
    };
    said("socklint: no configuration\n");
    let settings = "[package.metadata.socklint]\n";
    write(folder.path(), "b/Cargo.toml", &manifest("b", settings));
    said("b/Cargo.toml, [package.metadata.socklint]\n");
    let text = "rules.pedantic = { level = \"warn\", reason = \"we are strict\" }\n";
    write(folder.path(), "socklint.toml", text);
    said("socklint.toml\n");
    said("pedantic: we are strict\n");
}

#[test]
fn what_is_allowed_needs_a_place_and_a_reason() {
    let folder = workspace();
    let root = folder.path();
    let with = |place: &str| {
        let text = format!("[[allow]]\nrule = \"unclosed_socket\"\nreason = \"legacy\"\n{place}\n");
        write(root, "socklint.toml", &text);
        let ran = short(&folder, &[]);
        let suppressed = 3 - lines(&ran)
            .iter()
            .filter(|line| line.contains("unclosed"))
            .count();
        let said = ran.stderr.contains(&format!("({suppressed} suppressed)"));
        assert_eq!(said, suppressed > 0, "{ran:?}");
        assert!(
            !ran.stdout.contains("unused_suppression"),
            "{place}: {ran:?}"
        );
        suppressed
    };
    assert_eq!(with("path = \"a/src/net.rs\""), 1);
    assert_eq!(with("path = \"./a/src/net.rs\""), 1);
    assert_eq!(with("path = \"a\""), 2);
    assert_eq!(with("path = \"a/**\""), 2);
    assert_eq!(with("path = \"*/src/*.rs\""), 3);
    assert_eq!(with("path = \"**/net.rs\""), 1);
    assert_eq!(with("path = \"{a,b}/src/lib.rs\""), 2);
    assert_eq!(with("function = \"a::net::leak\""), 1);
    assert_eq!(with("function = \"a::net\""), 1);
    assert_eq!(with("function = \"crate::leak\""), 2);
    assert_eq!(with("path = \"a/**\"\nfunction = \"crate::leak\""), 1);
    // Names are whole words.
    write(
        root,
        "socklint.toml",
        "[[allow]]\nrule = \"unclosed_socket\"\nreason = \"r\"\nfunction = \"a::net::lea\"\n",
    );
    assert_eq!(found(&folder, &[])[..3], LEAKS);
    let list = "[[allow]]\nrule = [\"unclosed_socket\", \"pedantic\"]\nreason = \"r\"\npath = \"*/src/*\"\n";
    write(root, "socklint.toml", list);
    assert!(found(&folder, &["-W", "pedantic"]).is_empty());
    // A package's own reach it alone.
    fs::remove_file(root.join("socklint.toml")).expect("it is removed");
    let settings = "[[package.metadata.socklint.allow]]\nrule = \"correctness\"\nfunction = \"crate::leak\"\nreason = \"r\"\n";
    write(root, "b/Cargo.toml", &manifest("b", settings));
    assert_eq!(found(&folder, &[]), LEAKS[..2]);
    // Forbid is not to be answered for.
    let ran = short(&folder, &["-F", "unclosed_socket"]);
    assert_eq!(lines(&ran).len(), 4, "{ran:?}");
    assert!(ran.stdout.contains("b/Cargo.toml:5:"), "{ran:?}");
    assert!(
        ran.stdout
            .contains("`correctness` is forbidden and cannot be suppressed"),
        "{ran:?}"
    );
}

#[test]
fn a_suppression_that_suppresses_nothing_is_reported_where_it_stands() {
    let folder = workspace();
    let root = folder.path();
    let allow = |place: &str| {
        let text =
            format!("# Ours.\n\n[[allow]]\nrule = \"double_close\"\n{place}\nreason = \"r\"\n");
        write(root, "socklint.toml", &text);
    };
    let unused = "socklint.toml:3: warning[unused_suppression]";
    let is_reported = |arguments: &[&str]| {
        let all = found(&folder, arguments);
        all.iter().any(|line| line == unused)
    };
    allow("path = \"a/src/**\"");
    assert!(is_reported(&[]));
    assert!(is_reported(&["-p", "a"]));
    assert!(is_reported(&["a"]));
    // What was not checked may need it.
    assert!(!is_reported(&["-p", "b"]));
    assert!(!is_reported(&["a/src/net.rs"]));
    assert!(!is_reported(&["-A", "unused_suppression"]));
    assert_eq!(
        short(&folder, &["-A", "correctness", "-D", "warnings"]).status,
        1
    );
    allow("path = \"a/**\"");
    assert!(!is_reported(&[]), "the test was not checked");
    assert!(is_reported(&["--all-targets"]));
    allow("path = \"nowhere/**\"");
    assert!(is_reported(&["-p", "b"]), "there is no such file");
    allow("function = \"a::net::leak\"");
    assert!(is_reported(&[]));
    assert!(is_reported(&["-p", "a"]));
    assert!(!is_reported(&["-p", "b"]));
    assert!(!is_reported(&["a/src/net.rs"]));
    allow("function = \"it::leak\"");
    assert!(!is_reported(&[]));
    assert!(is_reported(&["--all-targets"]));
    allow("function = \"other::leak\"");
    assert!(is_reported(&[]), "there is no such crate");
    allow("function = \"crate::leak\"");
    assert!(!is_reported(&[]));
    assert!(is_reported(&["--all-targets"]));
    // It is used if it covers what another answers for.
    let comment = LEAK.replace(";\n}", "; // socklint: allow(unclosed_socket) -- so\n}");
    write(root, "a/src/net.rs", &comment);
    let text = "[[allow]]\nrule = \"unclosed_socket\"\npath = \"a/src/net.rs\"\nreason = \"r\"\n";
    write(root, "socklint.toml", text);
    assert_eq!(found(&folder, &[]), [LEAKS[0], LEAKS[2]]);
    // In a list each name counts.
    let text = text.replace(
        "\"unclosed_socket\"",
        "[\"unclosed_socket\", \"double_close\"]",
    );
    write(root, "socklint.toml", &text);
    let ran = short(&folder, &[]);
    assert!(
        ran.stdout
            .contains("this suppression of `double_close` suppresses nothing"),
        "{ran:?}"
    );
    // Of a file that cannot be read nothing is known.
    write(root, "a/src/net.rs", "fn closesocket( {");
    let ran = short(&folder, &[]);
    assert_eq!(ran.status, 2);
    assert!(!ran.stdout.contains("suppresses nothing"), "{ran:?}");
}

#[test]
fn a_function_of_two_targets_is_allowed_by_either_name() {
    let folder = folder(&[
        (
            "Cargo.toml",
            &manifest("twin", "[[bin]]\nname = \"tool\"\npath = \"src/main.rs\"\n"),
        ),
        ("src/lib.rs", "mod net;\n"),
        ("src/main.rs", "mod net;\nfn main() {}\n"),
        ("src/net.rs", LEAK),
    ]);
    assert_eq!(found(&folder, &[]).len(), 1);
    for name in ["twin", "tool", "crate"] {
        let text = format!(
            "[[allow]]\nrule = \"correctness\"\nfunction = \"{name}::net::leak\"\nreason = \"r\"\n"
        );
        write(folder.path(), "socklint.toml", &text);
        let ran = short(&folder, &[]);
        assert_eq!(ran.stdout, "", "{name}");
        assert!(ran.stderr.contains("(1 suppressed)"), "{name} {ran:?}");
    }
}

#[test]
fn excluded_files_are_not_reported_nor_counted() {
    let folder = workspace();
    let root = folder.path();
    let before = short(&folder, &[]);
    assert!(
        before.stderr.contains("4 files, 4 functions, 3 sockets"),
        "{before:?}"
    );
    write(
        root,
        "socklint.toml",
        "exclude = [\"a/src/net.rs\", \"b\"]\n",
    );
    let ran = short(&folder, &[]);
    assert_eq!(lines(&ran), LEAKS[..1]);
    assert!(
        ran.stderr
            .contains("1 error; 1 file, 1 function, 1 socket: 1 leaking"),
        "{ran:?}"
    );
    // So is what cannot be read.
    let loose = self::folder(&[
        ("socklint.toml", "exclude = [\"fixtures/\"]\n"),
        ("fixtures/broken.rs", "fn closesocket( {"),
        ("fixtures/package/Cargo.toml", "[package\n"),
        ("leak.rs", LEAK),
    ]);
    let latin = loose.path().join("fixtures/latin.rs");
    fs::write(latin, b"// closesocket \xE9\n").expect("it is written");
    assert_eq!(found(&loose, &["."]), ["leak.rs:2: error[unclosed_socket]"]);
    assert_eq!(short(&loose, &[".", "--no-config"]).status, 2);
    // Whoever names one is told.
    let ran = short(&loose, &["fixtures/latin.rs", "leak.rs"]);
    assert_eq!((ran.status, lines(&ran).len()), (1, 1), "{ran:?}");
    assert!(
        ran.stderr
            .contains("fixtures/latin.rs is excluded by the configuration"),
        "{ran:?}"
    );
    // A module's own findings go; what it says of others counts.
    write(root, "a/src/lib.rs", CALLER);
    write(root, "a/src/net.rs", UNCHECKED);
    write(root, "socklint.toml", "exclude = [\"a/src/net.rs\"]\n");
    let ran = short(&folder, &["-p", "a"]);
    assert_eq!(
        lines(&ran),
        ["a/src/lib.rs:4: error[double_close]"],
        "{ran:?}"
    );
}

#[test]
fn what_is_compiled_can_be_set() {
    let cfg = |cfg: &str| {
        format!(
            "#[cfg({cfg})]\nmod {} {{\n{LEAK}}}\n",
            cfg.split([' ', '(']).next().unwrap_or("m")
        )
    };
    let text = [
        cfg("unix"),
        cfg("target_arch = \"aarch64\""),
        cfg("feature = \"extra\""),
    ]
    .concat();
    let folder = folder(&[
        (
            "Cargo.toml",
            &manifest(
                "p",
                "[features]\ndefault = [\"usual\"]\nusual = []\nextra = []\n",
            ),
        ),
        (
            "src/lib.rs",
            &format!(
                "{text}#[cfg(feature = \"usual\")]\nmod usual {{\n{LEAK}}}\n#[cfg(test)]\nmod tests {{\n{LEAK}}}\n"
            ),
        ),
        ("tests/it.rs", LEAK),
    ]);
    let root = folder.path();
    let places = |settings: &str, arguments: &[&str]| {
        write(root, "socklint.toml", settings);
        let all = found(&folder, arguments);
        let place = |line: &String| {
            let place: Vec<&str> = line.split(':').take(2).collect();
            place.join(":").replace("src/lib.rs:", "")
        };
        all.iter().map(place).collect::<Vec<_>>()
    };
    assert_eq!(places("", &[]), ["22"]);
    assert_eq!(
        places("target = \"aarch64-pc-windows-msvc\"", &[]),
        ["10", "22"]
    );
    assert_eq!(
        places("target = \"aarch64-unknown-linux-gnu\"", &[]),
        ["4", "10", "22"]
    );
    let linux = ["--target", "x86_64-unknown-linux-gnu"];
    assert_eq!(
        places("target = \"aarch64-pc-windows-msvc\"", &linux),
        ["4", "22"]
    );
    assert_eq!(places("features = [\"extra\"]", &[]), ["16", "22"]);
    assert_eq!(
        places("features = [\"extra\"]\nno-default-features = true", &[]),
        ["16"]
    );
    assert_eq!(places("all-features = true", &[]), ["16", "22"]);
    // The command line's features are all of them.
    assert_eq!(
        places("all-features = true", &["--no-default-features"]),
        Vec::<String>::new()
    );
    assert_eq!(
        places("no-default-features = true", &["--features", "extra"]),
        ["16", "22"]
    );
    assert_eq!(
        places("all-targets = true", &[]),
        ["22", "28", "tests/it.rs:2"]
    );
    // So are its targets.
    assert_eq!(places("all-targets = true", &["--lib"]), ["22"]);
    assert_eq!(
        places("all-targets = true", &["--test", "it"]),
        ["tests/it.rs:2"]
    );
}

/// A package's own settings are stronger, and are set in its manifest.
#[test]
fn what_is_compiled_differs_between_packages() {
    let leak = format!("#[cfg(feature = \"extra\")]\nmod extra {{\n{LEAK}}}\n");
    let package =
        |name: &str, settings: &str| manifest(name, &format!("[features]\nextra = []\n{settings}"));
    let folder = folder(&[
        (
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"a\", \"b\"]\n[workspace.metadata.socklint]\nall-features = true\n",
        ),
        ("a/Cargo.toml", &package("a", "")),
        ("a/src/lib.rs", &leak),
        (
            "b/Cargo.toml",
            &package("b", "[package.metadata.socklint]\nall-features = false\n"),
        ),
        ("b/src/lib.rs", &leak),
    ]);
    assert_eq!(
        found(&folder, &[]),
        ["a/src/lib.rs:4: error[unclosed_socket]"]
    );
    assert_eq!(found(&folder, &["--all-features"]).len(), 2);
}

#[test]
fn dependencies_are_checked_if_that_is_set() {
    let folder = folder(&[
        (
            "Cargo.toml",
            &manifest(
                "p",
                "[dependencies]\nq = { path = \"../q\" }\n[workspace]\n",
            ),
        ),
        ("src/lib.rs", ""),
    ]);
    let root = folder.path().join("p");
    for (name, text) in [("src/lib.rs", ""), ("../q/src/lib.rs", LEAK)] {
        write(&root, name, text);
    }
    write(
        &root,
        "../q/Cargo.toml",
        &manifest(
            "q",
            "[package.metadata.socklint.rules]\ncorrectness = \"allow\"\n[workspace]\n",
        ),
    );
    let plain = manifest(
        "p",
        "[dependencies]\nq = { path = \"../q\" }\n[workspace]\n",
    );
    for (settings, count) in [
        ("", 0),
        ("[workspace.metadata.socklint]\ndeps = true\n", 1),
        ("[package.metadata.socklint]\ndeps = true\n", 1),
    ] {
        write(&root, "Cargo.toml", &format!("{plain}{settings}"));
        let ran = run(socklint(&root).args(["--message-format", "short"]));
        // A dependency's own settings have no say.
        assert_eq!(
            ran.stdout.contains("error[unclosed_socket]"),
            count == 1,
            "{settings} {ran:?}"
        );
        assert_eq!(ran.status, count, "{settings} {ran:?}");
    }
    write(&root, "Cargo.toml", &plain);
    write(&root, "socklint.toml", "deps = true\n");
    assert_eq!(run(&mut socklint(&root)).status, 1);
}

/// Contracts are the same in metadata.
#[test]
fn contracts_may_stand_in_metadata() {
    let text = "\
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};
pub unsafe fn end(s: SOCKET) {
    pool::give_back(s);
    closesocket(s);
}
";
    let folder = workspace();
    let root = folder.path();
    for name in ["a/src/lib.rs", "b/src/lib.rs"] {
        write(root, name, text);
    }
    assert!(found(&folder, &[]).is_empty());
    let contract = |table: &str, what: &str| {
        format!(
            "[[{table}.metadata.socklint.contract]]\nfunction = \"pool::give_back\"\n{what} = 0\n"
        )
    };
    let members = "[workspace]\nresolver = \"3\"\nmembers = [\"a\", \"b\"]\n";
    write(
        root,
        "Cargo.toml",
        &format!("{members}{}", contract("workspace", "closes")),
    );
    let double = [
        "a/src/lib.rs:4: error[double_close]",
        "b/src/lib.rs:4: error[double_close]",
    ];
    assert_eq!(found(&folder, &[]), double);
    // What a package states is stronger, for all: it is the same function.
    write(
        root,
        "a/Cargo.toml",
        &manifest("a", &contract("package", "borrows")),
    );
    assert!(found(&folder, &[]).is_empty());
    write(
        root,
        "b/Cargo.toml",
        &manifest("b", &contract("package", "takes")),
    );
    let ran = short(&folder, &[]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stdout.contains(
            "b/Cargo.toml:5:1: error: `pool::give_back` is stated to do something else, too"
        ),
        "{ran:?}"
    );
}

/// Each wrong part with its place and message; the leak at warn shows that the rest counts.
const WRONG: [(&str, &str); 28] = [
    (
        "[levels]",
        "2:2: error: the key `levels` is not known; expected ",
    ),
    (
        "excludes = []",
        "2:1: error: the key `excludes` is not known; did you mean `exclude`?",
    ),
    (
        "[rules]\nunclosed_sokket = \"warn\"",
        "3:1: error: no rule or group is called `unclosed_sokket`; did you mean `unclosed_socket`?",
    ),
    (
        "[rules]\nunclosed-socket = \"warn\"",
        "3:1: error: no rule or group is called `unclosed-socket`; did you mean `unclosed_socket`?",
    ),
    (
        "[rules]\ndouble_close = \"wran\"",
        "3:16: error: the value `wran` is not known; did you mean `warn`?",
    ),
    (
        "[rules]\ndouble_close = 1",
        "3:16: error: invalid type: integer `1`, expected a level, or a table with `level` and `reason`",
    ),
    (
        "[rules]\ndouble_close = { reason = \"r\" }",
        "3:16: error: missing field `level`",
    ),
    (
        "[rules]\ndouble_close = { level = \"warn\", reasons = \"r\" }",
        "3:34: error: the key `reasons` is not known; did you mean `reason`?",
    ),
    (
        "[[allow]]\nrule = \"double_close\"\npath = \"a\"",
        "2:1: error: missing field `reason`",
    ),
    (
        "[[allow]]\nrule = \"double_close\"\nreason = \"r\"",
        "2:1: error: name a `path` or a `function`",
    ),
    (
        "[[allow]]\nrule = \"double_close\"\npath = \"a\"\nreason = \" \"",
        "5:10: error: the reason is empty",
    ),
    (
        "[[allow]]\nrule = \"double_clos\"\npath = \"a\"\nreason = \"r\"",
        "3:8: error: no rule or group is called `double_clos`; did you mean `double_close`?",
    ),
    (
        "[[allow]]\nrule = [\"double_close\", \"warnings\"]\npath = \"a\"\nreason = \"r\"",
        "3:25: error: no rule or group is called `warnings`",
    ),
    (
        "[[allow]]\nrule = \"double_close\"\npath = \"a[\"\nreason = \"r\"",
        "4:8: error: `a[` is no glob",
    ),
    (
        "[[allow]]\nrule = \"double_close\"\npath = \"../a\"\nreason = \"r\"",
        "4:8: error: `../a` is no path below the folder of this file",
    ),
    (
        "[[allow]]\nrule = \"double_close\"\nfunction = \"f\"\nreason = \"r\"",
        "4:12: error: `f` is no path from a crate's name",
    ),
    (
        "[allow]\nrule = \"double_close\"",
        "2:2: error: write `[[allow]]`, once for each",
    ),
    (
        "exclude = [\"src/ok.rs\", \"/etc\"]",
        "2:25: error: `/etc` is no path below",
    ),
    (
        "exclude = \"src\"",
        "2:11: error: invalid type: string \"src\", expected a sequence",
    ),
    (
        "target = \"windows\"",
        "2:10: error: a target triple is wanted",
    ),
    (
        "all-targets = \"yes\"",
        "2:15: error: invalid type: string \"yes\", expected a boolean",
    ),
    (
        "[[contract]]\nfunction = \"give_back\"",
        "3:12: error: `give_back` is no path from a crate's name",
    ),
    (
        "[[contract]]\nfunction = \"a::b\"\ncloses = \"s\"",
        "4:10: error: invalid type: string \"s\", expected usize",
    ),
    (
        "[[contract]]\nfunction = \"a::b\"\ncloses = [0, -1]",
        "4:14: error: invalid value: integer `-1`, expected usize",
    ),
    (
        "[[contract]]\nfunction = \"a::b\"\nclose = 0",
        "4:1: error: the key `close` is not known; did you mean `closes`?",
    ),
    (
        "[[contract]]\nfunction = \"a::b\"\nopens = \"sockets\"",
        "4:9: error: the value `sockets` is not known; did you mean `socket`?",
    ),
    (
        "[[contract]]\nfunction = \"a::b\"\ncloses = 0\ntakes = [1, 0]",
        "2:1: error: parameter 0 is named twice",
    ),
    (
        "[[contract]]\nopens = \"socket\"",
        "2:1: error: missing field `function`",
    ),
];

#[test]
fn what_is_wrong_is_named_with_its_place_and_the_rest_counts() {
    let folder = folder(&[("a.rs", LEAK)]);
    for (wrong, message) in WRONG {
        let text = format!("rules.unclosed_socket = \"warn\"\n{wrong}\n");
        // A table cannot be extended by another.
        let text = match wrong.strip_prefix("[rules]\n") {
            Some(rule) => format!("[rules]\nunclosed_socket = \"warn\"\n{rule}\n"),
            None => text,
        };
        write(folder.path(), "socklint.toml", &text);
        let ran = short(&folder, &["a.rs"]);
        assert_eq!(ran.status, 2, "{text}{ran:?}");
        assert!(
            ran.stdout.contains(&format!("socklint.toml:{message}")),
            "{text}{}",
            ran.stdout
        );
        assert!(
            ran.stdout.contains("a.rs:2:5: warning[unclosed_socket]"),
            "{text}{ran:?}"
        );
        assert!(ran.stderr.contains("1 could not be checked"), "{ran:?}");
    }
    // All errors are said, of syntax too.
    write(folder.path(), "socklint.toml", "a = 1\nb = 2\n");
    assert_eq!(lines(&short(&folder, &["a.rs"])).len(), 3);
    write(folder.path(), "socklint.toml", "target = \n[[contract\n");
    let ran = short(&folder, &["a.rs"]);
    assert_eq!((ran.status, lines(&ran).len()), (2, 3), "{ran:?}");
    assert!(
        ran.stdout.contains("socklint.toml:1:10: error: "),
        "{ran:?}"
    );
    fs::write(folder.path().join("socklint.toml"), b"# \xE9\n").expect("it is written");
    let ran = short(&folder, &["a.rs"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stdout
            .contains("socklint.toml: error: not UTF-8 (line 1)"),
        "{ran:?}"
    );
    // People see the line, and programs find it.
    write(
        folder.path(),
        "socklint.toml",
        "[rules]\nunclosed_sokket = 'warn'\n",
    );
    let ran = run(socklint(folder.path()).arg("a.rs"));
    assert!(
        ran.stdout.contains("2 │ unclosed_sokket = 'warn'"),
        "{ran:?}"
    );
    let ran = run(socklint(folder.path()).args(["a.rs", "--message-format=json"]));
    let messages = ran.messages();
    let message = messages
        .iter()
        .find(|message| message["message"]["spans"][0]["file_name"] == "socklint.toml");
    let span = &message.expect("it is there")["message"]["spans"][0];
    assert_eq!(
        (&span["line_start"], &span["column_end"]),
        (&2.into(), &16.into())
    );
}

#[test]
fn what_is_wrong_in_metadata_is_named_too() {
    let folder = workspace();
    let root = folder.path();
    let settings = "[package.metadata.socklint]\nbaseline = \"b.json\"\ndeps = true\nrule = 1\n";
    write(root, "b/Cargo.toml", &manifest("b", settings));
    let ran = short(&folder, &[]);
    assert_eq!(ran.status, 2);
    for wanted in [
        "b/Cargo.toml:6:12: error: `baseline` is for the whole workspace: set it in [workspace.metadata.socklint] or socklint.toml",
        "b/Cargo.toml:7:8: error: `deps` is for the whole workspace",
        "b/Cargo.toml:8:1: error: the key `rule` is not known; did you mean `rules`?",
    ] {
        assert!(ran.stdout.contains(wanted), "{wanted}: {}", ran.stdout);
    }
    write(
        root,
        "b/Cargo.toml",
        &manifest("b", "[package.metadata]\nsocklint = 1\n"),
    );
    let ran = short(&folder, &[]);
    assert!(
        ran.stdout
            .contains("b/Cargo.toml:6:12: error: `package.metadata.socklint` is no table"),
        "{ran:?}"
    );
    // A package of which nothing is checked is not read.
    assert_eq!(short(&folder, &["-p", "a"]).status, 1);
}

#[test]
fn findings_may_leave_the_status_alone() {
    let folder = folder(&[("a.rs", LEAK)]);
    let ran = short(&folder, &["a.rs", "--exit-zero"]);
    assert_eq!((ran.status, lines(&ran).len()), (0, 1));
    assert_eq!(
        short(&folder, &["a.rs", "missing.rs", "--exit-zero"]).status,
        2
    );
}

/// What is said of colours is cargo's, in cargo's order.
#[test]
fn colours_are_cargos() {
    let folder = folder(&[("a.rs", LEAK)]);
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = socklint(folder.path());
        command.arg("a.rs").args(arguments).env_remove("NO_COLOR");
        let ran = run(command.envs(variables.iter().copied()));
        assert_eq!(ran.status, 1, "{ran:?}");
        ran.stdout.contains('\x1b')
    };
    let always = ("CARGO_TERM_COLOR", "always");
    let never = ("CARGO_TERM_COLOR", "never");
    let force = ("CLICOLOR_FORCE", "1");
    assert!(!colored(&[], &[]), "it is no terminal");
    assert!(colored(&["--color", "always"], &[never, ("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[always, force]));
    assert!(!colored(&["--color", "auto"], &[always]));
    assert!(colored(&[], &[always, ("NO_COLOR", "1")]));
    assert!(colored(&[], &[force]));
    assert!(!colored(&[], &[never, force]));
}

/// What an editor sends stands for the file of that name, in its crate.
#[test]
fn standard_input_stands_for_a_file_of_a_package() {
    let folder = workspace();
    let root = folder.path();
    let send = |name: &str, text: &str, more: &[&str]| {
        let mut command = socklint(root);
        command
            .args(["--message-format=short", "--stdin-filename", name])
            .args(more);
        let input = tempfile::tempfile().expect("a temporary file");
        let mut writer = input.try_clone().expect("a second handle");
        std::io::Write::write_all(&mut writer, text.as_bytes()).expect("it is written");
        std::io::Seek::rewind(&mut writer).expect("it is rewound");
        run(command.stdin(input))
    };
    // The text counts and not the file, and nothing is reported of others.
    let ran = send("a/src/net.rs", &format!("\n\n{LEAK}"), &["-"]);
    assert_eq!(
        lines(&ran),
        ["a/src/net.rs:4: error[unclosed_socket]"],
        "{ran:?}"
    );
    assert_eq!(
        lines(&send("a/src/net.rs", "", &["-"])),
        Vec::<String>::new()
    );
    // What is sent uses what lies on the disk.
    write(root, "a/src/net.rs", UNCHECKED);
    let ran = send("a/src/lib.rs", CALLER, &["-"]);
    assert_eq!(
        lines(&ran),
        ["a/src/lib.rs:4: error[double_close]"],
        "{ran:?}"
    );
    // A file that was never saved, but is declared.
    fs::remove_file(root.join("a/src/net.rs")).expect("it is removed");
    let ran = send("a/src/net.rs", LEAK, &["-"]);
    assert_eq!(
        lines(&ran),
        ["a/src/net.rs:2: error[unclosed_socket]"],
        "{ran:?}"
    );
    // `-` is meant if nothing else is named.
    assert_eq!(send("a/src/net.rs", LEAK, &[]).stdout, ran.stdout);
    let ran = send("a/src/net.rs", LEAK, &["b"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--stdin-filename"), "{ran:?}");
    // Settings hold for it.
    write(root, "socklint.toml", "exclude = [\"a/src/net.rs\"]\n");
    let ran = send("a/src/net.rs", LEAK, &["-"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{ran:?}");
}

/// The schema says the same as the command.
#[test]
fn the_schema_agrees_with_the_command() {
    let schema = run(socklint(repository()).arg("schema"));
    let text = fs::read_to_string(repository().join("lint/cli/socklint.schema.json"));
    assert_eq!(Some(schema.stdout), text.as_ref().ok().cloned());
    let schema = serde_json::from_str(&text.expect("it is there")).expect("it is JSON");
    let schema = jsonschema::validator_for(&schema).expect("it is a schema");
    let agrees = |text: &str| {
        let value: serde_json::Value = toml::from_str(text).expect("it is TOML");
        schema.is_valid(&value)
    };
    // What no single value shows, and what only a compiler of globs knows.
    let beyond = ["named twice", "is no glob"];
    for (wrong, message) in WRONG {
        let told = !beyond.iter().any(|beyond| message.contains(beyond));
        assert_eq!(!agrees(wrong), told, "{wrong}");
    }
    let folder = folder(&[("a.rs", "")]);
    for right in right() {
        assert!(agrees(&right), "{right}");
        write(folder.path(), "socklint.toml", &right);
        write(
            folder.path(),
            "socklint-baseline.json",
            "{\"version\": 1, \"findings\": []}",
        );
        let ran = short(&folder, &["a.rs"]);
        assert_eq!(ran.status, 0, "{right}{ran:?}");
    }
}

/// Configurations that are right: all that the documentation shows.
fn right() -> Vec<String> {
    let text =
        fs::read_to_string(repository().join("docs/configuration.md")).expect("the text is there");
    let blocks = text
        .split("```toml\n")
        .skip(1)
        .map(|block| block.split("```").next().unwrap_or(""));
    let whole = blocks.filter(|block| !block.contains("metadata.socklint"));
    let mut all: Vec<String> = whole.map(str::to_owned).collect();
    assert!(all.len() > 5, "there are examples");
    all.push("[[allow]]\nrule = [\"correctness\"]\nfunction = \"a_1::_b\"\npath = \"./a b/**/[!x].rs\"\nreason = \"ö\"\n".into());
    all.push("[[contract]]\nfunction = \"a::b\"\nopens = \"option\"\ncloses = []\nborrows = [0, 1]\ntakes = 2\n".into());
    all
}

/// Every key is described, and what is described is true.
#[test]
fn the_documentation_has_every_key() {
    let text =
        fs::read_to_string(repository().join("docs/configuration.md")).expect("the text is there");
    let schema = fs::read_to_string(repository().join("lint/cli/socklint.schema.json"))
        .expect("the schema is there");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("it is JSON");
    let mut keys: Vec<&String> = Vec::new();
    for object in [
        "/properties",
        "/$defs/Allow/properties",
        "/$defs/Contract/properties",
        "/$defs/LevelWithReason/properties",
    ] {
        let properties = schema
            .pointer(object)
            .and_then(serde_json::Value::as_object);
        keys.extend(properties.expect("it has properties").keys());
    }
    for key in keys {
        let named = text.contains(&format!("`{key}`"))
            || text.contains(&format!("`[[{key}]]`"))
            || text.contains(&format!("`[{key}]`"));
        assert!(named, "`{key}` is not described");
    }
    // The examples in metadata are right, too.
    let blocks = text
        .split("```toml\n")
        .skip(1)
        .map(|block| block.split("```").next().unwrap_or(""));
    let metadata: Vec<&str> = blocks
        .filter(|block| block.contains("metadata.socklint"))
        .collect();
    assert!(!metadata.is_empty());
    for block in metadata {
        let folder = folder(&[
            ("Cargo.toml", &format!("{}{block}", manifest("p", ""))),
            ("src/lib.rs", ""),
        ]);
        let ran = short(&folder, &["-v"]);
        assert_eq!(ran.status, 0, "{block}{ran:?}");
        assert!(ran.stderr.contains("metadata.socklint]"), "{block}{ran:?}");
    }
}
