//! What a connection is still to be told of who is there: of each person the last word only, however slowly it reads.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bedside_protocol::AccountId;

use crate::presence::{Presence, State};

/// Where the words gather between two visits.
#[derive(Default)]
pub(super) struct Words(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    words: BTreeMap<AccountId, State>,
    /// Whether the queue says that there are some.
    queued: bool,
}

impl Words {
    /// Puts one in; `queue` says whether the queue could be told that there is something.
    pub(super) fn put(&self, Presence { account, state }: Presence, queue: impl FnOnce() -> bool) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.words.insert(account, state);
        if !waiting.queued {
            waiting.queued = queue();
        }
    }

    /// Takes everything out.
    pub(super) fn take(&self) -> Vec<Presence> {
        let waiting = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        waiting.words.into_iter().map(|(account, state)| Presence { account, state }).collect()
    }
}
