//! What becomes of what is written.

use super::*;

pub(super) fn after(actions: &[ComposerAction]) -> Composer {
    let mut composer = Composer::default();
    actions.iter().cloned().for_each(|action| composer.apply(action));
    composer
}

use ComposerAction::{Failed, Queued, Sending, Typed};

pub(super) fn keeping(draft: &str) -> ComposerAction {
    ComposerAction::Draft(KeepAction::Keeping(draft.into()))
}

pub(super) fn kept(draft: impl Into<Draft>) -> ComposerAction {
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
fn what_is_sent_while_an_answer_is_due_goes_next_as_it_stood_when_send_was_pressed() {
    use ComposerAction::SendNext;

    let pressed =
        [Typed("a".into()), Sending("a".into()), Typed("a b".into()), SendNext, Typed("a b c".into())];
    assert_eq!(after(&pressed).due(), None, "one after the other");
    let queued = [&pressed[..], &[Queued]].concat();
    assert_eq!((after(&queued).due(), after(&queued).text.as_str()), (Some("b".into()), "b c"));
    let sent = [&queued[..], &[Sending("b".into()), Queued]].concat();
    assert_eq!((after(&sent).due(), after(&sent).text.as_str()), (None, "c"));
    let failed = [&pressed[..], &[Failed(IpcError::Disk)]].concat();
    assert_eq!((after(&failed).due(), after(&failed).text.as_str()), (None, "a b c"));
}

#[test]
fn pressing_twice_sends_once() {
    use ComposerAction::SendNext;

    assert_eq!(after(&[Typed("a".into()), Sending("a".into()), SendNext, Queued]).due(), None);
    assert_eq!(
        after(&[Typed("a".into()), Sending("a".into()), Typed("a ".into()), SendNext, Queued]).due(),
        None
    );
    let otherwise =
        [Typed("a".into()), Sending("a".into()), Typed("a b".into()), SendNext, Typed("x".into()), Queued];
    assert_eq!((after(&otherwise).due(), after(&otherwise).text.as_str()), (None, "x"));
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
    assert_eq!((held.text.as_str(), held.sendable(), &held.confirmed), ("a", Some(Draft::from("a")), &None));
    let confirmed = [Typed("a".into()), Confirmed("a".into()), Sending("a".into()), Failed(IpcError::Disk)];
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
