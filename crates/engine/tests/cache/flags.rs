//! How rooms are set up: wishes are kept until the server has them, the last one of each kind.

use bedside_core::cache_write::CacheWrite;
use bedside_engine::cache::CacheError;
use bedside_protocol::ipc::{MuteSpan, RoomDeed};
use bedside_protocol::wire::{Archive, Mute, Room, RoomFlags, SetFlags};
use bedside_protocol::{Rev, RoomId, RoomSeq, Timestamp};

use crate::fixtures::{DREW, NOW, Profile, ROOM, cursor, room, stored};

const HOUR: i64 = 3_600_000;

fn told(flags: RoomFlags) -> CacheWrite {
    CacheWrite::Room(Box::new(Room { flags, ..room(ROOM, 1, 0) }))
}

async fn wanted(profile: &Profile) -> SetFlags {
    profile.cache.sync_state().await.unwrap().rooms[0].flags_wanted
}

#[tokio::test(start_paused = true)]
async fn what_is_wished_for_is_there_after_a_crash_the_last_wish_of_each_kind() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW), stored(2, DREW)]).await.unwrap();
    for deed in [RoomDeed::Pin, RoomDeed::Unpin, RoomDeed::Archive, RoomDeed::MarkUnread] {
        ana.cache.set_up(ROOM, deed).await.unwrap();
    }
    let kept = ana.cache.set_up(ROOM, RoomDeed::Mute { span: MuteSpan::EightHours }).await.unwrap();
    let expected = SetFlags {
        pinned: Some(false),
        muted: Some(Mute::Until(Timestamp(NOW.0 + 8 * HOUR))),
        archived: Some(Archive::UpTo(RoomSeq(2))),
        marked_unread: Some(true),
    };
    assert_eq!((kept, wanted(&ana.after_crash().await).await), (expected, expected));
}

#[tokio::test(start_paused = true)]
async fn what_is_decided_is_forgotten_but_for_what_was_wished_meanwhile() {
    let ana = Profile::with_room().await;
    let set = ana.cache.set_up(ROOM, RoomDeed::Pin).await.unwrap();
    ana.cache.set_up(ROOM, RoomDeed::MarkUnread).await.unwrap();
    let flags = Some(RoomFlags { pinned: true, rev: Rev(1), ..RoomFlags::default() });
    ana.cache.apply(vec![CacheWrite::FlagsSettled { room_id: ROOM, set, flags }]).await.unwrap();
    let left = SetFlags { marked_unread: Some(true), ..SetFlags::default() };
    assert_eq!((wanted(&ana).await, ana.room().await.flags.pinned), (left, true));
    ana.cache.apply(vec![CacheWrite::FlagsSettled { room_id: ROOM, set: left, flags: None }]).await.unwrap();
    assert!(wanted(&ana).await.is_empty() && !ana.room().await.flags.marked_unread, "it was refused");
}

#[tokio::test(start_paused = true)]
async fn an_older_state_changes_nothing_and_another_life_counts_anew() {
    let ana = Profile::with_room().await;
    let flags = |pinned, rev| RoomFlags { pinned, rev: Rev(rev), ..RoomFlags::default() };
    ana.cache.apply(vec![told(flags(true, 5)), told(flags(false, 4)), cursor("a", 9)]).await.unwrap();
    assert!(ana.room().await.flags.pinned);
    ana.cache.set_up(ROOM, RoomDeed::Archive).await.unwrap();
    ana.cache.apply(vec![cursor("b", 2), told(flags(false, 1))]).await.unwrap();
    assert_eq!(ana.room().await.flags, flags(false, 1));
    assert!(wanted(&ana).await.is_empty(), "at that place others stand now");
}

#[tokio::test(start_paused = true)]
async fn a_room_nobody_knows_is_not_set_up() {
    let ana = Profile::with_room().await;
    let refused = ana.cache.set_up(RoomId(99), RoomDeed::Pin).await;
    assert!(matches!(refused, Err(CacheError::NotFound)));
}
