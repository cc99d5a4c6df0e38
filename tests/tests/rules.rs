//! Every rule is held to its documentation, its samples and its registration; every statement of the
//! closesocket reference to the samples that cover it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use socklint_tests::{blocks, markers, repository, rules, run, rust_files, socklint};

const SECTIONS: [&str; 5] = ["What it finds", "Why", "Example", "Instead", "Limits"];

/// Folders of samples that belong to no rule.
const SHARED: [&str; 2] = ["idioms", "traps"];

fn name(rule: &Value) -> &str {
    rule["name"].as_str().expect("a rule has a name")
}

fn obligations(rule: &Value) -> BTreeSet<u64> {
    let numbers = rule["obligations"].as_array().expect("a list");
    numbers
        .iter()
        .filter_map(|number| number.as_str()?.strip_prefix('O')?.parse().ok())
        .collect()
}

fn explained(rule: &str) -> String {
    let ran = run(socklint(repository()).args(["explain", rule]));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    ran.stdout
}

#[test]
fn every_file_of_a_rule_is_registered() {
    let folder = repository().join("lint/analysis/src/rules");
    let files: BTreeSet<String> = rust_files(&folder)
        .iter()
        .filter_map(|path| path.file_stem()?.to_str().map(str::to_owned))
        .filter(|stem| stem != "mod")
        .collect();
    let registered: BTreeSet<String> = rules().iter().map(|rule| name(rule).to_owned()).collect();
    assert_eq!(files, registered);
}

#[test]
fn every_rule_is_documented() {
    for rule in rules() {
        let (name, text) = (name(&rule), explained(name(&rule)));
        assert!(text.starts_with(&format!("# {name}\n")), "{name}: {text}");
        let headings: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        assert_eq!(headings, SECTIONS, "{name}");
        let why = text.split("## Why").nth(1).expect("it has the section");
        let why = why.split("\n## ").next().unwrap_or("");
        for number in obligations(&rule) {
            let cited = why
                .split(|c: char| !c.is_ascii_alphanumeric())
                .any(|word| word == format!("O{number}"));
            assert!(cited, "{name}: its reasons do not cite O{number}");
        }
        assert!(!obligations(&rule).is_empty(), "{name} rests on nothing");
        let summary = rule["summary"].as_str().unwrap_or("");
        assert!(
            summary.len() > 10 && !summary.ends_with('.'),
            "{name}: {summary}"
        );
    }
}

/// The crates through which a sample comes to Winsock.
fn family(text: &str) -> &'static str {
    let families = [
        ("windows_sys::", "windows-sys"),
        ("windows::", "windows"),
        ("winapi::", "winapi"),
        ("libc::", "libc"),
        ("extern \"system\"", "own"),
        ("socket2::", "socket2"),
        ("std::net", "std"),
    ];
    let found = families.iter().find(|(import, _)| text.contains(import));
    found.map_or("none", |(_, family)| family)
}

#[test]
fn every_rule_has_its_samples() {
    for rule in rules() {
        let name = name(&rule);
        let folder = repository().join("ui-tests").join(name);
        let mut families = BTreeSet::new();
        let (mut bad, mut good) = (0, 0);
        for path in rust_files(&folder) {
            let text = fs::read_to_string(&path).expect("samples are text");
            assert!(text.starts_with("//! "), "{}", path.display());
            families.insert(family(&text));
            let marked = markers(&text);
            match path.to_string_lossy() {
                file if file.ends_with("_bad.rs") => {
                    let own = marked.iter().any(|(_, marked)| marked == name);
                    assert!(own, "{file} does not break {name}");
                    bad += 1;
                }
                file if file.ends_with("_good.rs") => {
                    assert!(marked.is_empty(), "{file} is marked");
                    good += 1;
                }
                file => panic!("{file} is neither bad nor good"),
            }
        }
        assert!(bad >= 5 && good >= 5, "{name}: {bad} bad, {good} good");
        assert!(families.len() >= 2, "{name}: all samples use {families:?}");
    }
}

#[test]
fn every_folder_of_samples_belongs_to_a_rule() {
    let rules: BTreeSet<String> = rules().iter().map(|rule| name(rule).to_owned()).collect();
    let folders = fs::read_dir(repository().join("ui-tests")).expect("it can be read");
    for entry in folders {
        let entry = entry.expect("the entry can be read");
        let folder = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let known = rules.contains(&folder) || SHARED.contains(&folder.as_str());
            assert!(known, "ui-tests/{folder}");
        }
    }
}

