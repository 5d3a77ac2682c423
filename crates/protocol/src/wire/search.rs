//! What the server finds among messages.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::ids::MessageId;
use crate::time::Timestamp;

/// `GET /chat/search/`: messages that match, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SearchAnswer {
    /// As they are now. May be fewer than asked for, even none, where `next` says that it goes on.
    pub messages: Vec<Message>,
    /// The same search with `before` set to this goes on; none at its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<MessageId>,
    /// Nothing that matches is left out up to `next`: whatever one may read is looked through.
    pub complete: bool,
    /// While it is not: nothing that was stored since then is left out. Absent where not even that can be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub searched_back_to: Option<Timestamp>,
}
