//! Every sample's markers against what the command finds: `ui-tests/README.md` says how they are read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use socklint_tests::{repository, run, socklint};

/// File, line and rule.
type Expectation = (String, usize, String);

#[test]
fn findings_equal_the_markers() {
    let folder = repository().join("ui-tests");
    let mut marked: BTreeMap<Expectation, usize> = BTreeMap::new();
    let mut samples = 0;
    for path in rust_files(&folder) {
        let text = fs::read_to_string(&path).expect("samples are text");
        let name = path
            .strip_prefix(&folder)
            .expect("it is below")
            .to_string_lossy()
            .replace('\\', "/");
        samples += 1;
        for (line, rule) in markers(&text) {
            *marked.entry((name.clone(), line, rule)).or_default() += 1;
        }
    }
    assert!(
        samples > 100,
        "only {samples} samples in {}",
        folder.display()
    );

    let ran = run(socklint(&folder).args(["--message-format", "json", "."]));
    assert_ne!(ran.status, 2, "{}", ran.stderr);
    let mut found: BTreeMap<Expectation, usize> = BTreeMap::new();
    for message in ran.messages() {
        let message = &message["message"];
        let span = &message["spans"][0];
        assert_eq!(span["is_primary"], true, "{message}");
        let rule = message["code"]["code"]
            .as_str()
            .and_then(|code| code.strip_prefix("socklint::"));
        let name = span["file_name"].as_str().expect("a file name").to_owned();
        let line = span["line_start"].as_u64().expect("a line") as usize;
        *found
            .entry((name, line, rule.expect("a code").to_owned()))
            .or_default() += 1;
    }

    let mut failures = Vec::new();
    let all: BTreeSet<&Expectation> = marked.keys().chain(found.keys()).collect();
    for expectation @ (name, line, rule) in all {
        let count = |of: &BTreeMap<_, usize>| of.get(expectation).copied().unwrap_or(0);
        let (marked, found) = (count(&marked), count(&found));
        if marked > found {
            failures.push(format!("{name}:{line}: missed {rule}"));
        } else if found > marked {
            failures.push(format!("{name}:{line}: unexpected {rule}"));
        }
    }
    assert!(
        failures.is_empty(),
        "{} differences:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The lines and rules of `//~ rule rule` and `//~^ rule`.
fn markers(text: &str) -> Vec<(usize, String)> {
    let mut markers = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let Some((_, marker)) = line.split_once("//~") else {
            continue;
        };
        let rules = marker.trim_start_matches('^');
        let line = index + 1 - (marker.len() - rules.len());
        markers.extend(rules.split_whitespace().map(|rule| (line, rule.to_owned())));
    }
    markers
}

#[test]
fn markers_are_read() {
    let text = "a //~ x y\nb\n//~^ z\n//~^^^ w\n";
    let wanted = [(1, "x"), (1, "y"), (2, "z"), (1, "w")];
    assert_eq!(
        markers(text),
        wanted.map(|(line, rule)| (line, rule.to_owned()))
    );
}
