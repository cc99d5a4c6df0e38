//! A progress bar on standard error, for runs that take long enough for somebody to wonder.
//!
//! The work only stores numbers; a thread of its own looks at them a few times a second and draws. So the
//! work costs nothing more, the bar moves also while one function takes long, and what is over within
//! [`PATIENCE`] shows nothing. Who sees it is decided as cargo decides it.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::CheckArgs;

/// What takes no longer is not worth a bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often it is drawn.
const PACE: Duration = Duration::from_millis(100);

/// Shows how far the work is, until it is dropped.
#[derive(Default)]
pub(crate) struct Progress {
    state: Arc<State>,
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

/// How far the work is. Nothing is to be analysed while the sources are read.
#[derive(Default)]
struct State {
    done: AtomicUsize,
    of: AtomicUsize,
}

impl Progress {
    /// Of the work that `args` ask for.
    pub(crate) fn start(args: &CheckArgs) -> Progress {
        let state = Arc::new(State::default());
        let drawing = is_wanted(args).then(|| {
            let (stop, stopped) = mpsc::channel();
            let state = Arc::clone(&state);
            (stop, thread::spawn(move || draw(&state, &stopped)))
        });
        Progress { state, drawing }
    }

    /// `done` of `of` functions have been analysed.
    pub(crate) fn at(&self, done: usize, of: usize) {
        self.state.done.store(done, Ordering::Relaxed);
        self.state.of.store(of, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, drawing)) = self.drawing.take() {
            drop(stop);
            // Without a bar the work is as good.
            let _ = drawing.join();
        }
    }
}

fn draw(state: &State, stopped: &Receiver<()>) {
    if stopped.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let reading = ProgressStyle::with_template("{prefix:>12} {spinner}")
        .map(|style| style.tick_chars("-\\|/ "));
    let analysing = ProgressStyle::with_template("{prefix:>12} [{bar:27}] {pos}/{len} functions");
    let (Ok(reading), Ok(analysing)) = (reading, analysing) else {
        return;
    };
    bar.set_style(reading);
    bar.set_prefix("Reading");
    let analysing = analysing.progress_chars("=> ");
    while stopped.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
        let (done, of) = (&state.done, &state.of);
        let of = of.load(Ordering::Relaxed);
        if of > 0 {
            if bar.length().is_none() {
                bar.set_style(analysing.clone());
                bar.set_prefix("Analysing");
            }
            bar.set_length(of as u64);
            bar.set_position(done.load(Ordering::Relaxed) as u64);
        }
        bar.tick();
    }
    bar.finish_and_clear();
}

/// Whether somebody looks. With `--verbose` words say it, and with `--with` cargo has its own bar.
fn is_wanted(args: &CheckArgs) -> bool {
    let set = |name: &str| std::env::var_os(name);
    let when = set("CARGO_TERM_PROGRESS_WHEN");
    let in_vain = set("CI").is_some() || set("TERM").is_some_and(|term| term == "dumb");
    io::stderr().is_terminal()
        && !(args.quiet || args.verbose > 0 || args.with.is_some())
        && match when {
            Some(when) if when == "never" => false,
            Some(when) if when == "always" => true,
            _ => !in_vain,
        }
}
