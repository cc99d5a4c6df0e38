//! What a report says of the rules.
//!
//! All of them stand in it, found or not, so that a reader sees what was looked for. GitHub sorts by
//! `precision` and `problem.severity`, and counts a rule as a security matter if it has a
//! `security-severity`; the number is the base score of CVSS 3.1.

use serde_json::json;
use socklint_analysis::rules::{self, Group, Level, Rule};

use super::model::{Configuration, Descriptor, Message};
use super::sentence;
use crate::catalogue::address;
use crate::fingerprint::NOT_CHECKED;
use crate::remarks::{self, Remark};

/// The kind of notification for a function that was too large to follow to the end.
pub(super) const CUT_SHORT: &str = "cut_short";

/// What there is to say of suppressions and baselines.
const ADOPTION: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/adoption.md");

/// All rules, and behind them what is said of suppressions and baselines.
pub(super) fn all() -> Vec<Descriptor> {
    let rules = rules::ALL.iter().map(|rule| descriptor(rule));
    rules.chain(remarks::ALL.iter().map(remark)).collect()
}

/// The index in [`all`] of a rule.
pub(super) fn index(name: &str) -> usize {
    let rules = rules::ALL.iter().map(|rule| rule.name);
    let mut names = rules.chain(remarks::ALL.iter().map(|remark| remark.name));
    names.position(|rule| rule == name).unwrap_or(0)
}

/// What notifications tell, in the order of their indices.
pub(super) fn notifications() -> Vec<Descriptor> {
    vec![
        notification(
            NOT_CHECKED,
            "error",
            "A file or folder could not be checked.",
            "It cannot be read, is not Rust that can be parsed, or belongs to a package that cargo does not \
             understand. The rest was checked.",
        ),
        notification(
            CUT_SHORT,
            "note",
            "A function was too large to follow to the end.",
            "Its paths are so many that the analysis ended early there. What was found is certain; more may be \
             there to find.",
        ),
    ]
}

fn notification(id: &'static str, level: &'static str, what: &str, more: &str) -> Descriptor {
    let full = format!("{what} {more}");
    Descriptor {
        id,
        name: pascal_case(id),
        short_description: what.to_owned().into(),
        full_description: full.clone().into(),
        help: full.into(),
        help_uri: None,
        default_configuration: Configuration {
            enabled: true,
            level,
        },
        properties: None,
    }
}

fn descriptor(rule: &Rule) -> Descriptor {
    let doc = rule.doc();
    let mut tags = vec![rule.group.name().to_owned()];
    let mut properties = json!({
        "precision": precision(rule.group),
        "problem.severity": problem_severity(rule.group),
    });
    if let Some(cwe) = rule.cwe {
        tags.push(format!("external/cwe/cwe-{cwe:03}"));
    }
    if let Some(score) = security_severity(rule) {
        tags.push("security".to_owned());
        properties["security-severity"] = score.into();
    }
    properties["tags"] = tags.into();
    Descriptor {
        id: rule.name,
        name: pascal_case(rule.name),
        short_description: sentence(rule.summary).into(),
        full_description: section(&doc, "What it finds").into(),
        help: Message {
            text: doc.clone(),
            markdown: Some(doc.replace("```ignore", "```rust")),
        },
        help_uri: Some(address(rule.name)),
        default_configuration: configuration(rule.group.default_level()),
        properties: Some(properties),
    }
}

fn remark(remark: &Remark) -> Descriptor {
    let text = remark.text.to_owned();
    Descriptor {
        id: remark.name,
        name: pascal_case(remark.name),
        short_description: sentence(remark.summary).into(),
        full_description: text.clone().into(),
        help: Message {
            text: text.clone(),
            markdown: Some(text),
        },
        help_uri: Some(ADOPTION.to_owned()),
        default_configuration: configuration(remark.level),
        properties: Some(json!({
            "precision": "very-high",
            "problem.severity": "recommendation",
            "tags": ["maintainability"],
        })),
    }
}

fn configuration(level: Level) -> Configuration {
    Configuration {
        enabled: level != Level::Allow,
        level: match level {
            Level::Allow | Level::Warn => "warning",
            Level::Deny | Level::Forbid => "error",
        },
    }
}

/// How likely a finding is one. The pedantic rules ask for what good programs often leave out.
fn precision(group: Group) -> &'static str {
    match group {
        Group::Correctness => "very-high",
        Group::Suspicious => "high",
        Group::Pedantic => "medium",
    }
}

fn problem_severity(group: Group) -> &'static str {
    match group {
        Group::Correctness => "error",
        Group::Suspicious => "warning",
        Group::Pedantic => "recommendation",
    }
}

/// What the weakness costs where peers can bring it about, which is seldom in their hands alone (`AC:H`):
/// memory that the system writes to after it was freed, a descriptor that is another connection's by now,
/// descriptors that run out. The other rules are of programs that fail or lose data.
fn security_severity(rule: &Rule) -> Option<&'static str> {
    match rule.cwe? {
        _ if rule.group != Group::Correctness => None,
        // C:H/I:H/A:H
        416 => Some("8.1"),
        // C:L/I:L/A:L
        362 | 763 | 910 | 1341 => Some("5.6"),
        // C:N/I:N/A:H
        772 => Some("5.9"),
        _ => None,
    }
}

/// A section of a rule's text, its lines joined, without its tables.
fn section(doc: &str, title: &str) -> String {
    let mut lines = doc.lines().skip_while(|line| {
        line.strip_prefix("## ")
            .is_none_or(|heading| heading != title)
    });
    lines.next();
    let mut text = String::new();
    for line in lines.take_while(|line| !line.starts_with("## ")) {
        if line.starts_with('|') {
            if text.ends_with(':') {
                text.pop();
                text.push('.');
            }
        } else if !line.is_empty() {
            let space = if text.is_empty() { "" } else { " " };
            text.push_str(space);
            text.push_str(line.trim());
        }
    }
    text
}

/// `unclosed_socket` as `UnclosedSocket`, which SARIF asks of names.
fn pascal_case(name: &str) -> String {
    name.split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            first.into_iter().chain(letters)
        })
        .collect()
}
