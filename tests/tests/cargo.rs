//! Packages and workspaces: what is checked of them, cargo's messages, and that nothing of them runs.

use std::fs;
use std::path::Path;

use cargo_metadata::Message;
use cargo_metadata::diagnostic::DiagnosticLevel;
use serde_json::Value;
use socklint_tests::{Ran, run, socklint};
use tempfile::TempDir;

const LEAK: &str = "\
pub unsafe fn leak() {
    windows_sys::Win32::Networking::WinSock::socket(2, 1, 6);
}
";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it has a parent")).expect("folders are created");
    fs::write(path, text).expect("the file is written");
}

/// Two packages; `app` uses `net` under another name.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    write(
        root,
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"net\"]\n",
    );
    let manifest = |name: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
    };
    write(
        root,
        "app/Cargo.toml",
        &format!(
            "{}[dependencies]\nwire = {{ package = \"net\", path = \"../net\" }}\n",
            manifest("app")
        ),
    );
    write(
        root,
        "app/src/main.rs",
        &format!("mod inner;\nfn main() {{}}\n{LEAK}"),
    );
    write(root, "app/src/inner.rs", LEAK);
    write(root, "app/tests/it.rs", LEAK);
    write(root, "app/examples/ex.rs", LEAK);
    write(root, "app/unused.rs", LEAK);
    write(
        root,
        "net/Cargo.toml",
        &format!("{}[features]\nextra = []\n", manifest("net")),
    );
    write(
        root,
        "net/src/lib.rs",
        &format!(
            "#[cfg(feature = \"extra\")]\nmod extra;\n{LEAK}\n#[cfg(test)]\nmod tests {{ {LEAK} }}\n#[cfg(unix)]\nmod unix {{ {LEAK} }}\n"
        ),
    );
    write(root, "net/src/extra.rs", LEAK);
    folder
}

/// What a dependency's author states of a function is relied on, whatever the body leads to.
#[test]
fn a_contract_of_another_crate_is_relied_on() {
    let folder = workspace();
    let root = folder.path();
    let retire = "\
use windows_sys::Win32::Networking::WinSock::SOCKET;
#[socket_lifecycle::socket_lifecycle(closes(s))]
pub fn retire(s: SOCKET) { unseen::queue(s); }
";
    write(root, "net/src/lib.rs", retire);
    for (file, text) in [
        ("app/src/main.rs", "fn main() {}\nmod inner;\n"),
        (
            "app/src/inner.rs",
            "\
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};
pub unsafe fn end(s: SOCKET) {
    wire::retire(s);
    closesocket(s);
}
",
        ),
    ] {
        write(root, file, text);
    }
    let found = places(root, &["-p", "app"]);
    assert_eq!(found, ["app/src/inner.rs:4"], "closed twice");
    write(root, "net/src/lib.rs", &retire.replace("closes", "borrows"));
    assert!(places(root, &["-p", "app"]).is_empty());
}

/// What `socklint.toml` states of a function of a crate that is not read.
#[test]
fn a_contract_may_be_stated_from_outside() {
    let folder = workspace();
    let root = folder.path();
    for (file, text) in [
        ("app/src/main.rs", "fn main() {}\nmod inner;\nmod other;\n"),
        (
            "app/src/inner.rs",
            "\
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};
use pool::give_back as back;
pub unsafe fn end(s: SOCKET) {
    back(7, s);
    closesocket(s);
}
",
        ),
        // Nothing of Winsock is named here.
        (
            "app/src/other.rs",
            "\
pub fn look() -> Result<(), u32> {
    let s = pool::connect()?;
    if pool::probe(s) { return Err(3); }
    pool::give_back(1, s);
    Ok(())
}
",
        ),
    ] {
        write(root, file, text);
    }
    assert!(
        places(root, &["-p", "app"]).is_empty(),
        "nothing is known of it"
    );
    let stated = "\
[[contract]]
function = \"pool::give_back\"
closes = 1

[[contract]]
function = \"pool::connect\"
opens = \"result\"

[[contract]]
function = \"pool::probe\"
borrows = [0]
";
    write(root, "socklint.toml", stated);
    let found = places(root, &["-p", "app"]);
    assert_eq!(found, ["app/src/inner.rs:5", "app/src/other.rs:2"]);
}

fn check(folder: &Path, arguments: &[&str]) -> Ran {
    run(socklint(folder).args(arguments))
}

/// `path:line` of every finding.
fn places(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let ran = run(socklint(folder)
        .args(["--message-format", "short"])
        .args(arguments));
    assert_ne!(ran.status, 2, "{ran:?}");
    let lines = ran.stdout.lines();
    lines
        .map(|line| line.splitn(3, ':').take(2).collect::<Vec<_>>().join(":"))
        .collect()
}

