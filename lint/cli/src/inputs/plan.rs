//! The crates that are to be analysed, before their files are read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use socklint_analysis::CfgOptions;

use super::packages::Packages;
use super::{Origin, Texts};
use crate::args::CheckArgs;
use crate::config::{Config, Scope};
use crate::problem::Problem;

/// What is to be analysed.
pub(super) struct Plan<'a> {
    pub(super) args: &'a CheckArgs,
    pub(super) jobs: usize,
    pub(super) config: Config,
    pub(super) crates: Vec<Planned>,
    pub(super) problems: Vec<Problem>,
    pub(super) texts: Texts,
    /// The workspaces that were looked at.
    pub(super) packages: Packages,
    /// Files that no package declares.
    pub(super) loose: BTreeSet<PathBuf>,
    /// The file that standard input stands for; it need not be on the disk.
    pub(super) unsaved: Option<PathBuf>,
}

/// A crate that is to be analysed.
pub(super) struct Planned {
    pub(super) name: String,
    pub(super) edition: u16,
    pub(super) root: PathBuf,
    pub(super) files: BTreeSet<PathBuf>,
    pub(super) dependencies: Vec<(String, usize)>,
    pub(super) cfg: CfgOptions,
    pub(super) report: bool,
    pub(super) loose: bool,
    /// The files whose findings were asked for; `None`: all.
    pub(super) only: Option<BTreeSet<PathBuf>>,
    /// The settings that hold for it.
    pub(super) scope: Scope,
    pub(super) origin: Origin,
}

impl Planned {
    /// Whether findings in the file were asked for.
    pub(super) fn shows(&self, path: &Path) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(path))
    }
}

impl<'a> Plan<'a> {
    /// Whoever names an excluded file should know why nothing is said of it.
    pub(super) fn note_excluded(&mut self, path: &Path) {
        if self.config.excludes(path) {
            let note = format!("{} is excluded by the configuration", path.display());
            self.config.notes.push(note);
        }
    }

    /// Nothing yet.
    pub(super) fn new(args: &'a CheckArgs, jobs: usize) -> Self {
        Plan {
            args,
            jobs,
            config: Config::default(),
            crates: Vec::new(),
            problems: Vec::new(),
            texts: Texts::default(),
            packages: Packages::default(),
            loose: BTreeSet::new(),
            unsaved: None,
        }
    }
}
