//! The composer: a text that is never lost and a message that is never sent twice.
//!
//! The box is cleared only once the engine has the message on disk. What was typed meanwhile stays.

use bedside_protocol::ipc::{ArrivedDraft, EditDraft, EditingView, IpcError, QuoteView};
use bedside_protocol::limits;
use bedside_protocol::text::{InvalidText, normalize_message};

use super::draft::Draft;
use super::editing::{self, EditAction, Editing};
use super::keeping::{KeepAction, Keeping};

/// The count is shown once fewer characters than this are left.
const COUNT_FROM: usize = 500;

/// The composer of one conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Composer {
    pub text: String,
    /// The message it is to reply to, as it stood when that was chosen.
    pub reply: Option<QuoteView>,
    /// It is to be marked urgent. Not kept with the draft: who comes back to it decides anew.
    pub urgent: bool,
    /// What the engine was asked to send and has not yet answered for.
    pub sending: Option<Draft>,
    /// Why the last attempt stored nothing.
    pub error: Option<IpcError>,
    /// What the engine keeps of the draft.
    draft: Keeping<Draft>,
    /// The number of the last draft from another device that stood here, or is offered beside it.
    pub seen: u64,
    /// The text that its author has thought over and wants to go as it is.
    pub confirmed: Option<String>,
    /// A message whose text is being changed; meanwhile the draft waits behind it.
    pub editing: Option<Editing>,
    /// What the engine keeps of that.
    edit: Keeping<Option<EditDraft>>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum ComposerAction {
    Typed(String),
    /// It is to reply to this message.
    Reply(QuoteView),
    /// It is to reply to nothing.
    NoReply,
    /// It is to be marked urgent, or not any more.
    Urgent(bool),
    /// Send was pressed and the engine asked.
    Sending(Draft),
    /// It is not to go before its author has thought it over.
    Held,
    /// Its author wants it to go as it is.
    Confirmed(String),
    /// The engine has it.
    Queued,
    /// Nothing was stored.
    Failed(IpcError),
    /// About the draft and the engine.
    Draft(KeepAction<Draft>),
    /// Drafts from other devices up to this one stood here, or are offered beside what does.
    Seen(u64),
    /// The text is this one from now on, as decided upon what another device had.
    Decided(String, Option<QuoteView>),
    /// That could not be kept: what stood here before.
    NotDecided(Draft, String),
    /// About a message that is being changed.
    Edit(EditAction),
    /// About what is being made of it and the engine.
    EditDraft(KeepAction<Option<EditDraft>>),
}

/// How much room is left, where that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    Plenty,
    Left(usize),
    Over(usize),
}

impl Composer {
    /// With what the engine kept.
    pub(crate) fn with_draft(draft: &str, reply: Option<QuoteView>, editing: Option<&EditingView>) -> Self {
        let composer = Composer {
            text: draft.to_owned(),
            reply,
            editing: editing.map(Editing::kept),
            edit: Keeping::of(editing.map(|view| view.draft.clone())),
            ..Composer::default()
        };
        Composer { draft: Keeping::of(composer.draft()), ..composer }
    }

    /// A draft from another device is what the engine has now. It takes this one's place unless something was typed
    /// here that the engine has not got: then the engine offers it.
    pub(crate) fn arrives(&mut self, arrived: &ArrivedDraft) {
        let free = self.sending.is_none() && self.draft.is_settled(&self.draft());
        if free && arrived.number > self.seen {
            (self.text, self.reply, self.seen) =
                (arrived.text.clone(), arrived.reply.clone(), arrived.number);
            self.draft = Keeping::of(self.draft());
        }
    }

    /// Whether the engine owes an answer for the draft.
    pub(crate) fn is_being_kept(&self) -> bool {
        self.sending.is_some() || self.draft.is_asked()
    }

    /// What stands in it.
    pub(crate) fn draft(&self) -> Draft {
        let reply_to = self.reply.as_ref().map(|quote| quote.message_id);
        Draft { text: self.text.clone(), reply_to }
    }

    /// What to send now, if there is something: nothing empty, nothing too long, nothing while an answer is due.
    pub(crate) fn sendable(&self) -> Option<Draft> {
        let free = self.sending.is_none();
        (free && normalize_message(&self.text).is_ok()).then(|| self.draft())
    }

