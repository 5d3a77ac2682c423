//! Changes of messages: kept before they are sent, and nothing is sent that nobody wants any more.

use bedside_core::cache_write::{CacheWrite, ChangeRow, ChangeStep};
use bedside_engine::cache::{CacheError, NewChange};
use bedside_protocol::ipc::{DeliveryState, EditDraft};
use bedside_protocol::wire::{Message, MessageChange, Reaction, Receipt, Room};
use bedside_protocol::{ClientId, ErrorCode, MessageId, Timestamp};

use crate::fixtures::{ANA, DREW, NOW, Profile, ROOM, acked, cursor, message, room, stored};

/// Ana's, at place 2.
pub(crate) const OWN: MessageId = MessageId(1_002);
/// Drew's, at place 1.
pub(crate) const THEIRS: MessageId = MessageId(1_001);

pub(crate) fn edit(text: &str) -> MessageChange {
    MessageChange::Edit { message: text.into() }
}

pub(crate) fn react(emoji: &str, on: bool) -> MessageChange {
    MessageChange::React { emoji: emoji.into(), on }
}

impl Profile {
    pub(crate) async fn with_messages() -> Self {
        let ana = Self::with_room().await;
        ana.cache.apply(vec![stored(1, DREW), stored(2, ANA)]).await.unwrap();
        ana
    }

    pub(crate) async fn change(
        &self,
        message_id: MessageId,
        change: MessageChange,
    ) -> Result<Vec<ChangeRow>, CacheError> {
        let (client_id, made_at) = (self.runtime.client_id(), self.runtime.now());
        self.cache.change(NewChange { client_id, room_id: ROOM, message_id, change, made_at }).await
    }

    /// What waits after a change.
    pub(crate) async fn kept(&self, message_id: MessageId, change: MessageChange) -> Vec<MessageChange> {
        let rows = self.change(message_id, change).await.unwrap();
        assert_eq!(rows, self.cache.sync_state().await.unwrap().changes);
        rows.into_iter().map(|row| row.change).collect()
    }

    /// The newest change has been handed to a transport.
    pub(crate) async fn offered(&self) -> ClientId {
        let client_id = self.cache.message_changes().await.unwrap().pop().unwrap().client_id;
        self.cache.apply(vec![CacheWrite::ChangeOffered { client_id }]).await.unwrap();
        client_id
    }

    pub(crate) async fn refused(&self, code: ErrorCode) -> ClientId {
        let client_id = self.offered().await;
        self.cache.apply(vec![CacheWrite::ChangeRefused { client_id, code }]).await.unwrap();
        client_id
    }
}

fn saved(client_id: ClientId, message: Message) -> CacheWrite {
    CacheWrite::ChangeAcked { client_id, message: Box::new(message), at: NOW }
}

#[tokio::test(start_paused = true)]
async fn a_newer_text_takes_the_place_of_one_the_server_was_never_offered() {
    let ana = Profile::with_messages().await;
    ana.kept(OWN, edit("a")).await;
    assert_eq!(ana.kept(OWN, edit("b")).await, [edit("b")]);
    ana.offered().await;
    assert_eq!(ana.kept(OWN, edit("c")).await, [edit("b"), edit("c")]);
    assert_eq!(ana.kept(OWN, edit("d")).await, [edit("b"), edit("d")]);
}

#[tokio::test(start_paused = true)]
async fn what_leads_back_to_what_is_held_leaves_nothing() {
    let ana = Profile::with_messages().await;
    ana.kept(OWN, edit("a")).await;
    assert_eq!(ana.kept(OWN, edit("message 2 at 2")).await, []);
    ana.kept(THEIRS, react("👍", true)).await;
    assert_eq!(ana.kept(THEIRS, react("👍", false)).await, []);
    assert_eq!(ana.kept(THEIRS, react("👍", false)).await, []);
    let reactions = vec![Reaction { account_id: ANA, emoji: "🎉".into() }];
    let held = Message { reactions, ..message(1, 3, DREW) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(held))]).await.unwrap();
    assert_eq!(ana.kept(THEIRS, react("🎉", false)).await, [react("🎉", false)]);
    assert_eq!(ana.kept(THEIRS, react("🎉", true)).await, []);
}

