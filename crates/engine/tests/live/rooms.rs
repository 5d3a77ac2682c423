//! The conversation list.

use bedside_core::cache_write::{CacheWrite, ParkReason};
use bedside_engine::cache::KeptDraft;
use bedside_protocol::ipc::{DeliveryState, DraftDecision, Preview, RoomFilter, Settings};
use bedside_protocol::wire::{DraftContent, DraftText, Message, Person, ReadMark, Room, SharedDraft};
use bedside_protocol::{AccountId, MessageId, Rev, RoomId, RoomSeq, Timestamp};

use crate::fixtures::{ANA, DREW, NOW, Profile, ROOM, acked, cursor, mark, message, person, room, stored};
use crate::screen::Desk;

/// Room `n` is with a person of this name and has one message of theirs, unread, `n` ms after noon.
fn with(n: i64, name: &str) -> CacheWrite {
    let room_id = RoomId(n);
    let other = Person { name: name.into(), ..person(AccountId(100 + n)) };
    let id = MessageId(5_000 + n);
    let timestamp = Timestamp(NOW.0 + n);
    let last = Message { id, room_id, sender_account: other.account_id, timestamp, ..message(1, 1, DREW) };
    let other_read = ReadMark { room_id, account_id: other.account_id, ..mark(DREW, 0, 0) };
    CacheWrite::Room(Box::new(Room { other, other_read, last_message: Some(last), ..room(room_id, 1, 1) }))
}

fn keys(view: &bedside_protocol::ipc::RoomsView) -> Vec<&str> {
    view.rows.iter().map(|row| row.key.as_str()).collect()
}

#[tokio::test(start_paused = true)]
async fn the_list_is_loading_until_the_first_snapshot_and_newest_first() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.rooms("", RoomFilter::All);
    assert!(screen.rooms().await.loading);
    ana.cache.apply(vec![with(20, "Eve"), with(21, "Drew"), cursor("a", 1)]).await.unwrap();
    let view = screen.rooms().await;
    assert!(!view.loading);
    assert_eq!((keys(&view), view.unread, view.unread_rooms), (vec!["21", "20"], 2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_new_message_travels_as_one_row() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    ana.cache.apply((20..60).map(|n| with(n, "Somebody")).chain([cursor("a", 1)]).collect()).await.unwrap();
    let mut screen = desk.rooms("", RoomFilter::All);
    screen.settle().await;
    let room_id = RoomId(25);
    let id = MessageId(9_000);
    let message = Message { urgent: true, ..message(2, 2, AccountId(125)) };
    let newer = Message { id, room_id, timestamp: Timestamp(NOW.0 + 99), ..message };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(newer))]).await.unwrap();
    let view = screen.rooms().await;
    assert_eq!((keys(&view)[0], view.rows[0].unread), ("25", 2));
    assert_eq!((view.unread, view.unread_rooms, view.urgent_rooms), (41, 40, 1));
    assert_eq!(*screen.patches.lock().unwrap(), [1]);
}

#[tokio::test(start_paused = true)]
async fn names_are_found_whatever_their_accents_and_case() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    ana.cache.apply(vec![with(20, "Zoë Łukasz"), with(21, "Drew"), cursor("a", 1)]).await.unwrap();
    assert_eq!(keys(&desk.rooms(" ZOE", RoomFilter::All).rooms().await), ["20"]);
    let none = desk.rooms("nobody", RoomFilter::All).rooms().await;
    assert_eq!((keys(&none), none.unread), (vec![], 2));
}

#[tokio::test(start_paused = true)]
async fn filters_show_what_is_unread_or_urgent() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    let read = ReadMark { room_id: RoomId(20), ..mark(ANA, 1, 2) };
    ana.cache.apply(vec![with(20, "A"), with(21, "B"), CacheWrite::ReadMark(read)]).await.unwrap();
    let (mut unread, mut urgent) = (desk.rooms("", RoomFilter::Unread), desk.rooms("", RoomFilter::Urgent));
    assert_eq!(keys(&unread.rooms().await), ["21"]);
    assert_eq!(keys(&urgent.rooms().await), [""; 0]);
    let id = MessageId(9_000);
    let rush = Message { id, room_id: RoomId(20), urgent: true, ..message(2, 3, AccountId(120)) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(rush))]).await.unwrap();
    assert_eq!(unread.rooms().await.rows.len(), 2);
    assert_eq!((keys(&urgent.rooms().await), urgent.rooms().await.urgent_rooms), (vec!["20"], 1));
}

#[tokio::test(start_paused = true)]
async fn what_is_urgent_stays_on_top_until_it_is_read() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    ana.cache.apply(vec![with(20, "A"), with(21, "B"), with(22, "C")]).await.unwrap();
    let mut screen = desk.rooms("", RoomFilter::All);
    assert_eq!(keys(&screen.rooms().await), ["22", "21", "20"]);
    let room_id = RoomId(20);
    let rush = Message { room_id, urgent: true, ..message(2, 3, AccountId(120)) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(rush))]).await.unwrap();
    let later =
        Message { room_id: RoomId(21), timestamp: Timestamp(NOW.0 + 90), ..message(2, 3, AccountId(121)) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(later))]).await.unwrap();
    assert_eq!(keys(&screen.rooms().await), ["20", "21", "22"], "above what is newer");
    let calm = Message { room_id, ..message(3, 4, AccountId(120)) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(calm))]).await.unwrap();
    let read = |up_to| CacheWrite::ReadMark(ReadMark { room_id, ..mark(ANA, up_to, up_to + 3) });
    ana.cache.apply(vec![read(1)]).await.unwrap();
    assert_eq!(keys(&screen.rooms().await)[0], "20", "it has not been opened");
    ana.cache.apply(vec![read(2)]).await.unwrap();
    assert_eq!(keys(&screen.rooms().await), ["21", "22", "20"]);
    let own = Message { room_id, urgent: true, ..message(4, 9, ANA) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(own))]).await.unwrap();
    assert_ne!(
        keys(&screen.rooms().await)[0],
        "20",
        "what one has sent oneself is on top of the other's list"
    );
}

