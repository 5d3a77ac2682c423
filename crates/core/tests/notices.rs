//! Which message rings: each one once, whatever has told of its place before the feed does.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "bench/mod.rs"]
mod bench;

use bedside_core::cache_write::{RoomSync, SyncState};
use bedside_core::sync::{Answer, Call, Effect, Event};
use bedside_protocol::feed::Change;
use bedside_protocol::wire::{ChatList, Message, MessagesPage, PageMessage, Room};
use bedside_protocol::{Cursor, Epoch, FeedSeq, MessageId, Rev, RoomId, RoomSeq};

use bench::{ANA, Bench, DREW, calls, cursor, message, room, rung, state};

fn at(feed_seq: i64) -> Cursor {
    Cursor { feed_seq: FeedSeq(feed_seq), ..cursor() }
}

fn named(message: &Message) -> Change {
    Change::Message { message: Box::new(message.clone()) }
}

/// Answers the list; what the machine wants then.
fn list(bench: &mut Bench, effects: &[Effect], rooms: Vec<Room>, cursor: Cursor) -> Vec<Effect> {
    let call = calls(effects).into_iter().find(|(_, call)| matches!(call, Call::ChatList { .. })).unwrap().0;
    bench.answer(call, Answer::ChatList(ChatList { rooms, unread: 0, cursor, has_more: false }))
}

#[test]
fn a_room_opened_and_written_in_while_the_app_was_off_rings() {
    let (mut bench, socket, _) = Bench::live_from(state(), at(2));
    let first = message(7, 1, DREW);
    let opened = Change::Room { room: Box::new(room(&first, 0)) };
    assert_eq!(rung(&bench.events(socket, vec![opened, named(&first)])), [first.id]);
}

#[test]
fn a_page_that_is_faster_than_the_feed_silences_nothing() {
    let mut held = state();
    held.rooms[0] = RoomSync { room_rev: Rev(2), ..held.rooms[0].clone() };
    let (mut bench, socket, effects) = Bench::live_from(held, at(0));
    let (call, _) =
        calls(&effects).into_iter().find(|(_, call)| matches!(call, Call::Messages { .. })).unwrap();
    let new = message(1, 1, DREW);
    let messages = vec![PageMessage { message: new.clone(), is_read: false }];
    let (room_rev, last_seq) = (new.rev, new.room_seq);
    let page = MessagesPage { room_id: RoomId(1), messages, has_more: false, room_rev, last_seq };
    bench.answer(call, Answer::Messages(page));
    assert_eq!(rung(&bench.events(socket, vec![named(&new)])), [new.id]);
}

#[test]
fn a_room_first_seen_in_a_later_snapshot_rings_and_a_first_snapshot_is_history() {
    let news = message(7, 4, DREW);
    for (cursor, expected) in [(Some(at(9)), vec![news.id]), (None, vec![])] {
        let other = Cursor { epoch: Epoch("other".to_owned()), feed_seq: FeedSeq(3) };
        let (mut bench, _, effects) = Bench::live_from(SyncState { cursor, ..state() }, other.clone());
        let effects = list(&mut bench, &effects, vec![room(&news, 2)], other);
        assert_eq!(rung(&effects), expected);
    }
}

#[test]
fn what_has_been_read_or_has_rung_does_not_ring_again() {
    let (mut bench, socket, _) = Bench::live_from(state(), at(1));
    let news = message(1, 1, DREW);
    assert_eq!(rung(&bench.events(socket, vec![named(&news)])), [news.id]);
    let effects = bench.frame(socket, bedside_protocol::feed::ServerFrame::ResyncRequired { head: at(1) });
    let effects = list(&mut bench, &effects, vec![room(&news, 0)], at(1));
    assert_eq!(rung(&effects), [], "it has rung");
    let effects = bench.frame(socket, bedside_protocol::feed::ServerFrame::ResyncRequired { head: at(1) });
    let effects = list(&mut bench, &effects, vec![room(&message(1, 2, DREW), 2)], at(1));
    assert_eq!(rung(&effects), [], "it has been read elsewhere");
}

#[test]
fn after_a_restore_only_what_was_written_since_rings() {
    for (last, expected) in [
        (message(1, 2, DREW), vec![]),
        (Message { id: MessageId(1_000_000), ..message(1, 4, DREW) }, vec![MessageId(1_000_000)]),
    ] {
        let mut held = state();
        let (last_seq, newest) = (RoomSeq(5), Some(MessageId(1_005)));
        held.rooms[0] = RoomSync { last_seq, newest, read_confirmed: RoomSeq(5), ..held.rooms[0].clone() };
        let restored = Cursor { epoch: Epoch("restored".to_owned()), feed_seq: FeedSeq(1) };
        let (mut bench, _, effects) = Bench::live_from(held, restored.clone());
        let effects = list(&mut bench, &effects, vec![room(&last, 1)], restored);
        assert_eq!(rung(&effects), expected);
    }
}

#[test]
fn what_was_decided_with_a_group_that_failed_is_decided_again() {
    let (mut bench, socket, _) = Bench::live_from(state(), at(1));
    let news = message(1, 1, DREW);
    assert_eq!(rung(&bench.events(socket, vec![named(&news)])), [news.id]);
    bench.give(Event::CacheFailed);
    let effects = bench.give(Event::Loaded(state()));
    let socket = bench::opened(&effects);
    bench.give(Event::SocketOpened(socket));
    bench.frame(socket, bench::welcome_at(at(1)));
    assert_eq!(rung(&bench.events(socket, vec![named(&news)])), [news.id]);
}

#[test]
fn ones_own_message_rings_nowhere_and_what_follows_it_does() {
    let (mut bench, socket, _) = Bench::live_from(state(), at(2));
    let (own, theirs) = (message(1, 1, ANA), message(1, 2, DREW));
    assert_eq!(rung(&bench.events(socket, vec![named(&own), named(&theirs)])), [theirs.id]);
}
