//! What is analysed of a project, and whether that holds.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use socklint_analysis::{Input, SourceFile, select};

use super::unit::Unit;
use crate::inputs::Inputs;
use crate::levels::Levels;
use crate::modules::closure;

/// What is analysed of a project.
pub(super) struct Planned {
    /// The sources.
    pub(super) inputs: Inputs,
    /// The level of each rule.
    pub(super) levels: Levels,
    /// For each file whether it speaks of sockets.
    pub(super) speaks: Vec<bool>,
    /// What is analysed at once.
    pub(super) units: Vec<Unit>,
    /// The open files that are checked only because they are open.
    pub(super) extra: BTreeSet<PathBuf>,
    /// The files that were open when it was last asked whether the plan holds.
    pub(super) checked: BTreeSet<PathBuf>,
}

impl Planned {
    /// Whether the plan would be the same with these files open.
    pub(super) fn is_for(&mut self, open: &BTreeSet<PathBuf>) -> bool {
        let new: BTreeSet<PathBuf> = open.difference(&self.checked).cloned().collect();
        let same = self.extra.is_subset(open)
            && (new.is_empty() || undeclared(&self.inputs, &new).is_empty());
        self.checked.clone_from(open);
        same
    }
}

/// Those of `open` that no crate declares of which findings are reported.
pub(super) fn undeclared(inputs: &Inputs, open: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    let texts: HashMap<&Path, &Arc<str>> = inputs
        .paths
        .iter()
        .map(PathBuf::as_path)
        .zip(inputs.input.files.iter().map(|file| &file.text))
        .collect();
    let mut missing = open.clone();
    for krate in inputs.input.crates.iter().filter(|krate| krate.report) {
        let holds = |file: &usize| {
            inputs
                .paths
                .get(*file)
                .is_some_and(|path| missing.contains(path))
        };
        if krate.files.iter().any(holds)
            && let Some(root) = inputs.paths.get(krate.root)
        {
            let declared = closure(root, |path| texts.get(path).map(|&text| Arc::clone(text)));
            missing.retain(|path| !declared.contains(path));
        }
    }
    missing
}

/// Which files speak of sockets; `only` one, or all.
pub(super) fn speaks(inputs: &Inputs, only: Option<usize>) -> Vec<bool> {
    let files = inputs.input.files.iter().enumerate();
    let files = files.filter(|(index, _)| only.is_none_or(|only| only == *index));
    let input = Input {
        files: files
            .map(|(_, file)| SourceFile {
                path: file.path.clone(),
                text: Arc::clone(&file.text),
            })
            .collect(),
        contracts: inputs.input.contracts.clone(),
        ..Input::default()
    };
    select::select(&input).direct
}