#[tokio::test(start_paused = true)]
async fn what_the_server_may_have_is_turned_round_by_another_change() {
    let ana = Profile::with_messages().await;
    ana.kept(THEIRS, react("👍", true)).await;
    ana.offered().await;
    let both = [react("👍", true), react("👍", false)];
    assert_eq!(ana.kept(THEIRS, react("👍", false)).await, both);
    assert_eq!(ana.kept(THEIRS, react("👍", true)).await, both[..1]);
}

#[tokio::test(start_paused = true)]
async fn taking_it_back_takes_what_was_unsent_of_it_along() {
    let ana = Profile::with_messages().await;
    ana.kept(OWN, react("👍", true)).await;
    ana.kept(THEIRS, react("👍", true)).await;
    ana.kept(OWN, edit("a")).await;
    assert_eq!(ana.kept(OWN, MessageChange::Retract).await, [react("👍", true), MessageChange::Retract]);
    for change in [edit("b"), MessageChange::Retract, react("🎉", true)] {
        assert!(matches!(ana.change(OWN, change).await, Err(CacheError::NotChangeable)));
    }
}

#[tokio::test(start_paused = true)]
async fn only_ones_own_standing_messages_in_a_conversation_that_goes_on_are_changed() {
    let ana = Profile::with_messages().await;
    for change in [edit("theirs"), MessageChange::Retract] {
        assert!(matches!(ana.change(THEIRS, change).await, Err(CacheError::NotChangeable)));
    }
    assert!(matches!(ana.change(MessageId(1_003), edit("a")).await, Err(CacheError::NotFound)));
    let retracted = Message { retracted_at: Some(NOW), content: String::new(), ..message(1, 3, DREW) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(retracted))]).await.unwrap();
    assert!(matches!(ana.change(THEIRS, react("👍", true)).await, Err(CacheError::NotChangeable)));
    let over = Room { writable: false, ..room(ROOM, 9, 2) };
    ana.cache.apply(vec![CacheWrite::Room(Box::new(over))]).await.unwrap();
    assert!(matches!(ana.change(OWN, edit("a")).await, Err(CacheError::NotChangeable)));
    assert_eq!(ana.cache.message_changes().await.unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn a_message_is_found_by_its_id_whatever_is_missing_around_it() {
    let ana = Profile::with_room().await;
    let places = [1, 2, 7, 8, 9, 30, 64];
    ana.cache.apply(places.map(|seq| stored(seq, ANA)).to_vec()).await.unwrap();
    for seq in 1..=70 {
        let found = ana.change(MessageId(1_000 + seq), react("👍", true)).await;
        assert_eq!(found.is_ok(), places.contains(&seq), "{seq}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_kept_or_under_way_when_the_process_died_waits_as_it_did() {
    let ana = Profile::with_messages().await;
    ana.kept(OWN, edit("a")).await;
    ana.offered().await;
    ana.kept(THEIRS, react("👍", true)).await;
    let before = ana.cache.message_changes().await.unwrap();
    let found = ana.after_crash().await.cache.sync_state().await.unwrap().changes;
    assert_eq!((found.clone(), found[0].offered, found[1].offered), (before, true, false));
}

#[tokio::test(start_paused = true)]
async fn the_message_itself_changes_only_when_the_server_has_it() {
    let ana = Profile::with_messages().await;
    let text = async || ana.cache.messages_held(ROOM).await.unwrap()[1].content.clone();
    ana.kept(OWN, edit("a")).await;
    assert_eq!(text().await, "message 2 at 2");
    let client_id = ana.offered().await;
    let state = Message { content: "a".into(), ..message(2, 5, ANA) };
    ana.cache.apply(vec![saved(client_id, state)]).await.unwrap();
    assert_eq!((text().await.as_str(), ana.cache.message_changes().await.unwrap()), ("a", vec![]));
    ana.cache.apply(vec![saved(client_id, message(2, 4, ANA))]).await.unwrap();
    assert_eq!(text().await, "a", "an older state changes nothing");
}

#[tokio::test(start_paused = true)]
async fn a_refused_change_waits_for_its_author() {
    let ana = Profile::with_messages().await;
    ana.kept(OWN, edit("a")).await;
    assert!(matches!(ana.cache.retry_change(ROOM, OWN).await, Err(CacheError::NotFound)));
    let client_id = ana.refused(ErrorCode::Forbidden).await;
    let rows = ana.cache.message_changes().await.unwrap();
    assert_eq!((rows[0].state, rows[0].offered), (ChangeStep::Refused(ErrorCode::Forbidden), false));
    let rows = ana.cache.retry_change(ROOM, OWN).await.unwrap();
    assert_eq!((rows[0].state, rows[0].client_id), (ChangeStep::Queued, client_id));
    assert!(matches!(ana.cache.discard_change(ROOM, OWN).await, Err(CacheError::NotFound)));
    ana.refused(ErrorCode::Forbidden).await;
    assert_eq!(ana.cache.discard_change(ROOM, OWN).await.unwrap(), []);
    ana.kept(OWN, edit("a")).await;
    ana.refused(ErrorCode::Forbidden).await;
    assert_eq!(ana.kept(OWN, edit("b")).await, [edit("b")], "another text takes its place");
}

#[tokio::test(start_paused = true)]
async fn a_restored_server_is_offered_again_what_it_acknowledged_lately() {
    let ana = Profile::with_messages().await;
    ana.kept(OWN, edit("a")).await;
    let client_id = ana.offered().await;
    let state = Message { content: "a".into(), ..message(2, 5, ANA) };
    ana.cache.apply(vec![saved(client_id, state.clone()), cursor("a", 2)]).await.unwrap();
    let reoffer = CacheWrite::Reoffer { acked_after: NOW };
    ana.cache.apply(vec![cursor("b", 1), reoffer.clone()]).await.unwrap();
    let rows = ana.cache.message_changes().await.unwrap();
    assert_eq!((rows.len(), rows[0].client_id, rows[0].again, rows[0].offered), (1, client_id, true, true));
    ana.cache.apply(vec![saved(client_id, state)]).await.unwrap();
    ana.cache.apply(vec![CacheWrite::SweepAcked { before: Timestamp(NOW.0 + 1) }, reoffer]).await.unwrap();
    assert_eq!(ana.cache.message_changes().await.unwrap(), [], "swept");
}

#[tokio::test(start_paused = true)]
async fn what_was_taken_back_is_not_kept_to_be_offered_again() {
    let ana = Profile::with_messages().await;
    let sent = ana.enqueue("wrong person").await;
    ana.cache.apply(vec![acked(3, sent)]).await.unwrap();
    let id = MessageId(1_003);
    ana.kept(id, edit("still wrong")).await;
    let edited = ana.offered().await;
    ana.cache
        .apply(vec![saved(edited, Message { client_id: Some(sent), ..message(3, 4, ANA) })])
        .await
        .unwrap();
    ana.kept(id, MessageChange::Retract).await;
    let retracted = ana.offered().await;
    let gone = Message { client_id: Some(sent), retracted_at: Some(NOW), ..message(3, 5, ANA) };
    ana.cache.apply(vec![saved(retracted, Message { content: String::new(), ..gone })]).await.unwrap();
    ana.cache.apply(vec![CacheWrite::Reoffer { acked_after: Timestamp(0) }]).await.unwrap();
    assert_eq!(ana.cache.outbox().await.unwrap(), []);
    let rows = ana.cache.message_changes().await.unwrap();
    assert_eq!(rows.iter().map(|row| row.client_id).collect::<Vec<_>>(), [retracted]);
}

#[tokio::test(start_paused = true)]
async fn what_is_being_made_of_a_message_outlives_the_app_and_ends_with_the_change() {
    let ana = Profile::with_messages().await;
    let draft = |text: &str| Some(EditDraft { message_id: OWN, text: text.into() });
    ana.cache.save_edit(ROOM, draft("at")).await.unwrap();
    ana.cache.save_edit(ROOM, draft("at 16.00")).await.unwrap();
    let ana = ana.reopened().await;
    assert_eq!(ana.cache.edit_draft(ROOM).await.unwrap(), draft("at 16.00"));
    ana.change(OWN, react("👍", true)).await.unwrap();
    assert_eq!(ana.cache.edit_draft(ROOM).await.unwrap(), draft("at 16.00"), "a reaction ends nothing");
    ana.change(OWN, edit("at 16.00")).await.unwrap();
    assert_eq!(ana.cache.edit_draft(ROOM).await.unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn giving_everything_up_leaves_what_the_server_may_have() {
    let ana = Profile::with_messages().await;
    ana.change(OWN, edit("a")).await.unwrap();
    let under_way = ana.offered().await;
    ana.change(THEIRS, react("👍", true)).await.unwrap();
    ana.cache.discard_changes().await.unwrap();
    let left: Vec<_> = ana.cache.message_changes().await.unwrap();
    assert_eq!(left.iter().map(|row| row.client_id).collect::<Vec<_>>(), [under_way]);
}

/// A message of Ana's, acknowledged, with a change the server had as well; then the server is put back to before both.
async fn lost() -> (Profile, ClientId) {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW), cursor("a", 9)]).await.unwrap();
    let client_id = ana.enqueue("at 15.00").await;
    ana.cache.apply(vec![acked(2, client_id)]).await.unwrap();
    ana.change(OWN, edit("at 16.00")).await.unwrap();
    let change = ana.offered().await;
    let edited = Message { client_id: Some(client_id), content: "at 16.00".into(), ..message(2, 3, ANA) };
    ana.cache.apply(vec![saved(change, edited)]).await.unwrap();
    let last = Room { last_message: Some(message(1, 1, DREW)), ..room(ROOM, 1, 1) };
    let again = CacheWrite::Reoffer { acked_after: Timestamp(0) };
    ana.cache.apply(vec![cursor("b", 2), CacheWrite::Room(Box::new(last)), again]).await.unwrap();
    (ana, client_id)
}

#[tokio::test(start_paused = true)]
async fn changes_of_a_message_that_was_lost_wait_for_it_and_follow_it_to_its_new_id() {
    let (ana, client_id) = lost().await;
    let row = ana.cache.message_changes().await.unwrap().remove(0);
    assert_eq!((row.behind, row.message_id), (Some(client_id), OWN));
    let ana = ana.reopened().await;
    let back = Message { id: MessageId(2_000_002), client_id: Some(client_id), ..message(2, 2, ANA) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(back))]).await.unwrap();
    let row = ana.cache.message_changes().await.unwrap().remove(0);
    assert_eq!((row.behind, row.message_id), (None, MessageId(2_000_002)));
    assert_eq!((row.change, row.state), (edit("at 16.00"), ChangeStep::Queued));
}

