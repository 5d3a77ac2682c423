//! What the machine knows of each room: a mirror of the cache's own bookkeeping.

use bedside_protocol::wire::{Message, Room};
use bedside_protocol::{AccountId, Rev, RoomId, RoomSeq};

use super::{Answer, Cache, Failure, Machine, Verdict};
use crate::cache_write::{CacheWrite, RoomSync};
use crate::gaps::Gaps;

/// How far one room is held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RoomState {
    /// Everything held is as new as this.
    pub(super) synced_rev: Rev,
    /// A snapshot said that the room is at this revision.
    pub(super) room_rev: Rev,
    /// The newest revision anything applied had.
    pub(super) seen_rev: Rev,
    /// The last place the feed, a page or a snapshot has named.
    pub(super) last_seq: RoomSeq,
    /// The last place known at all: an acknowledgement may be ahead of the feed.
    pub(super) placed_seq: RoomSeq,
    /// The last place of which it is decided whether it rings. Apart from the others: what raises those (a page, a
    /// room's own state) says nothing of news.
    pub(super) rung_seq: RoomSeq,
    /// What is missing.
    pub(super) gaps: Gaps,
    /// The highest place held of a message of somebody else's.
    pub(super) theirs_seq: RoomSeq,
    /// The id of its newest message as far as known: rooms with newer ones are filled first.
    pub(super) recency: i64,
}

impl RoomState {
    /// Whether messages held may have changed since.
    pub(super) fn is_outdated(&self) -> bool {
        self.synced_rev < self.room_rev
    }

    /// Whether anything is still to be fetched.
    pub(super) fn is_incomplete(&self) -> bool {
        self.is_outdated() || !self.gaps.is_empty()
    }

    /// How far from a place on everything is held, as far as others have written.
    pub(super) fn held_from(&self, known: RoomSeq) -> RoomSeq {
        let gap = self.gaps.stretches().find(|(_, to)| *to > known);
        gap.map_or(self.theirs_seq, |(from, _)| self.theirs_seq.min(RoomSeq(from.0.saturating_sub(1))))
    }

    /// Somebody wrote this.
    fn note_author(&mut self, message: &Message, me: AccountId) {
        if message.sender_account != me {
            self.theirs_seq = self.theirs_seq.max(message.room_seq);
        }
    }

    /// Takes in a message the way the cache does; whether it filled a gap.
    pub(super) fn hold(&mut self, message: &Message, me: AccountId) -> bool {
        let seq = message.room_seq;
        self.note_author(message, me);
        if seq > self.last_seq {
            self.gaps.add(self.last_seq.next(), RoomSeq(seq.0 - 1));
            self.last_seq = seq;
            self.recency = self.recency.max(message.id.0);
        }
        self.seen_rev = self.seen_rev.max(message.rev);
        self.placed_seq = self.placed_seq.max(seq);
        let filled = self.gaps.contains(seq);
        self.gaps.cover(seq, seq);
        filled
    }
}

impl Machine {
    pub(super) fn load_rooms(&mut self, rooms: &[RoomSync]) {
        let mut old = std::mem::take(&mut self.rooms);
        if self.cache == Cache::Unread {
            // What was decided with a group that failed is decided again.
            old.clear();
        }
        self.rooms =
            rooms.iter().map(|room| (room.room_id, restored(room, old.get(&room.room_id)))).collect();
    }

    /// The writes that take in a room as a snapshot shows it. What it has beyond what is held is missing, and if
    /// it has changed, it is to be asked what.
    pub(super) fn snapshot_room(&mut self, room: Room) -> Vec<CacheWrite> {
        let known = self.rooms.contains_key(&room.room_id);
        let state = self.rooms.entry(room.room_id).or_default();
        let (room_id, room_rev, from, to) =
            (room.room_id, room.room_rev, state.last_seq.next(), room.last_seq);
        state.gaps.add(from, to);
        state.last_seq = state.last_seq.max(to);
        state.placed_seq = state.placed_seq.max(to);
        state.recency = state.recency.max(room.last_message.as_ref().map_or(0, |message| message.id.0));
        state.room_rev = state.room_rev.max(room_rev);
        if let Some(last) = &room.last_message {
            state.note_author(last, self.me);
            state.gaps.cover(last.room_seq, last.room_seq);
        }
        if !known {
            state.synced_rev = room_rev;
            state.rung_seq = room.my_read.up_to;
        }
        let mut writes = self.acknowledgement(room.last_message.as_ref());
        self.mark_confirmed(room_id, room.my_read.up_to);
        self.flags.take(room_id, room.flags);
        self.delivery_confirmed(room_id, room.my_read.delivered());
        self.delivery_touched(room_id);
        writes.insert(0, CacheWrite::Room(Box::new(room)));
        writes.extend((from <= to).then_some(CacheWrite::Missing { room_id, from, to }));
        writes.extend((!known).then_some(CacheWrite::RoomSynced { room_id, rev: room_rev }));
        writes
    }

    /// Something the server names as a room's newest: it rings unless that is decided or it has been read.
    pub(super) fn ring(&mut self, message: &Message) {
        let read = self.reads.reached(message.room_id);
        let Some(room) = self.rooms.get_mut(&message.room_id) else { return };
        let is_new = message.room_seq > room.rung_seq;
        if message.room_seq > room.rung_seq.max(read) {
            self.notices.arrived(message, self.me);
        }
        room.rung_seq = room.rung_seq.max(message.room_seq);
        if is_new && message.sender_account != self.me {
            self.wrote(message.room_id);
        }
    }

    /// History: everything up to here was there before this device was.
    pub(super) fn keep_silent(&mut self, message: &Message) {
        if let Some(room) = self.rooms.get_mut(&message.room_id) {
            room.rung_seq = room.rung_seq.max(message.room_seq);
        }
    }

    /// A room the person has opened by a call of their own.
    pub(super) fn room_opened(&mut self, room: Room) {
        self.denied.remove(&room.room_id);
        let writes = self.snapshot_room(room);
        self.write(writes);
        self.pump();
    }

    /// A room the feed named and nobody knew: known now, or denied; then the feed goes on.
    pub(super) fn room_answered(&mut self, room_id: RoomId, result: Result<Answer, Failure>) {
        match result {
            Ok(Answer::Room(room)) => {
                let writes = self.snapshot_room(*room);
                self.write(writes);
                self.feed_resumes();
            }
            Err(failure) if matches!(failure.verdict(), Verdict::Reject(_)) => {
                self.denied.insert(room_id);
                self.feed_resumes();
            }
            Ok(_) => self.feed_failed(&Failure::Unknown),
            Err(failure) => self.feed_failed(&failure),
        }
    }
}

fn restored(room: &RoomSync, before: Option<&RoomState>) -> RoomState {
    let newest = room.newest.map_or(0, |id| id.0);
    RoomState {
        synced_rev: room.synced_rev,
        room_rev: room.room_rev,
        seen_rev: room.synced_rev,
        last_seq: room.last_seq,
        placed_seq: room.last_seq,
        rung_seq: before
            .map_or(room.read_confirmed.max(room.read_wanted.unwrap_or_default()), |s| s.rung_seq),
        gaps: Gaps::new(&room.gaps),
        theirs_seq: room.theirs_held,
        recency: before.map_or(newest, |state| state.recency.max(newest)),
    }
}
