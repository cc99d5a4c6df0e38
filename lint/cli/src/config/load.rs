//! Finds and reads the files.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use cargo_metadata::{Metadata, Package};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::File;
use super::parts::{self, Fault};
use super::{Config, Layer, Scope, Source};
use crate::args::CheckArgs;
use crate::read;

/// The file in which a project says what it wants.
pub(crate) const NAME: &str = "socklint.toml";
const WORKSPACE: &str = "workspace.metadata.socklint";
const PACKAGE: &str = "package.metadata.socklint";

/// The text of a file as it is being edited, if it is.
type Unsaved<'a> = &'a dyn Fn(&Path) -> Option<Arc<str>>;

/// The settings for a check of `base`. Those of manifests are added when cargo has found them, by [`Config::scope`].
pub(crate) fn load(base: &Path, args: &CheckArgs, unsaved: Unsaved<'_>) -> Config {
    let mut config = Config {
        scopes: vec![Vec::new()],
        ignores_metadata: args.no_config || args.config.is_some(),
        ..Config::default()
    };
    let path = match &args.config {
        Some(given) => match std::path::absolute(given) {
            Ok(path) => Some(crate::modules::normal(&path)),
            Err(_) => Some(given.clone()),
        },
        None if args.no_config => None,
        None => {
            let mut candidates = base.ancestors().map(|folder| folder.join(NAME));
            candidates.find(|path| unsaved(path).is_some() || path.is_file())
        }
    };
    if let Some(path) = path {
        config.add_file(&path, unsaved);
    }
    config
}

impl Config {
    /// Reads a whole file; it holds for everything.
    fn add_file(&mut self, path: &Path, unsaved: Unsaved<'_>) {
        let Some(source) = self.source(path, unsaved) else {
            return;
        };
        let text = self.sources[source].text.clone();
        match parts::table(&text) {
            Ok(table) => {
                let layer = self.layer(source, table, None, Scope(0));
                self.scopes[0].push(layer);
            }
            Err(faults) => self.add_faults(source, faults),
        }
    }

