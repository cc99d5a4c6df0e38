//! `--timings`: where the time went.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use socklint_analysis::{Coverage, Watch};

use crate::progress::Progress;

/// How many functions are named.
const SLOWEST: usize = 10;

/// How long each part of a run took.
#[derive(Debug, Default)]
pub(crate) struct Timings {
    /// Cargo's answers, and looking through folders.
    pub(crate) discovery: Duration,
    /// Reading the sources.
    pub(crate) reading: Duration,
    /// The analysis.
    pub(crate) analysis: Duration,
    /// Every function's part of that.
    pub(crate) functions: Vec<(String, Duration)>,
    /// Drawing the report. It cannot say this of itself.
    pub(crate) report: Option<Duration>,
}

/// Looks on while an analysis runs, for who waits and for who wants to know.
pub(crate) struct Watching<'a> {
    progress: &'a Progress,
    clock: Option<RefCell<Clock>>,
}

/// The function that is being followed, and those that were.
#[derive(Default)]
struct Clock {
    current: Option<(String, Instant)>,
    functions: Vec<(String, Duration)>,
}

impl<'a> Watching<'a> {
    /// `timed`: each function is.
    pub(crate) fn new(progress: &'a Progress, timed: bool) -> Self {
        Watching {
            progress,
            clock: timed.then(RefCell::default),
        }
    }

    /// How long each function took.
    pub(crate) fn functions(self) -> Vec<(String, Duration)> {
        let clock = self.clock.map(RefCell::into_inner).unwrap_or_default();
        clock.functions
    }
}

impl Watch for Watching<'_> {
    fn at(&self, done: usize, of: usize) -> ControlFlow<()> {
        self.progress.at(done, of);
        if let Some(clock) = &self.clock {
            clock.borrow_mut().stop();
        }
        ControlFlow::Continue(())
    }

    fn enters(&self, function: &str) {
        if let Some(clock) = &self.clock {
            clock.borrow_mut().current = Some((function.to_owned(), Instant::now()));
        }
    }
}

impl Clock {
    fn stop(&mut self) {
        if let Some((function, start)) = self.current.take() {
            self.functions.push((function, start.elapsed()));
        }
    }
}

impl Timings {
    /// The functions that took longest, the slowest first.
    fn slowest(&self) -> Vec<&(String, Duration)> {
        let mut functions: Vec<_> = self.functions.iter().collect();
        functions.sort_by_key(|(name, time)| (Reverse(*time), name));
        functions.truncate(SLOWEST);
        functions
    }

    /// For people.
    pub(crate) fn text(&self, coverage: &Coverage) -> String {
        let mut text = String::new();
        let mut row = |name: &str, time: Duration, of: &str| {
            let line = format!("{name:>12} {:9.3} s  {of}", time.as_secs_f64());
            text.push_str(line.trim_end());
            text.push('\n');
        };
        let rate = |count: usize, what: &str, time: Duration| {
            let second = per_second(count, time);
            format!("{count} {what}, {second:.0} {what}/s")
        };
        row("discovery", self.discovery, "");
        row(
            "reading",
            self.reading,
            &rate(coverage.files, "files", self.reading),
        );
        row(
            "analysis",
            self.analysis,
            &rate(coverage.functions, "functions", self.analysis),
        );
        if let Some(report) = self.report {
            row("report", report, "");
        }
        for (function, time) in self.slowest() {
            row("function", *time, function);
        }
        text
    }

    /// The same as a message among cargo's; times are in seconds.
    pub(crate) fn json(&self, coverage: &Coverage) -> Value {
        let slowest = self
            .slowest()
            .into_iter()
            .map(|(function, time)| json!({"function": function, "seconds": time.as_secs_f64()}));
        json!({
            "reason": "socklint-timings",
            "discovery": self.discovery.as_secs_f64(),
            "reading": self.reading.as_secs_f64(),
            "analysis": self.analysis.as_secs_f64(),
            "files": coverage.files,
            "files_per_second": per_second(coverage.files, self.reading),
            "functions": coverage.functions,
            "slowest": slowest.collect::<Vec<_>>(),
        })
    }
}

/// How many in a second; nothing takes no time.
fn per_second(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64().max(1e-9)
}
