//! What the client can do.
//!
//! Read from its capabilities by path: what a client leaves out or writes
//! oddly it cannot do, and nothing else follows from it.

use serde_json::Value;

use super::position::Encoding;

/// What the client can do, as far as the server asks.
#[derive(Clone, Debug)]
pub(super) struct Client {
    /// What columns count.
    pub(super) encoding: Encoding,
    /// It asks for diagnostics itself.
    pub(super) pulls: bool,
    /// It can be told to ask again.
    pub(super) refreshes: bool,
    /// It shows other places of a diagnostic.
    pub(super) related_information: bool,
    /// It shows a link beside a diagnostic's code.
    pub(super) code_description: bool,
    /// It knows which version of a text diagnostics are for.
    pub(super) versions: bool,
    /// It takes edits with versions, and snippets in them.
    pub(super) document_changes: bool,
    /// It takes snippets in edits.
    pub(super) snippets: bool,
    /// It takes code actions, not only commands.
    pub(super) code_actions: bool,
    /// It shows Markdown.
    pub(super) markdown: bool,
    /// It opens a page in a browser.
    pub(super) shows_documents: bool,
    /// It shows progress.
    pub(super) progress: bool,
    /// It can be asked for its settings.
    pub(super) configuration: bool,
    /// It can be told to say when its settings change.
    pub(super) watches_configuration: bool,
    /// It can be told which files to watch.
    pub(super) watches_files: bool,
    /// These may lie outside its folders.
    pub(super) watches_elsewhere: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn new(params: &Value) -> Client {
        let get = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let has = |path: &str| get(path).and_then(Value::as_bool).unwrap_or(false);
        let lists = |path: &str, word: &str| {
            let list = get(path).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(|value| value == word))
        };
        let pulls = get("textDocument/diagnostic").is_some_and(Value::is_object);
        // The capabilities of a diagnostic are stated twice.
        let shows = |what: &str| {
            has(&format!("textDocument/publishDiagnostics/{what}"))
                || pulls && has(&format!("textDocument/diagnostic/{what}"))
        };
        let encodings = "general/positionEncodings";
        let document_changes = has("workspace/workspaceEdit/documentChanges");
        Client {
            encoding: if lists(encodings, "utf-8") {
                Encoding::Utf8
            } else if !lists(encodings, "utf-16") && lists(encodings, "utf-32") {
                Encoding::Utf32
            } else {
                Encoding::Utf16
            },
            pulls,
            refreshes: has("workspace/diagnostics/refreshSupport"),
            related_information: shows("relatedInformation"),
            code_description: shows("codeDescriptionSupport"),
            versions: has("textDocument/publishDiagnostics/versionSupport"),
            document_changes,
            snippets: document_changes && has("workspace/workspaceEdit/snippetEditSupport"),
            code_actions: get("textDocument/codeAction/codeActionLiteralSupport")
                .is_some_and(Value::is_object),
            markdown: lists("textDocument/hover/contentFormat", "markdown"),
            shows_documents: has("window/showDocument/support"),
            progress: has("window/workDoneProgress"),
            configuration: has("workspace/configuration"),
            watches_configuration: has("workspace/didChangeConfiguration/dynamicRegistration"),
            watches_files: has("workspace/didChangeWatchedFiles/dynamicRegistration"),
            watches_elsewhere: has("workspace/didChangeWatchedFiles/relativePatternSupport"),
        }
    }
}
