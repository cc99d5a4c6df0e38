//! The documents that are open in the editor.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types as lsp;

use super::position::{Encoding, Positions};
use crate::config;
use crate::modules::normal;

/// An open document.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// The name that the client has for it.
    pub(super) uri: lsp::Uri,
    /// How often it was changed, as the client counts.
    pub(super) version: i32,
    /// Its text.
    pub(super) text: Arc<str>,
}

/// All open documents, by path.
#[derive(Clone, Debug, Default)]
pub(super) struct Documents(BTreeMap<PathBuf, Document>);

impl Documents {
    /// A document was opened; one that is neither Rust nor a project's settings is passed over.
    pub(super) fn open(&mut self, item: lsp::TextDocumentItem) -> Option<PathBuf> {
        let path = path_of(&item.uri)?;
        let is_rust = item.language_id.to_string() == "rust"
            || path.extension().is_some_and(|extension| extension == "rs");
        if !is_rust && !is_settings(&path) {
            return None;
        }
        let document = Document {
            uri: item.uri,
            version: item.version,
            text: item.text.into(),
        };
        self.0.insert(path.clone(), document);
        Some(path)
    }

    /// A document was changed.
    pub(super) fn change(
        &mut self,
        params: lsp::DidChangeTextDocumentParams,
        encoding: Encoding,
    ) -> Option<PathBuf> {
        let path = path_of(&params.text_document.text_document_identifier.uri)?;
        let document = self.0.get_mut(&path)?;
        let mut text = String::from(&*document.text);
        for change in params.content_changes {
            match change {
                lsp::TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let bytes = Positions::new(&text, encoding).bytes(part.range);
                    text.replace_range(bytes, &part.text);
                }
                lsp::TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(
                    whole,
                ) => text = whole.text,
            }
        }
        document.text = text.into();
        document.version = params.text_document.version;
        Some(path)
    }

    /// A document was closed.
    pub(super) fn close(&mut self, uri: &lsp::Uri) -> Option<(PathBuf, Document)> {
        let path = path_of(uri)?;
        self.0.remove_entry(&path)
    }

    /// The open document at a path.
    pub(super) fn get(&self, path: &Path) -> Option<&Document> {
        self.0.get(path)
    }

    /// The paths of all.
    pub(super) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.0.keys()
    }

    /// The paths of those that are Rust.
    pub(super) fn sources(&self) -> impl Iterator<Item = &PathBuf> {
        self.paths().filter(|path| !is_settings(path))
    }

    /// All, by path.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&PathBuf, &Document)> {
        self.0.iter()
    }
}

/// Whether a file is where a project says what it wants.
pub(super) fn is_settings(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == config::NAME)
}

/// The path of a document. One that is no file yet gets a path in the current folder; other documents (an
/// older version, a file on another machine) have none.
pub(super) fn path_of(uri: &lsp::Uri) -> Option<PathBuf> {
    match uri.scheme() {
        "file" => file_of(uri),
        "untitled" => {
            let name = uri.as_str().chars();
            let name: String = name
                .map(|c| if c.is_alphanumeric() { c } else { '_' })
                .collect();
            let folder = std::env::current_dir().ok()?;
            Some(folder.join(format!("{name}.rs")))
        }
        _ => None,
    }
}

/// The path of a file or folder.
pub(super) fn file_of(uri: &lsp::Uri) -> Option<PathBuf> {
    let path = uri.to_file_path().ok()?;
    (uri.scheme() == "file").then(|| normal(&upper_drive(path)))
}

/// Editors write `c:` where cargo writes `C:`.
fn upper_drive(path: PathBuf) -> PathBuf {
    match path.to_str().map(|text| text.split_at_checked(1)) {
        Some(Some((drive, rest))) if rest.starts_with(':') => {
            PathBuf::from(drive.to_ascii_uppercase() + rest)
        }
        _ => path,
    }
}

/// The name of a file for the client.
pub(super) fn uri_of(path: &Path, documents: &Documents) -> Option<lsp::Uri> {
    match documents.get(path) {
        Some(document) => Some(document.uri.clone()),
        None => lsp::Uri::from_file_path(path).ok(),
    }
}
