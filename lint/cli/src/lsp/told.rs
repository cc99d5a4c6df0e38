//! What is told of a project, from what its units found.
//!
//! Levels, suppressions and baselines are applied to all that is known, as the
//! command does. Part of it may not be known yet: of settings that could be of
//! use there nothing is said.

use std::path::Path;

use socklint_analysis::{FileId, Report};

use super::project::Project;
use crate::outcome::Outcome;

impl Project {
    /// Notes what has not been analysed: of settings for that it is not known whether they are of use.
    fn note_failed(&mut self, report: &Report) {
        let Some(planned) = &self.planned else { return };
        let mut failed: Vec<FileId> = report.errors.iter().map(|error| error.file).collect();
        let units = planned.units.iter();
        for unit in units.filter(|unit| !self.is_clean(planned, unit)) {
            let krate = planned.inputs.input.crates.get(unit.krate);
            let files = krate.map_or(&[][..], |krate| &krate.files);
            failed.extend(files.iter().map(|&file| FileId(file as u32)));
        }
        if let Some(planned) = &mut self.planned {
            planned.inputs.reopen();
            planned.inputs.analysed(failed.into_iter());
        }
    }

    /// What is reported, as the command would, and the fates of the sockets.
    pub(super) fn outcome(&mut self) -> Option<(Outcome, Report)> {
        let all = self.report()?;
        self.note_failed(&all);
        let planned = self.planned.as_ref()?;
        Some((Outcome::new(&planned.inputs, &all, &planned.levels), all))
    }

    /// What is known of all units.
    fn report(&self) -> Option<Report> {
        let planned = self.planned.as_ref()?;
        let paths = planned.inputs.paths.iter().enumerate();
        let indices = paths.map(|(index, path)| (path.as_path(), index)).collect();
        let mut all = Report::default();
        for analysed in planned
            .units
            .iter()
            .filter_map(|unit| self.analysed.get(&unit.key))
        {
            analysed.add_to(&mut all, &planned.inputs, &indices);
        }
        all.findings.sort_by_key(|finding| {
            (
                finding.primary.file,
                finding.primary.lo,
                finding.primary.hi,
                finding.rule.name,
            )
        });
        Some(all)
    }

    /// For each file that is asked for whether all that reports on it is done.
    pub(super) fn settled(&self) -> Vec<(&Path, bool)> {
        let Some(planned) = &self.planned else {
            return Vec::new();
        };
        let mut settled = vec![true; planned.inputs.paths.len()];
        for unit in planned
            .units
            .iter()
            .filter(|unit| !self.is_clean(planned, unit))
        {
            let krate = planned.inputs.input.crates.get(unit.krate);
            for &file in krate.map_or(&[][..], |krate| &krate.files) {
                if let Some(settled) = settled.get_mut(file) {
                    *settled = false;
                }
            }
        }
        let files = planned
            .inputs
            .paths
            .iter()
            .zip(&planned.inputs.shown)
            .zip(settled);
        files
            .filter(|((_, shown), _)| **shown)
            .map(|((path, _), settled)| (path.as_path(), settled))
            .collect()
    }
}
