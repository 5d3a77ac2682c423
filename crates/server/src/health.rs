//! Whether the store can be read and whether it commits: two questions, put to it when somebody asks us, each at most
//! once a second and one at a time however many ask.
//!
//! Whoever asks us is answered within a second, whatever the store does. One that does not answer for five seconds
//! counts as one that cannot; until then its last answer holds, and one that never answered is given the benefit.

mod probe;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::app::AppState;
use crate::store::{SharedStore, StoreError};
pub(crate) use probe::Known;
use probe::Probe;

/// What is known of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    /// Whether it can be read.
    pub(crate) reads: Known,
    /// Whether it commits.
    pub(crate) writes: Known,
}

impl Report {
    /// Whether it is not known to be unreadable.
    pub(crate) fn is_readable(self) -> bool {
        self.reads != Known::Fails
    }

    /// The same of commits.
    pub(crate) fn is_writable(self) -> bool {
        self.writes != Known::Fails
    }
}

/// Both questions and what came of them.
#[derive(Default)]
pub(crate) struct Health {
    reads: Probe,
    writes: Probe,
    /// Whether the log has it that nothing is committed.
    said: AtomicBool,
}

impl Health {
    /// Asks, and says what is known a moment later.
    pub(crate) async fn check(&self, state: &AppState) -> Report {
        let (reading, writing) = (Arc::clone(&state.store), Arc::clone(&state.store));
        let (reads, writes) = tokio::join!(
            self.reads.ask(&state.runtime, async move { answers(reading).await }),
            self.writes.ask(&state.runtime, async move { commits(writing).await }),
        );
        let report = Report { reads, writes };
        self.say(report.is_writable());
        report
    }

    /// Each change is said once.
    fn say(&self, writable: bool) {
        match (self.said.swap(!writable, Ordering::Relaxed), writable) {
            (false, false) => tracing::error!("the database does not commit: nothing can be sent"),
            (true, true) => tracing::info!("the database commits again"),
            _ => {}
        }
    }
}

async fn answers(store: SharedStore) -> bool {
    told("the store cannot be read", store.ping().await)
}

async fn commits(store: SharedStore) -> bool {
    told("the store cannot be written", store.ping_writes().await)
}

fn told(what: &'static str, answer: Result<(), StoreError>) -> bool {
    if let Err(error) = &answer {
        tracing::error!(error = %error, what, "the store does not answer");
    }
    answer.is_ok()
}
