//! A server restored from a backup: places and marks count from what it has, and nothing that was read is forgotten.

use bedside_core::cache_write::{CacheWrite, OutboxState, SyncState};
use bedside_protocol::wire::{Message, Room};
use bedside_protocol::{MessageId, RoomSeq, Timestamp};

use crate::fixtures::{ANA, DREW, NOW, Profile, ROOM, acked, cursor, mark, message, room, stored};

/// Five messages by Drew, all of them read.
async fn read_to_the_end() -> Profile {
    let ana = Profile::with_room().await;
    let mut writes: Vec<_> = (1..=5).map(|seq| stored(seq, DREW)).collect();
    writes.extend([
        CacheWrite::ReadMark(mark(ANA, 5, 6)),
        CacheWrite::ReadMark(mark(DREW, 5, 7)),
        cursor("a", 9),
    ]);
    ana.cache.apply(writes).await.unwrap();
    ana
}

/// The room as a backup with two messages has it, with the marks it had then.
fn restored(last: Message) -> CacheWrite {
    let seq = last.room_seq.get();
    let (my_read, other_read) = (mark(ANA, 1, 3), mark(DREW, 1, 3));
    let unread_count = seq - 1;
    let room = Room { last_message: Some(last), my_read, other_read, unread_count, ..room(ROOM, seq, seq) };
    CacheWrite::Room(Box::new(room))
}

/// A message of the server's new life, whose ids are far beyond the old ones.
fn anew(seq: i64) -> Message {
    Message { id: MessageId(1_000_000 + seq), ..message(seq, seq, DREW) }
}

fn at(state: SyncState) -> Option<(String, i64)> {
    state.cursor.map(|c| (c.epoch.0, c.feed_seq.0))
}

#[tokio::test(start_paused = true)]
async fn places_and_marks_count_from_what_the_server_has() {
    let ana = read_to_the_end().await;
    ana.cache.apply(vec![cursor("b", 2), restored(message(2, 2, DREW))]).await.unwrap();
    let held = ana.room().await;
    assert_eq!((held.last_seq, held.my_read, held.my_read_confirmed), (RoomSeq(2), RoomSeq(2), RoomSeq(1)));
    assert_eq!((held.other_read, held.unread, held.newest), (RoomSeq(1), 0, Some(MessageId(1_002))));
    assert_eq!((ana.seqs().await, ana.gaps().await), (vec![1, 2], vec![]));
    ana.cache.apply(vec![CacheWrite::Message(Box::new(anew(3)))]).await.unwrap();
    assert_eq!((ana.room().await.unread, ana.room().await.last_seq), (1, RoomSeq(3)));
}

#[tokio::test(start_paused = true)]
async fn what_was_written_there_since_is_not_read_because_the_old_place_was() {
    let ana = read_to_the_end().await;
    ana.cache.apply(vec![cursor("b", 2), restored(anew(4))]).await.unwrap();
    let held = ana.room().await;
    assert_eq!((held.last_seq, held.my_read), (RoomSeq(4), RoomSeq(1)));
    let wanted = ana.cache.sync_state().await.unwrap().rooms[0].read_wanted;
    assert_eq!(wanted, None, "no mark is sent for what nobody has seen");
}

#[tokio::test(start_paused = true)]
async fn a_cursor_that_goes_back_is_another_life_as_well() {
    let ana = read_to_the_end().await;
    assert_eq!(at(ana.cache.sync_state().await.unwrap()), Some(("a".into(), 9)));
    ana.cache.apply(vec![cursor("a", 2), restored(message(2, 2, DREW))]).await.unwrap();
    assert_eq!(at(ana.cache.sync_state().await.unwrap()), Some(("a".into(), 2)));
    assert_eq!((ana.room().await.last_seq, ana.room().await.my_read), (RoomSeq(2), RoomSeq(2)));
}

#[tokio::test(start_paused = true)]
async fn the_first_and_the_next_cursor_leave_everything_as_it_is() {
    let ana = Profile::with_room().await;
    assert_eq!(at(ana.cache.sync_state().await.unwrap()), None);
    ana.cache.apply(vec![stored(1, DREW), cursor("a", 4), cursor("a", 9), cursor("a", 9)]).await.unwrap();
    assert_eq!(at(ana.cache.sync_state().await.unwrap()), Some(("a".into(), 9)));
    ana.cache.apply(vec![restored(message(1, 1, DREW))]).await.unwrap();
    assert_eq!(ana.seqs().await, [1]);
}

#[tokio::test(start_paused = true)]
async fn a_restored_servers_message_takes_the_place_of_the_one_it_lost() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![stored(1, DREW), stored(2, DREW), cursor("a", 2)]).await.unwrap();
    let other = Message { id: MessageId(1_000_002), content: "after".into(), ..message(2, 2, ANA) };
    ana.cache.apply(vec![cursor("b", 1), CacheWrite::Message(Box::new(other))]).await.unwrap();
    let held = ana.cache.messages_held(ROOM).await.unwrap();
    assert_eq!(held.iter().map(|m| m.message_id.get()).collect::<Vec<_>>(), [1_001, 1_000_002]);
    assert_eq!((ana.room().await.unread, ana.room().await.newest), (1, Some(MessageId(1_000_002))));
}

#[tokio::test(start_paused = true)]
async fn rows_offered_again_after_a_restore_are_placed_once() {
    let ana = Profile::with_room().await;
    let client_id = ana.enqueue("kept").await;
    ana.cache.apply(vec![stored(1, DREW), acked(2, client_id), cursor("a", 2)]).await.unwrap();
    ana.cache.apply(vec![CacheWrite::Reoffer { acked_after: Timestamp(0) }, cursor("b", 0)]).await.unwrap();
    let rows = ana.cache.outbox().await.unwrap();
    assert_eq!((rows.len(), ana.seqs().await), (1, vec![1]));
    assert_eq!((rows[0].state, rows[0].confirmed_at), (OutboxState::Queued, Some(NOW)), "they were not late");
    ana.cache.apply(vec![acked(2, client_id), acked(2, client_id)]).await.unwrap();
    assert_eq!((ana.cache.outbox().await.unwrap().len(), ana.seqs().await), (0, vec![1, 2]));
}
