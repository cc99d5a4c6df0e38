//! `explain` and `rules`.

use std::process::ExitCode;

use anyhow::bail;
use serde_json::json;
use socklint_analysis::rules::{self, Level};

use crate::args::ListFormat;
use crate::levels::did_you_mean;
use crate::print;
use crate::remarks::{self, Remark};

/// The address of a rule's page.
pub(crate) fn address(rule: &str) -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    format!("{repository}/blob/main/docs/book/src/rules/{rule}.md")
}

/// Prints the documentation of a rule.
pub(crate) fn explain(name: &str) -> anyhow::Result<ExitCode> {
    let plain = name.strip_prefix("socklint::").unwrap_or(name);
    let plain = plain.replace('-', "_");
    match (rules::by_name(&plain), remarks::by_name(&plain)) {
        (Some(rule), _) => print(rule.doc().as_bytes()),
        (None, Some(remark)) => print(explained(remark).as_bytes()),
        _ => bail!("no rule is called `{name}`{}", did_you_mean(&plain)),
    }
}

fn explained(remark: &Remark) -> String {
    let Remark {
        name,
        summary,
        text,
        ..
    } = remark;
    let level = level_name(remark.level);
    let text = text.replace(". ", ".\n");
    format!("# `{name}`: {summary}\n\nIts level is {level} unless one is set.\n\n{text}\n")
}

/// Prints all rules.
pub(crate) fn rules(format: ListFormat) -> anyhow::Result<ExitCode> {
    let mut text = String::new();
    match format {
        ListFormat::Human => table(&mut text),
        ListFormat::Json => {
            for rule in rules::ALL {
                let object = json!({
                    "name": rule.name,
                    "group": rule.group.name(),
                    "level": level_name(rule.group.default_level()),
                    "summary": rule.summary,
                    "obligations": obligations(rule.obligations),
                    "reference": rule.reference,
                    "cwe": rule.cwe,
                });
                text.push_str(&format!("{object}\n"));
            }
        }
    }
    print(text.as_bytes())
}

fn table(text: &mut String) {
    let mut rows = vec![["rule", "group", "level", "reference", "finds"].map(str::to_owned)];
    rows.extend(rules::ALL.iter().map(|rule| {
        [
            rule.name.to_owned(),
            rule.group.name().to_owned(),
            level_name(rule.group.default_level()).to_owned(),
            obligations(rule.obligations).join(" "),
            rule.summary.to_owned(),
        ]
    }));
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max();
    let widths = [0, 1, 2, 3].map(|column| width(column).unwrap_or(0));
    for [name, group, level, obligations, summary] in &rows {
        let [a, b, c, d] = widths;
        text.push_str(&format!(
            "{name:a$}  {group:b$}  {level:c$}  {obligations:d$}  {summary}\n"
        ));
    }
}

/// The level's name on the command line.
pub(crate) fn level_name(level: Level) -> &'static str {
    match level {
        Level::Allow => "allow",
        Level::Warn => "warn",
        Level::Deny => "deny",
        Level::Forbid => "forbid",
    }
}

/// `O13`, `O23`: the numbers of the reference's statements.
pub(crate) fn obligations(numbers: &[u8]) -> Vec<String> {
    numbers.iter().map(|number| format!("O{number}")).collect()
}
