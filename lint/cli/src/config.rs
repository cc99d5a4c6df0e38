//! What a project says of its checks: `socklint.toml` and the metadata of its manifests.
//!
//! Settings come in layers. What holds for the whole check is the nearest `socklint.toml` at or above its folder;
//! without one it is, for each workspace, `[workspace.metadata.socklint]`. Over that lies the
//! `[package.metadata.socklint]` of each member, and over all of it the command line. The layers that hold for a
//! package, the weakest first, are its [`Scope`]: single values come from the strongest layer that has one, lists
//! (what is allowed, excluded, stated) are those of all layers.
//!
//! A dependency's own metadata has no say: its author does not decide what is reported here.

pub(crate) mod file;
mod load;
mod parts;
#[cfg(test)]
mod schema;
mod select;
pub(crate) mod suppress;
mod values;

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use socklint_analysis::rules::{self, Level};

pub(crate) use load::{NAME, load};
pub(crate) use select::Features;

use crate::levels::Levels;
use crate::problem::Problem;
use file::File;

/// The schema of a configuration.
pub(crate) const SCHEMA: &str = include_str!("../socklint.schema.json");

/// An index of layers that hold together; see [`Config::scope`].
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Scope(usize);

/// All settings of a check, and what is wrong with them.
#[derive(Default)]
pub(crate) struct Config {
    /// The files that they stand in.
    pub(crate) sources: Vec<Source>,
    /// What is wrong with them, by the index of the file.
    pub(crate) faults: Vec<(usize, Range<usize>, String)>,
    /// Files that could not be read.
    pub(crate) problems: Vec<Problem>,
    /// What the user should know.
    pub(crate) notes: Vec<String>,
    layers: Vec<Layer>,
    /// For each scope its layers, the weakest first. The first scope is that of files without a package.
    scopes: Vec<Vec<usize>>,
    /// Whether the manifests are left alone.
    ignores_metadata: bool,
    manifests: HashMap<PathBuf, Scope>,
}

/// A file that settings were read from.
pub(crate) struct Source {
    /// The file, as an absolute path.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: Arc<str>,
}

/// The settings of one table.
struct Layer {
    source: usize,
    /// Paths in it are relative to this folder.
    folder: PathBuf,
    /// The table's name in a manifest.
    table: Option<&'static str>,
    file: File,
    /// The scope in which it is the strongest.
    scope: Scope,
}

impl Config {
    fn layers(&self, Scope(scope): Scope) -> impl DoubleEndedIterator<Item = &Layer> {
        let scope = self.scopes.get(scope).into_iter().flatten();
        scope.filter_map(|&layer| self.layers.get(layer))
    }

    /// The levels in each scope; `given` on the command line have the last word.
    pub(crate) fn levels(&self, given: &Levels) -> ScopedLevels {
        let scopes = 0..self.scopes.len().max(1);
        let levels = scopes.map(|scope| given.over(self.settings(Scope(scope)).into_iter()));
        ScopedLevels(levels.collect())
    }

    /// The levels that a scope sets, in the order in which they count: groups before rules.
    fn settings(&self, scope: Scope) -> Vec<(&str, Level)> {
        let mut settings = Vec::new();
        for layer in self.layers(scope) {
            let all = layer.file.rules.iter();
            let (rules, groups): (Vec<_>, Vec<_>) =
                all.partition(|(name, _)| rules::by_name(&name.0).is_some());
            let ordered = groups.into_iter().chain(rules);
            settings.extend(ordered.map(|(name, setting)| (name.0.as_str(), setting.level())));
        }
        settings
    }

    /// Whether a file is excluded.
    pub(crate) fn excludes(&self, path: &Path) -> bool {
        self.layers.iter().any(|layer| {
            let below = path.strip_prefix(&layer.folder);
            below.is_ok_and(|path| layer.file.exclude.iter().any(|glob| glob.matches(path)))
        })
    }

    /// The baselines that are in use, as absolute paths.
    pub(crate) fn baselines(&self) -> Vec<PathBuf> {
        let mut all = Vec::new();
        for layer in &self.layers {
            if let Some(baseline) = &layer.file.baseline {
                all.push(crate::modules::normal(
                    &layer.folder.join(baseline.get_ref()),
                ));
            }
        }
        all.sort();
        all.dedup();
        all
    }

    /// What is used, for people: a line for each table, and for each level that has a reason.
    pub(crate) fn described(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for layer in &self.layers {
            let Some(source) = self.sources.get(layer.source) else {
                continue;
            };
            let table = layer
                .table
                .map(|table| format!(", [{table}]"))
                .unwrap_or_default();
            lines.push(format!("configuration: {}{table}", source.path.display()));
            for (name, setting) in &layer.file.rules {
                if let Some(reason) = setting.reason() {
                    lines.push(format!("  {}: {reason}", name.0));
                }
            }
            for allow in &layer.file.allow {
                lines.push(format!("  {}", allow.get_ref()));
            }
        }
        if lines.is_empty() {
            lines.push("no configuration".to_owned());
        }
        lines
    }
}

/// The levels in every scope.
pub(crate) struct ScopedLevels(Vec<Levels>);

impl ScopedLevels {
    /// Those of a scope.
    pub(crate) fn of(&self, Scope(scope): Scope) -> &Levels {
        // There is always one scope, and a scope that is not known is that of loose files.
        self.0.get(scope).unwrap_or(&self.0[0])
    }
}
