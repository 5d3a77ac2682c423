//! Changes of messages as they are seen before the server has them.

use bedside_core::cache_write::CacheWrite;
use bedside_engine::cache::NewChange;
use bedside_protocol::ipc::{Anchor, ChangeState, DeliveryState, Preview, RoomFilter};
use bedside_protocol::wire::{Message, MessageChange, Reaction, Room};
use bedside_protocol::{ClientId, ErrorCode, MessageId};

use crate::fixtures::{ANA, DREW, NOW, Profile, ROOM, message, room, stored};
use crate::screen::{Desk, Screen};

const OWN: MessageId = MessageId(1_001);

/// Ana's room with one message of her own, as a timeline and as a list.
async fn looking() -> ((Profile, Desk), Screen, Screen) {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, ANA)]).await.unwrap();
    let desk = Desk::new(&ana);
    let (timeline, rooms) = (desk.timeline(Anchor::End, 5, 0), desk.rooms("", RoomFilter::All));
    ((ana, desk), timeline, rooms)
}

impl Profile {
    async fn changes(&self, change: MessageChange) -> ClientId {
        let (client_id, made_at) = (self.runtime.client_id(), self.runtime.now());
        let new = NewChange { client_id, room_id: ROOM, message_id: OWN, change, made_at };
        self.cache.change(new).await.unwrap();
        client_id
    }

    async fn refused(&self, client_id: ClientId, code: ErrorCode) {
        self.cache.apply(vec![CacheWrite::ChangeRefused { client_id, code }]).await.unwrap();
    }

    async fn stands(&self, message: Message) {
        self.cache.apply(vec![CacheWrite::Message(Box::new(message))]).await.unwrap();
    }
}

async fn preview(rooms: &mut Screen) -> Preview {
    rooms.rooms().await.rows[0].preview.clone().unwrap()
}

fn sent(text: &str) -> Preview {
    Preview::Message { text: text.into(), own: true, state: Some(DeliveryState::Sent) }
}

#[tokio::test(start_paused = true)]
async fn an_edit_is_shown_at_once_and_stays_when_it_is_saved() {
    let ((ana, _desk), mut timeline, mut rooms) = looking().await;
    let before = timeline.last_message().await;
    assert!(before.changeable && before.reactable && before.change.is_none());
    let client_id = ana.changes(MessageChange::Edit { message: "at\n16.00".into() }).await;
    let shown = timeline.last_message().await;
    assert_eq!((shown.text.as_str(), shown.edited), ("at\n16.00", true));
    assert_eq!((shown.change, shown.key), (Some(ChangeState::Saving), before.key));
    assert_eq!(preview(&mut rooms).await, sent("at 16.00"));
    let state = Message { content: "at\n16.00".into(), edited_at: Some(NOW), ..message(1, 2, ANA) };
    let saved = CacheWrite::ChangeAcked { client_id, message: Box::new(state), at: NOW };
    ana.cache.apply(vec![saved]).await.unwrap();
    let shown = timeline.last_message().await;
    assert_eq!((shown.text.as_str(), shown.edited, shown.change), ("at\n16.00", true, None));
}

#[tokio::test(start_paused = true)]
async fn a_refused_edit_keeps_its_text_until_it_is_given_up() {
    let ((ana, _desk), mut timeline, mut rooms) = looking().await;
    let client_id = ana.changes(MessageChange::Edit { message: "b".into() }).await;
    ana.refused(client_id, ErrorCode::Forbidden).await;
    let shown = timeline.last_message().await;
    let refused = ChangeState::Refused { code: ErrorCode::Forbidden, retraction: false };
    assert_eq!((shown.text.as_str(), shown.change), ("b", Some(refused)));
    ana.cache.retry_change(ROOM, OWN).await.unwrap();
    assert_eq!(timeline.last_message().await.change, Some(ChangeState::Saving));
    ana.refused(client_id, ErrorCode::Forbidden).await;
    ana.cache.discard_change(ROOM, OWN).await.unwrap();
    let shown = timeline.last_message().await;
    assert_eq!((shown.text.as_str(), shown.edited, shown.change), ("message 1 at 1", false, None));
    assert_eq!(preview(&mut rooms).await, sent("message 1 at 1"));
}

