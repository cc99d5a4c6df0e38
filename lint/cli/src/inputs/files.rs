//! The files of a run: which were asked for, which settings hold for each, and those that settings stand in.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use socklint_analysis::{FileId, SourceFile};

use super::plan::Planned;
use super::{Inputs, shown_path};
use crate::config::Scope;

impl Inputs {
    /// Whether findings in the file were asked for.
    pub(crate) fn is_shown(&self, file: FileId) -> bool {
        self.shown.get(file.0 as usize).copied().unwrap_or(false)
    }

    /// Whether a file was analysed to be reported on.
    pub(super) fn is_checked(&self, file: usize) -> bool {
        self.is_shown(FileId(file as u32)) && !self.failed.contains(&file)
    }

    /// The settings that hold for a file.
    pub(crate) fn scope(&self, file: FileId) -> Scope {
        self.scopes
            .get(file.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// A file's path.
    pub(crate) fn absolute(&self, file: FileId) -> PathBuf {
        let path = self
            .input
            .files
            .get(file.0 as usize)
            .map(|file| file.path.as_str());
        self.base.join(path.unwrap_or(""))
    }

    /// Only a part of all is checked: the `first` answers for what belongs to no crate, and for files that a baseline
    /// counts and that are gone.
    pub(crate) fn is_part(&mut self, first: bool) {
        self.everything = false;
        self.baseline.whole &= first;
        if !first {
            self.problems.clear();
            self.config.faults.clear();
            self.baseline.faults.clear();
        }
    }

    /// Puts the files that settings and baselines stand in among the sources, after the analysis, so that what is
    /// wrong there can be reported at its place. Notes which files were not analysed after all.
    pub(crate) fn analysed(&mut self, failed: impl Iterator<Item = FileId>) {
        self.failed = failed.map(|file| file.0 as usize).collect();
        self.settings_at = self.input.files.len();
        let sources = self.config.sources.iter().chain(&self.baseline.sources);
        let files = sources.map(|source| SourceFile {
            path: shown_path(&source.path, &self.base),
            text: source.text.clone(),
        });
        let files: Vec<SourceFile> = files.collect();
        let sources = self.config.sources.iter().chain(&self.baseline.sources);
        self.paths.extend(sources.map(|source| source.path.clone()));
        self.input.files.extend(files);
        let settings = self.settings_at..self.input.files.len();
        let settings = settings.map(|file| FileId(file as u32));
        self.settings = settings.zip(0..).collect();
    }

    /// The files that settings and baselines stand in, whether they can be read or not.
    pub(crate) fn settings(&self) -> BTreeSet<PathBuf> {
        let sources = self.config.sources.iter().chain(&self.baseline.sources);
        let mut paths: BTreeSet<PathBuf> = sources.map(|source| source.path.clone()).collect();
        paths.extend(self.config.baselines());
        paths
    }

    /// They go again: the sources are to be analysed once more.
    pub(crate) fn reopen(&mut self) {
        self.input.files.truncate(self.settings_at);
        self.paths.truncate(self.settings_at);
    }

    /// The file of one of the configuration's sources.
    pub(crate) fn file_of_settings(&self, source: usize) -> FileId {
        FileId((self.settings_at + source) as u32)
    }

    /// The file of one of the baseline's sources.
    pub(crate) fn file_of_baseline(&self, source: usize) -> FileId {
        self.file_of_settings(self.config.sources.len() + source)
    }
}

/// The package whose settings hold for a file of several: the one in whose folder it lies most deeply, and of those
/// the first.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owner {
    depth: usize,
    pub(super) scope: Reverse<Scope>,
}

impl Owner {
    /// The package of `planned`.
    pub(super) fn of(planned: &Planned, path: &Path) -> Owner {
        let folder = planned.origin.manifest_path.parent();
        let folder = folder.filter(|folder| path.starts_with(folder));
        Owner {
            depth: folder.map_or(0, |folder| folder.components().count()),
            scope: Reverse(planned.scope),
        }
    }
}
