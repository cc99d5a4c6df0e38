//! `--deps`: the dependencies are audited too, and it shows whose code a finding is in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use socklint_tests::samples::{LEAK, write};
use socklint_tests::{Ran, run, socklint};
use tempfile::TempDir;

/// A package that uses `pool`, which cargo finds in a folder of downloaded packages, as it finds those of a
/// registry; and `near`, which lies beside it.
fn package(vendored: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("top");
    let pool = root.join(vendored).join("pool-folder");
    let manifest = |name: &str, version: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2021\"\n")
    };
    write(&pool, "Cargo.toml", manifest("pool", "1.2.3"));
    write(&pool, ".cargo-checksum.json", "{\"files\":{}}");
    write(&pool, "src/lib.rs", "mod net;\npub use net::open;\n");
    let open = "\
use windows_sys::Win32::Networking::WinSock::{SOCKET, socket};
pub unsafe fn open() -> SOCKET { socket(2, 1, 6) }
";
    write(
        &pool,
        "src/net.rs",
        format!("{LEAK}\nmod other {{ {open} }}\npub use other::open;\n"),
    );
    let near = folder.path().join("near");
    write(&near, "Cargo.toml", manifest("near", "0.1.0"));
    write(&near, "src/lib.rs", LEAK);
    let dependencies = "[dependencies]\npool = \"1\"\nnear = { path = \"../near\" }\n[workspace]\n";
    write(&root, "Cargo.toml", manifest("top", "0.1.0") + dependencies);
    let source = format!("replace-with = \"here\"\n[source.here]\ndirectory = \"{vendored}\"\n");
    write(
        &root,
        ".cargo/config.toml",
        format!("[source.crates-io]\n{source}"),
    );
    write(
        &root,
        "src/lib.rs",
        "pub unsafe fn lose() -> bool {\n    let s = pool::open();\n    s == windows_sys::Win32::Networking::WinSock::INVALID_SOCKET\n}\n",
    );
    (folder, root)
}

fn check(root: &Path, arguments: &[&str]) -> Ran {
    run(socklint(root).args(["--deps", "--offline"]).args(arguments))
}

#[test]
fn people_see_whose_code_it_is_and_programs_where() {
    let (folder, root) = package("../downloads");
    let ran = check(&root, &["--message-format=short", "--proofs"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    for start in [
        "pool-1.2.3/src/net.rs:4:13: error[unclosed_socket]: ",
        "pool-1.2.3/src/net.rs:4:13: socket in pool::net::reachable: ",
        // What one has beside one's own is no package from elsewhere.
        &format!(
            "{}/near/src/lib.rs:4:13: error[unclosed_socket]: ",
            folder.path().display()
        ),
    ] {
        let mut lines = ran.stdout.lines();
        assert!(lines.any(|line| line.starts_with(start)), "{start} {ran:?}");
    }
    assert!(!ran.stdout.contains("downloads"), "{ran:?}");
    let human = check(&root, &[]).stdout;
    assert!(human.contains("┌─ pool-1.2.3/src/net.rs:4:13"), "{human}");
    // An editor opens the file.
    let messages = check(&root, &["--message-format=json"]).messages();
    let files = messages.iter().map(|message| {
        let path = message["message"]["spans"][0]["file_name"]
            .as_str()
            .expect("a path");
        fs::canonicalize(root.join(path)).expect("the file is there")
    });
    let file = folder.path().join("downloads/pool-folder/src/net.rs");
    let file = file.canonicalize().expect("it is there");
    assert!(files.into_iter().any(|path| path == file));
    // Without --deps nothing is said of others' code.
    let ran = run(socklint(&root).args(["--message-format=short"]));
    assert!(!ran.stdout.contains("pool"), "{ran:?}");
}

/// What lies below the folder of the check has a path that people know.
#[test]
fn a_vendored_package_is_shown_where_it_is() {
    let (_kept, root) = package("vendor");
    let ran = check(&root, &["--message-format=short"]);
    let start = "vendor/pool-folder/src/net.rs:4:13: error[unclosed_socket]";
    assert!(ran.stdout.contains(start), "{ran:?}");
}

/// Shards and their merged report say the same, wherever the packages lie.
#[test]
fn an_audit_can_be_divided() {
    let (_kept, root) = package("../downloads");
    let whole = check(&root, &["--proofs"]);
    let owners = |root: &Path| -> Vec<Vec<String>> {
        let shard = |number: usize| {
            let shard = format!("{number}/3");
            let report = format!("{number}.json");
            check(
                root,
                &[
                    "-q",
                    "--proofs",
                    "--message-format=json",
                    "-o",
                    &report,
                    "--shard",
                    &shard,
                ],
            );
            let ran = check(root, &["--message-format=short", "--shard", &shard]);
            let names = ran
                .stdout
                .lines()
                .filter_map(|line| line.split("/src/").next());
            let names = names.filter_map(|name| name.rsplit('/').next());
            names.map(str::to_owned).collect()
        };
        (1..=3).map(shard).collect()
    };
    let here = owners(&root);
    assert_eq!(
        here.iter().filter(|names| !names.is_empty()).count(),
        2,
        "{here:?}"
    );
    let merged = run(socklint(&root).args(["merge", "--proofs", "3.json", "1.json", "2.json"]));
    assert_eq!((merged.status, merged.stdout), (whole.status, whole.stdout));
    let (_kept, elsewhere) = package("../another/place/for/them");
    assert_eq!(owners(&elsewhere), here);
}

/// A released crate from cargo's registry, whose bug is known.
#[test]
fn a_released_crate_is_audited() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    let package = "[package]\nname = \"top\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
    // A pin of tests/corpus, so it is fetched once.
    let mio = "mio = { version = \"=0.7.14\", features = [\"tcp\", \"udp\", \"os-poll\"] }";
    write(
        root,
        "Cargo.toml",
        format!("{package}[dependencies]\n{mio}\n[workspace]\n"),
    );
    write(root, "src/lib.rs", "");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let fetched = Command::new(cargo)
        .args(["fetch", "--quiet"])
        .current_dir(root)
        .status();
    assert!(
        fetched.is_ok_and(|status| status.success()),
        "cargo fetches"
    );
    let ran = check(root, &["--message-format=short"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let found = "mio-0.7.14/src/sys/windows/net.rs:37:11: error[unclosed_socket]: ";
    assert!(ran.stdout.starts_with(found), "{ran:?}");
    assert_eq!(ran.stdout.lines().count(), 1, "{ran:?}");
}
