//! One analysis, on a thread of its own: it needs a deep stack, and may fail without harm.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;
use socklint_analysis::{Input, Report, Watch, add_fixes, analyze_watched};

use super::job::Said;
use crate::check::STACK;

/// Progress is sent no more often than this.
const BETWEEN_PROGRESS: Duration = Duration::from_millis(100);

/// What is found in `input`, without fixes; `None` if `watching` ended it.
pub(super) fn analysed(
    input: &Input,
    watching: impl Watch + Send,
) -> Result<Option<Report>, String> {
    apart(move || analyze_watched(input, &watching))
}

/// What was found in `input`, with fixes, which have been tried; `None` if `watching` ended that.
pub(super) fn mended(
    input: &Input,
    mut report: Report,
    watching: impl Watch + Send,
) -> Result<Option<Report>, String> {
    apart(move || add_fixes(input, &mut report, &watching).map(|()| report))
}

/// What comes of `work` on a thread of its own.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name("analysis".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work)
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
pub(super) struct Watching<'a> {
    /// The number of the newest job.
    pub(super) latest: &'a AtomicU64,
    /// Where progress is told.
    pub(super) said: &'a Sender<Said>,
    /// The number of this job.
    pub(super) number: u64,
    /// The crate's name.
    pub(super) name: &'a str,
    /// How many crates of the job were analysed before.
    pub(super) before: usize,
    /// How many there are.
    pub(super) all: usize,
    /// When progress was told last.
    pub(super) last: Cell<Option<Instant>>,
}

impl Watch for Watching<'_> {
    fn again(&self) -> ControlFlow<()> {
        match self.latest.load(Ordering::Relaxed) == self.number {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    }

    fn at(&self, done: usize, of: usize) -> ControlFlow<()> {
        self.again()?;
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
            ..Input::default()
        };
        let error = analysed(&input, Fails).err().expect("it fails");
        assert!(error.contains("on purpose"), "{error}");
        assert!(matches!(analysed(&input, ()), Ok(Some(_))));
    }
}
