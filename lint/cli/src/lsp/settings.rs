//! The editor's settings, as flags of the command.
//!
//! Each setting becomes the flag that it is named after and is read by the
//! command line's own parser: what is a valid target, rule or feature is said
//! in one place. A setting that does not hold is told and left out.

use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches};
use serde_json::{Map, Value};
use socklint_analysis::rules::Group;

use crate::args::{Args, CheckArgs};
use crate::levels::{Levels, closest};

const NAMES: &[&str] = &[
    "target",
    "features",
    "allFeatures",
    "noDefaultFeatures",
    "allTargets",
    "deps",
    "levels",
];

/// What the editor's user asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    flags: Vec<String>,
}

impl Settings {
    /// Reads settings, and says what is wrong with them.
    pub(super) fn read(value: &Value) -> (Settings, Vec<String>) {
        let mut settings = Settings::default();
        let mut problems = Vec::new();
        // Settings may come as a whole, under the section's name.
        let value = match value.get("socklint") {
            Some(section) => section,
            None => value,
        };
        match value {
            Value::Null => {}
            Value::Object(table) => settings.read_table(table, &mut problems),
            _ => problems.push("the settings are no object".to_owned()),
        }
        (settings, problems)
    }

    fn read_table(&mut self, table: &Map<String, Value>, problems: &mut Vec<String>) {
        for (name, value) in table.iter().filter(|(_, value)| !value.is_null()) {
            let flags = match name.as_str() {
                "target" => match value.as_str() {
                    Some(target) => Ok(vec![format!("--target={target}")]),
                    None => Err("expected a target triple".to_owned()),
                },
                "features" if value == "all" => Ok(vec!["--all-features".to_owned()]),
                "features" => features(value),
                "allFeatures" => switch("--all-features", value),
                "noDefaultFeatures" => switch("--no-default-features", value),
                "allTargets" => switch("--all-targets", value),
                "deps" => switch("--deps", value),
                "levels" => {
                    self.read_levels(value, problems);
                    continue;
                }
                unknown => {
                    problems.push(match closest(unknown, NAMES.iter().copied()) {
                        Some(similar) => {
                            format!("`{unknown}` is not a setting; did you mean `{similar}`?")
                        }
                        None => format!(
                            "`{unknown}` is not a setting; there are {}",
                            NAMES.join(", ")
                        ),
                    });
                    continue;
                }
            };
            let added =
                flags.and_then(|flags| flags.into_iter().try_for_each(|flag| self.add(flag)));
            if let Err(message) = added {
                problems.push(format!("`{name}`: {message}"));
            }
        }
    }

    /// The level of groups first, so that a rule's own level counts; `warnings` means all that is at warn then.
    fn read_levels(&mut self, value: &Value, problems: &mut Vec<String>) {
        let Value::Object(levels) = value else {
            problems.push("`levels`: expected an object of rules and their levels".to_owned());
            return;
        };
        let mut levels: Vec<(&String, &Value)> = levels.iter().collect();
        levels.sort_by_key(|(rule, _)| match rule.as_str() {
            "warnings" => 2,
            group if Group::ALL.iter().any(|other| other.name() == group) => 0,
            _ => 1,
        });
        for (rule, level) in levels {
            let added = match level.as_str() {
                Some(level @ ("allow" | "warn" | "deny" | "forbid")) => {
                    self.add(format!("--{level}={rule}"))
                }
                _ => Err("a level is \"allow\", \"warn\", \"deny\" or \"forbid\"".to_owned()),
            };
            if let Err(message) = added {
                problems.push(format!("`levels.{rule}`: {message}"));
            }
        }
    }

    /// Takes a flag if the command would.
    fn add(&mut self, flag: String) -> Result<(), String> {
        if self.flags.contains(&flag) {
            return Ok(());
        }
        parse(std::slice::from_ref(&flag))?;
        self.flags.push(flag);
        Ok(())
    }

    /// The command line for some paths, and the levels of the rules.
    pub(super) fn check(&self, paths: Vec<PathBuf>) -> Result<(CheckArgs, Levels), String> {
        let (mut args, levels) = parse(&self.flags)?;
        args.paths = paths;
        Ok((args, levels))
    }
}

fn parse(flags: &[String]) -> Result<(CheckArgs, Levels), String> {
    let command = std::iter::once("cargo-socklint").chain(flags.iter().map(String::as_str));
    let matches = Args::command().try_get_matches_from(command);
    let read = matches.and_then(|matches| Ok((Args::from_arg_matches(&matches)?, matches)));
    let (args, matches) = read.map_err(|error| {
        let text = error.to_string();
        let line = text.lines().next().unwrap_or("not understood");
        line.trim_start_matches("error: ").to_owned()
    })?;
    let levels = Levels::from_matches(&matches).map_err(|error| error.to_string())?;
    Ok((args.check, levels))
}

fn switch(flag: &str, value: &Value) -> Result<Vec<String>, String> {
    match value {
        Value::Bool(true) => Ok(vec![flag.to_owned()]),
        Value::Bool(false) => Ok(Vec::new()),
        _ => Err("expected true or false".to_owned()),
    }
}

fn features(value: &Value) -> Result<Vec<String>, String> {
    let wrong = || "expected a list of features".to_owned();
    let list = value.as_array().ok_or_else(wrong)?;
    let names = list.iter().map(|name| {
        let name = name.as_str().ok_or_else(wrong)?;
        Ok(format!("--features={name}"))
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::Settings;
    use serde_json::json;

    #[test]
    fn settings_are_the_commands_flags() {
        let (settings, problems) = Settings::read(&json!({"socklint": {
            "target": "aarch64-pc-windows-msvc",
            "features": ["a", "b"],
            "noDefaultFeatures": true,
            "allTargets": false,
            "levels": {"unclosed_socket": "warn", "correctness": "allow"},
        }}));
        assert_eq!(problems, Vec::<String>::new());
        let mut flags = settings.flags;
        flags.sort();
        assert_eq!(
            flags,
            [
                "--allow=correctness",
                "--features=a",
                "--features=b",
                "--no-default-features",
                "--target=aarch64-pc-windows-msvc",
                "--warn=unclosed_socket",
            ]
        );
    }

    #[test]
    fn what_does_not_hold_is_said_and_left_out() {
        let (settings, problems) = Settings::read(&json!({
            "target": "windows",
            "features": "net",
            "allFeature": true,
            "deps": 1,
            "levels": {"unclosed_sokket": "deny", "double_close": "loud", "pedantic": "warn"},
        }));
        assert_eq!(settings.flags, ["--warn=pedantic"]);
        assert_eq!(problems.len(), 6, "{problems:?}");
        for word in [
            "x86_64-pc-windows-msvc",
            "did you mean `allFeatures`?",
            "unclosed_socket",
            "double_close",
        ] {
            assert!(
                problems.iter().any(|problem| problem.contains(word)),
                "{problems:?}"
            );
        }
    }
}
