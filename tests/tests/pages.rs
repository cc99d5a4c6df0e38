//! `man` and `completions`. `scripts/shell` asks real shells and readers of man pages.

use std::fs;
use std::path::Path;

use socklint_tests::{Ran, run, socklint};

fn check(folder: &Path, arguments: &[&str]) -> Ran {
    run(socklint(folder).args(arguments))
}

#[test]
fn there_is_a_page_for_each_subcommand() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    let page = check(root, &["man"]);
    assert_eq!(page.status, 0);
    assert!(page.stdout.starts_with(".TH CARGO-SOCKLINT 1 "), "{page:?}");
    assert_eq!(check(root, &["man", "--dir", "new/pages"]).status, 0);
    let pages = root.join("new/pages");
    let whole = fs::read_to_string(pages.join("cargo-socklint.1")).expect("a page");
    assert_eq!(whole, page.stdout);
    // Every subcommand that the help lists has its own.
    let help = check(root, &["--help"]).stdout;
    let (_, list) = help.split_once("Commands:\n").expect("a list");
    let names = list.lines().take_while(|line| !line.is_empty());
    let names = names.filter_map(|line| line.split_whitespace().next());
    let names: Vec<&str> = names.filter(|name| *name != "help").collect();
    assert!(
        names.contains(&"merge") && names.contains(&"man"),
        "{names:?}"
    );
    for name in names {
        let page = fs::read_to_string(pages.join(format!("cargo-socklint-{name}.1")));
        let title = format!(".TH CARGO-SOCKLINT-{} 1 ", name.to_uppercase());
        assert!(page.expect(name).starts_with(&title), "{name}");
    }
    // An option of each group is there.
    for option in [
        "\\-\\-shard",
        "\\-\\-with",
        "\\-\\-proofs",
        "\\-\\-package",
        "\\-\\-stdin\\-filename",
    ] {
        assert!(whole.contains(option), "{option}");
    }
    fs::write(root.join("file"), "").expect("written");
    let ran = check(root, &["man", "--dir", "file"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("cannot write to file"), "{ran:?}");
}

#[test]
fn shells_get_their_scripts() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (shell, start) in [
        ("bash", "_socklint() {"),
        ("elvish", "\nuse builtin"),
        ("fish", "# Print an optspec"),
        ("nushell", "module completions {"),
        (
            "powershell",
            "\nusing namespace System.Management.Automation",
        ),
        ("zsh", "#compdef cargo-socklint"),
    ] {
        let ran = check(folder.path(), &["completions", shell]);
        assert_eq!(ran.status, 0);
        assert!(ran.stdout.starts_with(start), "{shell} {ran:?}");
        assert!(ran.stdout.contains("shard"), "{shell}");
        assert!(ran.stdout.contains("cargo-socklint"), "{shell}");
    }
    assert_eq!(check(folder.path(), &["completions", "tcsh"]).status, 2);
}