/// A row of `ui-tests/obligations.tsv`.
struct Row {
    number: u64,
    covered_by: Vec<String>,
    bad: Vec<String>,
    good: Vec<String>,
    runtime: Vec<String>,
    in_short: String,
}

fn rows() -> Vec<Row> {
    let table = fs::read_to_string(repository().join("ui-tests/obligations.tsv"));
    let table = table.expect("the table is there");
    let words = |cell: &str| cell.split_whitespace().map(str::to_owned).collect();
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 6, "{line}");
            Row {
                number: cells[0].parse().expect("a number"),
                covered_by: words(cells[1]),
                bad: words(cells[2]),
                good: words(cells[3]),
                runtime: words(cells[4]),
                in_short: cells[5].to_owned(),
            }
        })
        .collect()
}

/// What a program need not, or cannot, be helped with at run time: events after the close, IrDA, ATM, and
/// the list of other pages.
const NOT_AT_RUN_TIME: [u64; 5] = [28, 30, 31, 32, 33];

#[test]
fn the_runtime_answers_for_its_part() {
    for row in rows() {
        let number = row.number;
        assert_eq!(
            row.runtime.is_empty(),
            NOT_AT_RUN_TIME.contains(&number),
            "O{number}"
        );
        for test in row.runtime {
            let (file, name) = test.split_once("::").expect("file::test");
            let path = repository()
                .join("runtime/tests")
                .join(file)
                .with_extension("rs");
            let text = fs::read_to_string(path).expect("the file of tests is there");
            let test = text.contains(&format!("#[test]\nfn {name}()"));
            assert!(test, "O{number}: {file} has no test {name}");
        }
    }
}

#[test]
fn every_statement_of_the_reference_is_covered() {
    let rows = rows();
    let numbers: Vec<u64> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=33).collect::<Vec<_>>());
    let rests_on: BTreeMap<String, BTreeSet<u64>> = rules()
        .iter()
        .map(|rule| (name(rule).to_owned(), obligations(rule)))
        .collect();
    for row in rows {
        if row.covered_by == ["runtime"] {
            assert!(row.bad.is_empty() && row.good.is_empty(), "O{}", row.number);
            continue;
        }
        assert!(
            !row.good.is_empty(),
            "O{} has no correct sample",
            row.number
        );
        for sample in &row.good {
            let marked = marked(sample);
            assert!(marked.is_empty(), "O{}: {sample} is marked", row.number);
        }
        let broken: BTreeSet<String> = row.bad.iter().flat_map(|sample| marked(sample)).collect();
        for rule in row.covered_by.iter().filter(|rule| *rule != "model") {
            let cited = rests_on.get(rule);
            let cited = cited.unwrap_or_else(|| panic!("O{}: no rule {rule}", row.number));
            assert!(cited.contains(&row.number), "{rule} misses O{}", row.number);
            let shown = row.bad.is_empty() || broken.contains(rule);
            assert!(shown, "O{}: no sample breaks {rule}", row.number);
        }
    }
}

fn marked(sample: &str) -> BTreeSet<String> {
    let path = repository().join("ui-tests").join(Path::new(sample));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{sample}: {error}"));
    markers(&text).into_iter().map(|(_, rule)| rule).collect()
}

/// The book's list of all rules.
fn list(rules: &[Value]) -> String {
    let mut page = format!(
        "{MADE}# Rules\n\nA rule's page says what it finds, why that is wrong, what to write instead, and what it does not see. \
         `O13` is a statement of the reference page of `closesocket`, as `ui-tests/obligations.tsv` numbers them. \
         `cargo socklint explain RULE` prints the same text, `cargo socklint rules` this list.\n\n\
         | rule | group | level | CWE | finds |\n| --- | --- | --- | --- | --- |\n"
    );
    for rule in rules {
        let (name, text) = (name(rule), |key: &str| rule[key].as_str().unwrap_or(""));
        page.push_str(&format!(
            "| [`{name}`](rules/{name}.md) | {} | {} | {} | {} |\n",
            text("group"),
            text("level"),
            cwe(rule),
            text("summary")
        ));
    }
    page
}

const MADE: &str = "<!-- Made from the rules' own documentation; `UPDATE=1 cargo test -p socklint-tests --test rules` writes it. -->\n\n";

fn cwe(rule: &Value) -> String {
    let number = rule["cwe"].as_u64();
    number.map_or(String::new(), |number| {
        format!("[{number}](https://cwe.mitre.org/data/definitions/{number}.html)")
    })
}

