//! What a client remembers: how far it has come in the feed and in each room. No text.

use std::collections::BTreeMap;

use bedside_core::cache_write::{CacheWrite, RoomSync, SyncState};
use bedside_core::gaps::Gaps;
use bedside_protocol::wire::{RoomFlags, SetFlags};
use bedside_protocol::{Cursor, Rev, RoomId, RoomSeq, WishNumber};

/// A cache without its contents.
#[derive(Default)]
pub(super) struct Ledger {
    cursor: Option<Cursor>,
    rooms: BTreeMap<RoomId, Held>,
}

#[derive(Default)]
struct Held {
    synced_rev: Rev,
    room_rev: Rev,
    last_seq: RoomSeq,
    gaps: Gaps,
}

impl Ledger {
    /// Applies a group; how many messages were in it.
    pub(super) fn apply(&mut self, writes: Vec<CacheWrite>) -> u64 {
        let mut messages = 0;
        for write in writes {
            match write {
                CacheWrite::Room(room) => {
                    let held = self.rooms.entry(room.room_id).or_default();
                    held.room_rev = held.room_rev.max(room.room_rev);
                    if let Some(last) = &room.last_message {
                        self.message(last.room_id, last.room_seq);
                    }
                }
                CacheWrite::RoomSynced { room_id, rev } => {
                    let held = self.rooms.entry(room_id).or_default();
                    held.synced_rev = held.synced_rev.max(rev);
                }
                CacheWrite::Message(message) => {
                    messages += 1;
                    self.message(message.room_id, message.room_seq);
                }
                CacheWrite::Missing { room_id, from, to } => {
                    let held = self.rooms.entry(room_id).or_default();
                    held.gaps.add(from, to);
                    held.gaps.cover(held.last_seq, held.last_seq); // Held already, whatever is missing before it.
                }
                CacheWrite::Covered { room_id, from, to } => {
                    self.rooms.entry(room_id).or_default().gaps.cover(from, to);
                }
                CacheWrite::Cursor(cursor) => self.cursor = Some(cursor),
                _ => {}
            }
        }
        messages
    }

    fn message(&mut self, room_id: RoomId, seq: RoomSeq) {
        let held = self.rooms.entry(room_id).or_default();
        if seq > held.last_seq {
            held.gaps.add(held.last_seq.next(), RoomSeq(seq.0 - 1));
            held.last_seq = seq;
        }
        held.gaps.cover(seq, seq);
    }

    /// What the machine is given when it reads its cache.
    pub(super) fn state(&self) -> SyncState {
        let rooms = self.rooms.iter().map(|(room_id, held)| RoomSync {
            room_id: *room_id,
            synced_rev: held.synced_rev,
            room_rev: held.room_rev,
            last_seq: held.last_seq,
            read_confirmed: RoomSeq(0),
            read_wanted: None,
            delivered_confirmed: RoomSeq(0),
            theirs_held: RoomSeq(0),
            newest: None,
            flags: RoomFlags::default(),
            flags_wanted: SetFlags::default(),
            flags_number: WishNumber(0),
            gaps: held.gaps.stretches().collect(),
        });
        SyncState { cursor: self.cursor.clone(), rooms: rooms.collect(), ..SyncState::default() }
    }
}
