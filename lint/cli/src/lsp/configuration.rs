//! What the client was asked, and what follows from its answers: above all its settings.

use std::time::Duration;

use lsp_server::Response;
use serde_json::{Value, json};

use super::server::Server;
use super::settings::Settings;

/// A client that is asked for its settings has this long before it is served without them.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// What the client was asked.
pub(super) enum Asked {
    /// Its settings.
    Configuration,
    /// A place for progress.
    Progress,
    /// Something whose answer does not matter.
    Anything,
}

impl Server {
    /// The client answers.
    pub(super) fn response(&mut self, response: Response) {
        match (self.asked.remove(&response.id), response.response_result) {
            (Some(Asked::Configuration), Ok(Value::Array(sections))) => {
                let section = sections.into_iter().next().unwrap_or(Value::Null);
                self.configure(section);
            }
            (Some(Asked::Configuration), _) => self.configure(Value::Null),
            (Some(Asked::Progress), result) => self.progress.answered(&self.outbox, result.is_ok()),
            (Some(Asked::Anything) | None, _) => {}
        }
    }

    /// Asks for the settings, or takes those that came with `initialize`.
    pub(super) fn ask_for_configuration(&mut self) {
        if self.client.configuration {
            let params = json!({"items": [{"section": "socklint"}]});
            self.ask("workspace/configuration", params, Asked::Configuration);
            if !self.is_configured {
                self.touch(PATIENCE);
            }
        } else {
            self.configure(Value::Null);
        }
    }

    /// The settings are these; where there are none, those that came with `initialize`.
    pub(super) fn configure(&mut self, settings: Value) {
        let value = match settings {
            Value::Null => &self.initial_settings,
            Value::Object(ref table) if table.is_empty() => &self.initial_settings,
            ref settings => settings,
        };
        let (settings, problems) = Settings::read(value);
        for problem in problems {
            self.warn(&problem);
        }
        let is_first = !std::mem::replace(&mut self.is_configured, true);
        if is_first || settings != self.settings {
            self.settings = settings;
            self.open_only = false;
            self.show_progress();
            self.touch(Duration::ZERO);
        }
    }
}
