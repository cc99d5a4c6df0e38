//! What an editor is told of one file, in the protocol's terms.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types as lsp;
use serde_json::json;
use socklint_analysis::rules::{Level, Rule};
use socklint_analysis::{Applicability, FileId, Fix, Span, Step};

use super::client::Client;
use super::documents::{Documents, is_settings, uri_of};
use super::hover;
use super::position::Positions;
use super::project::Project;
use crate::outcome::{Diagnostic, Place, Severity};

/// What is known of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FileReport {
    /// The text that it is known of; empty if the file could not be read.
    pub(super) text: Arc<str>,
    /// What is shown.
    pub(super) items: Vec<Item>,
    /// The calls that open a socket, and what to say of them.
    pub(super) sockets: Vec<(Range<usize>, String)>,
}

/// One diagnostic, and what can be done about it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// As it is sent.
    pub(super) diagnostic: lsp::Diagnostic,
    /// The rule, if it is a finding of one.
    pub(super) rule: Option<&'static Rule>,
    /// Where it is.
    pub(super) range: Range<usize>,
    /// What to say of it, as Markdown.
    pub(super) hover: String,
    /// What would mend it.
    pub(super) mends: Vec<Mend>,
    /// Whether a comment may suppress it.
    pub(super) suppressible: bool,
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mend {
    /// What it does.
    pub(super) title: String,
    /// What is replaced in the file of the finding, and by what.
    pub(super) edits: Vec<(Range<usize>, lsp::TextEdit)>,
    /// Whether it may be applied without looking.
    pub(super) safe: bool,
}

impl FileReport {
    /// What is sent.
    pub(super) fn diagnostics(&self) -> Vec<lsp::Diagnostic> {
        self.items
            .iter()
            .map(|item| item.diagnostic.clone())
            .collect()
    }

    /// Whether something could not be read as Rust.
    pub(super) fn is_broken(&self) -> bool {
        self.items.iter().any(|item| item.diagnostic.code.is_none())
    }
}

/// Where the documentation of a rule is.
pub(super) fn documentation(rule: &str) -> Option<lsp::Uri> {
    crate::catalogue::address(rule).parse().ok()
}

/// The reports of the files of a project, by path. Files of which nothing is to be said have none,
/// unless they are open.
pub(super) fn file_reports(
    project: &mut Project,
    documents: &Documents,
    client: &Client,
) -> HashMap<PathBuf, FileReport> {
    let mut reports = HashMap::new();
    let Some((outcome, all)) = project.outcome() else {
        return reports;
    };
    let project = &*project;
    let Some(making) = Making::new(project, documents, client) else {
        return reports;
    };
    for path in documents.paths() {
        if let Some(index) = making.paths.iter().position(|known| known == path) {
            making.report(&mut reports, index);
        }
    }
    for diagnostic in &outcome.diagnostics {
        match &diagnostic.place {
            Place::Span(span) => {
                if let Some(report) = making.report(&mut reports, span.file.0 as usize) {
                    report.items.push(making.item(diagnostic, *span));
                }
            }
            // A folder is no place to show anything; it may well be empty.
            Place::Path(path) if path.is_dir() || *path == project.root => {}
            Place::Path(path) => {
                let report = reports.entry(path.clone()).or_default();
                report.items.push(making.item_without_text(diagnostic));
            }
        }
    }
    for proof in &all.sockets {
        if making.is_shown(proof.span.file)
            && let Some(report) = making.report(&mut reports, proof.span.file.0 as usize)
        {
            report
                .sockets
                .push((proof.span.range(), hover::socket(proof)));
        }
    }
    reports
}

/// What making reports needs.
struct Making<'a> {
    project: &'a Project,
    documents: &'a Documents,
    client: &'a Client,
    paths: &'a [PathBuf],
    positions: Vec<OnceCell<Positions<'a>>>,
}

impl<'a> Making<'a> {
    fn new(project: &'a Project, documents: &'a Documents, client: &'a Client) -> Option<Self> {
        let inputs = project.inputs()?;
        Some(Making {
            project,
            documents,
            client,
            paths: &inputs.paths,
            positions: inputs.paths.iter().map(|_| OnceCell::new()).collect(),
        })
    }

