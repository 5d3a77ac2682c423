//! The composer: a text that is never lost and a message that is never sent twice.
//!
//! The box is cleared only once the engine has the message on disk. What was typed meanwhile stays.

use bedside_protocol::ipc::IpcError;
use bedside_protocol::limits;
use bedside_protocol::text::{InvalidText, normalize_message};

use super::editing::{self, EditAction, Editing};

/// The count is shown once fewer characters than this are left.
const COUNT_FROM: usize = 500;

/// The composer of one conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Composer {
    pub text: String,
    /// The text the engine was asked to send and has not yet answered for.
    pub sending: Option<String>,
    /// Why the last attempt stored nothing.
    pub error: Option<IpcError>,
    /// The draft as the engine has it.
    pub kept: String,
    /// The draft the engine was asked to keep and has not yet answered for.
    pub keeping: Option<String>,
    /// A draft the engine could not keep, and why. It is not asked again for the same one.
    pub refused: Option<(String, IpcError)>,
    /// A message whose text is being changed; meanwhile the draft waits behind it.
    pub editing: Option<Editing>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum ComposerAction {
    Typed(String),
    /// Send was pressed and the engine asked.
    Sending(String),
    /// The engine has it.
    Queued,
    /// Nothing was stored.
    Failed(IpcError),
    /// The engine was asked to keep this draft.
    Keeping(String),
    /// The engine keeps this draft.
    Kept(String),
    /// The engine could not keep this draft.
    NotKept(String, IpcError),
    /// About a message that is being changed.
    Edit(EditAction),
}

/// How much room is left, where that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    Plenty,
    Left(usize),
    Over(usize),
}

impl Composer {
    /// With the draft the engine kept.
    pub(crate) fn with_draft(draft: &str) -> Self {
        Composer { text: draft.to_owned(), kept: draft.to_owned(), ..Composer::default() }
    }

    /// The text to send now, if there is one: nothing empty, nothing too long, nothing while an answer is due.
    pub(crate) fn sendable(&self) -> Option<String> {
        let free = self.sending.is_none();
        (free && normalize_message(&self.text).is_ok()).then(|| self.text.clone())
    }

    /// The draft to keep, if the engine has another.
    pub(crate) fn unkept(&self) -> Option<String> {
        let refused = self.refused.as_ref().is_some_and(|(draft, _)| *draft == self.text);
        let free = self.sending.is_none() && self.keeping.is_none();
        (self.text != self.kept && free && !refused).then(|| self.text.clone())
    }

    /// Why the text as it stands would be lost with the app, if it would.
    pub(crate) fn at_risk(&self) -> Option<&IpcError> {
        self.refused.as_ref().filter(|_| self.text != self.kept).map(|(_, why)| why)
    }

    /// Whether nothing is left to do or to say about it, so that the engine's draft is the whole truth.
    pub(crate) fn is_settled(&self) -> bool {
        let answered = self.sending.is_none() && self.keeping.is_none();
        self.text == self.kept && answered && self.error.is_none() && self.editing.is_none()
    }

    /// The text in the box.
    pub(crate) fn shown(&self) -> &str {
        self.editing.as_ref().map_or(&self.text, |editing| &editing.text)
    }

    /// How much room is left in the box.
    pub(crate) fn space(&self) -> Space {
        let used = match normalize_message(self.shown()) {
            Err(InvalidText::TooLong { chars }) => chars,
            Err(InvalidText::Empty) => 0,
            Ok(text) => text.chars().count(),
        };
        match limits::MESSAGE_CHARS.checked_sub(used) {
            None => Space::Over(used - limits::MESSAGE_CHARS),
            Some(left) if left < COUNT_FROM => Space::Left(left),
            Some(_) => Space::Plenty,
        }
    }

    /// Applies an action.
    pub(crate) fn apply(&mut self, action: ComposerAction) {
        match action {
            ComposerAction::Typed(text) => {
                self.text = text;
                self.error = None;
            }
            ComposerAction::Sending(text) => {
                self.sending = Some(text);
                self.error = None;
            }
            ComposerAction::Queued => self.clear_sent(),
            ComposerAction::Failed(error) => {
                self.sending = None;
                self.error = Some(error);
            }
            ComposerAction::Keeping(draft) => self.keeping = Some(draft),
            ComposerAction::Kept(draft) => {
                self.keeping = None;
                self.kept = draft;
                self.refused = None;
            }
            ComposerAction::NotKept(draft, why) => {
                self.keeping = None;
                self.refused = Some((draft, why));
            }
            ComposerAction::Edit(action) => editing::apply(&mut self.editing, action),
        }
    }

