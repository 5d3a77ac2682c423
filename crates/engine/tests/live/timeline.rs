//! Windows of a conversation.

use bedside_core::cache_write::CacheWrite;
use bedside_protocol::ipc::{
    Anchor, ConnectionMode, DeliveryState, EditDraft, EditingView, TimelineItem, Window,
};
use bedside_protocol::wire::{Message, Reaction, ReadMark};
use bedside_protocol::{RoomId, RoomSeq};

use crate::fixtures::{ANA, DREW, NOW, Profile, ROOM, acked, mark, message, stored};
use crate::screen::{Desk, connection, later};

fn at(seq: i64) -> Anchor {
    Anchor::Seq { seq: RoomSeq(seq) }
}

async fn holding(seqs: impl IntoIterator<Item = i64>) -> (Profile, Desk) {
    let ana = Profile::with_room().await;
    ana.cache.apply(seqs.into_iter().map(|seq| stored(seq, DREW)).collect()).await.unwrap();
    let desk = Desk::new(&ana);
    (ana, desk)
}

#[tokio::test(start_paused = true)]
async fn the_end_follows_new_messages() {
    let (ana, desk) = holding(1..=9).await;
    let mut screen = desk.timeline(Anchor::End, 3, 0);
    assert_eq!(screen.places().await, ["7", "8", "9"]);
    ana.cache.apply(vec![stored(10, DREW)]).await.unwrap();
    assert_eq!(screen.places().await, ["8", "9", "10"]);
    let head = screen.timeline().await.head;
    assert_eq!((head.at_start, head.at_end, head.last_seq), (false, true, RoomSeq(10)));
    assert_eq!(*screen.patches.lock().unwrap(), [1]);
}

#[tokio::test(start_paused = true)]
async fn a_window_stands_still_around_its_place() {
    let (ana, desk) = holding(1..=9).await;
    let mut screen = desk.timeline(at(5), 2, 3);
    assert_eq!(screen.places().await, ["3", "4", "5", "6", "7"]);
    ana.cache.apply(vec![stored(10, DREW)]).await.unwrap();
    assert_eq!(screen.places().await, ["3", "4", "5", "6", "7"]);
    let head = screen.timeline().await.head;
    assert_eq!((head.at_start, head.at_end), (false, false));
    desk.live.move_window(screen.id, Window { anchor: at(2), before: 5, after: 50 }).unwrap();
    assert_eq!(screen.places().await.len(), 10);
    let head = screen.timeline().await.head;
    assert_eq!((head.at_start, head.at_end), (true, true));
}

#[tokio::test(start_paused = true)]
async fn gaps_stand_where_messages_are_missing() {
    let (ana, desk) = holding([5, 6, 12]).await;
    let mut screen = desk.timeline(Anchor::End, 50, 0);
    assert_eq!(screen.places().await, ["1-4", "5", "6", "7-11", "12"]);
    assert_eq!(desk.timeline(Anchor::End, 2, 0).places().await, ["7-11", "12"]);
    assert_eq!(desk.timeline(at(9), 2, 5).places().await, ["6", "7-11", "12"]);
    let gap = |view: bedside_protocol::ipc::TimelineView| match &view.items[0] {
        TimelineItem::Gap { key, loading, .. } => (key.clone(), *loading),
        TimelineItem::Message(_) => panic!("no gap"),
    };
    assert_eq!(gap(screen.timeline().await), ("g:1".into(), false));
    desk.connection.send_replace(connection(ConnectionMode::Live));
    assert_eq!(gap(screen.timeline().await), ("g:1".into(), true));
    ana.cache.apply(vec![stored(4, DREW)]).await.unwrap();
    assert_eq!(gap(screen.timeline().await), ("g:1".into(), true));
    assert_eq!(screen.places().await[..2], ["1-3", "4"]);
}

