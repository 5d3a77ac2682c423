//! That somebody types: best effort, no event, and the first thing to be dropped under load.

use bedside_protocol::{AccountId, RoomId};
use serde::{Deserialize, Serialize};

/// Somebody types in a room, or has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Typing {
    /// Where.
    pub(crate) room: RoomId,
    /// Who.
    pub(crate) account: AccountId,
    /// Whether they do.
    pub(crate) typing: bool,
}
