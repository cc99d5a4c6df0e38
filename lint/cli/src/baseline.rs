//! A baseline: findings that were there when a project took the tool up, so that only new ones are reported.
//!
//! It counts findings by file, rule and function, and has no line numbers: code that moves within its function stays
//! known, and two branches can be merged. Of more findings than it counts the last in the file are reported, since
//! which of them is new cannot be told. An entry that counts more than is found is stale and is reported too, but only
//! if its file was checked, by the same flags as when the baseline was written.

mod format;
mod known;
mod write;

use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::args::CheckArgs;
use crate::config::{Config, Source};
use crate::modules::normal;
use crate::problem::Problem;
use crate::read;

pub(crate) use known::{Counted, Known};
pub(crate) use write::{NewBaseline, write};

/// What it is called where nothing else is said.
const NAME: &str = "socklint-baseline.json";

/// All baselines that are in use.
#[derive(Default)]
pub(crate) struct Baseline {
    /// Their files.
    pub(crate) sources: Vec<Source>,
    /// What is wrong with them, by the index of the file.
    pub(crate) faults: Vec<(usize, Range<usize>, String)>,
    /// Files that could not be read.
    pub(crate) problems: Vec<Problem>,
    is_unreadable: bool,
    entries: Vec<Entry>,
    /// The file that is to be written.
    target: Option<PathBuf>,
    /// The flags of this run.
    flags: Vec<String>,
    /// Whether the run was not for single files or folders.
    pub(crate) whole: bool,
}

/// What is counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    /// The file, as an absolute path.
    file: PathBuf,
    rule: String,
    /// The function's path within its crate.
    function: String,
}

/// A count that a baseline has.
struct Entry {
    key: Key,
    count: usize,
    source: usize,
    span: Range<usize>,
    /// Whether the flags were the same.
    comparable: bool,
}

impl Baseline {
    /// What is used, for people.
    pub(crate) fn described(&self) -> Vec<String> {
        let sources = self.sources.iter().enumerate();
        let line = |(index, source): (usize, &Source)| {
            let mut entries = self.entries.iter().filter(|entry| entry.source == index);
            let other = match entries.any(|entry| !entry.comparable) {
                true => ", written with other flags: it is not said what is stale",
                false => "",
            };
            format!("baseline: {}{other}", source.path.display())
        };
        sources.map(line).collect()
    }

    /// Reads the baselines that `args` and `config` name.
    pub(crate) fn load(
        base: &Path,
        current: &Path,
        args: &CheckArgs,
        config: &Config,
    ) -> anyhow::Result<Baseline> {
        // No source is called so: a value of the flag is meant, which would be taken for a path.
        let is_json = |path: &&PathBuf| path.extension().is_some_and(|end| end == "json");
        if let (Some(None), Some(path)) = (&args.write_baseline, args.paths.iter().find(is_json)) {
            bail!(
                "to name the baseline, write `--write-baseline={}`",
                path.display()
            );
        }
        let used = match &args.baseline {
            Some(path) => vec![normal(&current.join(path))],
            None => config.baselines(),
        };
        let target = match (&args.write_baseline, used.as_slice()) {
            (None, _) => None,
            (Some(Some(path)), _) => Some(normal(&current.join(path))),
            (Some(None), []) => Some(base.join(NAME)),
            (Some(None), [path]) => Some(path.clone()),
            (Some(None), _) => bail!("several baselines are in use: say `--write-baseline=FILE`"),
        };
        let mut baseline = Baseline {
            flags: flags(args),
            ..Baseline::default()
        };
        match target {
            Some(path) => {
                if path.exists() {
                    baseline.read(&path);
                }
                baseline.target = Some(path);
            }
            None => used.iter().for_each(|path| baseline.read(path)),
        }
        Ok(baseline)
    }

    fn read(&mut self, path: &Path) {
        if !path.exists() {
            let message = "there is no such baseline; `cargo socklint --write-baseline` makes one";
            self.problems.push(Problem::new(path, message));
            return;
        }
        match read::read_all(&[path.to_owned()], 1).pop() {
            Some(Ok(text)) => {
                let source = self.sources.len();
                let (entries, faults) = format::read(path, &text, source, &self.flags);
                self.entries.extend(entries);
                let faults = faults.into_iter();
                self.faults
                    .extend(faults.map(|(span, message)| (source, span, message)));
                self.sources.push(Source {
                    path: path.to_owned(),
                    text,
                });
            }
            Some(Err(problem)) => {
                self.is_unreadable = true;
                self.problems.push(problem);
            }
            None => {}
        }
    }
}

/// The flags that decide which code there is.
fn flags(args: &CheckArgs) -> Vec<String> {
    let mut flags = Vec::new();
    if let Some(target) = &args.target {
        let parts = [&target.arch, &target.os, &target.env].map(String::as_str);
        flags.push(format!("--target={}", parts.join("-")));
    }
    let mut features: Vec<&str> = args
        .features
        .iter()
        .flat_map(|list| list.split([',', ' ']))
        .filter(|feature| !feature.is_empty())
        .collect();
    features.sort_unstable();
    features.dedup();
    if !features.is_empty() {
        flags.push(format!("--features={}", features.join(",")));
    }
    for (given, flag) in [
        (args.all_features, "--all-features"),
        (args.no_default_features, "--no-default-features"),
        (args.all_targets, "--all-targets"),
        (args.tests, "--tests"),
    ] {
        if given {
            flags.push(flag.to_owned());
        }
    }
    flags
}
