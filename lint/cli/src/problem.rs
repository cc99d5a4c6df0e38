//! What could not be checked. Everything else still is.

use std::fmt;
use std::path::{Path, PathBuf};

/// A file or folder that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    /// The file, as an absolute path where it has one.
    pub(crate) path: PathBuf,
    /// What is wrong.
    pub(crate) message: String,
}

impl Problem {
    /// A problem with `path`.
    pub(crate) fn new(path: &Path, message: impl fmt::Display) -> Self {
        Problem {
            path: path.to_owned(),
            message: message.to_string(),
        }
    }
}
