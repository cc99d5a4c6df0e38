//! Which findings a baseline knows, what of it is stale, and what a new one has.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use socklint_analysis::rules::{self, Level, Rule};
use socklint_analysis::{FileId, Finding, Span};

use super::write::NewBaseline;
use super::{Baseline, Entry, Key, format};
use crate::inputs::{Extent, Inputs};

/// The findings of a run, counted.
pub(crate) struct Counted<'a> {
    inputs: &'a Inputs,
    baseline: &'a Baseline,
    /// What may be left out of each.
    allowed: HashMap<&'a Key, usize>,
    found: BTreeMap<Key, usize>,
    /// How many are left out.
    count: usize,
}

/// Whether the baseline knows a finding.
pub(crate) enum Known {
    /// It is not reported.
    Yes,
    /// It is.
    No,
    /// It is, and what to say of it.
    Surplus(String),
}

/// What came of it.
pub(crate) struct Finished {
    /// How many findings are not reported.
    pub(crate) count: usize,
    /// Counts that are larger than what is found.
    pub(crate) stale: Vec<Stale>,
    /// A baseline that is to be written.
    pub(crate) new: Option<NewBaseline>,
}

/// A count that is larger than what is found.
pub(crate) struct Stale {
    /// Where it stands.
    pub(crate) span: Span,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

impl<'a> Counted<'a> {
    /// Nothing is counted yet.
    pub(crate) fn new(inputs: &'a Inputs) -> Self {
        let baseline = &inputs.baseline;
        let mut allowed: HashMap<&Key, usize> = HashMap::new();
        for entry in &baseline.entries {
            // A merge can leave an entry twice: that is one.
            let count = allowed.entry(&entry.key).or_default();
            *count = entry.count.max(*count);
        }
        Counted {
            inputs,
            baseline,
            allowed,
            found: BTreeMap::new(),
            count: 0,
        }
    }

    /// Counts a finding that would be reported at `level`; those of a file come by position.
    pub(crate) fn count(&mut self, finding: &Finding, level: Level) -> Known {
        if level == Level::Forbid || self.is_idle() {
            return Known::No;
        }
        let path = finding.function.split_once("::");
        let key = Key {
            file: self.inputs.absolute(finding.primary.file),
            rule: finding.rule.name.to_owned(),
            function: path.map_or("", |(_, path)| path).to_owned(),
        };
        let allowed = self.allowed.get(&key).copied().unwrap_or(0);
        let found = self.found.entry(key).or_default();
        *found += 1;
        if self.baseline.target.is_some() || *found <= allowed {
            self.count += 1;
            Known::Yes
        } else if allowed == 0 {
            Known::No
        } else {
            Known::Surplus(format!(
                "the baseline counts {allowed} of these in this function, and which is new cannot be told"
            ))
        }
    }

    fn is_idle(&self) -> bool {
        self.baseline.target.is_none() && self.allowed.is_empty()
    }

    /// Looks at what is left. `level` is that of a rule in a file: what is at allow may be there unseen, and what is
    /// at forbid is reported whatever is counted.
    pub(crate) fn finish(self, level: impl Fn(FileId, &Rule) -> Level) -> Finished {
        if self.is_idle() {
            return Finished {
                count: 0,
                stale: Vec::new(),
                new: None,
            };
        }
        let extent = Extent::of(self.inputs);
        let new = self.baseline.target.as_ref().map(|path| {
            let mut counts = self.found.clone();
            for (key, &count) in &self.allowed {
                if self.is_kept(key, &extent) {
                    counts.insert((*key).clone(), count);
                }
            }
            NewBaseline {
                path: path.clone(),
                text: format::written(
                    path,
                    &self.baseline.flags,
                    counts.iter().map(|(k, &c)| (k, c)),
                ),
                findings: counts.values().sum(),
                replaces: !self.baseline.faults.is_empty() || self.baseline.is_unreadable,
            }
        });
        let stale = match new {
            Some(_) => Vec::new(),
            None => {
                let files = 0..self.inputs.shown.len() as u32;
                let files = files.map(|file| (self.inputs.absolute(FileId(file)), FileId(file)));
                let files: HashMap<PathBuf, FileId> = files.collect();
                let is_judged = |entry: &&Entry| {
                    let file = files.get(&entry.key.file);
                    let place = file.zip(rules::by_name(&entry.key.rule));
                    let level = place.map(|(file, rule)| level(*file, rule));
                    !matches!(level, Some(Level::Allow | Level::Forbid))
                };
                let entries = self.baseline.entries.iter().filter(is_judged);
                entries
                    .filter_map(|entry| self.stale(entry, &extent))
                    .collect()
            }
        };
        Finished {
            count: self.count,
            stale,
            new,
        }
    }

    /// Whether an entry stays in a new baseline because its file was not checked.
    fn is_kept(&self, key: &Key, extent: &Extent) -> bool {
        !extent.checked(&key.file) && key.file.exists() && !self.inputs.config.excludes(&key.file)
    }

    fn stale(&self, entry: &Entry, extent: &Extent) -> Option<Stale> {
        let Key {
            file,
            rule,
            function,
        } = &entry.key;
        let name = crate::inputs::shown_path(file, &self.inputs.base);
        let gone = self.baseline.whole && !file.exists();
        let found = self.found.get(&entry.key).copied().unwrap_or(0);
        let (message, why) = if rules::by_name(rule).is_none() {
            (
                format!("no rule is called `{rule}`"),
                "it is of another version",
            )
        } else if gone {
            (format!("{name} is gone"), "it was removed or renamed")
        } else if entry.comparable && extent.checked(file) && found < entry.count {
            let place = match function.as_str() {
                "" => name,
                function => format!("`{function}` of {name}"),
            };
            let count = entry.count;
            (
                format!(
                    "the baseline counts {count} of `{rule}` in {place}, of which {found} are found"
                ),
                "it was corrected, moved or renamed",
            )
        } else {
            return None;
        };
        Some(Stale {
            span: Span {
                file: self.inputs.file_of_baseline(entry.source),
                lo: entry.span.start as u32,
                hi: entry.span.end as u32,
            },
            message,
            help: format!(
                "{why}: `cargo socklint --write-baseline` brings the baseline up to date"
            ),
        })
    }
}
