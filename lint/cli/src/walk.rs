//! The Rust files in a folder.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::problem::Problem;

/// What a folder holds, in the order of names.
#[derive(Default)]
pub(crate) struct Found {
    /// Rust files, and whatever else is called `*.rs` and is no folder.
    pub(crate) files: Vec<PathBuf>,
    /// Manifests of packages below the folder. Their files are not among [`Found::files`].
    pub(crate) manifests: Vec<PathBuf>,
    /// What could not be entered.
    pub(crate) problems: Vec<Problem>,
}

/// Looks through `folder`, but for what is hidden and what cargo builds into: a hidden file is an editor's, and no
/// target.
pub(crate) fn walk(folder: &Path) -> Found {
    let mut found = Found::default();
    let mut entries = WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                // A link that leads nowhere matters only if it should lead to a source.
                let path = error.path().unwrap_or(folder);
                if is_source(path) || !is_dangling(path) {
                    found.problems.push(Problem::new(path, reason(&error)));
                }
                continue;
            }
        };
        if !entry.file_type().is_dir() {
            if is_source(entry.path()) {
                found.files.push(entry.into_path());
            }
        } else if entry.depth() > 0 {
            let manifest = entry.path().join("Cargo.toml");
            if is_left_out(&entry) {
                entries.skip_current_dir();
            } else if manifest.is_file() {
                found.manifests.push(manifest);
                entries.skip_current_dir();
            }
        }
    }
    found
}

fn is_source(path: &Path) -> bool {
    let is_rust = path.extension().is_some_and(|extension| extension == "rs");
    is_rust && !path.file_name().is_some_and(is_hidden)
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn is_dangling(path: &Path) -> bool {
    path.is_symlink()
        && path
            .metadata()
            .is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

fn is_left_out(entry: &DirEntry) -> bool {
    if is_hidden(entry.file_name()) {
        return true;
    }
    // `target` is a module's name too.
    entry.path().join("CACHEDIR.TAG").is_file()
        || entry.file_name() == "target"
            && entry
                .path()
                .parent()
                .is_some_and(|parent| parent.join("Cargo.toml").is_file())
}

fn reason(error: &walkdir::Error) -> String {
    match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => format!("this link leads back to {}", ancestor.display()),
        (None, Some(error)) => format!("cannot be read: {error}"),
        (None, None) => "cannot be read".to_owned(),
    }
}
