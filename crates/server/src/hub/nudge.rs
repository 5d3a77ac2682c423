//! "Look at the store": what a connection is told when something was stored elsewhere.
//!
//! Holds no event and no text. However many come before the connection gets to them, they are one.

use std::sync::{Mutex, PoisonError};

use bedside_protocol::{FeedSeq, Timestamp};

/// Why a connection is to look at the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Nudge {
    /// Its account's feed has come at least this far; one that has told it already need not look.
    pub(crate) up_to: FeedSeq,
    /// When the first of it was committed, by the clock of the server that stored it.
    pub(crate) committed_at: Option<Timestamp>,
    /// Whether something may have been missed.
    pub(crate) look: Option<Look>,
}

/// A look at the feed's head and at the session, as every connection takes it from time to time anyway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    /// At a moment of one's own within [`LOOK_WITHIN`](super::LOOK_WITHIN): everybody was asked.
    Soon,
    /// At once.
    Now,
}

impl Nudge {
    /// A feed has come this far.
    pub(crate) const fn up_to(up_to: FeedSeq) -> Self {
        Nudge { up_to, committed_at: None, look: None }
    }

    /// Something may have been missed.
    pub(crate) const fn look(look: Look) -> Self {
        Nudge { up_to: FeedSeq(0), committed_at: None, look: Some(look) }
    }

    /// Takes another in.
    pub(crate) fn merge(&mut self, other: Nudge) {
        self.up_to = self.up_to.max(other.up_to);
        self.committed_at = self.committed_at.into_iter().chain(other.committed_at).min();
        self.look = self.look.max(other.look);
    }
}

/// Where a connection's nudges gather between two visits.
#[derive(Default)]
pub(super) struct Slot(Mutex<Option<Nudge>>);

/// Whether a nudge needs a marker in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Needed,
    Queued,
}

impl Slot {
    /// Puts a nudge in.
    pub(super) fn put(&self, nudge: Nudge) -> Marker {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match slot.as_mut() {
            Some(waiting) => {
                waiting.merge(nudge);
                Marker::Queued
            }
            None => {
                *slot = Some(nudge);
                Marker::Needed
            }
        }
    }

    /// Takes everything out, as one.
    pub(super) fn take(&self) -> Nudge {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }
}
