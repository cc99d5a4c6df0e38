//! Where the checked code lies in its repository.
//!
//! What shows a report beside the code (a code host, an editor) knows files by their path from the
//! root of the repository, wherever in it the command ran.

use std::path::{Path, PathBuf};

use crate::inputs::shown_path;

/// The repository around the checked code.
pub(crate) struct Repository {
    /// Its root.
    pub(crate) root: PathBuf,
    /// Shown paths are relative to this folder.
    base: PathBuf,
}

impl Repository {
    /// The repository that `base` lies in; `base` itself if it lies in none. A worktree's or submodule's
    /// `.git` is a file.
    pub(crate) fn around(base: &Path) -> Self {
        let root = base
            .ancestors()
            .find(|folder| folder.join(".git").exists())
            .unwrap_or(base);
        Repository {
            root: root.to_owned(),
            base: base.to_owned(),
        }
    }

    /// The path from the root, of a path that is absolute or as messages show it; absolute if it leads
    /// elsewhere. The separator is `/`.
    pub(crate) fn path(&self, path: &Path) -> String {
        shown_path(&self.base.join(path), &self.root)
    }
}