#[tokio::test(start_paused = true)]
async fn what_is_taken_back_is_gone_at_once_and_there_again_if_that_is_refused() {
    let ((ana, _desk), mut timeline, mut rooms) = looking().await;
    let client_id = ana.changes(MessageChange::Retract).await;
    let shown = timeline.last_message().await;
    assert_eq!((shown.text.as_str(), shown.retracted), ("", true));
    assert!(!shown.changeable && !shown.reactable && shown.change == Some(ChangeState::Saving));
    assert_eq!(preview(&mut rooms).await, Preview::Retracted { own: true });
    ana.refused(client_id, ErrorCode::Forbidden).await;
    let shown = timeline.last_message().await;
    let refused = ChangeState::Refused { code: ErrorCode::Forbidden, retraction: true };
    assert_eq!((shown.text.as_str(), shown.retracted), ("message 1 at 1", false));
    assert_eq!((shown.change, shown.changeable), (Some(refused), true));
}

#[tokio::test(start_paused = true)]
async fn ones_own_reaction_counts_at_once_beside_theirs_and_once() {
    let ((ana, _desk), mut timeline, _) = looking().await;
    let set = |account_id| Reaction { account_id, emoji: "👍".into() };
    ana.stands(Message { reactions: vec![set(DREW)], ..message(1, 2, ANA) }).await;
    ana.changes(MessageChange::React { emoji: "👍".into(), on: true }).await;
    let counted = |shown: &bedside_protocol::ipc::TimelineMessage| {
        shown.reactions.iter().map(|set| (set.count, set.own)).collect::<Vec<_>>()
    };
    let shown = timeline.last_message().await;
    assert_eq!((counted(&shown), shown.change), (vec![(2, true)], None));
    ana.stands(Message { reactions: vec![set(ANA), set(DREW)], ..message(1, 3, ANA) }).await;
    assert_eq!(counted(&timeline.last_message().await), [(2, true)]);
    ana.changes(MessageChange::React { emoji: "👍".into(), on: false }).await;
    assert_eq!(counted(&timeline.last_message().await), [(1, false)]);
}

#[tokio::test(start_paused = true)]
async fn a_retraction_elsewhere_wins_over_what_is_wished_here() {
    let ((ana, _desk), mut timeline, mut rooms) = looking().await;
    ana.changes(MessageChange::Edit { message: "b".into() }).await;
    ana.stands(Message { content: String::new(), retracted_at: Some(NOW), ..message(1, 2, ANA) }).await;
    let shown = timeline.last_message().await;
    assert_eq!((shown.text.as_str(), shown.retracted, shown.changeable), ("", true, false));
    assert_eq!(preview(&mut rooms).await, Preview::Retracted { own: true });
}

#[tokio::test(start_paused = true)]
async fn nothing_is_offered_where_nothing_can_be_changed() {
    let ((ana, _desk), mut timeline, _) = looking().await;
    ana.cache.apply(vec![stored(2, DREW)]).await.unwrap();
    let theirs = timeline.last_message().await;
    assert_eq!((theirs.changeable, theirs.reactable), (false, true));
    ana.enqueue("waiting").await;
    let waiting = timeline.last_message().await;
    assert_eq!((waiting.changeable, waiting.reactable), (false, false));
    let over = Room { writable: false, ..room(ROOM, 9, 2) };
    ana.cache.apply(vec![CacheWrite::Room(Box::new(over))]).await.unwrap();
    let items = timeline.timeline().await.items;
    let open = items.iter().any(|item| match item {
        bedside_protocol::ipc::TimelineItem::Message(message) => message.changeable || message.reactable,
        bedside_protocol::ipc::TimelineItem::Gap { .. } => false,
    });
    assert!(!open);
}
