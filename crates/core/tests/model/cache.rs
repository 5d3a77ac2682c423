//! A cache in memory with the semantics `CacheWrite` documents; what is in it survives a kill.

use std::collections::{BTreeMap, BTreeSet};

use bedside_core::cache_write::{CacheWrite, OutboxRow, OutboxState, RoomSync, SyncState};
use bedside_core::gaps::Gaps;
use bedside_protocol::wire::{Message, Room};
use bedside_protocol::{AccountId, ClientId, Cursor, MessageId, Rev, RoomId, RoomSeq, Timestamp};

#[derive(Clone, Default)]
pub(crate) struct Cache {
    pub(crate) rooms: BTreeMap<RoomId, Held>,
    pub(crate) messages: BTreeMap<MessageId, Message>,
    pub(crate) outbox: Vec<OutboxRow>,
    pub(crate) cursor: Option<Cursor>,
}

#[derive(Clone, Default)]
pub(crate) struct Held {
    pub(crate) room_rev: Rev,
    pub(crate) synced_rev: Rev,
    pub(crate) last_seq: RoomSeq,
    pub(crate) my_read: RoomSeq,
    pub(crate) other_read: RoomSeq,
    pub(crate) read_wanted: Option<RoomSeq>,
    pub(crate) missing: BTreeSet<i64>,
}

impl Cache {
    pub(crate) fn apply(&mut self, writes: Vec<CacheWrite>, me: AccountId) {
        for write in writes {
            self.apply_one(write, me);
        }
    }

    fn apply_one(&mut self, write: CacheWrite, me: AccountId) {
        match write {
            CacheWrite::Room(room) => self.room(*room),
            CacheWrite::Message(message) => self.message(*message),
            CacheWrite::ReadMark(mark) => {
                let room = self.rooms.get_mut(&mark.room_id).expect("a mark of a room that is held");
                let place = if mark.account_id == me { &mut room.my_read } else { &mut room.other_read };
                *place = (*place).max(mark.up_to);
                room.read_wanted = room.read_wanted.filter(|wanted| *wanted > room.my_read);
            }
            CacheWrite::ReadWanted { room_id, up_to } => {
                let room = self.rooms.get_mut(&room_id).unwrap();
                room.read_wanted = room.read_wanted.max(Some(up_to)).filter(|wanted| *wanted > room.my_read);
            }
            CacheWrite::Covered { room_id, from, to } => {
                self.rooms.get_mut(&room_id).unwrap().missing.retain(|seq| *seq < from.0 || *seq > to.0);
            }
            CacheWrite::Missing { room_id, from, to } => {
                let held: BTreeSet<i64> = self.held(room_id);
                let room = self.rooms.get_mut(&room_id).unwrap();
                room.missing.extend((from.0..=to.0).filter(|seq| !held.contains(seq)));
            }
            CacheWrite::RoomSynced { room_id, rev } => {
                let room = self.rooms.get_mut(&room_id).unwrap();
                room.synced_rev = room.synced_rev.max(rev);
            }
            CacheWrite::Cursor(cursor) => self.cursor = Some(cursor),
            CacheWrite::OutboxSending { client_id } => self.set(client_id, OutboxState::Sending),
            CacheWrite::OutboxQueued { client_id } => self.set(client_id, OutboxState::Queued),
            CacheWrite::OutboxParked { client_id, reason } => {
                self.set(client_id, OutboxState::Parked(reason))
            }
            CacheWrite::OutboxAcked { client_id, message, at } => {
                self.set(client_id, OutboxState::Acked { at });
                self.message(*message);
            }
            CacheWrite::Reoffer { .. } => {
                let acked =
                    self.outbox.iter_mut().filter(|row| matches!(row.state, OutboxState::Acked { .. }));
                acked.for_each(|row| row.state = OutboxState::Queued);
            }
            CacheWrite::Account(_)
            | CacheWrite::Person(_)
            | CacheWrite::People(_)
            | CacheWrite::RoomGone(_)
            | CacheWrite::SweepAcked { .. } => {}
        }
    }

    fn held(&self, room_id: RoomId) -> BTreeSet<i64> {
        self.messages.values().filter(|m| m.room_id == room_id).map(|m| m.room_seq.0).collect()
    }

    fn room(&mut self, room: Room) {
        let held = self.rooms.entry(room.room_id).or_default();
        held.room_rev = held.room_rev.max(room.room_rev);
        held.my_read = held.my_read.max(room.my_read.up_to);
        held.other_read = held.other_read.max(room.other_read.up_to);
        held.read_wanted = held.read_wanted.filter(|wanted| *wanted > held.my_read);
        if let Some(message) = room.last_message {
            self.message(message);
        }
    }

    fn message(&mut self, message: Message) {
        let room = self.rooms.get_mut(&message.room_id).expect("a message of a room that is held");
        let seq = message.room_seq.0;
        if seq > room.last_seq.0 {
            room.missing.extend(room.last_seq.0 + 1..seq);
            room.last_seq = message.room_seq;
        }
        room.missing.remove(&seq);
        if let Some(client_id) = message.client_id {
            self.set(client_id, OutboxState::Acked { at: Timestamp(0) });
        }
        let newer = self.messages.get(&message.id).is_none_or(|held| held.rev < message.rev);
        if newer {
            self.messages.insert(message.id, message);
        }
    }

    fn set(&mut self, client_id: ClientId, state: OutboxState) {
        if let Some(row) = self.outbox.iter_mut().find(|row| row.client_id == client_id) {
            row.state = state;
        }
    }

    pub(crate) fn sync_state(&self) -> SyncState {
        let rooms = self.rooms.iter().map(|(room_id, held)| {
            let mut gaps = Gaps::default();
            held.missing.iter().for_each(|seq| gaps.add(RoomSeq(*seq), RoomSeq(*seq)));
            let mut stretches = Vec::new();
            while let Some((from, to)) = gaps.newest() {
                stretches.push((from, to));
                gaps.cover(from, to);
            }
            RoomSync {
                room_id: *room_id,
                synced_rev: held.synced_rev,
                room_rev: held.room_rev,
                last_seq: held.last_seq,
                read_wanted: held.read_wanted,
                gaps: stretches,
            }
        });
        let open = self.outbox.iter().filter(|row| !matches!(row.state, OutboxState::Acked { .. }));
        SyncState { cursor: self.cursor.clone(), rooms: rooms.collect(), outbox: open.cloned().collect() }
    }
}
