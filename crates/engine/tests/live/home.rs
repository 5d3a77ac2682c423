//! The home page.

use std::time::Duration;

use bedside_core::cache_write::{CacheWrite, ParkReason};
use bedside_engine::cache::NewMessage;
use bedside_protocol::ipc::{DeliveryState, HomeCard, Preview, Query, RoomFilter};
use bedside_protocol::wire::{Account, LinkedPerson, Message, Person, ReadMark, Role, Room};
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq, Timestamp};

use crate::fixtures::{ANA, DREW, NOW, Profile, account, acked, cursor, mark, message, person, room};
use crate::screen::{Desk, Screen};

const HOUR_MS: i64 = 60 * 60 * 1_000;

/// Who has the last word in a room.
#[derive(Clone, Copy, PartialEq)]
enum Word {
    Mine,
    Theirs,
}

/// Room `n` is with somebody of its own; the last word was said some hours ago, theirs read by oneself.
fn talk(n: i64, word: Word, hours_ago: i64) -> CacheWrite {
    let room_id = RoomId(n);
    let other = Person { role: Role::Patient, ..person(AccountId(100 + n)) };
    let sender_account = if word == Word::Mine { ANA } else { other.account_id };
    let timestamp = Timestamp(NOW.0 - hours_ago * HOUR_MS);
    let last =
        Message { id: MessageId(5_000 + n), room_id, sender_account, timestamp, ..message(1, 1, DREW) };
    let other_read = ReadMark { room_id, account_id: other.account_id, ..mark(DREW, 0, 0) };
    let my_read = ReadMark { room_id, ..mark(ANA, 1, 1) };
    let last_message = Some(last);
    CacheWrite::Room(Box::new(Room { other, my_read, other_read, last_message, ..room(room_id, 1, 1) }))
}

/// One more message of theirs in room `n`.
fn more(n: i64, urgent: bool) -> CacheWrite {
    let theirs = message(2, 2, AccountId(100 + n));
    let timestamp = Timestamp(NOW.0 + n);
    CacheWrite::Message(Box::new(Message {
        id: MessageId(6_000 + n),
        room_id: RoomId(n),
        urgent,
        timestamp,
        ..theirs
    }))
}

/// A profile of a practitioner's.
async fn practitioner() -> Profile {
    let profile = Profile::ana().await;
    let person = Person { role: Role::Practitioner, ..account().person };
    profile.cache.apply(vec![CacheWrite::Account(Account { person, ..account() })]).await.unwrap();
    profile
}

fn home(desk: &Desk) -> Screen {
    desk.look(Query::Home)
}

fn rooms(card: &HomeCard) -> Vec<i64> {
    card.rows.iter().map(|row| row.row.room_id.get()).collect()
}

async fn write(profile: &Profile, room: i64, text: &str) -> bedside_protocol::ClientId {
    let new = NewMessage { room_id: RoomId(room), ..profile.new_message(text) };
    profile.cache.enqueue(new).await.unwrap().client_id
}

#[tokio::test(start_paused = true)]
async fn who_waits_longest_comes_first_and_leaves_with_the_answer() {
    let desk_of = practitioner().await;
    let desk = Desk::new(&desk_of);
    let talks = [talk(20, Word::Theirs, 2), talk(21, Word::Theirs, 50), talk(22, Word::Mine, 9)];
    desk_of.cache.apply(talks.into_iter().chain([cursor("a", 1)]).collect()).await.unwrap();
    let mut screen = home(&desk);
    let view = screen.home().await;
    assert_eq!((rooms(&view.waiting), view.waiting.total, view.rooms), (vec![21, 20], 2, 3));
    assert_eq!(view.waiting.rows[0].since, Timestamp(NOW.0 - 50 * HOUR_MS));
    desk_of.cache.save_draft(RoomId(21), "Dear".into()).await.unwrap();
    assert_eq!(rooms(&screen.home().await.waiting), [21, 20], "a draft is no answer");
    write(&desk_of, 21, "Dear Ana").await;
    assert_eq!(rooms(&screen.home().await.waiting), [20], "one that is on its way is");
}