    /// What was typed behind the message stays. The draft is kept anew, whatever the engine did with the old one.
    fn clear_sent(&mut self) {
        let Some(sent) = self.sending.take() else { return };
        self.text = match self.text.strip_prefix(&sent) {
            Some(typed_since) => typed_since.trim_start().to_owned(),
            None => std::mem::take(&mut self.text),
        };
        self.kept = sent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(actions: &[ComposerAction]) -> Composer {
        let mut composer = Composer::default();
        actions.iter().cloned().for_each(|action| composer.apply(action));
        composer
    }

    use ComposerAction::{Failed, Keeping, Kept, NotKept, Queued, Sending, Typed};

    #[test]
    fn the_box_keeps_its_text_until_the_message_is_stored() {
        let sending = after(&[Typed("hello".into()), Sending("hello".into())]);
        assert_eq!((sending.text.as_str(), sending.sendable()), ("hello", None));
        let queued = after(&[Typed("hello".into()), Sending("hello".into()), Queued]);
        assert_eq!(queued.text, "");
    }

    #[test]
    fn what_is_typed_meanwhile_stays() {
        let typed = after(&[Typed("a".into()), Sending("a".into()), Typed("a b".into()), Queued]);
        assert_eq!(typed.text, "b");
        let other = after(&[Typed("a".into()), Sending("a".into()), Typed("x".into()), Queued]);
        assert_eq!(other.text, "x");
    }

    #[test]
    fn a_message_that_was_not_stored_stays_in_the_box_with_the_reason() {
        let failed = after(&[Typed("hello".into()), Sending("hello".into()), Failed(IpcError::Disk)]);
        assert_eq!((failed.text.as_str(), &failed.error), ("hello", &Some(IpcError::Disk)));
        assert!(failed.sendable().is_some());
    }

    #[test]
    fn nothing_visible_cannot_be_sent() {
        assert_eq!(after(&[Typed(" \n\u{200B}".into())]).sendable(), None);
    }

    #[test]
    fn editing_a_message_leaves_the_draft_as_it_was() {
        use bedside_protocol::MessageId;

        let edit = |action| ComposerAction::Edit(action);
        let begun = [Typed("draft".into()), edit(EditAction::Begin(MessageId(3), "sent".into()))];
        let typed = [&begun[..], &[edit(EditAction::Typed("changed".into()))]].concat();
        assert_eq!((after(&typed).shown(), after(&typed).text.as_str()), ("changed", "draft"));
        assert_eq!((after(&typed).unkept(), after(&typed).is_settled()), (Some("draft".to_owned()), false));
        let ended = [&typed[..], &[edit(EditAction::End(MessageId(3)))]].concat();
        assert_eq!(after(&ended).shown(), "draft");
    }

    #[test]
    fn the_count_appears_near_the_limit_and_says_how_much_is_too_much() {
        let with = |n: usize| after(&[Typed("x".repeat(n))]).space();
        assert_eq!(with(7_500), Space::Plenty);
        assert_eq!(with(7_990), Space::Left(10));
        assert_eq!(with(8_002), Space::Over(2));
    }

    #[test]
    fn only_a_changed_draft_is_kept_and_never_one_on_its_way() {
        assert_eq!(Composer::with_draft("a").unkept(), None);
        assert_eq!(after(&[Typed("a".into())]).unkept(), Some("a".to_owned()));
        assert_eq!(after(&[Typed("a".into()), Sending("a".into())]).unkept(), None);
        let failed = after(&[Typed("a".into()), Sending("a".into()), Failed(IpcError::Disk)]);
        assert_eq!(failed.unkept(), Some("a".to_owned()));
    }

    #[test]
    fn drafts_are_kept_one_after_the_other_also_behind_a_message() {
        let sent = [Typed("a".into()), Keeping("a".into()), Sending("a".into()), Queued];
        assert_eq!((after(&sent).unkept(), after(&sent).is_settled()), (None, false));
        let answered = [&sent[..], &[Kept("a".into())]].concat();
        assert_eq!(after(&answered).unkept(), Some(String::new()));
    }

    #[test]
    fn a_draft_that_is_not_kept_is_said_and_not_tried_again_before_it_changes() {
        let refused = [Typed("a".into()), NotKept("a".into(), IpcError::Disk)];
        assert_eq!((after(&refused).unkept(), after(&refused).at_risk()), (None, Some(&IpcError::Disk)));
        let longer = [&refused[..], &[Typed("ab".into())]].concat();
        assert_eq!(after(&longer).unkept(), Some("ab".to_owned()));
        let kept = [&longer[..], &[Kept("ab".into())]].concat();
        assert_eq!((after(&kept).at_risk(), after(&kept).is_settled()), (None, true));
    }
}
