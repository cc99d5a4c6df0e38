//! What the client tells.

use std::path::Path;
use std::time::Duration;

use gen_lsp_types as lsp;
use lsp_server::Notification;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::configuration::Asked;
use super::documents::file_of;
use super::job::Changed;
use super::lifecycle;
use super::server::{PAUSE, Server};

impl Server {
    /// The client tells something. What is not understood is passed over, as the protocol has it.
    pub(super) fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let done = match method.as_str() {
            "initialized" => {
                self.initialized();
                Some(())
            }
            "textDocument/didOpen" => self.opened(params),
            "textDocument/didChange" => self.document_edited(params),
            "textDocument/didSave" => self.saved(params),
            "textDocument/didClose" => self.closed(params),
            "workspace/didChangeWatchedFiles" => self.watched(params),
            "workspace/didChangeConfiguration" => self.configuration_changed(params),
            "workspace/didChangeWorkspaceFolders" => self.folders_changed(params),
            "window/workDoneProgress/cancel" => self.progress_cancelled(&params),
            "$/cancelRequest" => self.request_cancelled(params),
            _ => Some(()),
        };
        if done.is_none() {
            let message = format!("`{method}` was not understood");
            self.notify(
                "window/logMessage",
                serde_json::json!({"type": 2, "message": message}),
            );
        }
    }

    fn initialized(&mut self) {
        if let Some(registrations) = lifecycle::registrations(&self.client) {
            self.ask("client/registerCapability", registrations, Asked::Anything);
        }
        self.ask_for_configuration();
    }

    fn opened(&mut self, params: Value) -> Option<()> {
        let params: lsp::DidOpenTextDocumentParams = read(params)?;
        if let Some(path) = self.documents.open(params.text_document) {
            self.edited.insert(path);
            self.touch(Duration::ZERO);
        }
        Some(())
    }

    fn document_edited(&mut self, params: Value) -> Option<()> {
        let params: lsp::DidChangeTextDocumentParams = read(params)?;
        if let Some(path) = self.documents.change(params, self.client.encoding) {
            self.edited.insert(path);
            self.touch(PAUSE);
        }
        Some(())
    }

    /// A client that watches no files may have missed what happened to others meanwhile.
    fn saved(&mut self, params: Value) -> Option<()> {
        let params: lsp::DidSaveTextDocumentParams = read(params)?;
        if !self.client.watches_files {
            let path = file_of(&params.text_document.uri);
            self.disk_changed(Changed {
                anything: true,
                manifests: path.is_some_and(|path| may_be_target(&path)),
                ..Changed::default()
            });
        }
        Some(())
    }

    fn closed(&mut self, params: Value) -> Option<()> {
        let params: lsp::DidCloseTextDocumentParams = read(params)?;
        if let Some((path, document)) = self.documents.close(&params.text_document.uri) {
            self.close_report(&path, document);
            self.touch(PAUSE);
        }
        Some(())
    }

    fn watched(&mut self, params: Value) -> Option<()> {
        let params: lsp::DidChangeWatchedFilesParams = read(params)?;
        let mut changed = Changed::default();
        let changes = params.changes.iter();
        for (path, kind) in changes.filter_map(|change| Some((file_of(&change.uri)?, &change.kind)))
        {
            changed.manifests |= *kind != lsp::FileChangeType::Changed && may_be_target(&path);
            match path.file_name().and_then(|name| name.to_str()) {
                Some("Cargo.toml" | "Cargo.lock") => changed.manifests = true,
                Some("socklint.toml") => changed.configuration = true,
                // An open document has the text that the editor says.
                _ if self.documents.get(&path).is_some() => continue,
                _ => {}
            }
            changed.paths.insert(path);
        }
        if !changed.paths.is_empty() || changed.manifests {
            if changed.manifests {
                self.open_only = false;
                self.show_progress();
            }
            self.disk_changed(changed);
        }
        Some(())
    }

    fn configuration_changed(&mut self, params: Value) -> Option<()> {
        let params: lsp::DidChangeConfigurationParams = read(params)?;
        if self.client.configuration {
            self.ask_for_configuration();
            return Some(());
        }
        let settings = match params.settings {
            Value::Object(mut table) => table.remove("socklint").unwrap_or(Value::Null),
            _ => Value::Null,
        };
        self.configure(settings);
        Some(())
    }

    fn folders_changed(&mut self, params: Value) -> Option<()> {
        let params: lsp::DidChangeWorkspaceFoldersParams = read(params)?;
        for folder in params
            .event
            .removed
            .iter()
            .filter_map(|folder| file_of(&folder.uri))
        {
            self.folders.retain(|known| *known != folder);
        }
        for folder in params
            .event
            .added
            .iter()
            .filter_map(|folder| file_of(&folder.uri))
        {
            if !self.folders.contains(&folder) {
                self.folders.push(folder);
            }
        }
        self.open_only = false;
        self.show_progress();
        self.touch(Duration::ZERO);
        Some(())
    }

    /// The user has seen enough of the scan. What is open is still analysed.
    fn progress_cancelled(&mut self, params: &Value) -> Option<()> {
        if self.progress.is(params.get("token")?) {
            self.progress.end(&self.outbox);
            self.open_only = true;
            self.touch(Duration::ZERO);
        }
        Some(())
    }

    /// What is known of a file that is no longer open, until the text on the disk has been analysed.
    fn close_report(&mut self, path: &Path, document: super::documents::Document) {
        self.edited.remove(path);
        // The client's name for a document that is not on the disk cannot be made again later.
        if !self.client.pulls && !path.exists() {
            self.reports.remove(path);
            self.pushed.remove(path);
            let params = lsp::PublishDiagnosticsParams {
                uri: document.uri,
                version: None,
                diagnostics: Vec::new(),
            };
            self.notify("textDocument/publishDiagnostics", params);
        }
    }
}

/// Whether cargo takes what is at `path` for a target, unless a manifest says otherwise; of a folder it is not known.
fn may_be_target(path: &Path) -> bool {
    let named = ["main.rs", "lib.rs", "build.rs"];
    let is_in = |folder: &str| {
        let mut above = path.parent().into_iter().flat_map(Path::components);
        above.any(|part| part.as_os_str() == folder)
    };
    path.extension().is_none()
        || named.iter().any(|name| path.ends_with(name))
        || ["tests", "examples", "benches", "bin"]
            .into_iter()
            .any(is_in)
}

pub(super) fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}