#[tokio::test(start_paused = true)]
async fn the_first_unread_is_fixed_when_the_timeline_opens() {
    let (ana, desk) = holding(1..=9).await;
    ana.cache.apply(vec![CacheWrite::ReadMark(mark(ANA, 6, 1))]).await.unwrap();
    let mut screen = desk.timeline(Anchor::FirstUnread, 2, 2);
    assert_eq!(screen.places().await, ["5", "6", "7", "8"]);
    ana.cache.apply(vec![CacheWrite::ReadWanted { room_id: ROOM, up_to: RoomSeq(9) }]).await.unwrap();
    ana.cache.apply(vec![CacheWrite::ReadMark(mark(ANA, 9, 2))]).await.unwrap();
    let head = screen.timeline().await.head;
    assert_eq!((head.first_unread, head.unread_at_open, head.unread), (Some(RoomSeq(7)), 3, 0));
    assert_eq!(desk.timeline(Anchor::FirstUnread, 2, 2).places().await, ["8", "9"]);
}

#[tokio::test(start_paused = true)]
async fn what_another_device_has_read_is_not_marked_as_new_here() {
    let (ana, desk) = holding(1..=9).await;
    ana.cache.apply(vec![CacheWrite::ReadMark(mark(ANA, 6, 1))]).await.unwrap();
    let mut screen = desk.timeline(Anchor::FirstUnread, 2, 2);
    assert_eq!(screen.timeline().await.head.first_unread, Some(RoomSeq(7)));
    ana.cache.apply(vec![CacheWrite::ReadMark(mark(ANA, 9, 2))]).await.unwrap();
    let head = screen.timeline().await.head;
    assert_eq!((head.first_unread, head.unread_at_open, head.unread), (None, 0, 0));
    assert_eq!(screen.places().await, ["5", "6", "7", "8"], "and nothing moves");
}

#[tokio::test(start_paused = true)]
async fn an_edit_under_way_comes_back_once_with_what_the_message_says() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW), stored(2, ANA)]).await.unwrap();
    let desk = Desk::new(&ana);
    let draft = EditDraft { message_id: 1_002.into(), text: "mess".into() };
    ana.cache.save_edit(ROOM, Some(draft.clone())).await.unwrap();
    let mut screen = desk.timeline(Anchor::End, 5, 0);
    let original = "message 2 at 2".to_owned();
    assert_eq!(screen.timeline().await.head.editing, Some(Box::new(EditingView { draft, original })));
    ana.cache.save_edit(ROOM, None).await.unwrap();
    assert!(screen.is_still().await);
    assert_eq!(desk.timeline(Anchor::End, 5, 0).timeline().await.head.editing, None);
}

#[tokio::test(start_paused = true)]
async fn a_message_keeps_its_key_from_the_press_of_send_on() {
    let (ana, desk) = holding([1]).await;
    let mut screen = desk.timeline(Anchor::End, 10, 0);
    let client_id = ana.enqueue("hello").await;
    let waiting = screen.last_message().await;
    assert_eq!((waiting.state.clone(), waiting.client_id), (Some(DeliveryState::Waiting), Some(client_id)));
    assert_eq!(waiting.key, format!("c:{client_id}"));
    ana.cache.apply(vec![acked(2, client_id)]).await.unwrap();
    let sent = screen.last_message().await;
    assert_eq!((sent.key, sent.seq, sent.state), (waiting.key, Some(RoomSeq(2)), Some(DeliveryState::Sent)));
    assert_eq!(screen.places().await, ["1", "2"]);
    let there = ReadMark { delivered_to: RoomSeq(2), ..mark(DREW, 0, 4) };
    ana.cache.apply(vec![CacheWrite::ReadMark(there)]).await.unwrap();
    assert_eq!(screen.last_message().await.state, Some(DeliveryState::Delivered));
    ana.cache.apply(vec![CacheWrite::ReadMark(mark(DREW, 2, 5))]).await.unwrap();
    assert_eq!(screen.last_message().await.state, Some(DeliveryState::Read));
}

#[tokio::test(start_paused = true)]
async fn what_waits_stands_last_and_only_at_the_end() {
    let (ana, desk) = holding(1..=9).await;
    ana.enqueue("one").await;
    ana.enqueue("two").await;
    assert_eq!(desk.timeline(Anchor::End, 2, 0).places().await, ["8", "9", "c", "c"]);
    assert_eq!(desk.timeline(at(3), 1, 2).places().await, ["2", "3", "4"]);
}