#[tokio::test(start_paused = true)]
async fn asking_again_does_not_begin_the_wait_anew() {
    let desk_of = practitioner().await;
    let desk = Desk::new(&desk_of);
    desk_of.cache.apply(vec![talk(20, Word::Theirs, 50), talk(21, Word::Theirs, 9)]).await.unwrap();
    let mut screen = home(&desk);
    desk_of.cache.apply(vec![more(20, false)]).await.unwrap();
    let waiting = screen.home().await.waiting;
    assert_eq!((rooms(&waiting), waiting.rows[0].since), (vec![20, 21], Timestamp(NOW.0 - 50 * HOUR_MS)));
    let answer = Message { id: MessageId(7_020), room_id: RoomId(20), ..message(3, 3, ANA) };
    let again = Message { id: MessageId(7_021), sender_account: AccountId(120), ..message(4, 4, DREW) };
    let again = Message { room_id: RoomId(20), ..again };
    desk_of.cache.apply(vec![CacheWrite::Message(Box::new(again.clone()))]).await.unwrap();
    let waiting = screen.home().await.waiting;
    assert_eq!(waiting.rows[1].since, again.timestamp, "what a gap hides may be an answer");
    desk_of.cache.apply(vec![CacheWrite::Message(Box::new(answer))]).await.unwrap();
    let waiting = screen.home().await.waiting;
    assert_eq!((rooms(&waiting), waiting.rows[1].since), (vec![21, 20], again.timestamp));
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_in_a_conversation_that_has_ended() {
    let desk_of = practitioner().await;
    let desk = Desk::new(&desk_of);
    let CacheWrite::Room(ended) = talk(20, Word::Theirs, 2) else { unreachable!() };
    let ended = CacheWrite::Room(Box::new(Room { writable: false, ..*ended }));
    desk_of.cache.apply(vec![ended]).await.unwrap();
    assert_eq!(home(&desk).home().await.waiting.total, 0);
}

#[tokio::test(start_paused = true)]
async fn what_is_unread_and_urgent_is_there_newest_first() {
    let desk_of = practitioner().await;
    let desk = Desk::new(&desk_of);
    let talks = (20..24).map(|n| talk(n, Word::Mine, 1));
    let news = [more(21, false), more(22, true), more(23, false)];
    desk_of.cache.apply(talks.chain(news).chain([cursor("a", 1)]).collect()).await.unwrap();
    let mut screen = home(&desk);
    let view = screen.home().await;
    assert_eq!((rooms(&view.unread), rooms(&view.urgent)), (vec![23, 22, 21], vec![22]));
    let read = ReadMark { room_id: RoomId(22), ..mark(ANA, 2, 9) };
    desk_of.cache.apply(vec![CacheWrite::ReadMark(read)]).await.unwrap();
    let view = screen.home().await;
    assert_eq!((rooms(&view.unread), rooms(&view.urgent)), (vec![23, 21], vec![]));
}

#[tokio::test(start_paused = true)]
async fn what_a_patient_has_not_read_for_three_days_appears_by_the_clock_alone() {
    let desk_of = practitioner().await;
    let desk = Desk::new(&desk_of);
    let talks = vec![talk(20, Word::Mine, 71), talk(21, Word::Mine, 80), talk(22, Word::Theirs, 90)];
    desk_of.cache.apply(talks).await.unwrap();
    let mut screen = home(&desk);
    assert_eq!(rooms(&screen.home().await.unseen), [21]);
    tokio::time::sleep(Duration::from_secs(62 * 60)).await;
    assert_eq!(rooms(&screen.home().await.unseen), [21, 20]);
    let seen = ReadMark { room_id: RoomId(21), account_id: AccountId(121), ..mark(DREW, 1, 3) };
    desk_of.cache.apply(vec![CacheWrite::ReadMark(seen)]).await.unwrap();
    assert_eq!(rooms(&screen.home().await.unseen), [20]);
}

/// What the list shows under a filter.
async fn listed(desk: &Desk, filter: RoomFilter) -> Vec<i64> {
    let rows = desk.rooms("", filter).rooms().await.rows;
    let mut rooms: Vec<i64> = rows.iter().map(|row| row.room_id.get()).collect();
    rooms.sort_unstable();
    rooms
}

#[tokio::test(start_paused = true)]
async fn the_home_page_and_the_filters_of_the_list_say_the_same() {
    let desk_of = practitioner().await;
    let desk = Desk::new(&desk_of);
    let talks = vec![
        talk(20, Word::Theirs, 90),
        talk(21, Word::Theirs, 90),
        talk(22, Word::Mine, 90),
        talk(23, Word::Mine, 90),
        talk(24, Word::Theirs, 90),
    ];
    desk_of.cache.apply(talks).await.unwrap();
    // The last word of 21 is taken back; 22 has been asked again, 23 answered by something newer that is not long ago.
    let answer = |n: i64, account: AccountId| {
        let CacheWrite::Message(more) = more(n, false) else { unreachable!() };
        CacheWrite::Message(Box::new(Message { sender_account: account, ..*more }))
    };
    let news = vec![more(22, false), answer(23, ANA), answer(24, ANA)];
    desk_of.cache.apply(news).await.unwrap();
    let mine = Message { id: MessageId(6_024), room_id: RoomId(24), ..message(2, 9, ANA) };
    let back = Message { retracted_at: Some(NOW), content: String::new(), ..mine };
    let first = Message { id: MessageId(5_021), room_id: RoomId(21), ..message(1, 9, AccountId(121)) };
    let gone = Message { retracted_at: Some(NOW), content: String::new(), ..first };
    desk_of.cache.apply([back, gone].map(|one| CacheWrite::Message(Box::new(one))).to_vec()).await.unwrap();
    let view = home(&desk).home().await;
    let of = |card: &HomeCard| {
        let mut rooms = rooms(card);
        rooms.sort_unstable();
        rooms
    };
    assert_eq!(of(&view.waiting), [20, 22, 24], "what was taken back is no word of anybody's");
    assert_eq!(of(&view.unseen), [22, 23], "the first of one's own that is unread counts, not the newest");
    assert_eq!(of(&view.waiting), listed(&desk, RoomFilter::Waiting).await);
    assert_eq!(of(&view.unseen), listed(&desk, RoomFilter::Unseen).await);
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_needs_its_author_before_what_only_waits() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    ana.cache.apply((20..23).map(|n| talk(n, Word::Mine, 1)).collect()).await.unwrap();
    let mut screen = home(&desk);
    assert_eq!(screen.home().await.unsent, HomeCard::default());
    write(&ana, 20, "waits").await;
    write(&ana, 21, "waits, too").await;
    let stale = write(&ana, 21, "too late").await;
    ana.cache
        .apply(vec![CacheWrite::OutboxParked { client_id: stale, reason: ParkReason::Stale }])
        .await
        .unwrap();
    ana.cache.save_draft(RoomId(21), "a draft hides nothing".into()).await.unwrap();
    let view = screen.home().await;
    assert_eq!((rooms(&view.unsent), view.unsent.total), (vec![21, 20], 2));
    let state = Some(DeliveryState::Stale);
    let preview = Preview::Message { text: "too late".into(), own: true, state };
    assert_eq!(view.unsent.rows[0].row.preview, Some(preview));
}

#[tokio::test(start_paused = true)]
async fn a_message_the_server_has_leaves_the_home_page() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = home(&desk);
    let client_id = ana.enqueue("on its way").await;
    assert_eq!(screen.home().await.unsent.total, 1);
    ana.cache.apply(vec![acked(1, client_id)]).await.unwrap();
    assert_eq!(screen.home().await.unsent.total, 0);
}