    fn text(&self, file: FileId) -> Option<&'a Arc<str>> {
        let inputs = self.project.inputs()?;
        inputs
            .input
            .files
            .get(file.0 as usize)
            .map(|file| &file.text)
    }

    fn is_shown(&self, file: FileId) -> bool {
        let inputs = self.project.inputs();
        inputs.is_some_and(|inputs| inputs.shown.get(file.0 as usize) == Some(&true))
    }

    /// Whether a place is in a source or a manifest, and not in settings.
    fn is_cargos(&self, place: &Place) -> bool {
        match place {
            Place::Span(span) => {
                let inputs = self.project.inputs();
                inputs.is_some_and(|inputs| (span.file.0 as usize) < inputs.shown.len())
            }
            Place::Path(path) => !is_settings(path) && !self.project.settings().contains(path),
        }
    }

    fn range(&self, span: Span) -> lsp::Range {
        let lines = self.positions.get(span.file.0 as usize);
        match (lines, self.text(span.file)) {
            (Some(lines), Some(text)) => lines
                .get_or_init(|| Positions::new(text, self.client.encoding))
                .range(&span.range()),
            _ => lsp::Range::default(),
        }
    }

    fn report<'b>(
        &self,
        reports: &'b mut HashMap<PathBuf, FileReport>,
        index: usize,
    ) -> Option<&'b mut FileReport> {
        let path = self.paths.get(index)?;
        let text = self.text(FileId(index as u32))?;
        Some(reports.entry(path.clone()).or_insert_with(|| FileReport {
            text: Arc::clone(text),
            ..FileReport::default()
        }))
    }

    fn path(&self, span: Span) -> Option<&'a Path> {
        self.paths.get(span.file.0 as usize).map(PathBuf::as_path)
    }

    fn item(&self, found: &Diagnostic, span: Span) -> Item {
        let mut item = self.item_without_text(found);
        item.diagnostic.range = self.range(span);
        item.diagnostic.related_information = self
            .client
            .related_information
            .then(|| self.related(found))
            .filter(|related| !related.is_empty());
        item.range = span.range();
        item.hover = hover::finding(found, |step| self.line(step, span));
        item.mends = found
            .fixes
            .iter()
            .filter_map(|fix| self.mend(fix, span.file))
            .collect();
        item
    }

    fn item_without_text(&self, found: &Diagnostic) -> Item {
        let severity = match (found.code, found.severity) {
            // A text that is being written is often no Rust; other tools say so.
            (None, _) if self.is_cargos(&found.place) => lsp::DiagnosticSeverity::Information,
            (_, Severity::Error) => lsp::DiagnosticSeverity::Error,
            (_, Severity::Warning) => lsp::DiagnosticSeverity::Warning,
        };
        let description = found
            .rule
            .filter(|_| self.client.code_description)
            .and_then(|rule| documentation(rule.name));
        let level = found
            .rule
            .and_then(|rule| Some(self.project.levels()?.of(rule)));
        let mut message = found.message.clone();
        if let Some(help) = found.help.as_ref().filter(|help| !help.is_empty()) {
            message.push_str(&format!("\nhelp: {help}"));
        }
        Item {
            diagnostic: lsp::Diagnostic {
                severity: Some(severity),
                code: found.code.map(|code| lsp::Code::String(code.to_owned())),
                code_description: description.map(|href| lsp::CodeDescription { href }),
                source: Some("socklint".to_owned()),
                message: lsp::Message::String(message),
                data: found
                    .code
                    .map(|code| json!({"rule": code, "function": found.function})),
                ..lsp::Diagnostic::default()
            },
            rule: found.rule,
            range: 0..0,
            hover: hover::finding(found, |_| None),
            mends: Vec::new(),
            suppressible: level.is_some_and(|level| level != Level::Forbid),
        }
    }

    fn related(&self, found: &Diagnostic) -> Vec<lsp::DiagnosticRelatedInformation> {
        let numbered = found.path.len() > 1;
        let path = found
            .path
            .iter()
            .enumerate()
            .map(|(index, step)| match numbered {
                true => (step.span, format!("{}. {}", index + 1, step.text)),
                false => (step.span, step.text.clone()),
            });
        let others = found
            .others
            .iter()
            .map(|step| (step.span, step.text.clone()));
        path.chain(others)
            .filter_map(|(span, message)| {
                let uri = uri_of(self.path(span)?, self.documents)?;
                let range = self.range(span);
                Some(lsp::DiagnosticRelatedInformation {
                    location: lsp::Location { uri, range },
                    message,
                })
            })
            .collect()
    }

    /// `line 7`, or `line 7 of lib.rs` if that is not the file of `primary`.
    fn line(&self, step: &Step, primary: Span) -> Option<String> {
        let line = self.range(step.span).start.line + 1;
        let path = self.path(step.span)?;
        Some(match step.span.file == primary.file {
            true => format!("line {line}"),
            false => format!("line {line} of {}", path.file_name()?.to_string_lossy()),
        })
    }

    /// A fix of a file's own finding; in another file nothing would show that it is old.
    fn mend(&self, fix: &Fix, file: FileId) -> Option<Mend> {
        if fix.edits.iter().any(|edit| edit.span.file != file) {
            return None;
        }
        let edits = fix.edits.iter().map(|edit| {
            let range = self.range(edit.span);
            let new_text = edit.text.clone();
            (edit.span.range(), lsp::TextEdit { range, new_text })
        });
        Some(Mend {
            title: fix.title.clone(),
            edits: edits.collect(),
            safe: fix.applicability == Applicability::MachineApplicable,
        })
    }
}