#[test]
fn targets_features_and_packages_are_cargos() {
    let folder = workspace();
    let root = folder.path();
    let all = [
        "app/src/inner.rs:2",
        "app/src/main.rs:4",
        "net/src/lib.rs:4",
    ];
    assert_eq!(places(root, &[]), all);
    assert_eq!(places(root, &["--workspace"]), all);
    assert_eq!(places(root, &["--workspace", "--exclude", "app"]), all[2..]);
    assert_eq!(places(root, &["-p", "net"]), all[2..]);
    assert_eq!(places(root, &["-p", "net@0.1.0"]), all[2..]);
    assert_eq!(places(&root.join("net"), &[]), all[2..]);
    assert_eq!(places(&root.join("net"), &["."]), ["src/lib.rs:4"]);
    assert_eq!(
        places(&root.join("app"), &["--manifest-path", "../net/Cargo.toml"]),
        all[2..]
    );
    assert_eq!(
        places(root, &["-p", "net", "--features", "extra"]),
        ["net/src/extra.rs:2", "net/src/lib.rs:4"]
    );
    assert_eq!(
        places(root, &["-p", "net", "--all-features", "--lib"]).len(),
        2
    );
    assert_eq!(
        places(root, &["-p", "net", "--all-targets"]),
        ["net/src/lib.rs:4", "net/src/lib.rs:9"]
    );
    assert_eq!(
        places(root, &["-p", "net", "--target", "x86_64-unknown-linux-gnu"]).len(),
        2
    );
    assert_eq!(
        places(root, &["-p", "app", "--tests"])
            .last()
            .map(String::as_str),
        Some("app/tests/it.rs:2")
    );
    assert_eq!(
        places(root, &["-p", "app", "--example", "ex"]),
        ["app/examples/ex.rs:2"]
    );
    let ran = check(root, &["-p", "nte"]);
    assert_eq!(ran.status, 2);
}

#[test]
fn a_file_belongs_to_the_package_that_declares_it() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(places(root, &["app/src/inner.rs"]), ["app/src/inner.rs:2"]);
    assert_eq!(
        places(root, &["app/src"]),
        ["app/src/inner.rs:2", "app/src/main.rs:4"]
    );
    // No target declares this one: it stands for itself.
    assert_eq!(places(root, &["app/unused.rs"]), ["app/unused.rs:2"]);
    // The feature is off, so the package does not contain the file.
    assert_eq!(places(root, &["net/src/extra.rs"]), Vec::<String>::new());
}

#[test]
fn messages_are_cargos() {
    let folder = workspace();
    // What rust-analyzer runs with `"rust-analyzer.check.command": "socklint"`.
    let manifest = folder.path().join("net/Cargo.toml");
    let manifest = manifest.to_str().expect("UTF-8");
    let ran = check(
        folder.path(),
        &[
            "socklint",
            "--workspace",
            "--message-format=json",
            "--manifest-path",
            manifest,
            "--keep-going",
            "--all-targets",
        ],
    );
    assert_eq!(ran.status, 1, "{ran:?}");
    let messages = ran.messages();
    let message = messages
        .iter()
        .find(|message| message["message"]["spans"][0]["file_name"] == "net/src/lib.rs")
        .expect("the library's finding");
    let id = message["package_id"].as_str().expect("an id");
    assert!(
        id.starts_with("path+file://") && id.ends_with("/net#0.1.0"),
        "{id}"
    );
    assert!(
        message["manifest_path"]
            .as_str()
            .is_some_and(|path| path.ends_with("net/Cargo.toml"))
    );
    let target = &message["target"];
    assert_eq!(
        (
            &target["name"],
            &target["kind"][0],
            &target["crate_types"][0],
            &target["edition"]
        ),
        (&"net".into(), &"lib".into(), &"lib".into(), &"2021".into())
    );
    assert!(
        target["src_path"]
            .as_str()
            .is_some_and(|path| path.ends_with("net/src/lib.rs"))
    );
    for flag in ["doc", "doctest", "test"] {
        assert!(target[flag].is_boolean(), "{target}");
    }
    let message = &message["message"];
    assert_eq!(message["code"]["code"], "socklint::unclosed_socket");
    assert_eq!(message["level"], "error");
    assert_eq!(message["rendered"], Value::Null);
    assert!(
        message["children"]
            .as_array()
            .is_some_and(|children| children.iter().any(|child| child["level"] == "help"))
    );
    let span = &message["spans"][0];
    let text = fs::read_to_string(folder.path().join("net/src/lib.rs")).expect("it is there");
    let byte = |name: &str| span[name].as_u64().expect("a number") as usize;
    let call = &text[byte("byte_start")..byte("byte_end")];
    assert!(call.ends_with("socket(2, 1, 6)"), "{call}");
    assert_eq!(
        (byte("line_start"), byte("column_start"), byte("line_end")),
        (4, 5, 4)
    );
    assert_eq!(byte("column_end"), 5 + call.len());
    assert_eq!(span["is_primary"], true);
    assert_eq!(
        span["text"][0]["text"],
        text.lines().nth(3).expect("line 4")
    );
    assert_eq!(span["text"][0]["highlight_start"], span["column_start"]);
    let last = ran.objects().pop().expect("a last message");
    assert_eq!(
        (&last["reason"], &last["success"]),
        (&"build-finished".into(), &false.into())
    );
    // With `check.workspace` off it names the package by its id.
    let ran = check(
        folder.path(),
        &["socklint", "-p", id, "--message-format=json"],
    );
    assert!(
        ran.messages()
            .iter()
            .all(|message| message["package_id"] == id),
        "{ran:?}"
    );
    assert_eq!(ran.messages().len(), 1);
}

