//! The beginning of a conversation.

use std::path::PathBuf;

use crossbeam_channel::Receiver;
use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Message, RequestId, Response};
use serde_json::{Value, json};

use super::actions::{FIX_ALL, OPEN_DOCUMENTATION};
use super::client::Client;
use super::documents::file_of;
use super::server::End;
use super::transport::{Incoming, Outbox};

/// Waits for the request that begins a conversation.
pub(super) fn wait_for_initialize(
    incoming: &Receiver<Incoming>,
    outbox: &Outbox,
) -> Result<(RequestId, Value), End> {
    loop {
        match incoming.recv() {
            Ok(Incoming::Message(Message::Request(request))) => {
                if request.method == "initialize" {
                    return Ok((request.id, request.params));
                }
                let message = "expected `initialize`".to_owned();
                let code = ErrorCode::ServerNotInitialized as i32;
                outbox.send(Response::new_err(request.id, code, message));
            }
            Ok(Incoming::Message(Message::Notification(notification))) => {
                if notification.method == "exit" {
                    return Err(End::Exit);
                }
            }
            Ok(Incoming::Message(Message::Response(_))) => {}
            Ok(Incoming::Malformed(reason)) => outbox.malformed(reason),
            Ok(Incoming::Closed(Some(error))) => return Err(End::Broken(error)),
            Ok(Incoming::Closed(None)) | Err(_) => return Err(End::Exit),
        }
    }
}

/// The folders that the client has open.
pub(super) fn folders(params: &Value) -> Vec<PathBuf> {
    let uri = |value: &Value| file_of(&value.as_str()?.parse().ok()?);
    match params.get("workspaceFolders").and_then(Value::as_array) {
        Some(folders) => folders
            .iter()
            .filter_map(|folder| uri(folder.get("uri")?))
            .collect(),
        None => params
            .get("rootUri")
            .and_then(uri)
            .or_else(|| Some(PathBuf::from(params.get("rootPath")?.as_str()?)))
            .into_iter()
            .collect(),
    }
}

/// What the server can do for the client.
pub(super) fn capabilities(client: &Client) -> lsp::InitializeResult {
    let sync = lsp::TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(lsp::TextDocumentSyncKind::Incremental),
        save: Some(lsp::Save::Bool(true)),
        ..lsp::TextDocumentSyncOptions::default()
    };
    let actions = lsp::CodeActionOptions {
        code_action_kinds: Some(vec![lsp::CodeActionKind::QuickFix, FIX_ALL]),
        ..lsp::CodeActionOptions::default()
    };
    let diagnostics = lsp::DiagnosticOptions {
        identifier: Some("socklint".to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: true,
        ..lsp::DiagnosticOptions::default()
    };
    let folders = lsp::WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(lsp::ChangeNotifications::Bool(true)),
    };
    lsp::InitializeResult {
        capabilities: lsp::ServerCapabilities {
            position_encoding: Some(client.encoding.kind()),
            text_document_sync: Some(lsp::TextDocumentSync::Options(sync)),
            hover_provider: Some(lsp::HoverProvider::Bool(true)),
            code_action_provider: Some(match client.code_actions {
                true => lsp::CodeActionProvider::CodeActionOptions(actions),
                false => lsp::CodeActionProvider::Bool(true),
            }),
            diagnostic_provider: client
                .pulls
                .then_some(lsp::DiagnosticProvider::DiagnosticOptions(diagnostics)),
            execute_command_provider: client.shows_documents.then(|| lsp::ExecuteCommandOptions {
                commands: vec![OPEN_DOCUMENTATION.to_owned()],
                ..lsp::ExecuteCommandOptions::default()
            }),
            workspace: Some(lsp::WorkspaceOptions {
                workspace_folders: Some(folders),
                ..lsp::WorkspaceOptions::default()
            }),
            ..lsp::ServerCapabilities::default()
        },
        server_info: Some(lsp::ServerInfo {
            name: "socklint".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

/// What the server wants to hear of, as far as the client can be told.
pub(super) fn registrations(client: &Client) -> Option<Value> {
    let mut registrations = Vec::new();
    if client.watches_files {
        let globs = [
            "**/*.rs",
            "**/Cargo.toml",
            "**/Cargo.lock",
            "**/socklint.toml",
            "**/socklint-baseline.json",
        ];
        let watchers: Vec<Value> = globs
            .iter()
            .map(|glob| json!({"globPattern": glob}))
            .collect();
        registrations.push(json!({
            "id": "socklint-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": watchers},
        }));
    }
    if client.watches_configuration {
        registrations.push(json!({
            "id": "socklint-configuration",
            "method": "workspace/didChangeConfiguration",
            "registerOptions": {"section": "socklint"},
        }));
    }
    (!registrations.is_empty()).then(|| json!({"registrations": registrations}))
}
