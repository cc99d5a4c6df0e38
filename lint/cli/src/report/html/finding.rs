//! A finding as the page shows it.

use socklint_analysis::FileId;

use super::anchors::Anchors;
use super::diff::{self, Change};
use super::excerpt::{self, Content, Excerpt};
use super::note::{self, Note};
use super::rules::summary;
use super::source::Sources;
use super::text::{self, Html, attribute, prose};
use crate::catalogue::obligations;
use crate::inputs::{Inputs, shown_path};
use crate::outcome::{Diagnostic, Place};

/// What could not be checked has no rule.
const NOT_CHECKED: &str = "not_checked";

/// The findings in one file.
pub(super) struct FileFindings {
    /// Its path.
    pub(super) path: Html,
    /// The same, for a filter.
    pub(super) filter: String,
    /// By position.
    pub(super) findings: Vec<FindingView>,
}

/// A finding, or something that could not be checked.
pub(super) struct FindingView {
    /// Its name in the page.
    pub(super) anchor: String,
    /// Its number in the page.
    pub(super) number: usize,
    /// `error` or `warning`.
    pub(super) severity: &'static str,
    /// The rule's name.
    pub(super) code: &'static str,
    /// What the rule finds; empty for what could not be checked.
    pub(super) summary: Html,
    /// What is wrong.
    pub(super) message: Html,
    /// The file.
    pub(super) path: Html,
    /// The same, for a filter.
    pub(super) filter: String,
    /// Line and column, if it has a place in a file.
    pub(super) position: Option<(usize, usize)>,
    /// The function around it.
    pub(super) function: Html,
    /// What is said of the source.
    pub(super) notes: Vec<Note>,
    /// The source.
    pub(super) excerpt: Excerpt,
    /// What to do.
    pub(super) help: Html,
    /// Changes that would do it.
    pub(super) changes: Vec<Change>,
    /// The sentence that the rule rests on.
    pub(super) reference: &'static str,
    /// The numbers of the reference's statements.
    pub(super) obligations: String,
    /// Whether the rule has a documentation in the page.
    pub(super) documented: bool,
}

impl FindingView {
    /// The steps of the path, if they are numbered.
    pub(super) fn steps(&self) -> impl Iterator<Item = (&Note, usize)> {
        let notes = self.notes.iter().zip(1..);
        notes.filter(|(note, _)| note.number.is_some())
    }

    /// Its heading: findings stand below that of their file.
    pub(super) fn heading(&self) -> &'static str {
        match self.code {
            NOT_CHECKED => "h3",
            _ => "h4",
        }
    }

    /// The note of a row.
    pub(super) fn note(&self, index: &usize) -> Option<&Note> {
        self.notes.get(*index)
    }

    /// How wide the column of the line numbers is.
    pub(super) fn digits(&self) -> usize {
        let largest = self
            .excerpt
            .rows
            .iter()
            .filter_map(|row| match &row.content {
                Content::Line(line) => Some(line.number),
                _ => None,
            });
        largest.max().unwrap_or(1).to_string().len().clamp(2, 7)
    }
}

/// Prepares `diagnostic`.
pub(super) fn view(
    diagnostic: &Diagnostic,
    number: usize,
    inputs: &Inputs,
    sources: &Sources,
    anchors: &mut Anchors,
) -> FindingView {
    let code = diagnostic.code.unwrap_or(NOT_CHECKED);
    let (path, position, notes) = match &diagnostic.place {
        Place::Path(path) => (shown_path(path, &inputs.base), None, Vec::new()),
        Place::Span(span) => {
            let source = sources.get(span.file);
            let path = source.map_or("", |source| source.path).to_owned();
            // What has no place in its file has the whole file for one.
            let is_placed = diagnostic.code.is_some() || (span.lo, span.hi) != (0, 0);
            let position = source
                .filter(|_| is_placed)
                .map(|source| source.lines.position(source.bytes(*span).start));
            let notes = match position {
                Some(_) => note::notes(diagnostic, *span),
                None => Vec::new(),
            };
            let position = position.map(|position| (position.line, position.column));
            (path, position, notes)
        }
    };
    let rule = diagnostic.rule;
    FindingView {
        anchor: anchors.name(code, &path, &diagnostic.function),
        number,
        severity: diagnostic.severity.name(),
        code,
        summary: match diagnostic.code {
            Some(name) => prose(summary(name)),
            None => Html::default(),
        },
        message: prose(&diagnostic.message),
        path: text::path(&path),
        filter: attribute(&path),
        position,
        function: text::path(&diagnostic.function),
        excerpt: excerpt::cut(sources, &notes),
        notes,
        help: prose(diagnostic.help.as_deref().unwrap_or("")),
        changes: diagnostic
            .fixes
            .iter()
            .map(|fix| diff::change(sources, fix))
            .collect(),
        reference: rule.map_or("", |rule| rule.reference),
        obligations: rule.map_or_else(String::new, |rule| obligations(rule.obligations).join(", ")),
        documented: rule.is_some(),
    }
}

/// Groups findings, which are ordered by file.
pub(super) fn by_file(findings: Vec<(Option<FileId>, FindingView)>) -> Vec<FileFindings> {
    let mut files: Vec<FileFindings> = Vec::new();
    let mut current = None;
    for (file, finding) in findings {
        match files.last_mut().filter(|_| current == Some(file)) {
            Some(last) => last.findings.push(finding),
            None => files.push(FileFindings {
                path: finding.path.clone(),
                filter: finding.filter.clone(),
                findings: vec![finding],
            }),
        }
        current = Some(file);
    }
    files
}
