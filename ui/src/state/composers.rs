//! What is being written, per conversation.
//!
//! The open conversation's text lives here and nowhere else, whatever page is shown. A text of another conversation
//! stays as long as the engine has not got it: on its way, refused, or not kept yet.

use std::collections::BTreeMap;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::TimelineView;

use super::composer::{Composer, ComposerAction};

/// The composers that hold something the engine does not, and the open conversation's.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Composers {
    held: BTreeMap<RoomId, Composer>,
}

impl Composers {
    /// A conversation's composer, once its draft is known.
    pub(crate) fn of(&self, room: RoomId) -> Option<&Composer> {
        self.held.get(&room)
    }

    /// Every draft the engine has not got.
    pub(crate) fn unkept(&self) -> impl Iterator<Item = (RoomId, String)> {
        self.held.iter().filter_map(|(room, composer)| Some((*room, composer.unkept()?)))
    }

    /// Applies an action to one of them.
    pub(crate) fn apply(&mut self, room: RoomId, action: ComposerAction) {
        if let Some(composer) = self.held.get_mut(&room) {
            composer.apply(action);
        }
    }

    /// The draft of a view counts only when a conversation is opened; from then on the composer is the truth.
    pub(crate) fn follow(&mut self, open: Option<RoomId>, view: Option<&TimelineView>) {
        self.held.retain(|room, composer| Some(*room) == open || !composer.is_settled());
        if let (Some(room), Some(view)) = (open, view) {
            self.held.entry(room).or_insert_with(|| Composer::with_draft(&view.head.draft));
        }
    }
}
