//! What the client was asked, and what follows from its answers: above all its settings.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use gen_lsp_types as lsp;
use lsp_server::Response;
use serde_json::{Value, json};

use super::server::Server;
use super::settings::Settings;

/// A client that is asked for its settings has this long before it is served without them.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// The names of files of settings that are watched wherever they are; see [`super::lifecycle`].
const WATCHED: &[&str] = &["Cargo.toml", "socklint.toml", "socklint-baseline.json"];

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

    /// Has the client watch files that a project's settings stand in, where it does not yet.
    pub(super) fn watch_settings(&mut self, settings: BTreeSet<PathBuf>) {
        if !self.client.watches_files {
            return;
        }
        let mut watchers = Vec::new();
        for path in settings {
            if !self.watched.contains(&path)
                && let Some(glob) = self.glob(&path)
            {
                watchers.push(json!({"globPattern": glob}));
                self.watched.insert(path);
            }
        }
        if !watchers.is_empty() {
            let registration = json!({
                "id": format!("socklint-settings-{}", self.watched.len()),
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": watchers},
            });
            let registrations = json!({"registrations": [registration]});
            self.ask("client/registerCapability", registrations, Asked::Anything);
        }
    }

    /// What a client calls a file that it is to watch; `None` if it does so, or cannot.
    fn glob(&self, path: &Path) -> Option<Value> {
        let name = path.file_name()?.to_str()?;
        let pattern = name.replace('[', "[[]").replace('{', "[{]");
        match self.folders.iter().any(|folder| path.starts_with(folder)) {
            true if WATCHED.contains(&name) => None,
            true => Some(Value::String(format!("**/{pattern}"))),
            false => {
                let folder = lsp::Uri::from_file_path(path.parent()?).ok();
                let folder = folder.filter(|_| self.client.watches_elsewhere)?;
                Some(json!({"baseUri": folder, "pattern": pattern}))
            }
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