#[test]
fn readers_of_cargos_messages_understand_ours() {
    let folder = workspace();
    write(folder.path(), "net/src/bad.rs", "fn f( { closesocket(1) }");
    write(
        folder.path(),
        "net/src/lib.rs",
        &format!("mod bad;\n{LEAK}"),
    );
    let ran = check(folder.path(), &["--message-format=json", ".", "missing.rs"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    let mut levels = Vec::new();
    let mut others = Vec::new();
    for message in Message::parse_stream(ran.stdout.as_bytes()) {
        match message.expect("the stream can be read") {
            Message::CompilerMessage(message) => {
                assert!(message.message.spans[0].is_primary);
                levels.push(message.message.level);
            }
            Message::BuildFinished(finished) => assert!(!finished.success),
            // What a reader of cargo's messages does not know.
            Message::TextLine(line) => others.push(line),
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(others.as_slice(), [one] if one.contains("socklint-summary")));
    // Three findings, a file that does not parse and one that is not there.
    assert_eq!(levels, [DiagnosticLevel::Error; 5]);
}

#[test]
fn dependencies_are_read_when_asked_for() {
    let folder = workspace();
    let manifest = folder.path().join("net/Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("it is there");
    let missing = "[dependencies]\nno-such-crate-anywhere = \"1\"\n";
    fs::write(&manifest, format!("{text}{missing}")).expect("it is written");
    // Without --deps nothing need be resolved.
    assert_eq!(places(folder.path(), &["-p", "net"]).len(), 1);
    let ran = check(folder.path(), &["-p", "net", "--deps"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.stdout.contains("no-such-crate-anywhere"), "{ran:?}");
}

#[test]
fn the_order_does_not_depend_on_the_threads() {
    let folder = workspace();
    let one = check(
        folder.path(),
        &["--message-format=json", "--all-targets", "--proofs", "-j1"],
    );
    for jobs in ["-j2", "-j16"] {
        let other = check(
            folder.path(),
            &["--message-format=json", "--all-targets", "--proofs", jobs],
        );
        assert_eq!(one.stdout, other.stdout);
    }
}

#[cfg(unix)]
#[test]
fn nothing_of_the_project_runs() {
    use std::os::unix::fs::PermissionsExt;

    let folder = workspace();
    let root = folder.path();
    let trace = root.join("trace");
    let script = root.join("script");
    fs::write(
        &script,
        format!(
            "#!/bin/sh\necho \"$0 $*\" >> '{}'\nexit 1\n",
            trace.display()
        ),
    )
    .expect("a script");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("it can be executed");
    let script = script.display();
    let config = format!(
        "[build]\nrustc = \"{script}\"\nrustc-wrapper = \"{script}\"\nrustc-workspace-wrapper = \"{script}\"\n\
         [alias]\nmetadata = \"run\"\nsocklint = \"run\"\n[target.'cfg(all())']\nrunner = \"{script}\"\nlinker = \"{script}\"\n\
         [credential-alias]\nx = [\"{script}\"]\n"
    );
    let touch = format!("fn main() {{ std::fs::write({trace:?}, \"build.rs\").unwrap(); }}\n");
    for folder in ["", "net/", "app/"] {
        write(root, &format!("{folder}.cargo/config.toml"), &config);
        write(
            root,
            &format!("{folder}rust-toolchain.toml"),
            "[toolchain]\npath = \"/nonexistent\"\n",
        );
    }
    write(root, "net/build.rs", &touch);
    write(root, "app/build.rs", &touch);
    for arguments in [
        &[][..],
        &["--workspace", "--all-targets"],
        &["net/src/lib.rs", "app"],
        &["--deps"],
    ] {
        let ran = run(socklint(root)
            .env_remove("CARGO")
            .env_remove("RUSTUP_TOOLCHAIN")
            .args(arguments));
        assert!(
            !trace.exists(),
            "{arguments:?} {}",
            fs::read_to_string(&trace).unwrap_or_default()
        );
        assert_eq!(ran.status, 1, "{arguments:?} {ran:?}");
    }
}
