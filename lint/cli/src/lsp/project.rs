//! One folder that is checked, and what is known of it.
//!
//! The plan (which files make which crates) is made by [`crate::inputs`], as
//! for the command, from texts that may not have been saved. It is kept while
//! edits do not change what files declare; what it holds is analysed in
//! [`Unit`]s, whose reports are kept while they hold.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use socklint_analysis::{Input, Report};

use super::documents::is_settings;
use super::plan::{Planned, speaks, undeclared};
use super::settings::Settings;
use super::unit::{Analysed, Unit, units};
use crate::inputs::{self, Inputs, Memory};
use crate::levels::Levels;
use crate::modules::declared;
use crate::read;

/// A workspace folder, or the folder of open files that lie in none.
pub(super) struct Project {
    /// The folder.
    pub(super) root: PathBuf,
    /// Whether all that is below it is checked, and not only open files.
    pub(super) whole: bool,
    /// What has been read.
    pub(super) memory: Memory,
    pub(super) planned: Option<Planned>,
    /// What the settings said of dependencies when cargo was asked.
    deps: Option<Vec<bool>>,
    pub(super) analysed: HashMap<String, Analysed>,
}

impl Project {
    /// Nothing is known yet.
    pub(super) fn new(root: PathBuf, whole: bool) -> Project {
        Project {
            root,
            whole,
            memory: Memory::default(),
            planned: None,
            deps: None,
            analysed: HashMap::new(),
        }
    }

    /// The plan must be made again.
    pub(super) fn forget_plan(&mut self) {
        self.planned = None;
    }

    /// What is checked, if it is known.
    pub(super) fn inputs(&self) -> Option<&Inputs> {
        Some(&self.planned.as_ref()?.inputs)
    }

    /// The text of a file is another one.
    pub(super) fn edit(&mut self, path: &Path, text: &Arc<str>) {
        self.memory.set_text(path, Arc::clone(text));
        if is_settings(path) || !self.replace(path, text) {
            self.forget_plan();
        }
    }

    /// Whether the project has to answer for what is at `path`.
    pub(super) fn owns(&self, path: &Path) -> bool {
        match self.whole {
            true => path.starts_with(&self.root),
            false => path.parent() == Some(&self.root),
        }
    }

    /// A file or folder changed on the disk, or is no longer open.
    pub(super) fn reread(&mut self, path: &Path) {
        let known = self.memory.forget_texts_below(path);
        if is_settings(path) || self.settings().iter().any(|file| file.starts_with(path)) {
            self.forget_plan();
            return;
        }
        let read = read::read_all(std::slice::from_ref(&path.to_owned()), 1).pop();
        match read {
            Some(Ok(text)) if path.extension().is_some_and(|extension| extension == "rs") => {
                self.edit(path, &text);
            }
            _ if known => self.forget_plan(),
            _ => {}
        }
    }

    /// Puts `text` into the plan. Whether the plan holds with it.
    fn replace(&mut self, path: &Path, text: &Arc<str>) -> bool {
        let owns = self.owns(path);
        let Some(planned) = &mut self.planned else {
            return false;
        };
        let Some(index) = planned.inputs.paths.iter().position(|known| known == path) else {
            return !owns;
        };
        let shown = planned.inputs.shown.get(index).copied().unwrap_or(false);
        let Some(file) = planned.inputs.input.files.get_mut(index) else {
            return false;
        };
        let excluded = planned.inputs.input.excluded.contains(&index);
        if owns && !shown && !excluded || declared(path, &file.text) != declared(path, text) {
            return false;
        }
        file.text = Arc::clone(text);
        let speaks = speaks(&planned.inputs, Some(index))
            .first()
            .copied()
            .unwrap_or(true);
        if planned.speaks.get(index) != Some(&speaks) {
            planned.speaks[index] = speaks;
            planned.units = units(&planned.inputs, &planned.speaks);
        }
        true
    }

