//! What becomes of the worker's results: they are kept, sent to clients that do not ask, and given to
//! requests that wait.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use gen_lsp_types as lsp;
use serde_json::Value;

use super::configuration::Asked;
use super::documents::uri_of;
use super::job::{Results, Stage};
use super::keep::keep;
use super::server::Server;

impl Server {
    /// Takes over what the worker found.
    pub(super) fn take(&mut self, results: Results) {
        let Results {
            number,
            stage,
            settings,
            settled,
            unsettled,
            reports,
        } = results;
        let done = stage >= Stage::Found;
        let mut touched: BTreeSet<PathBuf> = reports.keys().cloned().collect();
        touched.extend(
            self.reports
                .keys()
                .filter(|path| done || settled.contains(*path))
                .cloned(),
        );
        touched.retain(|path| !unsettled.contains(path));
        let mut changed = BTreeSet::new();
        let mut reports = reports;
        for path in &touched {
            let old = self.reports.remove(path);
            let mut new = reports.remove(path);
            if let (Some(old), Some(new)) = (&old, &mut new)
                && new.is_broken()
                && self.documents.sources().any(|open| open == path)
            {
                keep(old, new, path, &self.client);
            }
            let before = old
                .as_ref()
                .map_or_else(Vec::new, |report| report.diagnostics());
            let after = new
                .as_ref()
                .map_or_else(Vec::new, |report| report.diagnostics());
            if before != after {
                changed.insert(path.clone());
            }
            if let Some(report) = new {
                self.reports.insert(path.clone(), report);
            }
        }
        self.settled
            .extend(settled.into_iter().map(|path| (path, number)));
        if !self.client.pulls {
            for path in &touched {
                self.push(path);
            }
        }
        let asked: HashSet<PathBuf> = self
            .waiting
            .iter()
            .filter_map(|waiting| waiting.wanted.path())
            .collect();
        if done {
            self.finished = number;
            self.settled.clear();
            self.progress.end(&self.outbox);
        }
        if stage == Stage::Mended {
            self.mended = number;
        }
        self.watch_settings(settings);
        self.answer_waiting();
        // A client that asks does so for what it edits; of the rest it must be told.
        let unasked = |path: &PathBuf| !asked.contains(path) && !self.edited.contains(path);
        if self.client.pulls && self.client.refreshes && changed.iter().any(unasked) {
            self.ask("workspace/diagnostic/refresh", Value::Null, Asked::Anything);
        }
        if done {
            self.edited.clear();
        }
    }

    /// Sends the diagnostics of a file, unless the client has them.
    fn push(&mut self, path: &Path) {
        let document = self.documents.get(path);
        let version = document.map(|document| document.version);
        let diagnostics = self
            .reports
            .get(path)
            .map_or_else(Vec::new, |report| report.diagnostics());
        let same = match self.pushed.get(path) {
            Some((before, sent)) => *before == version && *sent == diagnostics,
            None => document.is_none() && diagnostics.is_empty(),
        };
        if same {
            return;
        }
        let Some(uri) = uri_of(path, &self.documents) else {
            return;
        };
        match document.is_none() && diagnostics.is_empty() {
            true => self.pushed.remove(path),
            false => self
                .pushed
                .insert(path.to_owned(), (version, diagnostics.clone())),
        };
        let params = lsp::PublishDiagnosticsParams {
            uri,
            version: version.filter(|_| self.client.versions),
            diagnostics,
        };
        self.notify("textDocument/publishDiagnostics", params);
    }
}
