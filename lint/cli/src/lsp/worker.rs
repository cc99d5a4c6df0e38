//! The thread that plans and analyses.
//!
//! It takes [`Job`]s: the whole state of the editor, and which files changed on
//! the disk since the last job. A job ends early when a newer one is announced
//! by its number in `latest`; what has been analysed by then is kept, so the
//! newer one goes on where this one stopped. Each analysis has a thread of its
//! own. Fixes come last ([`mend`](super::mend)).

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender};
use socklint_analysis::Report;

use super::analysis::{Watching, analysed};
use super::client::Client;
use super::documents::Documents;
use super::file_report::file_reports;
use super::job::{Changed, Job, Results, Said, Stage};
use super::project::Project;
use super::settings::Settings;
use crate::check::STACK;

/// Results on the way are sent no more often than this.
const BETWEEN_RESULTS: Duration = Duration::from_millis(300);
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

/// What the thread has.
pub(super) struct Worker {
    client: Client,
    pub(super) latest: Arc<AtomicU64>,
    pub(super) said: Sender<Said>,
    /// The innermost first.
    pub(super) projects: Vec<Project>,
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
        let unmended = self.unmended();
        let stage = match unmended.is_empty() {
            true => Stage::Mended,
            false => Stage::Found,
        };
        self.results(job.number, stage);
        let _ = self.said.send(Said::Done(format!(
            "job {}: planned in {planned:.1?}, {count} crates analysed, {:.1?} in all",
            job.number,
            start.elapsed(),
        )));
        self.mend(job.number, unmended);
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
        for path in job.documents.sources() {
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
    pub(super) fn open_in(&self, index: usize) -> BTreeSet<PathBuf> {
        let owner = |path: &Path| self.projects.iter().position(|project| project.owns(path));
        let paths = self
            .documents
            .sources()
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
                self.results(job.number, Stage::Part);
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

    /// Tells what is known.
    pub(super) fn results(&mut self, number: u64, stage: Stage) {
        let mut results = Results {
            number,
            stage,
            settings: BTreeSet::new(),
            settled: HashSet::new(),
            unsettled: HashSet::new(),
            reports: HashMap::new(),
        };
        for project in &mut self.projects {
            for (path, settled) in project.settled() {
                match settled {
                    true => results.settled.insert(path.to_owned()),
                    false => results.unsettled.insert(path.to_owned()),
                };
            }
            // Whether settings are of use is known last.
            for path in project.settings() {
                match stage {
                    Stage::Part => results.unsettled.insert(path.clone()),
                    Stage::Found | Stage::Mended => results.settled.insert(path.clone()),
                };
                results.settings.insert(path);
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
