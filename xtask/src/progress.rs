//! Numbered steps with the time since the start, so that a person sees what a long command is doing.

#![expect(clippy::disallowed_methods, reason = "shows a person how long they waited; decides nothing")]

use std::time::{Duration, Instant};

/// A stopwatch for one thing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// The steps of one command.
#[derive(Debug)]
pub(crate) struct Progress {
    watch: Stopwatch,
    step: usize,
}

impl Progress {
    /// Starts counting steps and time.
    pub(crate) fn start() -> Self {
        Self { watch: Stopwatch::start(), step: 0 }
    }

    /// Announces the next step.
    pub(crate) fn step(&mut self, what: &str) {
        self.step += 1;
        println!("[{} {}] {what}", self.step, clock(self.watch.elapsed()));
    }

    /// A remark about the step under way.
    pub(crate) fn note(&self, what: &str) {
        println!("    {what}");
    }
}

/// Minutes and seconds, as `3:07`.
pub(crate) fn clock(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
