//! The machine's timers, by name: at most one of each, replaced when started again.

use std::collections::BTreeMap;
use std::time::Duration;

use bedside_core::sync::{Timer, Wait};
use bedside_runtime::Runtime;

/// Running timers with the monotonic moment they are due at.
pub(super) struct Timers {
    runtime: Runtime,
    due: BTreeMap<Timer, Duration>,
}

impl Timers {
    pub(super) fn new(runtime: Runtime) -> Self {
        Timers { runtime, due: BTreeMap::new() }
    }

    pub(super) fn start(&mut self, timer: Timer, wait: Wait) {
        let wait = match wait {
            Wait::For(exactly) => exactly,
            Wait::UpTo(most) => self.runtime.jitter(most),
            Wait::After { least, jitter } => least + self.runtime.jitter(jitter),
        };
        self.due.insert(timer, self.runtime.monotonic() + wait);
    }

    pub(super) fn stop(&mut self, timer: Timer) {
        self.due.remove(&timer);
    }

    /// How long until a timer is due, if it runs.
    pub(super) fn left(&self, timer: Timer) -> Option<Duration> {
        self.due.get(&timer).map(|due| due.saturating_sub(self.runtime.monotonic()))
    }

    /// How long until the next one is due.
    pub(super) fn next_left(&self) -> Option<Duration> {
        self.due.values().min().map(|due| due.saturating_sub(self.runtime.monotonic()))
    }

    /// Takes one that is due, the longest due first.
    pub(super) fn take_due(&mut self) -> Option<Timer> {
        let now = self.runtime.monotonic();
        let (timer, _) = self.due.iter().filter(|(_, due)| **due <= now).min_by_key(|(_, due)| **due)?;
        let timer = *timer;
        self.due.remove(&timer);
        Some(timer)
    }
}
