//! Fixes, which follow what is found.
//!
//! A fix is tried before it is offered, and that costs more than what it mends
//! took to find: the crate is analysed again with the change, and perhaps more
//! than once. No diagnostic waits for that. Fixes are looked for when all is
//! found and told, and only in crates where something was found in an open
//! file, since no other file is offered any. An edit ends the search; who asks
//! what can be done waits for a while.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

use socklint_analysis::Report;

use super::analysis::{Watching, mended};
use super::job::{Said, Stage};
use super::project::Project;
use super::worker::Worker;

impl Worker {
    /// The units, each with its project, in which fixes are to be looked for.
    pub(super) fn unmended(&self) -> Vec<(usize, usize)> {
        let projects = self.projects.iter().enumerate();
        let units = projects.flat_map(|(index, project)| {
            let units = project.unmended(&self.open_in(index));
            units.into_iter().map(move |unit| (index, unit))
        });
        units.collect()
    }

    /// Looks for fixes, and tells them; `None` if there is a newer job.
    pub(super) fn mend(&mut self, number: u64, units: Vec<(usize, usize)>) -> Option<()> {
        if units.is_empty() {
            return Some(());
        }
        let start = Instant::now();
        for &(index, unit) in &units {
            let project = self.projects.get(index)?;
            let (input, name) = project.input(unit)?;
            let report = project.found(unit)?.clone();
            let watching = Watching {
                latest: &self.latest,
                said: &self.said,
                number,
                name: &name,
                before: 0,
                all: 1,
                last: Cell::new(None),
            };
            let report = match mended(&input, report, watching) {
                Ok(Some(report)) => Some(report),
                Ok(None) => return None,
                Err(problem) => {
                    let _ = self.said.send(Said::Failure(format!("{name}: {problem}")));
                    None
                }
            };
            self.projects.get_mut(index)?.mended(unit, report);
        }
        let _ = self.said.send(Said::Done(format!(
            "job {number}: fixes tried in {} crates, {:.1?}",
            units.len(),
            start.elapsed(),
        )));
        self.results(number, Stage::Mended);
        Some(())
    }
}

impl Project {
    /// The units in which something was found in `open` files that was not looked for fixes.
    pub(super) fn unmended(&self, open: &BTreeSet<PathBuf>) -> Vec<usize> {
        let Some(planned) = &self.planned else {
            return Vec::new();
        };
        let units = planned.units.iter().enumerate();
        let unmended = units.filter(|(_, unit)| {
            let analysed = self.analysed.get(&unit.key);
            analysed.is_some_and(|analysed| {
                analysed.may_be_mended(open) && unit.holds(&planned.inputs, analysed)
            })
        });
        unmended.map(|(index, _)| index).collect()
    }

    /// What was found in a unit.
    pub(super) fn found(&self, unit: usize) -> Option<&Report> {
        let unit = self.planned.as_ref()?.units.get(unit)?;
        Some(&self.analysed.get(&unit.key)?.report)
    }

    /// The same with fixes; `None` if they cannot be looked for.
    pub(super) fn mended(&mut self, unit: usize, report: Option<Report>) {
        if let Some(planned) = &self.planned
            && let Some(unit) = planned.units.get(unit)
            && let Some(analysed) = self.analysed.get_mut(&unit.key)
        {
            analysed.is_mended = true;
            if let Some(report) = report {
                analysed.report = report;
            }
        }
    }
}
