//! How rooms are set up: wishes are kept until the server has them, the last one of each kind.

use bedside_core::cache_write::CacheWrite;
use bedside_engine::cache::CacheError;
use bedside_protocol::ipc::{MuteSpan, RoomDeed};
use bedside_protocol::wire::{Archive, Mute, Room, RoomFlags, SetFlags};
use bedside_protocol::{MessageId, Rev, RoomId, RoomSeq, Timestamp, WishNumber};

use crate::fixtures::{DREW, NOW, Profile, ROOM, cursor, message, room, stored};

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
    let (kept, number) = ana.cache.set_up(ROOM, RoomDeed::Mute { span: MuteSpan::EightHours }).await.unwrap();
    assert_eq!(number, WishNumber(5));
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
    let (set, _) = ana.cache.set_up(ROOM, RoomDeed::Pin).await.unwrap();
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
    ana.cache.apply(vec![cursor("b", 2), told(flags(false, 1))]).await.unwrap();
    assert_eq!(ana.room().await.flags, flags(false, 1));
    assert!(wanted(&ana).await.is_empty(), "it was another device that had pinned it");
}

/// Wishes for it, and the server does it.
async fn done(ana: &Profile, deed: RoomDeed, rev: i64) {
    let (set, _) = ana.cache.set_up(ROOM, deed).await.unwrap();
    let flags = Some(RoomFlags { rev: Rev(rev), ..ana.room().await.flags.with(&set) });
    ana.cache.apply(vec![CacheWrite::FlagsSettled { room_id: ROOM, set, flags }]).await.unwrap();
    assert!(wanted(ana).await.is_empty());
}

async fn number(ana: &Profile) -> i64 {
    ana.cache.sync_state().await.unwrap().rooms[0].flags_number.get()
}

#[tokio::test(start_paused = true)]
async fn what_a_restored_server_may_have_lost_is_wished_again_but_for_what_another_device_has_changed() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![cursor("a", 9)]).await.unwrap();
    done(&ana, RoomDeed::Pin, 1).await;
    done(&ana, RoomDeed::Mute { span: MuteSpan::Forever }, 2).await;
    let unmuted = RoomFlags { pinned: true, rev: Rev(3), ..RoomFlags::default() };
    ana.cache.apply(vec![told(unmuted)]).await.unwrap();
    ana.cache.set_up(ROOM, RoomDeed::MarkUnread).await.unwrap();
    assert_eq!(number(&ana).await, 3);
    ana.cache.apply(vec![cursor("b", 2), told(RoomFlags::default())]).await.unwrap();
    let again = SetFlags { pinned: Some(true), marked_unread: Some(true), ..SetFlags::default() };
    assert_eq!((wanted(&ana).await, number(&ana).await), (again, 4));
    let flags = Some(RoomFlags { pinned: true, marked_unread: true, rev: Rev(1), ..RoomFlags::default() });
    ana.cache.apply(vec![CacheWrite::FlagsSettled { room_id: ROOM, set: again, flags }]).await.unwrap();
    ana.cache.apply(vec![cursor("c", 1), told(RoomFlags::default())]).await.unwrap();
    assert_eq!(wanted(&ana.after_crash().await).await, again, "in every life");
}

/// Whether the room is to be put away in a life of the server in which it ends like this.
async fn put_away_again(ana: Profile, last: bedside_protocol::wire::Message) -> Option<Archive> {
    let last_seq = last.room_seq;
    let room = Room { last_seq, last_message: Some(last), ..room(ROOM, 1, 0) };
    ana.cache.apply(vec![cursor("b", 2), CacheWrite::Room(Box::new(room))]).await.unwrap();
    wanted(&ana).await.archived
}

#[tokio::test(start_paused = true)]
async fn a_room_is_put_away_again_only_if_nothing_has_come_since() {
    for settled in [false, true] {
        let archived = async || {
            let ana = Profile::with_room().await;
            ana.cache.apply(vec![stored(1, DREW), stored(2, DREW), cursor("a", 9)]).await.unwrap();
            match settled {
                true => done(&ana, RoomDeed::Archive, 1).await,
                false => drop(ana.cache.set_up(ROOM, RoomDeed::Archive).await.unwrap()),
            }
            ana
        };
        let lost = put_away_again(archived().await, message(1, 1, DREW)).await;
        assert_eq!(lost, Some(Archive::UpTo(RoomSeq(1))), "what is left was there");
        let news = bedside_protocol::wire::Message { id: MessageId(5_000), ..message(2, 1, DREW) };
        assert_eq!(put_away_again(archived().await, news).await, None, "others stand at that place now");
        let back = archived().await;
        back.cache.apply(vec![stored(3, DREW)]).await.unwrap();
        assert_eq!(
            put_away_again(back, message(2, 2, DREW)).await,
            None,
            "it was not out of the way any more"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_nobody_knows_is_not_set_up() {
    let ana = Profile::with_room().await;
    let refused = ana.cache.set_up(RoomId(99), RoomDeed::Pin).await;
    assert!(matches!(refused, Err(CacheError::NotFound)));
}
