//! What the client asks.

use std::time::{Duration, Instant};

use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use socklint_analysis::rules;

use super::actions::{self, OPEN_DOCUMENTATION};
use super::configuration::Asked;
use super::documents::path_of;
use super::file_report::documentation;
use super::hover;
use super::notifications::read;
use super::pull::{Waiting, Wanted};
use super::server::Server;

/// Editors show no action before all servers have answered: this is how long one waits for results.
const ACTIONS_WAIT: Duration = Duration::from_secs(1);
/// The same if the user asked for it, and not the editor of its own accord.
const INVOKED_WAIT: Duration = Duration::from_secs(5);

impl Server {
    /// The client asks something.
    pub(super) fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        match method.as_str() {
            "shutdown" => {
                self.is_shut_down = true;
                self.stop();
                self.outbox.send(Response::new_ok(id, Value::Null));
            }
            "initialize" => {
                self.fail(
                    id,
                    ErrorCode::InvalidRequest,
                    "the server is initialized already",
                );
            }
            "textDocument/hover" => self.with(id, params, Self::hover),
            "textDocument/codeAction" => self.with(id, params, Self::wait_for_actions),
            "textDocument/diagnostic" if self.client.pulls => {
                self.with(id, params, |server, id, params| {
                    server.wait(id, Wanted::Document(params), None);
                });
            }
            "workspace/diagnostic" if self.client.pulls => {
                self.with(id, params, |server, id, params| {
                    server.wait(id, Wanted::Workspace(params), None);
                });
            }
            "workspace/executeCommand" => self.with(id, params, Self::execute),
            _ => self.fail(
                id,
                ErrorCode::MethodNotFound,
                &format!("`{method}` is not known"),
            ),
        }
    }

    fn with<T: DeserializeOwned>(
        &mut self,
        id: RequestId,
        params: Value,
        answer: impl FnOnce(&mut Self, RequestId, T),
    ) {
        match serde_json::from_value(params) {
            Ok(params) => answer(self, id, params),
            Err(error) => self.fail(id, ErrorCode::InvalidParams, &error.to_string()),
        }
    }

    fn wait(&mut self, id: RequestId, wanted: Wanted, patience: Option<Duration>) {
        self.waiting.push(Waiting {
            id,
            wanted,
            until: patience.map(|patience| Instant::now() + patience),
        });
        self.answer_waiting();
        if !self.waiting.is_empty() {
            self.hurry();
        }
    }

    fn wait_for_actions(&mut self, id: RequestId, params: lsp::CodeActionParams) {
        let context = &params.context;
        let is_invoked = context.trigger_kind == Some(lsp::CodeActionTriggerKind::Invoked)
            || context.only.is_some();
        let patience = match is_invoked {
            true => INVOKED_WAIT,
            false => ACTIONS_WAIT,
        };
        self.wait(id, Wanted::Actions(Box::new(params)), Some(patience));
    }

    fn hover(&mut self, id: RequestId, params: lsp::HoverParams) {
        let at = params.text_document_position_params;
        let report = path_of(&at.text_document.uri).and_then(|path| {
            let report = self.reports.get(&path)?;
            // Positions in another text would mislead.
            let document = self.documents.get(&path)?;
            (document.text == report.text).then_some(report)
        });
        let found = report.and_then(|report| hover::at(report, at.position, &self.client));
        self.outbox.send(Response::new_ok(id, found));
    }

    fn execute(&mut self, id: RequestId, params: lsp::ExecuteCommandParams) {
        let arguments = params.arguments.unwrap_or_default();
        let rule = arguments.first().and_then(Value::as_str);
        let uri = rule
            .and_then(rules::by_name)
            .and_then(|rule| documentation(rule.name));
        match uri {
            Some(uri) if params.command == OPEN_DOCUMENTATION => {
                let params = json!({"uri": uri, "external": true, "takeFocus": true});
                self.ask("window/showDocument", params, Asked::Anything);
                self.outbox.send(Response::new_ok(id, Value::Null));
            }
            _ => {
                let message = format!("`{}` cannot be run with {arguments:?}", params.command);
                self.fail(id, ErrorCode::InvalidParams, &message);
            }
        }
    }

    /// What can be done in a part of a document.
    pub(super) fn actions(&self, params: &lsp::CodeActionParams) -> Vec<lsp::CodeActionResponse> {
        let report = path_of(&params.text_document.uri).and_then(|path| {
            let report = self.reports.get(&path)?;
            let document = self.documents.get(&path)?;
            (document.text == report.text).then_some((path, report))
        });
        let Some((path, report)) = report else {
            return Vec::new();
        };
        let actions = actions::actions(params, &path, report, &self.documents, &self.client);
        match self.client.code_actions {
            true => actions
                .into_iter()
                .map(lsp::CodeActionResponse::CodeAction)
                .collect(),
            false => actions
                .into_iter()
                .filter_map(|action| action.command)
                .map(lsp::CodeActionResponse::Command)
                .collect(),
        }
    }

    /// The client no longer wants an answer.
    pub(super) fn request_cancelled(&mut self, params: Value) -> Option<()> {
        let id: RequestId = read(params.get("id")?.clone())?;
        if let Some(index) = self.waiting.iter().position(|waiting| waiting.id == id) {
            self.waiting.remove(index);
            self.fail(id, ErrorCode::RequestCanceled, "cancelled by the client");
        }
        Some(())
    }
}
