//! Requests that are answered when results are there.
//!
//! A request is answered at once if what it asks for is known. Else it waits,
//! and what it waits for is started. Diagnostics are named by a hash of what
//! they say, so a client that has them is told just that.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Instant;

use gen_lsp_types as lsp;
use lsp_server::{RequestId, Response};
use serde_json::Value;

use super::documents::{path_of, uri_of};
use super::server::Server;

/// A request that waits.
pub(super) struct Waiting {
    /// Its id.
    pub(super) id: RequestId,
    /// What is asked.
    pub(super) wanted: Wanted,
    /// When it is answered in any case.
    pub(super) until: Option<Instant>,
}

/// What is asked.
pub(super) enum Wanted {
    /// The diagnostics of a document.
    Document(lsp::DocumentDiagnosticParams),
    /// Those of all files.
    Workspace(lsp::WorkspaceDiagnosticParams),
    /// What can be done somewhere.
    Actions(Box<lsp::CodeActionParams>),
}

impl Wanted {
    /// The document, if it is about one.
    pub(super) fn path(&self) -> Option<PathBuf> {
        match self {
            Wanted::Document(params) => path_of(&params.text_document.uri),
            Wanted::Actions(params) => path_of(&params.text_document.uri),
            Wanted::Workspace(_) => None,
        }
    }
}

impl Server {
    fn is_known(&self, wanted: &Wanted) -> bool {
        let latest = self.latest();
        if let Wanted::Actions(_) = wanted {
            return latest > 0 && self.mended == latest;
        }
        let path = wanted.path();
        let settled = path.and_then(|path| self.settled.get(&path));
        latest > 0 && (self.finished == latest || settled == Some(&latest))
    }

    /// Answers every request whose results are there.
    pub(super) fn answer_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        for waiting in waiting {
            match self.is_known(&waiting.wanted) {
                true => self.answer(waiting),
                false => self.waiting.push(waiting),
            }
        }
    }

    /// Answers those that have waited long enough.
    pub(super) fn give_up_waiting(&mut self) {
        let now = Instant::now();
        let waiting = std::mem::take(&mut self.waiting);
        for waiting in waiting {
            match waiting.until.is_some_and(|until| until <= now) {
                true => self.answer(waiting),
                false => self.waiting.push(waiting),
            }
        }
    }

    fn answer(&self, waiting: Waiting) {
        let answer = match &waiting.wanted {
            Wanted::Document(params) => serde_json::to_value(self.document_report(params)),
            Wanted::Workspace(params) => serde_json::to_value(self.workspace_report(params)),
            Wanted::Actions(params) => serde_json::to_value(self.actions(params)),
        };
        self.outbox
            .send(Response::new_ok(waiting.id, answer.unwrap_or(Value::Null)));
    }

    fn document_report(
        &self,
        params: &lsp::DocumentDiagnosticParams,
    ) -> lsp::DocumentDiagnosticReport {
        let path = path_of(&params.text_document.uri);
        let items = path.map_or_else(Vec::new, |path| self.diagnostics(&path));
        let result_id = result_id(&items);
        match params.previous_result_id.as_ref() == Some(&result_id) {
            true => lsp::DocumentDiagnosticReport::RelatedUnchangedDocumentDiagnosticReport(
                lsp::RelatedUnchangedDocumentDiagnosticReport {
                    related_documents: None,
                    unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport {
                        result_id,
                    },
                },
            ),
            false => lsp::DocumentDiagnosticReport::RelatedFullDocumentDiagnosticReport(
                lsp::RelatedFullDocumentDiagnosticReport {
                    related_documents: None,
                    full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport {
                        result_id: Some(result_id),
                        items,
                    },
                },
            ),
        }
    }

    fn workspace_report(
        &self,
        params: &lsp::WorkspaceDiagnosticParams,
    ) -> lsp::WorkspaceDiagnosticReport {
        let previous = params.previous_result_ids.iter();
        let previous: HashMap<PathBuf, &str> = previous
            .filter_map(|id| Some((path_of(&id.uri)?, id.value.as_str())))
            .collect();
        // What the client knows of a file that is clean by now must go.
        let mut files: BTreeMap<&PathBuf, Vec<lsp::Diagnostic>> =
            previous.keys().map(|path| (path, Vec::new())).collect();
        for (path, report) in &self.reports {
            let items = report.diagnostics();
            if !items.is_empty() || files.contains_key(path) {
                files.insert(path, items);
            }
        }
        let items = files.into_iter().filter_map(|(path, items)| {
            let uri = uri_of(path, &self.documents)?;
            let version = self.documents.get(path).map(|document| document.version);
            let result_id = result_id(&items);
            Some(match previous.get(path) == Some(&result_id.as_str()) {
                true => lsp::WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport {
                        result_id,
                    },
                }
                .into(),
                false => lsp::WorkspaceFullDocumentDiagnosticReport {
                    uri,
                    version,
                    full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport {
                        result_id: Some(result_id),
                        items,
                    },
                }
                .into(),
            })
        });
        lsp::WorkspaceDiagnosticReport {
            items: items.collect(),
        }
    }

    fn diagnostics(&self, path: &Path) -> Vec<lsp::Diagnostic> {
        self.reports
            .get(path)
            .map_or_else(Vec::new, |report| report.diagnostics())
    }
}

fn result_id(items: &[lsp::Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items)
        .unwrap_or_default()
        .hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
