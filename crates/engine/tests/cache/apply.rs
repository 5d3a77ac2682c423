//! The meaning of each write.

use bedside_core::cache_write::CacheWrite;
use bedside_engine::cache::CacheError;
use bedside_protocol::ipc::QuickReplyView;
use bedside_protocol::wire::{Clinic, LinkedPerson, Message, QuickReply, ReadMark, ReplyOwner, Room};
use bedside_protocol::{QuickReplyId, Rev, RoomId, RoomSeq};

use crate::fixtures::{ANA, DREW, NOW, Profile, ROOM, mark, message, person, room, stored, stretch};

fn covered(from: i64, to: i64) -> CacheWrite {
    let (from, to) = stretch(from, to);
    CacheWrite::Covered { room_id: ROOM, from, to }
}

fn missing(from: i64, to: i64) -> CacheWrite {
    let (from, to) = stretch(from, to);
    CacheWrite::Missing { room_id: ROOM, from, to }
}

#[tokio::test(start_paused = true)]
async fn a_message_is_kept_once_and_only_a_newer_state_replaces_it() {
    let ana = Profile::with_room().await;
    let newer = Message { content: "edited".into(), edited_at: Some(NOW), ..message(1, 9, DREW) };
    let older = message(1, 5, DREW);
    for state in [&older, &newer, &newer, &older] {
        ana.cache.apply(vec![CacheWrite::Message(Box::new(state.clone()))]).await.unwrap();
    }
    let held = ana.cache.messages_held(ROOM).await.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!((held[0].content.as_str(), held[0].rev, held[0].edited_at), ("edited", Rev(9), Some(NOW)));
}

#[tokio::test(start_paused = true)]
async fn a_message_beyond_the_last_place_leaves_a_gap_that_its_neighbours_fill() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW), stored(6, DREW)]).await.unwrap();
    assert_eq!(ana.gaps().await, [(2, 5)]);
    ana.cache.apply(vec![stored(4, DREW)]).await.unwrap();
    assert_eq!(ana.gaps().await, [(2, 3), (5, 5)]);
    ana.cache.apply(vec![covered(1, 6)]).await.unwrap();
    assert_eq!(ana.gaps().await, []);
}

#[tokio::test(start_paused = true)]
async fn what_is_missing_leaves_out_what_is_held() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW), stored(2, DREW), missing(1, 9)]).await.unwrap();
    assert_eq!(ana.gaps().await, [(3, 9)]);
    assert_eq!(ana.room().await.last_seq, RoomSeq(9));
}

#[tokio::test(start_paused = true)]
async fn a_room_with_places_unknown_here_shows_them_as_missing() {
    let ana = Profile::with_room().await;
    let last = message(8, 8, DREW);
    let listed = Room { last_message: Some(last), unread_count: 8, ..room(ROOM, 8, 8) };
    ana.cache.apply(vec![CacheWrite::Room(Box::new(listed))]).await.unwrap();
    assert_eq!(ana.gaps().await, [(1, 7)]);
    assert_eq!(ana.room().await.unread, 8);
}

#[tokio::test(start_paused = true)]
async fn unread_follows_the_servers_word_while_a_gap_hides_messages() {
    let ana = Profile::with_room().await;
    let listed = Room { last_message: Some(message(8, 8, DREW)), unread_count: 5, ..room(ROOM, 8, 8) };
    ana.cache
        .apply(vec![CacheWrite::Room(Box::new(listed)), stored(9, DREW), stored(10, ANA)])
        .await
        .unwrap();
    assert_eq!(ana.room().await.unread, 6);
    ana.cache.apply(vec![CacheWrite::ReadWanted { room_id: ROOM, up_to: RoomSeq(10) }]).await.unwrap();
    assert_eq!(ana.room().await.unread, 0);
}

