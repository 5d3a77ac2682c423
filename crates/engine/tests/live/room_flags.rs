//! The list as a person has set it up: order, filters, counts, and what time does to them.

use std::time::Duration;

use bedside_core::cache_write::{CacheWrite, ParkReason};
use bedside_protocol::ipc::{Anchor, MuteSpan, Query, RoomDeed, RoomFilter, RoomsView, Settings};
use bedside_protocol::wire::{Account, Message, Mute, Person, ReadMark, Role, Room};
use bedside_protocol::{AccountId, MessageId, RoomId, Timestamp};

use crate::fixtures::{ANA, DREW, NOW, Profile, ROOM, account, cursor, mark, message, person, room, stored};
use crate::screen::Desk;

const HOUR: Duration = Duration::from_secs(3_600);

/// Room `n` has one message of the other's, unread, `n` ms after noon.
fn room_with(n: i64, urgent: bool) -> CacheWrite {
    let room_id = RoomId(n);
    let other = person(AccountId(100 + n));
    let timestamp = Timestamp(NOW.0 + n);
    let id = MessageId(5_000 + n);
    let last =
        Message { id, room_id, sender_account: other.account_id, timestamp, urgent, ..message(1, 1, DREW) };
    let other_read = ReadMark { room_id, account_id: other.account_id, ..mark(DREW, 0, 0) };
    CacheWrite::Room(Box::new(Room { other, other_read, last_message: Some(last), ..room(room_id, 1, 1) }))
}

fn keys(view: &RoomsView) -> Vec<&str> {
    view.rows.iter().map(|row| row.key.as_str()).collect()
}

async fn three() -> (Profile, Desk) {
    let ana = Profile::ana().await;
    let rooms = [room_with(20, false), room_with(21, false), room_with(22, true), cursor("a", 1)];
    ana.cache.apply(rooms.to_vec()).await.unwrap();
    let desk = Desk::new(&ana);
    (ana, desk)
}

#[tokio::test(start_paused = true)]
async fn pinned_rooms_stand_first_before_the_server_knows() {
    let (ana, desk) = three().await;
    let mut screen = desk.rooms("", RoomFilter::All);
    assert_eq!(keys(&screen.rooms().await), ["22", "21", "20"]);
    ana.cache.set_up(RoomId(20), RoomDeed::Pin).await.unwrap();
    let view = screen.rooms().await;
    assert_eq!(keys(&view), ["22", "20", "21"], "below what is urgent and unread");
    assert!(view.rows[1].marks.pinned);
    ana.cache.set_up(RoomId(20), RoomDeed::Unpin).await.unwrap();
    assert_eq!(keys(&screen.rooms().await), ["22", "21", "20"]);
}

