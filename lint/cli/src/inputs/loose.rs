//! Files without a manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use socklint_analysis::CfgOptions;

use super::Origin;
use super::plan::{Plan, Planned};
use crate::config::Scope;
use crate::modules::closure;

/// Loose files are read as if written today.
pub(super) const EDITION: u16 = 2024;

impl Plan<'_> {
    /// One crate for each loose file that no other declares.
    pub(super) fn add_loose_crates(&mut self) {
        let mut asked = std::mem::take(&mut self.loose);
        asked.retain(|file| !self.config.excludes(file));
        self.texts.read(asked.iter().cloned().collect(), self.jobs);
        let mut trees: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
        for file in &asked {
            trees.insert(file.clone(), closure(file, |path| self.texts.get(path)));
        }
        let declared: BTreeSet<&PathBuf> = trees
            .iter()
            .flat_map(|(root, files)| files.iter().filter(move |file| *file != root))
            .collect();
        let mut roots: Vec<&PathBuf> = asked
            .iter()
            .filter(|file| !declared.contains(file))
            .collect();
        // Files that declare each other in a circle have no root: each stands for itself.
        let covered: BTreeSet<&PathBuf> = roots
            .iter()
            .filter_map(|root| trees.get(*root))
            .flatten()
            .collect();
        roots.extend(asked.iter().filter(|file| !covered.contains(file)));
        roots.sort();
        roots.dedup();
        let roots: Vec<PathBuf> = roots.into_iter().cloned().collect();
        let compilation = self.config.compilation(Scope::default(), self.args);
        for root in roots {
            let files = trees.remove(&root).unwrap_or_default();
            let name = root
                .file_stem()
                .map_or_else(|| "loose".into(), |stem| stem.to_string_lossy());
            self.crates.push(Planned {
                name: name.replace('-', "_"),
                edition: EDITION,
                files,
                dependencies: Vec::new(),
                cfg: CfgOptions {
                    target: compilation.target.clone(),
                    features: None,
                    test: compilation.all_targets || self.args.tests,
                },
                report: true,
                loose: true,
                only: Some(asked.clone()),
                scope: Scope::default(),
                origin: Origin::of_file(&root),
                root,
            });
        }
    }
}