#[tokio::test(start_paused = true)]
async fn a_wanted_mark_counts_at_once_and_is_wanted_until_the_server_covers_it() {
    let ana = Profile::with_room().await;
    let wanted = |state: bedside_core::cache_write::SyncState| state.rooms[0].read_wanted;
    ana.cache.apply(vec![stored(1, DREW), stored(2, DREW), stored(3, DREW)]).await.unwrap();
    ana.cache.apply(vec![CacheWrite::ReadWanted { room_id: ROOM, up_to: RoomSeq(2) }]).await.unwrap();
    assert_eq!(ana.room().await.unread, 1);
    assert_eq!(wanted(ana.cache.sync_state().await.unwrap()), Some(RoomSeq(2)));
    ana.cache.apply(vec![CacheWrite::ReadMark(mark(ANA, 1, 4))]).await.unwrap();
    assert_eq!(wanted(ana.cache.sync_state().await.unwrap()), Some(RoomSeq(2)));
    ana.cache.apply(vec![CacheWrite::ReadMark(mark(ANA, 2, 5))]).await.unwrap();
    assert_eq!(wanted(ana.cache.sync_state().await.unwrap()), None);
}

#[tokio::test(start_paused = true)]
async fn marks_never_go_back() {
    let ana = Profile::with_room().await;
    let marks = [mark(ANA, 5, 6), mark(ANA, 1, 7), mark(ANA, 9, 3), mark(DREW, 4, 8), mark(DREW, 2, 9)];
    ana.cache.apply(marks.map(CacheWrite::ReadMark).to_vec()).await.unwrap();
    let held = ana.room().await;
    assert_eq!((held.my_read, held.other_read), (RoomSeq(9), RoomSeq(4)));
}

#[tokio::test(start_paused = true)]
async fn what_was_delivered_never_goes_back_and_follows_what_was_read() {
    let ana = Profile::with_room().await;
    let delivered =
        |who, delivered_to, rev| ReadMark { delivered_to: RoomSeq(delivered_to), ..mark(who, 0, rev) };
    let marks = [delivered(ANA, 4, 6), delivered(ANA, 3, 7), mark(DREW, 5, 8), delivered(DREW, 2, 9)];
    ana.cache.apply(marks.map(CacheWrite::ReadMark).to_vec()).await.unwrap();
    let held = ana.room().await;
    assert_eq!((held.my_delivered, held.other_delivered), (RoomSeq(4), RoomSeq(5)));
    assert_eq!((held.my_read, held.other_read), (RoomSeq(0), RoomSeq(5)), "nothing is read by it");
}

#[tokio::test(start_paused = true)]
async fn the_machine_learns_what_is_held_of_theirs_that_the_server_was_not_told() {
    let ana = Profile::with_room().await;
    let told = async || {
        let room = ana.cache.sync_state().await.unwrap().rooms.remove(0);
        (room.delivered_confirmed.0, room.theirs_held.0)
    };
    ana.cache.apply(vec![stored(1, DREW), stored(2, ANA), stored(3, DREW), stored(4, ANA)]).await.unwrap();
    assert_eq!(told().await, (0, 3));
    let confirmed = ReadMark { delivered_to: RoomSeq(3), ..mark(ANA, 0, 9) };
    ana.cache.apply(vec![CacheWrite::ReadMark(confirmed)]).await.unwrap();
    assert_eq!(told().await, (3, 0));
    ana.cache.apply(vec![stored(5, DREW)]).await.unwrap();
    assert_eq!(told().await, (3, 5));
    ana.cache.apply(vec![CacheWrite::ReadWanted { room_id: ROOM, up_to: RoomSeq(5) }]).await.unwrap();
    assert_eq!(told().await, (3, 0), "the read mark says it");
}

#[tokio::test(start_paused = true)]
async fn an_older_room_state_changes_only_what_is_merged() {
    let ana = Profile::with_room().await;
    let ended = Room { writable: false, ..room(ROOM, 5, 0) };
    let older = Room { my_read: mark(ANA, 3, 2), ..room(ROOM, 4, 3) };
    ana.cache
        .apply(vec![CacheWrite::Room(Box::new(ended)), CacheWrite::Room(Box::new(older))])
        .await
        .unwrap();
    let held = ana.room().await;
    assert_eq!((held.writable, held.room_rev, held.my_read), (false, Rev(5), RoomSeq(3)));
}

#[tokio::test(start_paused = true)]
async fn a_room_that_is_gone_stays_readable() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW), CacheWrite::RoomGone(ROOM)]).await.unwrap();
    assert!(!ana.room().await.writable);
    assert_eq!(ana.seqs().await, [1]);
}

