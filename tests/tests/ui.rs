//! Every sample's markers against what the command finds: `ui-tests/README.md` says how they are read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use socklint_tests::{markers, repository, rules, run, rust_files, socklint};

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

    let arguments = ["-W", "pedantic", "--message-format", "json", "."];
    let ran = run(socklint(&folder).args(arguments));
    assert_ne!(ran.status, 2, "{}", ran.stderr);
    let pedantic: BTreeSet<String> = rules()
        .into_iter()
        .filter(|rule| rule["group"] == "pedantic")
        .filter_map(|rule| rule["name"].as_str().map(str::to_owned))
        .collect();
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
        let rule = rule.expect("a code").to_owned();
        // A pedantic rule is marked in its own folder only.
        if pedantic.contains(&rule) && !name.starts_with(&format!("{rule}/")) {
            continue;
        }
        *found.entry((name, line, rule)).or_default() += 1;
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

#[test]
fn markers_are_read() {
    let text = "a //~ x y\nb\n//~^ z\n//~^^^ w\n";
    let wanted = [(1, "x"), (1, "y"), (2, "z"), (1, "w")];
    assert_eq!(
        markers(text),
        wanted.map(|(line, rule)| (line, rule.to_owned()))
    );
}
