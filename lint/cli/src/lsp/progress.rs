//! How far the scan of a workspace is, where the client shows it.
//!
//! The client must agree to a token before it is used; by then the scan may be
//! over.

use lsp_server::Notification;
use serde_json::{Value, json};

use super::configuration::Asked;
use super::server::Server;
use super::transport::Outbox;

/// The progress of a scan.
#[derive(Default)]
pub(super) struct Progress {
    token: u32,
    state: State,
}

#[derive(Default, PartialEq, Eq)]
enum State {
    /// Nothing is shown.
    #[default]
    None,
    /// The client was asked.
    Asked,
    /// It is shown.
    Shown,
}

impl Progress {
    fn name(&self) -> String {
        format!("socklint/{}", self.token)
    }

    /// The client has agreed, or not.
    pub(super) fn answered(&mut self, outbox: &Outbox, agreed: bool) {
        if self.state != State::Asked {
            return;
        }
        self.state = match agreed {
            true => State::Shown,
            false => State::None,
        };
        if agreed {
            self.send(
                outbox,
                json!({"kind": "begin", "title": "socklint", "cancellable": true, "percentage": 0}),
            );
        }
    }

    /// So much is done.
    pub(super) fn report(&self, outbox: &Outbox, message: &str, percentage: u32) {
        if self.state == State::Shown {
            self.send(
                outbox,
                json!({"kind": "report", "message": message, "percentage": percentage}),
            );
        }
    }

    /// It is over.
    pub(super) fn end(&mut self, outbox: &Outbox) {
        if self.state == State::Shown {
            self.send(outbox, json!({"kind": "end"}));
        }
        self.state = State::None;
    }

    /// Whether it has the name.
    pub(super) fn is(&self, token: &Value) -> bool {
        self.state == State::Shown && *token == self.name()
    }

    fn send(&self, outbox: &Outbox, value: Value) {
        let params = json!({"token": self.name(), "value": value});
        outbox.send(Notification::new("$/progress".to_owned(), params));
    }
}

impl Server {
    /// Asks the client to show the progress of the scan that begins.
    pub(super) fn show_progress(&mut self) {
        if self.client.progress && self.progress.state == State::None {
            self.progress.token += 1;
            self.progress.state = State::Asked;
            let params = json!({"token": self.progress.name()});
            self.ask("window/workDoneProgress/create", params, Asked::Progress);
        }
    }
}