/// The file name of a rule's smallest bad sample, one that breaks nothing else if there is one.
fn sample(rule: &str) -> String {
    let mut samples: Vec<_> = rust_files(&repository().join("ui-tests").join(rule))
        .into_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            let file = path.file_name()?.to_string_lossy().into_owned();
            file.ends_with("_bad.rs")
                .then(|| (markers(&text).len(), text.len(), file))
        })
        .collect();
    samples.sort();
    let smallest = samples.into_iter().next();
    smallest.map(|(.., file)| file).expect("it has samples")
}

/// The book's page of a rule: its text, and what is said of a sample.
fn page(rule: &Value) -> String {
    let (name, text) = (name(rule), |key: &str| rule[key].as_str().unwrap_or(""));
    let explained = explained(name).replace("```ignore", "```rust,ignore");
    let (title, sections) = explained.split_once("\n\n").expect("it has a title");
    let numbers: Vec<String> = obligations(rule)
        .iter()
        .map(|number| format!("[O{number}](../reference.md)"))
        .collect();
    let sample = sample(name);
    let level = if text("level") == "allow" {
        format!(" -W {name}")
    } else {
        String::new()
    };
    let skeleton = format!(
        "{MADE}{title}\n\n| group | level | CWE | statements |\n| --- | --- | --- | --- |\n| {} | {} | {} | {} |\n\n\
         {}\n\n## What it says\n\nOf one of the samples in `ui-tests/{name}`:\n\n\
         <!-- $ cargo socklint -q{level} ui-tests/{name}/{sample} -->\n```text\n```\n",
        text("group"),
        text("level"),
        cwe(rule),
        numbers.join(", "),
        sections.trim_end(),
    );
    blocks::refreshed(&skeleton).unwrap_or_else(|message| panic!("{name}: {message}"))
}

/// The summary with the rules of today.
fn summary(written: &str, rules: &[Value]) -> String {
    let mut fresh = String::new();
    for line in written.lines().filter(|line| !line.contains("](rules/")) {
        fresh.push_str(&format!("{line}\n"));
        if line.contains("](rules.md)") {
            for rule in rules {
                fresh.push_str(&format!("  - [{0}](rules/{0}.md)\n", name(rule)));
            }
        }
    }
    fresh
}

/// What the reference page of `closesocket` says, and who answers for it.
fn reference() -> String {
    let mut page = format!(
        "{MADE}# The reference, statement by statement\n\nWhat the reference page of \
         [`closesocket`](https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-closesocket) says, the rules \
         that find code that does otherwise, and how many tests hold the runtime crate to it. *model*: the analysis knows \
         it of the function, and no rule is about it alone.\n\n| | in short | rules | tests of the runtime |\n| --- | --- | --- | --- |\n"
    );
    for row in rows() {
        let rules: Vec<String> = row
            .covered_by
            .iter()
            .map(|rule| match rule.as_str() {
                "model" | "runtime" => format!("*{rule}*"),
                rule => format!("[`{rule}`](rules/{rule}.md)"),
            })
            .collect();
        page.push_str(&format!(
            "| O{} | {} | {} | {} |\n",
            row.number,
            row.in_short,
            rules.join(", "),
            row.runtime.len()
        ));
    }
    page
}

#[test]
fn the_books_rules_are_what_explain_prints() {
    let sources = repository().join("docs/book/src");
    let rules = rules();
    let written = fs::read_to_string(sources.join("SUMMARY.md")).expect("the summary is there");
    let mut pages = vec![
        ("SUMMARY.md".to_owned(), summary(&written, &rules)),
        ("rules.md".to_owned(), list(&rules)),
        ("reference.md".to_owned(), reference()),
    ];
    pages.extend(
        rules
            .iter()
            .map(|rule| (format!("rules/{}.md", name(rule)), page(rule))),
    );
    let update = std::env::var_os("UPDATE").is_some();
    for (file, page) in &pages {
        let path = sources.join(file);
        if update {
            fs::create_dir_all(sources.join("rules")).expect("the folder can be made");
            fs::write(&path, page).expect("the page can be written");
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == *page,
            "{file} is not what `cargo socklint explain` prints: run with UPDATE=1"
        );
    }
    for entry in fs::read_dir(sources.join("rules")).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !rules.iter().any(|rule| name(rule) == stem) {
            assert!(update, "{}: there is no such rule", path.display());
            fs::remove_file(path).expect("it can be removed");
        }
    }
}
