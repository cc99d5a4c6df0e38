//! What documentation shows of the command is what the command says; the book names everything that there is.
//!
//! `UPDATE=1 cargo test -p socklint-tests --test book` writes the blocks anew: see `socklint_tests::blocks`.

use std::fs;
use std::path::{Path, PathBuf};

use socklint_tests::{blocks, repository, run, socklint};

fn update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// The Markdown files in a folder and below it.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            pages.extend(self::pages(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    pages
}

/// The first line in which two texts differ.
fn difference(written: &str, fresh: &str) -> String {
    let lines = written.lines().chain([""]).zip(fresh.lines().chain([""]));
    let mut different = lines.enumerate().filter(|(_, (old, new))| old != new);
    let (index, (old, new)) = different.next().unwrap_or((0, ("", "")));
    format!("line {}\n  is  {old}\n  now {new}", index + 1)
}

/// The names in the part of a help text that `heading` opens.
fn listed<'a>(help: &'a str, heading: &str) -> Vec<&'a str> {
    let part = help.split(heading).nth(1).expect("the part is there");
    let part = part.split("\n\n").next().unwrap_or("");
    let names = part
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !name.is_empty()).collect()
}

/// Puts a section for each subcommand that has none into the reference.
fn complete(reference: &Path) {
    let help = run(socklint(repository()).arg("--help")).stdout;
    let commands = listed(&help, "Commands:\n");
    assert!(commands.contains(&"explain"), "{help}");
    let mut page = fs::read_to_string(reference).expect("the reference is there");
    for name in commands.into_iter().filter(|name| *name != "help") {
        let block = format!("<!-- $ cargo socklint {name} --help -->");
        if !page.contains(&block) {
            assert!(
                update(),
                "command-line.md has no `{block}`: run with UPDATE=1"
            );
            page.push_str(&format!("\n## {name}\n\n{block}\n```console\n```\n"));
        }
    }
    if update() {
        fs::write(reference, page).expect("the reference can be written");
    }
}

#[test]
fn what_is_shown_is_what_the_command_says() {
    complete(&repository().join("docs/book/src/command-line.md"));
    let mut files = pages(&repository().join("docs"));
    files.push(repository().join("README.md"));
    let mut wrong = Vec::new();
    for file in files {
        let written = fs::read_to_string(&file).expect("pages are text");
        let shown = file.strip_prefix(repository()).unwrap_or(&file).display();
        match blocks::refreshed(&written) {
            Err(message) => wrong.push(format!("{shown}: {message}")),
            Ok(fresh) if fresh == written => {}
            Ok(fresh) if update() => {
                fs::write(&file, fresh).expect("the page can be written");
            }
            Ok(fresh) => wrong.push(format!("{shown}: {}", difference(&written, &fresh))),
        }
    }
    assert!(wrong.is_empty(), "run with UPDATE=1:\n{}", wrong.join("\n"));
}

#[test]
fn every_page_is_in_the_summary() {
    let sources = repository().join("docs/book/src");
    let summary = fs::read_to_string(sources.join("SUMMARY.md")).expect("the summary is there");
    for page in pages(&sources) {
        let inside = page.strip_prefix(&sources).expect("it lies inside");
        let link = format!("]({})", inside.to_string_lossy().replace('\\', "/"));
        assert!(
            link == "](SUMMARY.md)" || summary.contains(&link),
            "{}",
            inside.display()
        );
    }
}

#[test]
fn what_a_block_shows_is_replaced_with_its_status() {
    let written =
        "before\n\n<!-- $ cargo socklint explain nothing -->\n```console\n$ old\nold\n```\nafter\n";
    let fresh = blocks::refreshed(written).expect("the block is a block");
    let error = "error: no rule is called `nothing`";
    let start = "before\n\n<!-- $ cargo socklint explain nothing => 2 -->\n```console\n$ cargo socklint explain nothing\n";
    assert!(fresh.starts_with(&format!("{start}{error}")), "{fresh}");
    assert!(fresh.ends_with("\n```\nafter\n"), "{fresh}");
    assert_eq!(blocks::refreshed(&fresh), Ok(fresh));
}

#[test]
fn a_block_that_nothing_would_check_is_an_error() {
    for (text, message) in [
        ("<!--$ cargo socklint -->\n", "is no comment of a command"),
        ("<!-- $ cargo socklint\n", "is no comment of a command"),
        ("```console\n$ cargo socklint\n```\n", "has no command"),
        (
            "<!-- $ cargo socklint rules | head -1 -->\n```text\n",
            "does not end",
        ),
        ("<!-- $ rm -r . -->\n", "is no command of this book"),
        (
            "<!-- in a copy of nothing 1.0.0 -->\n",
            "the corpus has no nothing 1.0.0",
        ),
        ("<!-- $ cat not-there -->\n", "not-there: "),
    ] {
        let error = blocks::refreshed(text).expect_err(text);
        assert!(error.contains(message), "{text}: {error}");
    }
}