#[tokio::test(start_paused = true)]
async fn a_message_written_long_before_it_was_stored_says_so() {
    let (ana, desk) = holding([]).await;
    let soon = Message { composed_at: Some(later(NOW, 1 - 119_999)), ..message(1, 1, DREW) };
    let late = Message { composed_at: Some(later(NOW, 2 - 120_000)), ..message(2, 2, DREW) };
    ana.cache.apply([soon, late.clone()].map(|m| CacheWrite::Message(Box::new(m))).to_vec()).await.unwrap();
    let mut items = desk.timeline(Anchor::End, 5, 0).timeline().await.items;
    let written = |item: Option<TimelineItem>| match item {
        Some(TimelineItem::Message(message)) => message.written_at,
        _ => panic!("no message"),
    };
    assert_eq!(written(items.pop()), late.composed_at);
    assert_eq!(written(items.pop()), None);
}

#[tokio::test(start_paused = true)]
async fn edits_retractions_and_reactions_are_shown() {
    let (ana, desk) = holding([1]).await;
    let mut screen = desk.timeline(Anchor::End, 5, 0);
    let set = |account_id, emoji: &str| Reaction { account_id, emoji: emoji.into() };
    let reactions = vec![set(ANA, "👍"), set(DREW, "👍"), set(DREW, "🎉")];
    let edited = Message { edited_at: Some(NOW), reactions, ..message(1, 2, DREW) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(edited))]).await.unwrap();
    let shown = screen.last_message().await;
    let counts: Vec<_> = shown.reactions.iter().map(|r| (r.emoji.as_str(), r.count, r.own)).collect();
    assert_eq!((shown.edited, counts), (true, vec![("👍", 2, true), ("🎉", 1, false)]));
    let retracted = Message { retracted_at: Some(NOW), content: String::new(), ..message(1, 3, DREW) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(retracted))]).await.unwrap();
    let shown = screen.last_message().await;
    assert!(shown.retracted && shown.text.is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_draft_is_given_once_and_another_room_changes_nothing() {
    let (ana, desk) = holding([1]).await;
    ana.cache.save_draft(ROOM, "half a".into()).await.unwrap();
    let mut screen = desk.timeline(Anchor::End, 5, 0);
    assert_eq!(screen.timeline().await.head.draft, "half a");
    ana.cache.save_draft(ROOM, "half a sentence".into()).await.unwrap();
    let elsewhere = Message { id: 99.into(), room_id: RoomId(11), ..message(1, 1, DREW) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(elsewhere))]).await.unwrap();
    assert!(screen.is_still().await);
}

#[tokio::test(start_paused = true)]
async fn an_empty_conversation_is_at_both_ends() {
    let (ana, desk) = holding([]).await;
    let mut screen = desk.timeline(Anchor::FirstUnread, 5, 5);
    let view = screen.timeline().await;
    assert!(view.items.is_empty() && view.head.at_start && view.head.at_end);
    ana.enqueue("first").await;
    assert_eq!(screen.places().await, ["c"]);
}

#[tokio::test(start_paused = true)]
async fn a_timeline_of_a_room_not_held_waits_for_it() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.timeline(Anchor::End, 5, 0);
    assert!(screen.is_still().await);
    let room = crate::fixtures::room(ROOM, 1, 0);
    ana.cache.apply(vec![CacheWrite::Room(Box::new(room))]).await.unwrap();
    assert!(screen.timeline().await.head.at_end);
}

#[tokio::test(start_paused = true)]
async fn only_timelines_have_a_window_to_move() {
    let (_ana, desk) = holding([]).await;
    let screen = desk.look(bedside_protocol::ipc::Query::People);
    let window = Window { anchor: Anchor::End, before: 1, after: 0 };
    assert!(desk.live.move_window(screen.id, window).is_err());
    assert!(desk.live.move_window(99, window).is_err());
}
