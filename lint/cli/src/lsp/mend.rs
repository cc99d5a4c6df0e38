//! Fixes, which follow what is found.
//!
//! A fix is tried before it is offered, and that costs more than what it mends
//! took to find: the crate is analysed again with the change, and perhaps more
//! than once. No diagnostic waits for that. Fixes are looked for when all is
//! found and told, and only in crates where something was found in an open
//! file, since no other file is offered any. An edit ends the search; who asks
//! what can be done waits for a while.

use std::cell::Cell;
use std::time::Instant;

use super::analysis::{Watching, mended};
use super::job::{Said, Stage};
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
