//! One page that holds everything: no other file, no address that is loaded, nothing that needs a script.
//!
//! The page is made in two stages. The modules below turn what was found into views, whose every text is
//! escaped ([`text`]); the templates in this folder lay the views out, and are compiled. Style and script
//! stand in the page, and a content security policy allows these two alone, by their hash: text of the
//! checked code that got in as markup could neither run nor load anything.
//!
//! The same input gives the same bytes: there is no time in it.

mod anchors;
mod diff;
mod excerpt;
mod fates;
mod finding;
mod note;
mod paint;
mod rail;
mod rules;
mod source;
mod summary;
mod text;

use std::collections::HashMap;
use std::io::{self, Write};

use askama::Template;
use socklint_analysis::Span;

use super::Results;
use crate::outcome::{Place, Severity};
use anchors::Anchors;
use excerpt::Content;
use fates::{CutShort, Share};
use finding::{FileFindings, FindingView};
use source::Sources;
use text::Html;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// What the policy lets in: the SHA-256 of the two, in base 64. A test computes them.
const STYLE_HASH: &str = "3W5tQLQFiWrAYM4pWFiWMVUvPvwWvPWMIedBelkiWf0=";
const SCRIPT_HASH: &str = "EeOclRttbAWxg6pZ+jTocispHT+vgwJ1lNORV6ZwjH4=";

/// The rule whose findings are the leaks among the fates.
const LEAK: &str = "unclosed_socket";

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    style_hash: &'static str,
    script_hash: &'static str,
    style: Html,
    script: Html,
    version: &'static str,
    homepage: &'static str,
    verdict: String,
    clean: bool,
    checked: Vec<summary::Checked>,
    results: &'a Results,
    errors: usize,
    warnings: usize,
    not_checked: Vec<FindingView>,
    rules: Vec<rules::Entry>,
    files: Vec<FileFindings>,
    shares: Vec<Share>,
    fates: Vec<fates::File>,
    cut_short: Vec<CutShort>,
}

impl Page<'_> {
    /// The name of the first finding of a rule.
    fn first_of(&self, rule: &str) -> &str {
        let mut findings = self.files.iter().flat_map(|file| &file.findings);
        let first = findings.find(|finding| finding.code == rule);
        first.map_or("", |finding| &finding.anchor)
    }
}

/// Writes the page.
pub(crate) fn write(out: &mut impl Write, results: &Results) -> io::Result<()> {
    let inputs = &results.inputs;
    let outcome = &results.outcome;
    let sources = Sources::new(inputs);
    let mut anchors = Anchors::default();
    let mut leaks: HashMap<Span, String> = HashMap::new();
    let mut not_checked = Vec::new();
    let mut found = Vec::new();
    for (diagnostic, number) in outcome.diagnostics.iter().zip(1..) {
        let view = finding::view(diagnostic, number, inputs, &sources, &mut anchors);
        let file = match diagnostic.place {
            Place::Span(span) => Some((span, span.file)),
            Place::Path(_) => None,
        };
        if let (Some(LEAK), Some((span, _))) = (diagnostic.code, file) {
            leaks.insert(span, view.anchor.clone());
        }
        match diagnostic.code {
            Some(_) => found.push((file.map(|(_, file)| file), view)),
            None => not_checked.push(view),
        }
    }
    let page = Page {
        style_hash: STYLE_HASH,
        script_hash: SCRIPT_HASH,
        style: Html::constant(STYLE),
        script: Html::constant(SCRIPT),
        version: env!("CARGO_PKG_VERSION"),
        homepage: env!("CARGO_PKG_HOMEPAGE"),
        verdict: summary::verdict(results),
        clean: outcome.diagnostics.is_empty(),
        checked: summary::checked(inputs),
        results,
        errors: outcome.count(Severity::Error),
        warnings: outcome.count(Severity::Warning),
        not_checked,
        rules: rules::entries(outcome),
        files: finding::by_file(found),
        shares: fates::shares(results),
        fates: fates::files(results, &sources, &leaks),
        cut_short: fates::cut_short(results, &sources),
    };
    let text = page.render().map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}