    fn source(&mut self, path: &Path, unsaved: Unsaved<'_>) -> Option<usize> {
        let text = match unsaved(path) {
            Some(text) => Ok(text),
            None => read::read_all(&[path.to_owned()], 1).pop()?,
        };
        match text {
            Ok(text) => {
                self.sources.push(Source {
                    path: path.to_owned(),
                    text,
                });
                Some(self.sources.len() - 1)
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    fn add_faults(&mut self, source: usize, faults: Vec<Fault>) {
        let faults = faults.into_iter();
        self.faults
            .extend(faults.map(|fault| (source, fault.span, fault.message)));
    }

    /// Reads a table, and gives its index.
    fn layer(
        &mut self,
        source: usize,
        table: Spanned<DeTable<'_>>,
        name: Option<&'static str>,
        scope: Scope,
    ) -> usize {
        let (mut file, mut faults) = parts::read(table);
        faults.extend(checked(&mut file));
        self.add_faults(source, faults);
        let path = &self.sources[source].path;
        self.layers.push(Layer {
            source,
            folder: path.parent().unwrap_or(path).to_owned(),
            table: name,
            file,
            scope,
        });
        self.layers.len() - 1
    }

    /// The scope of a workspace: what holds for packages that say nothing themselves.
    pub(crate) fn workspace(&mut self, metadata: &Metadata) -> Scope {
        let manifest = metadata.workspace_root.as_std_path().join("Cargo.toml");
        // A root package has a scope of its own by the same manifest.
        let key = manifest.join(WORKSPACE);
        if let Some(&known) = self.manifests.get(&key) {
            return known;
        }
        let scope = match (self.manifest_text(&manifest), self.scopes[0].is_empty()) {
            (Some(text), true) => self.extended(Scope(0), &manifest, &text, WORKSPACE),
            (Some(text), false) => {
                self.note_ignored(&manifest, &text);
                Scope(0)
            }
            (None, _) => Scope(0),
        };
        self.manifests.insert(key, scope);
        scope
    }

    /// The scope of a package that cargo found.
    pub(crate) fn scope(&mut self, metadata: &Metadata, package: &Package) -> Scope {
        let workspace = self.workspace(metadata);
        if !metadata.workspace_members.contains(&package.id) {
            return workspace;
        }
        let manifest = package.manifest_path.as_std_path();
        if let Some(&known) = self.manifests.get(manifest) {
            return known;
        }
        let scope = match self.manifest_text(manifest) {
            Some(text) => self.extended(workspace, manifest, &text, PACKAGE),
            None => workspace,
        };
        let is_root = manifest.parent() == Some(metadata.workspace_root.as_std_path());
        if scope != workspace && !is_root {
            self.refuse_settings_of_the_run(scope);
        }
        self.manifests.insert(manifest.to_owned(), scope);
        scope
    }

    /// The text of a manifest, if it may have settings.
    fn manifest_text(&self, manifest: &Path) -> Option<String> {
        if self.ignores_metadata {
            return None;
        }
        // Cargo has read it, and would have said what is wrong with it.
        let text = fs::read_to_string(manifest).ok()?;
        text.contains("socklint").then_some(text)
    }

    /// `scope` with the settings of a manifest's table over it; itself if there are none.
    fn extended(&mut self, scope: Scope, manifest: &Path, text: &str, name: &'static str) -> Scope {
        let Ok(table) = parts::table(text) else {
            return scope;
        };
        let Some(value) = found(table, name) else {
            return scope;
        };
        let source = self.source_of_manifest(manifest, text);
        let new = Scope(self.scopes.len());
        let span = value.span();
        let DeValue::Table(table) = value.into_inner() else {
            let message = format!("`{name}` is no table");
            self.add_faults(source, vec![Fault { span, message }]);
            return scope;
        };
        let layer = self.layer(source, Spanned::new(span, table), Some(name), new);
        let mut layers = self.scopes.get(scope.0).cloned().unwrap_or_default();
        layers.push(layer);
        self.scopes.push(layers);
        new
    }

    fn source_of_manifest(&mut self, manifest: &Path, text: &str) -> usize {
        let mut sources = self.sources.iter();
        sources
            .position(|source| source.path == manifest)
            .unwrap_or_else(|| {
                self.sources.push(Source {
                    path: manifest.to_owned(),
                    text: text.into(),
                });
                self.sources.len() - 1
            })
    }

    fn note_ignored(&mut self, manifest: &Path, text: &str) {
        let has_table = parts::table(text).is_ok_and(|table| found(table, WORKSPACE).is_some());
        let used = self
            .layers
            .first()
            .and_then(|layer| self.sources.get(layer.source));
        if let Some(used) = used.filter(|_| has_table) {
            self.notes.push(format!(
                "warning: [{WORKSPACE}] of {} is ignored, since there is {}",
                manifest.display(),
                used.path.display(),
            ));
        }
    }

    /// What holds for a run as a whole is not for a single package to set.
    fn refuse_settings_of_the_run(&mut self, scope: Scope) {
        let Some(layer) = self.layers.iter_mut().find(|layer| layer.scope == scope) else {
            return;
        };
        let source = layer.source;
        let deps = layer.file.deps.take().map(|deps| ("deps", deps.span()));
        let baseline = layer.file.baseline.take();
        let baseline = baseline.map(|baseline| ("baseline", baseline.span()));
        let settings = deps.into_iter().chain(baseline);
        let faults = settings.map(|(key, span)| Fault {
            span,
            message: format!(
                "`{key}` is for the whole workspace: set it in [{WORKSPACE}] or {NAME}"
            ),
        });
        let faults = faults.collect();
        self.add_faults(source, faults);
    }
}

/// The value at a dotted path.
fn found<'a>(table: Spanned<DeTable<'a>>, path: &str) -> Option<Spanned<DeValue<'a>>> {
    let mut at = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    for name in path.split('.') {
        let DeValue::Table(mut table) = at.into_inner() else {
            return None;
        };
        at = table.remove(name)?;
    }
    Some(at)
}

/// Takes out what no single value shows to be wrong.
fn checked(file: &mut File) -> Vec<Fault> {
    let mut faults = Vec::new();
    file.allow.retain(|allow| {
        let stated = allow.get_ref();
        let placed = stated.path.is_some() || stated.function.is_some();
        if !placed {
            faults.push(Fault {
                span: allow.span(),
                message: "name a `path` or a `function`; a level under `[rules]` holds everywhere"
                    .into(),
            });
        }
        placed
    });
    file.contract.retain(|contract| {
        let stated = contract.get_ref();
        let mut all: Vec<usize> = [&stated.closes, &stated.borrows, &stated.takes]
            .into_iter()
            .flat_map(|parameters| parameters.0.iter().copied())
            .collect();
        all.sort_unstable();
        let twice = all.windows(2).find(|pair| pair.first() == pair.last());
        if let Some(parameter) = twice.and_then(|pair| pair.first()) {
            faults.push(Fault {
                span: contract.span(),
                message: format!(
                    "parameter {parameter} is named twice: a function does one thing with it"
                ),
            });
        }
        twice.is_none()
    });
    faults
}
