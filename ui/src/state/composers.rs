//! What is being written, per conversation.
//!
//! The open conversation's text lives here and nowhere else, whatever page is shown. A text of another conversation
//! stays as long as the engine has not got it: on its way, refused, or not kept yet.

use std::collections::BTreeMap;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{EditDraft, TimelineView};

use super::composer::{Composer, ComposerAction};
use super::draft::Draft;

/// While a draft is not kept, it is handed to the engine this often, in milliseconds. With the time an answer takes it
/// bounds what is lost with the app: less than a second of typing as long as the disk answers in a third of one.
pub(crate) const KEEP_EVERY_MS: u32 = 350;

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
    pub(crate) fn unkept(&self) -> impl Iterator<Item = (RoomId, Draft)> {
        self.held.iter().filter_map(|(room, composer)| Some((*room, composer.unkept()?)))
    }

    /// Every edit under way the engine has not got, or need no longer keep.
    pub(crate) fn unkept_edits(&self) -> impl Iterator<Item = (RoomId, Option<EditDraft>)> {
        self.held.iter().filter_map(|(room, composer)| Some((*room, composer.unkept_edit()?)))
    }

    /// Whether the engine is to keep anything.
    pub(crate) fn has_unkept(&self) -> bool {
        self.held.values().any(|composer| composer.unkept().is_some() || composer.unkept_edit().is_some())
    }

    /// Applies an action to one of them.
    pub(crate) fn apply(&mut self, room: RoomId, action: ComposerAction) {
        if let Some(composer) = self.held.get_mut(&room) {
            composer.apply(action);
        }
    }

    /// The draft of a view counts only when a conversation is opened; from then on the composer is the truth, but for what
    /// arrives from another device.
    pub(crate) fn follow(&mut self, open: Option<RoomId>, view: Option<&TimelineView>) {
        self.held.retain(|room, composer| Some(*room) == open || !composer.is_settled());
        if let (Some(room), Some(view)) = (open, view) {
            let head = &view.head;
            let kept = || {
                let reply = head.draft_reply.clone();
                let mut composer = Composer::with_draft(&head.draft, reply, head.editing.as_deref());
                composer.seen = head.draft_seen;
                composer
            };
            let composer = self.held.entry(room).or_insert_with(kept);
            if let Some(arrived) = &head.draft_arrived {
                composer.arrives(arrived);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::fixtures::timeline;
    use crate::state::keeping::KeepAction;

    const ROOM: RoomId = RoomId(1);

    /// A typist and a disk that answers after a while, millisecond by millisecond, as the hook runs them: a clock from
    /// the first change that is not kept until there is none.
    #[derive(Default)]
    struct Desk {
        composers: Composers,
        due: Option<u32>,
        answers: Vec<(u32, Draft)>,
        file: Draft,
        /// When each length was reached that the file does not have.
        behind: Vec<(u32, usize)>,
    }

    impl Desk {
        fn type_a_key(&mut self, now: u32) {
            let text = format!("{}x", self.composers.of(ROOM).unwrap().text);
            self.behind.push((now, text.len()));
            self.composers.apply(ROOM, ComposerAction::Typed(text));
        }

        fn answer(&mut self, now: u32) {
            while let Some(at) = self.answers.iter().position(|(at, _)| *at == now) {
                self.file = self.answers.remove(at).1;
                self.composers.apply(ROOM, ComposerAction::Draft(KeepAction::Kept(self.file.clone())));
            }
            self.behind.retain(|(_, length)| *length > self.file.text.len());
        }

        fn keep(&mut self, now: u32, disk: u32) {
            let Some((_, draft)) = self.composers.unkept().next() else {
                self.due = None;
                return;
            };
            if *self.due.get_or_insert(now + KEEP_EVERY_MS) == now {
                self.composers.apply(ROOM, ComposerAction::Draft(KeepAction::Keeping(draft.clone())));
                self.answers.push((now + disk, draft));
                self.due = Some(now + KEEP_EVERY_MS);
            }
        }
    }

    /// How far the file ever was behind what was typed, in milliseconds.
    fn furthest_behind(disk: u32, typed_every: u32) -> u32 {
        let mut desk = Desk::default();
        desk.composers.follow(Some(ROOM), Some(&timeline(Vec::new())));
        let mut furthest = 0;
        for now in 0..20_000 {
            if now % typed_every == 0 {
                desk.type_a_key(now);
            }
            desk.answer(now);
            desk.keep(now, disk);
            furthest = furthest.max(desk.behind.first().map_or(0, |(at, _)| now - at));
        }
        furthest
    }

    #[test]
    fn at_most_a_second_of_typing_is_not_in_the_file_however_fast_one_types() {
        for typed_every in [20, 90, 349, 351, 1_300] {
            for disk in [1, 40, 300] {
                let behind = furthest_behind(disk, typed_every);
                assert!(
                    behind <= 1_000,
                    "{behind} ms at a key each {typed_every} ms and a disk of {disk} ms"
                );
            }
        }
    }
}