#[tokio::test(start_paused = true)]
async fn the_preview_shows_the_draft_above_what_waits_above_what_is_stored() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.rooms("", RoomFilter::All);
    assert_eq!(screen.rooms().await.rows[0].preview, None);
    ana.cache.apply(vec![stored(1, DREW)]).await.unwrap();
    let text = "message 1 at 1".to_owned();
    assert_eq!(
        screen.rooms().await.rows[0].preview,
        Some(Preview::Message { text, own: false, state: None })
    );
    let client_id = ana.enqueue("On my way").await;
    assert_eq!(screen.rooms().await.rows[0].preview, own("On my way", DeliveryState::Waiting));
    ana.cache.apply(vec![CacheWrite::OutboxParked { client_id, reason: ParkReason::Stale }]).await.unwrap();
    assert_eq!(screen.rooms().await.rows[0].preview, own("On my way", DeliveryState::Stale));
    ana.cache.save_draft(ROOM, "And\nbring  it".into()).await.unwrap();
    let draft = Preview::Draft { text: "And bring it".into() };
    assert_eq!(screen.rooms().await.rows[0].preview, Some(draft));
    ana.cache.save_draft(ROOM, "".into()).await.unwrap();
    ana.cache.apply(vec![acked(2, client_id)]).await.unwrap();
    assert_eq!(screen.rooms().await.rows[0].preview, own("message 2 at 2", DeliveryState::Sent));
    let there = ReadMark { delivered_to: RoomSeq(2), ..mark(DREW, 0, 8) };
    ana.cache.apply(vec![CacheWrite::ReadMark(there)]).await.unwrap();
    assert_eq!(screen.rooms().await.rows[0].preview, own("message 2 at 2", DeliveryState::Delivered));
    ana.cache.apply(vec![CacheWrite::ReadMark(mark(DREW, 2, 9))]).await.unwrap();
    assert_eq!(screen.rooms().await.rows[0].preview, own("message 2 at 2", DeliveryState::Read));
    assert_eq!(screen.rooms().await.rows[0].unread, 1);
}

fn shared(version: i64, text: &str) -> CacheWrite {
    let draft = DraftText { text: text.into(), reply_to: None };
    CacheWrite::Draft(Box::new(SharedDraft {
        room_id: ROOM,
        version: Rev(version),
        content: DraftContent { draft, other: None },
        device_id: None,
        written_at: NOW,
        withdrawn: false,
    }))
}

#[tokio::test(start_paused = true)]
async fn the_preview_shows_what_another_device_had_until_it_is_decided() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.rooms("", RoomFilter::All);
    ana.cache.save_settings(Settings { share_drafts: true, ..Settings::default() }).await.unwrap();
    ana.cache.save_draft(ROOM, "Here".into()).await.unwrap();
    let draft = Some(Preview::Draft { text: "Here".into() });
    assert_eq!(screen.rooms().await.rows[0].preview, draft);
    ana.cache.apply(vec![shared(1, "Over\nthere")]).await.unwrap();
    let offered = Some(Preview::OfferedDraft { text: "Over there".into() });
    assert_eq!(screen.rooms().await.rows[0].preview, offered);
    let dropped =
        DraftDecision { offered: "Over\nthere".into(), instead: String::new(), instead_reply_to: None };
    let kept = KeptDraft { draft: "Here".into(), seen: u64::MAX, decides: Some(dropped) };
    ana.cache.keep_draft(ROOM, kept).await.unwrap();
    assert_eq!(screen.rooms().await.rows[0].preview, draft);
}

fn own(text: &str, state: DeliveryState) -> Option<Preview> {
    Some(Preview::Message { text: text.into(), own: true, state: Some(state) })
}

#[tokio::test(start_paused = true)]
async fn a_burst_of_writes_is_shown_in_few_updates_and_ends_right() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.rooms("", RoomFilter::All);
    screen.settle().await;
    for seq in 1..=200 {
        ana.cache.apply(vec![stored(seq, DREW)]).await.unwrap();
    }
    let view = screen.rooms().await;
    assert_eq!(view.rows[0].unread, 200);
    assert!(screen.received < 20, "{} updates", screen.received);
}

#[tokio::test(start_paused = true)]
async fn a_write_that_shows_nothing_sends_nothing() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.rooms("", RoomFilter::All);
    screen.settle().await;
    ana.cache.save_settings(Settings::default()).await.unwrap();
    ana.cache.apply(vec![CacheWrite::ReadWanted { room_id: ROOM, up_to: RoomSeq(0) }]).await.unwrap();
    assert!(screen.is_still().await);
}

#[tokio::test(start_paused = true)]
async fn nothing_arrives_after_unsubscribing() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.rooms("", RoomFilter::All);
    screen.settle().await;
    desk.live.unsubscribe(screen.id);
    ana.cache.apply(vec![stored(1, DREW)]).await.unwrap();
    assert!(screen.is_still().await);
}