    /// The draft to keep, if the engine has another.
    pub(crate) fn unkept(&self) -> Option<Draft> {
        self.draft.wanted(&self.draft()).filter(|_| self.sending.is_none())
    }

    /// What is being made of a message, to be kept if the engine has something else.
    pub(crate) fn unkept_edit(&self) -> Option<Option<EditDraft>> {
        self.edit.wanted(&self.edit_draft())
    }

    /// Why the text as it stands would be lost with the app, if it would.
    pub(crate) fn at_risk(&self) -> Option<&IpcError> {
        self.draft.at_risk(&self.draft()).or_else(|| self.edit.at_risk(&self.edit_draft()))
    }

    /// Whether nothing is left to do or to say about it, so that what the engine has is the whole truth.
    pub(crate) fn is_settled(&self) -> bool {
        let kept = self.draft.is_settled(&self.draft()) && self.edit.is_settled(&self.edit_draft());
        let idle = self.error.is_none() && self.editing.is_none() && !self.urgent;
        kept && self.sending.is_none() && idle
    }

    fn edit_draft(&self) -> Option<EditDraft> {
        self.editing.as_ref().map(Editing::draft)
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
            // What was to be changed is left as it is: one writes one thing at a time.
            ComposerAction::Reply(quote) => {
                self.reply = Some(quote);
                self.editing = None;
            }
            ComposerAction::NoReply => self.reply = None,
            ComposerAction::Urgent(urgent) => self.urgent = urgent,
            ComposerAction::Sending(draft) => {
                self.sending = Some(draft);
                self.error = None;
            }
            ComposerAction::Held => self.sending = None,
            ComposerAction::Confirmed(text) => self.confirmed = Some(text),
            ComposerAction::Queued => self.clear_sent(),
            ComposerAction::Failed(error) => {
                self.sending = None;
                self.error = Some(error);
            }
            ComposerAction::Draft(action) => self.draft.apply(action),
            ComposerAction::Seen(number) => self.seen = self.seen.max(number),
            ComposerAction::Decided(text, reply) => (self.text, self.reply) = (text, reply),
            ComposerAction::NotDecided(decided, before) => self.undo(&decided, before),
            ComposerAction::Edit(action) => editing::apply(&mut self.editing, action),
            ComposerAction::EditDraft(action) => self.edit.apply(action),
        }
    }

    /// The box is as it was, and what was typed meanwhile stays.
    fn undo(&mut self, decided: &Draft, before: String) {
        self.text = match self.text.strip_prefix(&decided.text) {
            Some(typed_since) => before + typed_since,
            None => [before.as_str(), self.text.as_str()].join("\n\n"),
        };
    }

    /// What was typed behind the message stays. The draft is kept anew, whatever the engine did with the old one.
    fn clear_sent(&mut self) {
        let Some(sent) = self.sending.take() else { return };
        if self.draft().reply_to == sent.reply_to {
            self.reply = None;
        }
        self.confirmed = None;
        self.text = match self.text.strip_prefix(&sent.text) {
            Some(typed_since) => typed_since.trim_start().to_owned(),
            None => std::mem::take(&mut self.text),
        };
        self.draft.kept = sent;
        self.urgent = false;
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

    use ComposerAction::{Failed, Queued, Sending, Typed};

    fn keeping(draft: &str) -> ComposerAction {
        ComposerAction::Draft(KeepAction::Keeping(draft.into()))
    }

    fn kept(draft: impl Into<Draft>) -> ComposerAction {
        ComposerAction::Draft(KeepAction::Kept(draft.into()))
    }

    fn not_kept(draft: &str) -> ComposerAction {
        ComposerAction::Draft(KeepAction::NotKept(draft.into(), IpcError::Disk))
    }

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
    fn a_text_that_is_thought_over_stays_in_the_box_and_is_asked_about_once() {
        use ComposerAction::{Confirmed, Held};

        let held = after(&[Typed("a".into()), Sending("a".into()), Held]);
        assert_eq!(
            (held.text.as_str(), held.sendable(), &held.confirmed),
            ("a", Some(Draft::from("a")), &None)
        );
        let confirmed =
            [Typed("a".into()), Confirmed("a".into()), Sending("a".into()), Failed(IpcError::Disk)];
        assert_eq!(after(&confirmed).confirmed.as_deref(), Some("a"), "also when it could not be stored");
        let sent = [&confirmed[..], &[Sending("a".into()), Queued]].concat();
        assert_eq!(after(&sent).confirmed, None, "the same words again are another message");
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
        assert_eq!((after(&typed).unkept(), after(&typed).is_settled()), (Some("draft".into()), false));
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
        assert_eq!(Composer::with_draft("a", None, None).unkept(), None);
        assert_eq!(after(&[Typed("a".into())]).unkept(), Some("a".into()));
        assert_eq!(after(&[Typed("a".into()), Sending("a".into())]).unkept(), None);
        let failed = after(&[Typed("a".into()), Sending("a".into()), Failed(IpcError::Disk)]);
        assert_eq!(failed.unkept(), Some("a".into()));
    }

    #[test]
    fn drafts_are_kept_one_after_the_other_also_behind_a_message() {
        let sent = [Typed("a".into()), keeping("a"), Sending("a".into()), Queued];
        assert_eq!((after(&sent).unkept(), after(&sent).is_settled()), (None, false));
        let answered = [&sent[..], &[kept("a")]].concat();
        assert_eq!(after(&answered).unkept(), Some(Draft::default()));
    }

    #[test]
    fn a_draft_that_is_not_kept_is_said_and_not_tried_again_before_it_changes() {
        let refused = [Typed("a".into()), not_kept("a")];
        assert_eq!((after(&refused).unkept(), after(&refused).at_risk()), (None, Some(&IpcError::Disk)));
        let longer = [&refused[..], &[Typed("ab".into())]].concat();
        assert_eq!(after(&longer).unkept(), Some("ab".into()));
        let stored = [&longer[..], &[kept("ab")]].concat();
        assert_eq!((after(&stored).at_risk(), after(&stored).is_settled()), (None, true));
    }

    #[test]
    fn what_is_being_made_of_a_message_is_kept_and_forgotten_once_it_is_saved() {
        use bedside_protocol::MessageId;

        let edit = |action| ComposerAction::Edit(action);
        let typed =
            [edit(EditAction::Begin(MessageId(3), "sent".into())), edit(EditAction::Typed("changed".into()))];
        let draft = Some(EditDraft { message_id: MessageId(3), text: "changed".into() });
        assert_eq!(after(&typed).unkept_edit(), Some(draft.clone()));
        let kept = [&typed[..], &[ComposerAction::EditDraft(KeepAction::Kept(draft))]].concat();
        assert_eq!((after(&kept).unkept_edit(), after(&kept).unkept()), (None, None));
        let ended = [&kept[..], &[edit(EditAction::End(MessageId(3)))]].concat();
        assert_eq!((after(&ended).unkept_edit(), after(&ended).is_settled()), (Some(None), false));
        let forgotten = [&ended[..], &[ComposerAction::EditDraft(KeepAction::Kept(None))]].concat();
        assert!(after(&forgotten).is_settled());
    }

    #[test]
    fn an_edit_that_outlived_the_app_goes_on_where_it_was() {
        use bedside_protocol::MessageId;

        let draft = EditDraft { message_id: MessageId(3), text: "chan".into() };
        let view = EditingView { draft, original: "sent".into() };
        let composer = Composer::with_draft("draft", None, Some(&view));
        assert_eq!((composer.shown(), composer.text.as_str()), ("chan", "draft"));
        assert_eq!((composer.unkept(), composer.unkept_edit()), (None, None));
        let editing = composer.editing.unwrap();
        assert_eq!(editing.outcome(), editing::Outcome::Change("chan".into()));
    }

    fn arrived(number: u64, text: &str) -> ArrivedDraft {
        ArrivedDraft { number, text: text.into(), reply: None }
    }

    #[test]
    fn a_draft_from_another_device_takes_the_place_of_what_is_kept_once() {
        let mut composer = Composer::with_draft("a", None, None);
        composer.arrives(&arrived(1, "b"));
        assert_eq!((composer.text.as_str(), composer.unkept(), composer.seen), ("b", None, 1));
        composer.apply(Typed("b c".into()));
        composer.apply(kept("b c"));
        composer.arrives(&arrived(1, "b"));
        assert_eq!(composer.text, "b c", "what is older than what was kept");
    }

    #[test]
    fn a_draft_from_another_device_never_takes_the_place_of_what_is_not_kept() {
        for last in [Typed("a x".into()), keeping("a x"), Sending("a x".into())] {
            let mut composer = after(&[Typed("a".into()), kept("a"), Typed("a x".into()), last]);
            composer.arrives(&arrived(1, "b"));
            assert_eq!((composer.text.as_str(), composer.seen), ("a x", 0));
        }
        let answered = [Typed("a".into()), keeping("a"), ComposerAction::Seen(1), kept("a")];
        let mut composer = after(&answered);
        composer.arrives(&arrived(1, "b"));
        assert_eq!(composer.text, "a", "the engine has said that it offers it");
    }

    #[test]
    fn a_decision_that_is_not_kept_brings_back_what_stood_there() {
        use ComposerAction::{Decided, NotDecided};

        let taken = [Typed("mine".into()), kept("mine"), Decided("theirs".into(), None), keeping("theirs")];
        let undone =
            [&taken[..], &[Typed("theirs!".into()), NotDecided("theirs".into(), "mine".into())]].concat();
        assert_eq!(after(&undone).text, "mine!");
        let other =
            [&taken[..], &[Typed("else".into()), NotDecided("theirs".into(), "mine".into())]].concat();
        assert_eq!(after(&other).text, "mine\n\nelse");
    }

    fn quote(id: i64) -> QuoteView {
        let (message_id, seq) = (bedside_protocol::MessageId(id), bedside_protocol::RoomSeq(id));
        QuoteView { message_id, seq, own: false, text: "At ten?".into(), retracted: false }
    }

    fn reply(text: &str, id: i64) -> Draft {
        Draft { reply_to: Some(quote(id).message_id), ..text.into() }
    }

    use ComposerAction::{NoReply, Reply};

    #[test]
    fn what_it_replies_to_is_sent_and_kept_with_the_text() {
        let replying = after(&[Reply(quote(3)), Typed("Yes".into())]);
        assert_eq!(replying.sendable(), Some(reply("Yes", 3)));
        assert_eq!((replying.unkept(), replying.is_settled()), (Some(reply("Yes", 3)), false));
        let stored = after(&[Reply(quote(3)), Typed("Yes".into()), kept(reply("Yes", 3))]);
        assert_eq!((stored.unkept(), stored.is_settled()), (None, true));
        let cancelled = after(&[Reply(quote(3)), Typed("Yes".into()), kept(reply("Yes", 3)), NoReply]);
        assert_eq!((cancelled.text.as_str(), cancelled.unkept()), ("Yes", Some("Yes".into())));
        assert_eq!(Composer::with_draft("Yes", Some(quote(3)), None).unkept(), None);
    }

    #[test]
    fn the_urgent_mark_goes_with_one_message_and_with_none_that_was_not_stored() {
        let marked = [Typed("39.2".into()), ComposerAction::Urgent(true), Sending("39.2".into())];
        assert!(after(&marked).urgent && after(&[&marked[..], &[Failed(IpcError::Disk)]].concat()).urgent);
        assert!(!after(&[&marked[..], &[Queued]].concat()).urgent);
        let stored = after(&[Typed("a".into()), ComposerAction::Urgent(true), kept("a")]);
        assert!(!stored.is_settled(), "who looks elsewhere meanwhile finds it marked");
    }

    #[test]
    fn a_sent_reply_leaves_only_what_was_begun_since() {
        let sent = [Reply(quote(3)), Typed("Yes".into()), Sending(reply("Yes", 3)), Queued];
        assert_eq!((after(&sent).reply, after(&sent[..3]).reply), (None, Some(quote(3))));
        let next = [&sent[..3], &[Reply(quote(4)), Queued]].concat();
        assert_eq!(after(&next).reply, Some(quote(4)));
        let failed = [&sent[..3], &[Failed(IpcError::Disk)]].concat();
        assert_eq!(after(&failed).sendable(), Some(reply("Yes", 3)));
    }

    #[test]
    fn a_reply_takes_the_box_from_a_message_that_is_being_changed() {
        let edit = ComposerAction::Edit(EditAction::Begin(bedside_protocol::MessageId(3), "sent".into()));
        let replying = after(&[Typed("draft".into()), edit, Reply(quote(4))]);
        assert_eq!((replying.shown(), replying.editing.is_none()), ("draft", true));
    }
}
