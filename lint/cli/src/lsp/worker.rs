//! The thread that plans and analyses.
//!
//! It takes [`Job`]s: the whole state of the editor, and which files changed on
//! the disk since the last job. A job ends early when a newer one is announced
//! by its number in `latest`; what has been analysed by then is kept, so the
//! newer one goes on where this one stopped. Each analysis has a thread of its
//! own, with a deep stack, and may fail without harm.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender};
use socklint_analysis::{Input, Report, Watch, analyze_watched};

use super::client::Client;
use super::documents::Documents;
use super::file_report::{FileReport, file_reports};
use super::project::Project;
use super::settings::Settings;
use crate::check::STACK;

/// Results on the way are sent no more often than this.
const BETWEEN_RESULTS: Duration = Duration::from_millis(300);
/// Nor is progress.
const BETWEEN_PROGRESS: Duration = Duration::from_millis(100);

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

/// What is known after a part of a job, or all of it.
pub(super) struct Results {
    /// The job.
    pub(super) number: u64,
    /// Whether the job is done.
    pub(super) done: bool,
    /// The files that no unfinished analysis will report on.
    pub(super) settled: HashSet<PathBuf>,
    /// The others that are asked for: what was known of them is still all that is known.
    pub(super) unsettled: HashSet<PathBuf>,
    /// What is known of files. Settled files that are not among them are clean.
    pub(super) reports: HashMap<PathBuf, FileReport>,
}

/// Starts the thread. It ends when the sender of jobs is gone.
pub(super) fn start(
    client: Client,
    latest: Arc<AtomicU64>,
    jobs: Receiver<Job>,
    said: Sender<Said>,
) -> io::Result<thread::JoinHandle<()>> {
    let mut worker = Worker {
        client,
        latest,
        said,
        projects: Vec::new(),
        documents: Documents::default(),
        settings: Settings::default(),
    };
    thread::Builder::new()
        .name("worker".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            while let Ok(mut job) = jobs.recv() {
                while let Ok(newer) = jobs.try_recv() {
                    job = Job {
                        changed: job.changed.and(newer.changed),
                        ..newer
                    };
                }
                worker.run(job);
            }
        })
}

struct Worker {
    client: Client,
    latest: Arc<AtomicU64>,
    said: Sender<Said>,
    /// The innermost first.
    projects: Vec<Project>,
    documents: Documents,
    settings: Settings,
}

impl Worker {
    fn run(&mut self, job: Job) {
        let start = Instant::now();
        let settings_changed = self.settings != job.settings;
        self.settings = job.settings.clone();
        self.set_folders(&job);
        let before = std::mem::replace(&mut self.documents, job.documents.clone());
        for project in &mut self.projects {
            if settings_changed {
                project.memory.forget_manifests();
                project.forget_plan();
            }
            apply(project, &job.changed, &self.documents);
            edit(project, &before, &self.documents);
        }
        for index in 0..self.projects.len() {
            let open = self.open_in(index);
            if self.is_old(job.number) {
                return;
            }
            if let Err(problem) = self.projects[index].plan(&self.settings, &open) {
                let _ = self.said.send(Said::Problem(problem));
            }
        }
        let planned = start.elapsed();
        let Some(count) = self.analyse(&job) else {
            return;
        };
        self.results(job.number, true);
        let _ = self.said.send(Said::Done(format!(
            "job {}: planned in {planned:.1?}, {count} crates analysed, {:.1?} in all",
            job.number,
            start.elapsed(),
        )));
    }

    fn is_old(&self, number: u64) -> bool {
        self.latest.load(Ordering::Relaxed) != number
    }

    /// One project for each workspace folder, and one for each other folder with an open file.
    fn set_folders(&mut self, job: &Job) {
        let mut wanted: Vec<(PathBuf, bool)> = job
            .folders
            .iter()
            .map(|folder| (folder.clone(), true))
            .collect();
        for path in job.documents.paths() {
            let folder = path.parent().unwrap_or(path);
            let outside = !job.folders.iter().any(|root| path.starts_with(root));
            if outside && !wanted.iter().any(|(root, _)| root == folder) {
                wanted.push((folder.to_owned(), false));
            }
        }
        wanted.dedup();
        let is_wanted = |project: &Project| {
            wanted
                .iter()
                .any(|(root, whole)| *root == project.root && *whole == project.whole)
        };
        self.projects.retain(is_wanted);
        for (root, whole) in wanted {
            if !self.projects.iter().any(|project| project.root == root) {
                let mut project = Project::new(root, whole);
                for (path, document) in self
                    .documents
                    .iter()
                    .filter(|(path, _)| path.starts_with(&project.root))
                {
                    project.memory.set_text(path, Arc::clone(&document.text));
                }
                self.projects.push(project);
            }
        }
        self.projects
            .sort_by_key(|project| std::cmp::Reverse(project.root.components().count()));
    }

    /// The open files that a project has to answer for.
    fn open_in(&self, index: usize) -> BTreeSet<PathBuf> {
        let owner = |path: &Path| self.projects.iter().position(|project| project.owns(path));
        let paths = self
            .documents
            .paths()
            .filter(|path| owner(path) == Some(index));
        paths.cloned().collect()
    }

