//! Calls that block, and the virtual clock.

use std::{
    sync::{MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{Model, Outcome, State};
use crate::ErrorKind;

/// The real time that other threads get to act before a call moves the clock to its own deadline.
const MOMENT: Duration = Duration::from_millis(30);

impl Model {
    /// Repeats `attempt` until it says something other than `WSAEWOULDBLOCK`, or `deadline` passes.
    ///
    /// Between attempts the clock goes to what happens next by itself, or other threads act.
    pub(super) fn block_until<'a, T>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        deadline: Option<Duration>,
        mut attempt: impl FnMut(&mut State) -> Outcome<T>,
    ) -> (MutexGuard<'a, State>, Outcome<T>) {
        loop {
            let before = state.moves;
            state.finish_aborted();
            state.settle();
            match attempt(&mut state) {
                Err(ErrorKind::WouldBlock) => {}
                outcome => return (state, outcome),
            }
            state.settle();
            if state.moves != before {
                // Others may have waited for this, and the attempt may get further.
                state.changes += 1;
                self.shared.changed.notify_all();
                continue;
            }
            if deadline.is_some_and(|deadline| state.now >= deadline) {
                return (state, Err(ErrorKind::TimedOut));
            }
            if let Some(next) = state.next_due()
                && deadline.is_none_or(|deadline| next <= deadline)
            {
                state.now = next;
                state.changes += 1;
                self.shared.changed.notify_all();
                continue;
            }
            state = match deadline {
                Some(deadline) => self.let_others_act(state, deadline),
                None => self
                    .shared
                    .changed
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Moves the clock to `deadline`, unless another thread changes something first. Then it moves by the
    /// real time that passed, so that threads which are always busy do not keep it from the deadline.
    fn let_others_act<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        deadline: Duration,
    ) -> MutexGuard<'a, State> {
        if !state.alone {
            let (before, start) = (state.changes, Instant::now());
            state = self
                .shared
                .changed
                .wait_timeout_while(state, MOMENT, |state| state.changes == before)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
            if state.changes != before {
                let passed = state.now.saturating_add(start.elapsed());
                state.now = state.now.max(passed.min(deadline));
                return state;
            }
        }
        state.now = state.now.max(deadline);
        state
    }

    /// Lets time pass for the calling thread: what `Sleep` is on a real clock.
    pub fn sleep(&self, time: Duration) {
        let state = self.state();
        let deadline = state.now.saturating_add(time);
        let never = |_: &mut State| Outcome::<()>::Err(ErrorKind::WouldBlock);
        let (state, _) = self.block_until(state, Some(deadline), never);
        self.notify(state);
    }
}
