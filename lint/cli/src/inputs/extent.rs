//! How much of a project a run has looked at: what it has not seen it says nothing of.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Inputs;
use crate::modules::closure;
use crate::walk;

/// What a run has looked at.
pub(crate) struct Extent {
    /// Files whose findings were asked for, that a crate's root leads to, and that could be analysed.
    checked: HashSet<PathBuf>,
    /// Crates that were checked as a whole.
    crates: Vec<String>,
    /// Crates that were only partly checked, or only read.
    partly: Vec<String>,
    /// Crates of the workspace.
    known: BTreeSet<String>,
    everything: bool,
}

impl Extent {
    /// What the run on `inputs` has looked at.
    pub(crate) fn of(inputs: &Inputs) -> Extent {
        let files = &inputs.input.files;
        let index: HashMap<PathBuf, usize> = (0..inputs.shown.len())
            .filter_map(|file| Some((inputs.base.join(&files.get(file)?.path), file)))
            .collect();
        let text = |path: &Path| -> Option<Arc<str>> {
            index
                .get(path)
                .and_then(|&file| files.get(file))
                .map(|file| Arc::clone(&file.text))
        };
        let mut extent = Extent {
            checked: HashSet::new(),
            crates: Vec::new(),
            partly: Vec::new(),
            known: inputs.crate_names.clone(),
            everything: inputs.everything,
        };
        for krate in &inputs.input.crates {
            let Some(root) = files.get(krate.root).filter(|_| krate.report) else {
                extent.partly.push(krate.name.clone());
                continue;
            };
            let mut whole = true;
            for path in closure(&inputs.base.join(&root.path), text) {
                let file = index
                    .get(&path)
                    .copied()
                    .filter(|file| krate.files.contains(file));
                match file {
                    Some(file) if inputs.is_checked(file) => {
                        extent.checked.insert(path);
                    }
                    Some(file) if inputs.input.excluded.contains(&file) => {}
                    Some(_) => whole = false,
                    None => {}
                }
            }
            let list = match whole {
                true => &mut extent.crates,
                false => &mut extent.partly,
            };
            list.push(krate.name.clone());
        }
        extent
    }

    /// Whether a file was checked.
    pub(crate) fn checked(&self, path: &Path) -> bool {
        self.checked.contains(path)
    }

    /// Whether all Rust files below `folder` were checked whose paths from there are `meant`.
    pub(crate) fn all_checked(&self, folder: &Path, meant: impl Fn(&Path) -> bool) -> bool {
        let mut open = vec![folder.to_owned()];
        while let Some(folder_here) = open.pop() {
            let found = walk::walk(&folder_here);
            for file in found.files {
                let below = file.strip_prefix(folder);
                if below.is_ok_and(&meant) && !self.checked(&file) {
                    return false;
                }
            }
            let manifests = found.manifests.into_iter();
            open.extend(manifests.filter_map(|manifest| manifest.parent().map(Path::to_owned)));
        }
        true
    }

    /// Whether all crates of that name were checked as a whole, or there can be none.
    pub(crate) fn crate_checked(&self, name: &str) -> bool {
        let is = |list: &[String]| list.iter().any(|krate| krate == name);
        match (is(&self.crates), is(&self.partly)) {
            (true, false) => true,
            (_, true) => false,
            (false, false) if name == "crate" || self.known.is_empty() => self.everything,
            (false, false) => self.everything || !self.known.contains(name),
        }
    }
}