#[tokio::test(start_paused = true)]
async fn an_empty_stretch_adds_no_gap_and_an_unknown_room_takes_no_message() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW), missing(9, 8)]).await.unwrap();
    assert_eq!((ana.gaps().await, ana.room().await.last_seq), (vec![], RoomSeq(1)));
    let nowhere = bedside_engine::cache::NewMessage { room_id: RoomId(99), ..ana.new_message("x") };
    assert!(matches!(ana.cache.enqueue(nowhere).await, Err(CacheError::NotFound)));
    assert_eq!(ana.cache.outbox().await.unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn the_same_revision_again_brings_what_an_older_build_dropped() {
    let ana = Profile::with_room().await;
    let whole = Message { edited_at: Some(NOW), ..message(1, 5, DREW) };
    for state in [message(1, 5, DREW), whole, message(1, 4, DREW)] {
        ana.cache.apply(vec![CacheWrite::Message(Box::new(state))]).await.unwrap();
    }
    assert_eq!(ana.cache.messages_held(ROOM).await.unwrap()[0].edited_at, Some(NOW));
}

#[tokio::test(start_paused = true)]
async fn the_clinics_limit_outlives_the_program() {
    let ana = Profile::with_room().await;
    let limit = std::time::Duration::from_secs(3_600);
    ana.cache.apply(vec![CacheWrite::StaleAfter(limit), CacheWrite::Resynced]).await.unwrap();
    let state = ana.reopened().await.cache.sync_state().await.unwrap();
    assert_eq!((state.stale_after, state.resync), (Some(limit), false));
}

#[tokio::test(start_paused = true)]
async fn what_the_clinic_says_outlives_the_program() {
    let ana = Profile::with_room().await;
    assert_eq!(ana.cache.clinic().await.unwrap(), Clinic::default());
    let said = Clinic { name: "Harbour".into(), warn_other_patient: false, rev: Rev(7), ..Clinic::default() };
    ana.cache.apply(vec![CacheWrite::Clinic(Box::new(said.clone()))]).await.unwrap();
    let ana = ana.reopened().await;
    assert_eq!(
        (ana.cache.clinic().await.unwrap(), ana.cache.sync_state().await.unwrap().clinic_rev),
        (said, Rev(7))
    );
}

#[tokio::test(start_paused = true)]
async fn unread_never_counts_more_than_there_are_places_after_the_mark() {
    let ana = Profile::with_room().await;
    let listed = Room { last_message: Some(message(8, 8, DREW)), unread_count: 8, ..room(ROOM, 8, 8) };
    let elsewhere = CacheWrite::ReadMark(mark(ANA, 6, 9));
    ana.cache.apply(vec![CacheWrite::Room(Box::new(listed)), elsewhere]).await.unwrap();
    assert_eq!(ana.room().await.unread, 2);
}

#[tokio::test(start_paused = true)]
async fn the_list_of_people_replaces_the_one_before() {
    let ana = Profile::ana().await;
    let linked = |id| LinkedPerson { person: person(id), room_id: None };
    ana.cache.apply(vec![CacheWrite::People(vec![linked(DREW)])]).await.unwrap();
    ana.cache.apply(vec![CacheWrite::People(vec![linked(bedside_protocol::AccountId(4))])]).await.unwrap();
    assert!(
        ana.cache.person(DREW).await.unwrap().is_some(),
        "their name is still needed for old conversations"
    );
}

#[tokio::test(start_paused = true)]
async fn quick_replies_are_what_the_server_has_and_stay_when_the_app_is_gone() {
    let drew = Profile::ana().await;
    let reply = |id: i64, owner: ReplyOwner, title: &str| QuickReply {
        id: QuickReplyId(id),
        owner,
        title: title.to_owned(),
        text: format!("{title}!"),
    };
    let all = vec![
        reply(7, ReplyOwner::Own, "b"),
        reply(3, ReplyOwner::Own, "a"),
        reply(9, ReplyOwner::Clinic, "c"),
    ];
    drew.cache.apply(vec![CacheWrite::QuickReplies(all.clone())]).await.unwrap();
    let drew = drew.reopened().await;
    let held = drew.cache.quick_replies().await.unwrap();
    assert_eq!(held, all.iter().cloned().map(QuickReplyView::from).collect::<Vec<_>>());
    drew.cache.apply(vec![CacheWrite::QuickReplies(all[2..].to_vec())]).await.unwrap();
    assert_eq!(drew.cache.quick_replies().await.unwrap(), [QuickReplyView::from(all[2].clone())]);
}
