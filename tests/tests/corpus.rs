//! The pinned crates of `corpus/`: every known bug is found, and nothing else.

use std::collections::BTreeSet;

use socklint_tests::{corpus, rules, run, socklint};

type Row = (String, String, u64, String);

#[test]
fn the_findings_over_released_crates_are_those_that_were_judged() {
    let ran = run(socklint(corpus()).args(["--deps", "--message-format", "json"]));
    let found: BTreeSet<Row> = ran
        .objects()
        .iter()
        .filter(|object| object["reason"] == "compiler-message")
        .filter_map(|object| row(&object["message"]))
        .collect();
    let table = include_str!("../corpus/findings.tsv");
    let judged: BTreeSet<Row> = table.lines().filter_map(judged).collect();
    assert!(!judged.is_empty());
    let missed: Vec<_> = judged.difference(&found).collect();
    let unjudged: Vec<_> = found.difference(&judged).collect();
    assert!(
        missed.is_empty() && unjudged.is_empty(),
        "missed: {missed:#?}\nnot judged: {unjudged:#?}\n{}",
        ran.stderr
    );
}

/// Crate, path in it, line and rule of a finding.
fn row(message: &serde_json::Value) -> Option<Row> {
    let rule = message["code"]["code"]
        .as_str()?
        .strip_prefix("socklint::")?;
    let span = message["spans"]
        .as_array()?
        .iter()
        .find(|span| span["is_primary"] == true)?;
    let file = span["file_name"].as_str()?.replace('\\', "/");
    let mut parts = file.split("/src/").collect::<Vec<_>>();
    let inside = parts.pop()?;
    let krate = parts.last()?.rsplit('/').next()?;
    let known = rule_names().contains(rule);
    known.then(|| {
        (
            krate.to_owned(),
            format!("src/{inside}"),
            span["line_start"].as_u64().unwrap_or(0),
            rule.to_owned(),
        )
    })
}

/// The rules' names, as the command lists them.
fn rule_names() -> &'static BTreeSet<String> {
    static RULES: std::sync::OnceLock<BTreeSet<String>> = std::sync::OnceLock::new();
    RULES.get_or_init(|| {
        rules()
            .iter()
            .filter_map(|rule| rule["name"].as_str().map(str::to_owned))
            .collect()
    })
}

fn judged(line: &str) -> Option<Row> {
    if line.starts_with('#') {
        return None;
    }
    let mut cells = line.split('\t');
    let (krate, path) = (cells.next()?.to_owned(), cells.next()?.to_owned());
    let line = cells.next()?.parse().ok()?;
    Some((krate, path, line, cells.next()?.to_owned()))
}
