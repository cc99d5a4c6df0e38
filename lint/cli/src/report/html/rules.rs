//! The rules that found something: how often, and what they say of themselves.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd, html};
use socklint_analysis::rules::{self, Rule};

use super::text::{Html, prose};
use crate::outcome::{Diagnostic, Outcome, Severity};
use crate::remarks;

/// A rule in this report.
pub(super) struct Entry {
    /// Its name.
    pub(super) name: &'static str,
    /// What it finds.
    pub(super) summary: Html,
    /// How many of its findings are errors.
    pub(super) errors: usize,
    /// How many are warnings.
    pub(super) warnings: usize,
    /// Its documentation, if it has one.
    pub(super) doc: Html,
    /// Its entry in the Common Weakness Enumeration.
    pub(super) cwe: Option<u16>,
}

/// The rules that found something, those with most findings first.
pub(super) fn entries(outcome: &Outcome) -> Vec<Entry> {
    let named = rules::ALL.iter().map(|rule| (rule.name, Some(*rule)));
    let mut entries: Vec<Entry> = named
        .chain(remarks::ALL.iter().map(|remark| (remark.name, None)))
        .map(|(name, rule)| entry(outcome, name, rule))
        .filter(|entry| entry.errors + entry.warnings > 0)
        .collect();
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.errors, entry.warnings)));
    entries
}

fn entry(outcome: &Outcome, name: &'static str, rule: Option<&Rule>) -> Entry {
    let count = |severity| {
        let is_it = |found: &&Diagnostic| found.code == Some(name) && found.severity == severity;
        outcome.diagnostics.iter().filter(is_it).count()
    };
    Entry {
        name,
        summary: prose(summary(name)),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        doc: rule.map_or_else(Html::default, |rule| rendered(&rule.doc())),
        cwe: rule.and_then(|rule| rule.cwe),
    }
}

/// One line: what a rule finds, or what a remark says.
pub(super) fn summary(name: &str) -> &'static str {
    let rule = rules::by_name(name).map(|rule| rule.summary);
    let remark = || remarks::by_name(name).map(|remark| remark.summary);
    rule.or_else(remark).unwrap_or("")
}

/// A rule's documentation, below a heading of the third level and without the title.
fn rendered(markdown: &str) -> Html {
    let mut in_title = false;
    let events = Parser::new(markdown).filter_map(|event| {
        let title = |level: &HeadingLevel| *level == HeadingLevel::H1;
        match &event {
            Event::Start(Tag::Heading { level, .. }) if title(level) => in_title = true,
            Event::End(TagEnd::Heading(level)) if title(level) => {
                in_title = false;
                return None;
            }
            _ => {}
        }
        if in_title { None } else { Some(adapted(event)) }
    });
    let mut text = String::new();
    html::push_html(&mut text, events);
    Html::rendered(text)
}

fn adapted(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Heading { .. }) => Event::Start(heading()),
        Event::End(TagEnd::Heading(_)) => Event::End(heading().to_end()),
        // The tests' attributes of an example are no language.
        Event::Start(Tag::CodeBlock(_)) => Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)),
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    }
}

fn heading<'a>() -> Tag<'a> {
    Tag::Heading {
        level: HeadingLevel::H4,
        id: None,
        classes: Vec::new(),
        attrs: Vec::new(),
    }
}
