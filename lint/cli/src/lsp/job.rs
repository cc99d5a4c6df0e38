//! What the server and the worker say to each other.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

use super::documents::Documents;
use super::file_report::FileReport;
use super::settings::Settings;

/// What is to be done.
pub(super) struct Job {
    /// Its number.
    pub(super) number: u64,
    /// The workspace's folders.
    pub(super) folders: Vec<PathBuf>,
    /// What is open.
    pub(super) documents: Documents,
    /// What the user wants.
    pub(super) settings: Settings,
    /// What changed on the disk.
    pub(super) changed: Changed,
    /// Whether only the crates of open files are analysed.
    pub(super) open_only: bool,
}

/// What changed on the disk.
#[derive(Default)]
pub(super) struct Changed {
    /// These files and folders.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Manifests.
    pub(super) manifests: bool,
    /// The configuration of the project.
    pub(super) configuration: bool,
    /// Perhaps anything.
    pub(super) anything: bool,
}

impl Changed {
    /// Both.
    pub(super) fn and(mut self, other: Changed) -> Changed {
        self.paths.extend(other.paths);
        self.manifests |= other.manifests;
        self.configuration |= other.configuration;
        self.anything |= other.anything;
        self
    }
}

/// What the worker says.
pub(super) enum Said {
    /// So much of a job is done.
    Progress {
        /// The job.
        number: u64,
        /// What is being analysed.
        message: String,
        /// Of the whole.
        percentage: u32,
    },
    /// What is known.
    Results(Results),
    /// What a job took, for the log.
    Done(String),
    /// An analysis failed.
    Failure(String),
    /// Something that the user should know.
    Problem(String),
}

/// How much of a job is done.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Some crates are analysed.
    Part,
    /// All are.
    Found,
    /// And for what is found in open files fixes were tried.
    Mended,
}

/// What is known after a part of a job, or all of it.
pub(super) struct Results {
    /// The job.
    pub(super) number: u64,
    /// How much is known.
    pub(super) stage: Stage,
    /// The files that settings and baselines stand in.
    pub(super) settings: BTreeSet<PathBuf>,
    /// The files that no unfinished analysis will report on.
    pub(super) settled: HashSet<PathBuf>,
    /// The others that are asked for: what was known of them is still all that is known.
    pub(super) unsettled: HashSet<PathBuf>,
    /// What is known of files. Settled files that are not among them are clean.
    pub(super) reports: HashMap<PathBuf, FileReport>,
}