#[tokio::test(start_paused = true)]
async fn changes_of_a_message_that_never_returns_are_not_kept_for_ever() {
    let (ana, _) = lost().await;
    let much_later = Timestamp(ana.runtime.now().0 + 1);
    ana.cache.apply(vec![CacheWrite::SweepAcked { before: much_later }]).await.unwrap();
    assert_eq!(ana.cache.message_changes().await.unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn what_the_server_said_of_a_message_is_kept_for_looking_offline() {
    let ana = Profile::with_messages().await;
    let details = async || ana.cache.message_details(ROOM, OWN).await.unwrap().unwrap();
    assert_eq!((details().await.state, details().await.delivered_at), (Some(DeliveryState::Sent), None));
    let receipt = |delivered_at, read_at: Option<Timestamp>| Receipt {
        account_id: DREW,
        delivered: true,
        delivered_at,
        read: read_at.is_some(),
        read_at,
    };
    ana.cache.keep_receipt(ROOM, OWN, receipt(Some(NOW), None)).await.unwrap();
    let now = details().await;
    assert_eq!((now.state, now.delivered_at, now.read_at), (Some(DeliveryState::Delivered), Some(NOW), None));
    ana.cache.keep_receipt(ROOM, OWN, receipt(None, Some(NOW))).await.unwrap();
    let now = details().await;
    assert_eq!((now.state, now.delivered_at, now.read_at), (Some(DeliveryState::Read), Some(NOW), Some(NOW)));
    let theirs = ana.cache.message_details(ROOM, THEIRS).await.unwrap().unwrap();
    assert_eq!((theirs.state, theirs.sent_at), (None, message(1, 1, DREW).timestamp));
    assert_eq!(ana.cache.message_details(ROOM, MessageId(9)).await.unwrap(), None);
}
