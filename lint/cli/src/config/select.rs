//! What is compiled, as the command line and the settings together say it, and what is stated of functions.

use std::collections::HashMap;

use cargo_metadata::Metadata;
use socklint_analysis::{Opens, StatedContract, Target};

use super::file::{self, Contract, File};
use super::{Config, Scope};
use crate::args::CheckArgs;

/// What the code of a package is checked as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Compilation {
    /// The target.
    pub(crate) target: Target,
    /// The features.
    pub(crate) features: Features,
    /// Whether all targets are checked, and code for tests.
    pub(crate) all_targets: bool,
}

/// Which features are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Features {
    /// By name; several may stand in one text.
    pub(crate) named: Vec<String>,
    /// All of them.
    pub(crate) all: bool,
    /// Not the default ones.
    pub(crate) no_default: bool,
}

impl Config {
    /// What the packages of a scope are checked as. The three flags for features count as one setting, as do those
    /// for targets: a command line that has one of them says it all.
    pub(crate) fn compilation(&self, scope: Scope, args: &CheckArgs) -> Compilation {
        let strongest = || self.layers(scope).rev().map(|layer| &layer.file);
        let target = strongest().find_map(File::target);
        let given = Features {
            named: args.features.clone(),
            all: args.all_features,
            no_default: args.no_default_features,
        };
        let features = match given == Features::default() {
            true => strongest().find_map(features).unwrap_or_default(),
            false => given,
        };
        let all_targets = || {
            strongest()
                .find_map(|file| file.all_targets)
                .unwrap_or(false)
        };
        Compilation {
            target: args.target.as_ref().or(target).cloned().unwrap_or_default(),
            features,
            all_targets: args.all_targets || !args.names_targets() && all_targets(),
        }
    }

    /// Whether the dependencies of a workspace are checked.
    pub(crate) fn deps(&mut self, metadata: &Metadata, args: &CheckArgs) -> bool {
        let manifest = metadata.workspace_root.join("Cargo.toml");
        let mut packages = metadata.packages.iter();
        let scope = match packages.find(|package| package.manifest_path == manifest) {
            Some(root) => self.scope(metadata, root),
            None => self.workspace(metadata),
        };
        let stated = |file: &File| file.deps.as_ref().map(|deps| *deps.get_ref());
        let mut strongest = self.layers(scope).rev().map(|layer| &layer.file);
        args.deps || strongest.find_map(stated).unwrap_or(false)
    }

    /// All that is said of dependencies, in the order of the layers. What cargo was asked follows from it.
    pub(crate) fn stated_deps(&self) -> Vec<bool> {
        let layers = self.layers.iter();
        let stated = layers.filter_map(|layer| layer.file.deps.as_ref());
        stated.map(|deps| *deps.get_ref()).collect()
    }

    /// What is stated of functions. A package's word counts for more than the workspace's; two packages that
    /// contradict each other are at fault.
    pub(crate) fn contracts(&mut self) -> Vec<StatedContract> {
        let mut found: HashMap<String, (StatedContract, usize)> = HashMap::new();
        let mut faults = Vec::new();
        for (index, layer) in self.layers.iter().enumerate() {
            for contract in &layer.file.contract {
                let stated = stated(contract.get_ref());
                let before = found.get(&stated.function);
                let weaker = |other: usize| {
                    let layers = self.scopes.get(layer.scope.0);
                    other != index && layers.is_some_and(|layers| layers.contains(&other))
                };
                if let Some((other, at)) = before
                    && !weaker(*at)
                    && *other != stated
                {
                    let message =
                        format!("`{}` is stated to do something else, too", stated.function);
                    faults.push((layer.source, contract.span(), message));
                } else {
                    found.insert(stated.function.clone(), (stated, index));
                }
            }
        }
        self.faults.append(&mut faults);
        let mut all: Vec<StatedContract> = found.into_values().map(|(stated, _)| stated).collect();
        all.sort_by(|a, b| a.function.cmp(&b.function));
        all
    }
}

fn features(file: &File) -> Option<Features> {
    let stated = file.features.is_some()
        || file.all_features.is_some()
        || file.no_default_features.is_some();
    stated.then(|| Features {
        named: file.features.clone().unwrap_or_default(),
        all: file.all_features.unwrap_or(false),
        no_default: file.no_default_features.unwrap_or(false),
    })
}

fn stated(contract: &Contract) -> StatedContract {
    StatedContract {
        function: contract.function.0.clone(),
        opens: contract.opens.map(|opens| match opens {
            file::Opens::Socket => Opens::Socket,
            file::Opens::Result => Opens::Result,
            file::Opens::Option => Opens::Option,
        }),
        closes: contract.closes.0.clone(),
        borrows: contract.borrows.0.clone(),
        takes: contract.takes.0.clone(),
    }
}