#[tokio::test(start_paused = true)]
async fn an_archived_room_is_out_of_the_way_until_the_next_message_and_found_by_name() {
    let (ana, desk) = three().await;
    let (mut all, mut archived) = (desk.rooms("", RoomFilter::All), desk.rooms("", RoomFilter::Archived));
    ana.cache.set_up(RoomId(20), RoomDeed::Archive).await.unwrap();
    let view = all.rooms().await;
    assert_eq!(
        (keys(&view), view.filters.archived, view.unread, view.unread_rooms),
        (vec!["22", "21"], 1, 2, 2)
    );
    assert_eq!(keys(&archived.rooms().await), ["20"]);
    let found = desk.rooms("person 120", RoomFilter::All).rooms().await;
    assert_eq!(keys(&found), ["20"]);
    let next = Message { id: MessageId(9_000), room_id: RoomId(20), ..message(2, 2, AccountId(120)) };
    ana.cache.apply(vec![CacheWrite::Message(Box::new(next))]).await.unwrap();
    let view = all.rooms().await;
    assert_eq!((view.rows.len(), view.filters.archived), (3, 0));
    assert_eq!(keys(&archived.rooms().await), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_is_urgent_or_was_not_sent_is_never_out_of_sight() {
    let (ana, desk) = three().await;
    let mut all = desk.rooms("", RoomFilter::All);
    for room_id in [RoomId(21), RoomId(22)] {
        ana.cache.set_up(room_id, RoomDeed::Archive).await.unwrap();
    }
    assert_eq!(keys(&all.rooms().await), ["22", "20"]);
    let new = bedside_engine::cache::NewMessage { room_id: RoomId(21), ..ana.new_message("late") };
    let client_id = ana.cache.enqueue(new).await.unwrap().client_id;
    assert_eq!(keys(&all.rooms().await), ["22", "20"]);
    ana.cache.apply(vec![CacheWrite::OutboxParked { client_id, reason: ParkReason::Stale }]).await.unwrap();
    assert_eq!(all.rooms().await.rows.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_muted_room_counts_in_its_row_and_not_on_the_badge_until_its_time_is_over() {
    let (ana, desk) = three().await;
    let mut all = desk.rooms("", RoomFilter::All);
    for room_id in [RoomId(20), RoomId(22)] {
        ana.cache.set_up(room_id, RoomDeed::Mute { span: MuteSpan::Hour }).await.unwrap();
    }
    let view = all.rooms().await;
    assert_eq!((view.unread, view.unread_rooms), (2, 3), "what is urgent counts all the same");
    let quiet = view.rows.iter().find(|row| row.key == "20").unwrap();
    assert!(quiet.marks.is_muted() && quiet.unread == 1);
    tokio::time::sleep(HOUR).await;
    let view = all.rooms().await;
    assert_eq!((view.unread, view.rows[0].marks.muted), (3, Mute::Off));
}

#[tokio::test(start_paused = true)]
async fn a_room_marked_unread_is_among_the_unread_and_counts_as_one() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut unread = desk.rooms("", RoomFilter::Unread);
    assert_eq!(unread.rooms().await.unread, 0);
    ana.cache.set_up(ROOM, RoomDeed::MarkUnread).await.unwrap();
    let view = unread.rooms().await;
    assert_eq!((keys(&view), view.unread, view.unread_rooms, view.rows[0].unread), (vec!["10"], 1, 1, 0));
    ana.cache.set_up(ROOM, RoomDeed::MarkRead).await.unwrap();
    assert_eq!(keys(&unread.rooms().await), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn whoever_reads_a_conversation_does_not_lose_it_from_the_filtered_list() {
    let (ana, desk) = three().await;
    let keep = Some(RoomId(20));
    let mut unread = desk.look(Query::Rooms { search: String::new(), filter: RoomFilter::Unread, keep });
    let read = [20, 21].map(|n| CacheWrite::ReadMark(ReadMark { room_id: RoomId(n), ..mark(ANA, 1, 2) }));
    ana.cache.apply(read.to_vec()).await.unwrap();
    let view = unread.rooms().await;
    assert_eq!((keys(&view), view.unread_rooms), (vec!["22", "20"], 1));
    assert_eq!(view.rows[1].unread, 0, "it is shown as it is");
}

#[tokio::test(start_paused = true)]
async fn the_conversation_itself_says_how_it_is_set_up() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.timeline(Anchor::End, 5, 0);
    ana.cache.set_up(ROOM, RoomDeed::Pin).await.unwrap();
    ana.cache.set_up(ROOM, RoomDeed::Archive).await.unwrap();
    let marks = screen.timeline().await.head.marks;
    assert!(marks.pinned && marks.archived && !marks.is_muted());
}

/// Drew, a practitioner, with a conversation with Ana.
const THREE_DAYS: Duration = Duration::from_secs(3 * 24 * 60 * 60);

async fn drew() -> (Profile, Desk) {
    let drew = Profile::ana().await;
    let own = Person { role: Role::Practitioner, ..person(DREW) };
    let other = Person { role: Role::Patient, ..person(ANA) };
    let (my_read, other_read) = (mark(DREW, 0, 0), mark(ANA, 0, 0));
    let room = Room { other, my_read, other_read, ..room(ROOM, 1, 0) };
    let account = CacheWrite::Account(Account { person: own, ..account() });
    drew.cache.apply(vec![account, CacheWrite::Room(Box::new(room)), cursor("a", 1)]).await.unwrap();
    let desk = Desk::new(&drew);
    (drew, desk)
}

#[tokio::test(start_paused = true)]
async fn a_patient_whose_word_was_the_last_waits_until_the_answer_is_written() {
    let (drew, desk) = drew().await;
    let mut waiting = desk.rooms("", RoomFilter::Waiting);
    assert_eq!(waiting.rooms().await.filters.waiting, 0);
    drew.cache.apply(vec![stored(1, DREW), stored(2, ANA)]).await.unwrap();
    let view = waiting.rooms().await;
    assert_eq!((keys(&view), view.filters.waiting), (vec!["10"], 1));
    drew.enqueue("answered").await;
    assert_eq!(waiting.rooms().await.filters.waiting, 0);
}

#[tokio::test(start_paused = true)]
async fn what_a_patient_has_not_read_for_three_days_is_listed_with_its_moment() {
    let (drew, desk) = drew().await;
    let mut unseen = desk.rooms("", RoomFilter::Unseen);
    drew.cache.apply(vec![stored(1, ANA), stored(2, DREW), stored(3, DREW)]).await.unwrap();
    assert_eq!(keys(&unseen.rooms().await), [""; 0]);
    tokio::time::sleep(THREE_DAYS).await;
    let view = unseen.rooms().await;
    assert_eq!((keys(&view), view.filters.unseen), (vec!["10"], 1));
    assert_eq!(view.rows[0].unseen_since, Some(Timestamp(NOW.0 + 2)));
    drew.cache.apply(vec![CacheWrite::ReadMark(mark(ANA, 3, 9))]).await.unwrap();
    assert_eq!(keys(&unseen.rooms().await), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn how_many_days_are_long_is_the_practitioners_choice_and_counts_at_once() {
    let (drew, desk) = drew().await;
    drew.cache.apply(vec![stored(1, DREW)]).await.unwrap();
    tokio::time::sleep(THREE_DAYS).await;
    let mut unseen = desk.rooms("", RoomFilter::Unseen);
    assert_eq!(keys(&unseen.rooms().await), ["10"]);
    let patient = Settings { unseen_days: 5, ..Settings::default() };
    drew.cache.save_settings(patient).await.unwrap();
    assert_eq!(keys(&unseen.rooms().await), [""; 0]);
    tokio::time::sleep(Duration::from_secs(2 * 24 * 60 * 60)).await;
    assert_eq!(keys(&unseen.rooms().await), ["10"], "by the clock alone");
}

#[tokio::test(start_paused = true)]
async fn a_patient_is_told_neither_who_waits_nor_who_has_not_read() {
    let (ana, desk) = three().await;
    ana.cache.apply(vec![cursor("a", 2)]).await.unwrap();
    tokio::time::sleep(2 * THREE_DAYS).await;
    let filters = desk.rooms("", RoomFilter::All).rooms().await.filters;
    assert_eq!((filters.waiting, filters.unseen), (0, 0));
}
