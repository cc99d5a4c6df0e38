//! What was checked, so that a merged report can say it: also the files in which there is nothing.

use serde::{Deserialize, Serialize};

use crate::inputs::Inputs;

/// A crate, as far as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Checked {
    /// The package that it is of; `None` of a loose file, or if only some files were asked for.
    pub(crate) package_id: Option<String>,
    /// The files that were asked for.
    pub(crate) files: Vec<String>,
}

/// The crates that were asked for, wholly or in part.
pub(super) fn all(inputs: &Inputs) -> Vec<Checked> {
    let crates = inputs.input.crates.iter().zip(&inputs.origins);
    let checked = crates
        .filter(|(krate, _)| krate.report)
        .map(|(krate, origin)| {
            let shown = krate
                .files
                .iter()
                .filter(|&&file| inputs.shown.get(file) == Some(&true));
            let files: Vec<String> = shown
                .filter_map(|&file| Some(inputs.input.files.get(file)?.path.clone()))
                .collect();
            let is_whole = !krate.loose && files.len() == krate.files.len();
            Checked {
                package_id: is_whole.then(|| origin.package_id.clone()),
                files,
            }
        });
    let mut checked: Vec<Checked> = checked
        .filter(|checked| !checked.files.is_empty())
        .collect();
    checked.sort();
    checked.dedup();
    checked
}