    /// Analyses what has to be, and says how many crates that were; `None` if there is a newer job.
    fn analyse(&mut self, job: &Job) -> Option<usize> {
        let mut dirty = Vec::new();
        for index in 0..self.projects.len() {
            let units = self.projects[index].dirty(&self.open_in(index));
            dirty.extend(units.into_iter().map(|(open, unit)| (open, index, unit)));
        }
        dirty.retain(|(open, ..)| *open || !job.open_only);
        dirty.sort_by_key(|&(open, ..)| !open);
        let mut sent = Instant::now();
        for (done, &(_, project, unit)) in dirty.iter().enumerate() {
            if done > 0 && sent.elapsed() > BETWEEN_RESULTS {
                self.results(job.number, false);
                sent = Instant::now();
            }
            if self.is_old(job.number) {
                return None;
            }
            let Some((input, name)) = self.projects.get(project)?.input(unit) else {
                continue;
            };
            let watching = Watching {
                latest: &self.latest,
                said: &self.said,
                number: job.number,
                name: &name,
                before: done,
                all: dirty.len(),
                last: Cell::new(None),
            };
            let report = match analysed(&input, watching) {
                Ok(Some(report)) => report,
                Ok(None) => return None,
                Err(problem) => {
                    let _ = self.said.send(Said::Failure(format!("{name}: {problem}")));
                    Report::default()
                }
            };
            self.projects.get_mut(project)?.keep(unit, report);
        }
        Some(dirty.len())
    }

    fn results(&self, number: u64, done: bool) {
        let mut results = Results {
            number,
            done,
            settled: HashSet::new(),
            unsettled: HashSet::new(),
            reports: HashMap::new(),
        };
        for project in &self.projects {
            for (path, settled) in project.settled() {
                match settled {
                    true => results.settled.insert(path.to_owned()),
                    false => results.unsettled.insert(path.to_owned()),
                };
            }
            for (path, report) in file_reports(project, &self.documents, &self.client) {
                // The innermost project answers.
                if !results.unsettled.contains(&path) {
                    results.reports.entry(path).or_insert(report);
                }
            }
        }
        let _ = self.said.send(Said::Results(results));
    }
}

/// Forgets what is no longer so.
fn apply(project: &mut Project, changed: &Changed, documents: &Documents) {
    if changed.manifests || changed.anything && project.memory.manifests_changed() {
        project.memory.forget_manifests();
    }
    if changed.manifests || changed.anything || changed.configuration {
        project.forget_plan();
    }
    if changed.anything {
        project.memory.refresh(|path| documents.get(path).is_some());
    }
    for path in changed
        .paths
        .iter()
        .filter(|path| documents.get(path).is_none())
    {
        project.reread(path);
    }
}

/// Takes over what was edited, opened or closed.
fn edit(project: &mut Project, before: &Documents, now: &Documents) {
    for (path, document) in now.iter() {
        let same = before
            .get(path)
            .is_some_and(|old| Arc::ptr_eq(&old.text, &document.text));
        if !same {
            project.edit(path, &document.text);
        }
    }
    for (path, _) in before.iter().filter(|(path, _)| now.get(path).is_none()) {
        project.reread(path);
    }
}

/// The report of a thread of its own; `None` if `watching` ended it.
fn analysed(input: &Input, watching: impl Watch + Send) -> Result<Option<Report>, String> {
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name("analysis".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, move || analyze_watched(input, &watching))
            .map_err(|error| format!("the analysis has no memory to run in: {error}"))?;
        thread.join().map_err(|panic| {
            let message = panic.downcast_ref::<String>().map(String::as_str);
            let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
            format!(
                "the analysis failed; this is a fault of socklint, please report it: {}",
                message.unwrap_or("no message"),
            )
        })
    })
}

/// Ends an analysis that nobody waits for any more, and says how far it is.
struct Watching<'a> {
    latest: &'a AtomicU64,
    said: &'a Sender<Said>,
    number: u64,
    name: &'a str,
    before: usize,
    all: usize,
    last: Cell<Option<Instant>>,
}

impl Watch for Watching<'_> {
    fn at(&self, done: usize, of: usize) -> ControlFlow<()> {
        if self.latest.load(Ordering::Relaxed) != self.number {
            return ControlFlow::Break(());
        }
        if self
            .last
            .get()
            .is_none_or(|last| last.elapsed() > BETWEEN_PROGRESS)
        {
            self.last.set(Some(Instant::now()));
            let part = |done: usize, of: usize| done * 100 / of.max(1);
            let percentage = part(self.before * 100 + part(done, of), self.all * 100);
            let _ = self.said.send(Said::Progress {
                number: self.number,
                message: format!("{}: {done} of {of} functions", self.name),
                percentage: percentage.min(100) as u32,
            });
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::analysed;
    use socklint_analysis::{CfgOptions, CrateInput, Input, SourceFile, Watch};
    use std::ops::ControlFlow;

    struct Fails;

    impl Watch for Fails {
        fn at(&self, _done: usize, _of: usize) -> ControlFlow<()> {
            panic!("on purpose")
        }
    }

    #[test]
    fn an_analysis_that_fails_is_an_error() {
        let text = "fn f() { unsafe { windows_sys::Win32::Networking::WinSock::closesocket(0) }; }";
        let input = Input {
            files: vec![SourceFile {
                path: "lib.rs".into(),
                text: text.into(),
            }],
            crates: vec![CrateInput {
                name: "lib".into(),
                edition: 2024,
                root: 0,
                files: vec![0],
                dependencies: Vec::new(),
                cfg: CfgOptions::default(),
                report: true,
                loose: true,
            }],
            contracts: Vec::new(),
        };
        let error = analysed(&input, Fails).err().expect("it fails");
        assert!(error.contains("on purpose"), "{error}");
        assert!(matches!(analysed(&input, ()), Ok(Some(_))));
    }
}
