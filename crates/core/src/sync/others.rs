//! What others do at this moment, as far as one is told: held in memory only, and over by itself.

use std::collections::{BTreeMap, BTreeSet};

use bedside_protocol::ipc::Presence;
use bedside_protocol::{AccountId, RoomId};

/// What is known of others at this moment; nothing of it is ever kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Others {
    /// Rooms whose other member types.
    pub typing: BTreeSet<RoomId>,
    /// Whether people are there; of all others it is not known.
    pub presence: BTreeMap<AccountId, Presence>,
}