    /// Makes the plan if there is none; `open`: the files of this project that are open.
    pub(super) fn plan(
        &mut self,
        settings: &Settings,
        open: &BTreeSet<PathBuf>,
    ) -> Result<(), String> {
        if self
            .planned
            .as_mut()
            .is_some_and(|planned| planned.is_for(open))
        {
            return Ok(());
        }
        let mut paths = match self.whole {
            true => vec![self.root.clone()],
            false => open.iter().cloned().collect(),
        };
        let (args, mut levels) = settings.check(paths.clone())?;
        let mut inputs = self.collect(&args)?;
        // What is open was asked for, whatever targets are checked.
        let extra = match self.whole {
            true => undeclared(&inputs, open),
            false => open.clone(),
        };
        if self.whole && !extra.is_empty() {
            paths.extend(extra.iter().cloned());
            let (args, same) = settings.check(paths)?;
            levels = same;
            inputs = self.collect(&args)?;
        }
        let speaks = speaks(&inputs, None);
        let units = units(&inputs, &speaks);
        self.analysed
            .retain(|key, _| units.iter().any(|unit| unit.key == *key));
        self.planned = Some(Planned {
            inputs,
            levels,
            speaks,
            units,
            extra,
            checked: open.clone(),
        });
        Ok(())
    }

    fn collect(&mut self, args: &crate::args::CheckArgs) -> Result<Inputs, String> {
        let mut inputs = self.collect_once(args)?;
        let deps = inputs.config.stated_deps();
        if self
            .deps
            .replace(deps.clone())
            .is_some_and(|old| old != deps)
        {
            // Whether cargo resolves dependencies is decided when it is asked.
            self.memory.forget_manifests();
            inputs = self.collect_once(args)?;
        }
        // What is said of settings stands in their files.
        inputs.analysed(std::iter::empty());
        Ok(inputs)
    }

    fn collect_once(&mut self, args: &crate::args::CheckArgs) -> Result<Inputs, String> {
        inputs::collect_in(&self.root, args, &mut self.memory).map_err(|error| format!("{error:#}"))
    }

    /// The units that must be analysed, those of `open` files first.
    pub(super) fn dirty(&self, open: &BTreeSet<PathBuf>) -> Vec<(bool, usize)> {
        let Some(planned) = &self.planned else {
            return Vec::new();
        };
        let units = planned.units.iter().enumerate();
        let dirty = units.filter(|(_, unit)| !self.is_clean(planned, unit));
        let is_open = |file: &usize| {
            planned
                .inputs
                .paths
                .get(*file)
                .is_some_and(|path| open.contains(path))
        };
        let mut dirty: Vec<(bool, usize)> = dirty
            .map(|(index, unit)| {
                let krate = planned.inputs.input.crates.get(unit.krate);
                (
                    krate.is_some_and(|krate| krate.files.iter().any(is_open)),
                    index,
                )
            })
            .collect();
        dirty.sort_by_key(|&(open, index)| (!open, index));
        dirty
    }

    /// Whether what came of a unit still holds.
    pub(super) fn is_clean(&self, planned: &Planned, unit: &Unit) -> bool {
        let analysed = self.analysed.get(&unit.key);
        analysed.is_some_and(|analysed| unit.holds(&planned.inputs, analysed))
    }

    /// What the analysis of a unit is given, and the crate's name.
    pub(super) fn input(&self, unit: usize) -> Option<(Input, String)> {
        let planned = self.planned.as_ref()?;
        let unit = planned.units.get(unit)?;
        let krate = planned.inputs.input.crates.get(unit.krate)?;
        Some((unit.input(&planned.inputs), krate.name.clone()))
    }

    /// What came of a unit.
    pub(super) fn keep(&mut self, unit: usize, report: Report) {
        if let Some(planned) = &self.planned
            && let Some(unit) = planned.units.get(unit)
        {
            let analysed = unit.analysed(&planned.inputs, report);
            self.analysed.insert(unit.key.clone(), analysed);
        }
    }

    /// The files that settings and baselines stand in.
    pub(super) fn settings(&self) -> BTreeSet<PathBuf> {
        let inputs = self.inputs();
        inputs.map_or_else(BTreeSet::new, Inputs::settings)
    }

    /// The level of the rules.
    pub(super) fn levels(&self) -> Option<&Levels> {
        Some(&self.planned.as_ref()?.levels)
    }
}