#[tokio::test(start_paused = true)]
async fn a_patient_sees_the_care_team_whoever_wrote_last_first() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    let linked = |id: i64, name: &str, room_id: Option<i64>| LinkedPerson {
        person: Person { name: name.into(), role: Role::Practitioner, ..person(AccountId(id)) },
        room_id: room_id.map(RoomId),
    };
    let team = vec![
        linked(120, "Drew", Some(20)),
        linked(121, "Eve", Some(21)),
        linked(130, "Zoe", None),
        linked(131, "Kim", Some(31)),
    ];
    let talks = vec![talk(20, Word::Theirs, 9), talk(21, Word::Mine, 2)];
    ana.cache.apply(talks).await.unwrap();
    ana.cache.apply(vec![CacheWrite::People(team)]).await.unwrap();
    let view = home(&desk).home().await;
    let shown: Vec<_> = view
        .people
        .rows
        .iter()
        .map(|one| (one.person.name.as_str(), one.room_id, one.row.is_some()))
        .collect();
    let expected = [
        ("Eve", Some(RoomId(21)), true),
        ("Drew", Some(RoomId(20)), true),
        ("Kim", Some(RoomId(31)), false),
        ("Zoe", None, false),
    ];
    assert_eq!(shown, expected);
    assert_eq!((view.waiting.total, view.unseen.total), (0, 0), "nobody waits for a patient");
}

#[tokio::test(start_paused = true)]
async fn a_card_shows_five_and_says_how_many_there_are() {
    let desk_of = practitioner().await;
    let desk = Desk::new(&desk_of);
    desk_of.cache.apply((20..60).map(|n| talk(n, Word::Theirs, n)).collect()).await.unwrap();
    let waiting = home(&desk).home().await.waiting;
    assert_eq!((rooms(&waiting), waiting.total), (vec![59, 58, 57, 56, 55], 40));
}

#[tokio::test(start_paused = true)]
async fn without_a_cache_the_home_page_is_loading_and_then_fills() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    desk.cache.send_replace(None);
    let mut screen = home(&desk);
    assert!(screen.home().await.loading);
    desk.cache.send_replace(Some(ana.cache.clone()));
    ana.cache.apply(vec![cursor("a", 1)]).await.unwrap();
    let view = screen.home().await;
    assert_eq!((view.loading, view.rooms), (false, 1));
}

#[tokio::test(start_paused = true)]
async fn what_the_home_page_does_not_show_sends_nothing() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = home(&desk);
    screen.settle().await;
    ana.cache.save_settings(bedside_protocol::ipc::Settings::default()).await.unwrap();
    ana.cache.apply(vec![CacheWrite::ReadWanted { room_id: RoomId(10), up_to: RoomSeq(0) }]).await.unwrap();
    tokio::time::sleep(Duration::from_secs(3_600)).await;
    assert!(screen.is_still().await);
    assert_eq!(desk.rooms("", RoomFilter::All).rooms().await.rows.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn that_somebody_types_is_shown_there_too() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    ana.cache.apply(vec![crate::fixtures::stored(1, DREW)]).await.unwrap();
    let mut screen = home(&desk);
    assert!(!screen.home().await.unread.rows[0].row.typing);
    desk.others.send_modify(|others| others.typing = [RoomId(10)].into());
    assert!(screen.home().await.unread.rows[0].row.typing);
}
