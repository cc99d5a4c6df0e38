//! What outlives one collection.
//!
//! The command collects once. The language server does so at each change of a
//! project's files, and neither reads again what it has read nor asks cargo
//! what it has asked. The texts of open documents are put here before they are
//! saved: a text that is here is never read from the disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::Texts;
use super::packages::Packages;
use super::plan::Plan;
use crate::args::CheckArgs;

/// Texts that were read or are being edited, and what cargo said of the manifests.
#[derive(Default)]
pub(crate) struct Memory {
    texts: Texts,
    packages: Packages,
    /// When the manifests that cargo read were written.
    written: BTreeMap<PathBuf, Option<SystemTime>>,
}

impl Memory {
    /// A plan that starts from what is known.
    pub(super) fn plan<'a>(&mut self, args: &'a CheckArgs, jobs: usize) -> Plan<'a> {
        let (packages, problems) = std::mem::take(&mut self.packages).again();
        Plan {
            texts: std::mem::take(&mut self.texts),
            packages,
            problems,
            ..Plan::new(args, jobs)
        }
    }

    /// Takes back what `plan` has learnt.
    pub(super) fn keep(&mut self, plan: Plan<'_>) {
        self.texts = plan.texts;
        self.packages = plan.packages;
        for manifest in self.packages.manifests() {
            let now = || written(manifest);
            self.written.entry(manifest.clone()).or_insert_with(now);
        }
    }

    /// `text` is what the file has from now on, whatever is on the disk.
    pub(crate) fn set_text(&mut self, path: &Path, text: Arc<str>) {
        self.texts.0.insert(path.to_owned(), Ok(text));
    }

    /// Forgets the text of a file, or of all files below a folder. Whether there was one.
    pub(crate) fn forget_texts_below(&mut self, path: &Path) -> bool {
        let before = self.texts.0.len();
        self.texts.0.retain(|known, _| !known.starts_with(path));
        self.texts.0.len() < before
    }

    /// Forgets what cargo said.
    pub(crate) fn forget_manifests(&mut self) {
        self.packages = Packages::default();
        self.written.clear();
    }

    /// Whether a manifest was written since cargo read it.
    pub(crate) fn manifests_changed(&self) -> bool {
        let mut read = self.written.iter();
        read.any(|(manifest, then)| written(manifest) != *then)
    }

    /// Reads every text again that `keep` does not name. One that has not changed stays the same `Arc`.
    pub(crate) fn refresh(&mut self, keep: impl Fn(&Path) -> bool) {
        let jobs = std::thread::available_parallelism().map_or(1, usize::from);
        let paths: Vec<PathBuf> = self.texts.0.keys().cloned().collect();
        let paths: Vec<PathBuf> = paths.into_iter().filter(|path| !keep(path)).collect();
        let texts = crate::read::read_all(&paths, jobs);
        for (path, text) in paths.into_iter().zip(texts) {
            let same = match (self.texts.0.get(&path), &text) {
                (Some(Ok(old)), Ok(new)) => old == new,
                _ => false,
            };
            if !path.exists() {
                self.texts.0.remove(&path);
            } else if !same {
                self.texts.0.insert(path, text);
            }
        }
    }
}

fn written(manifest: &Path) -> Option<SystemTime> {
    manifest.metadata().ok()?.modified().ok()
}
