//! A cache in memory with the semantics `CacheWrite` documents; what is in it survives a kill.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bedside_core::cache_write::{
    CacheWrite, ChangeRow, ChangeStep, DraftsSync, OutboxRow, OutboxState, ParkReason, RoomSync, SyncState,
};
use bedside_core::gaps::Gaps;
use bedside_protocol::wire::{Archive, Message, Room, RoomFlags, SetFlags};
use bedside_protocol::{AccountId, ClientId, Cursor, MessageId, Rev, RoomId, RoomSeq, Timestamp, WishNumber};

use super::server::ANA;

#[derive(Clone, Default)]
pub(crate) struct Cache {
    /// The moment of the write under way.
    pub(crate) now: Timestamp,
    pub(crate) rooms: BTreeMap<RoomId, Held>,
    pub(crate) messages: BTreeMap<MessageId, Message>,
    pub(crate) outbox: Vec<OutboxRow>,
    pub(crate) changes: Vec<Kept>,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) resync: bool,
    pub(crate) stale_after: Option<Duration>,
    pub(crate) clinic_rev: Rev,
    /// Set for the rest of a group by a cursor of another life.
    other_life: bool,
}

/// A change of a message, kept when acknowledged.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) row: ChangeRow,
    pub(crate) acked: bool,
}

#[derive(Clone, Default)]
pub(crate) struct Held {
    pub(crate) room_rev: Rev,
    pub(crate) synced_rev: Rev,
    pub(crate) last_seq: RoomSeq,
    pub(crate) my_read: RoomSeq,
    pub(crate) other_read: RoomSeq,
    pub(crate) read_wanted: Option<RoomSeq>,
    pub(crate) flags: RoomFlags,
    pub(crate) flags_wanted: SetFlags,
    pub(crate) flags_number: WishNumber,
    flags_done: SetFlags,
    /// It was put away in the life before.
    was_put_away: bool,
    pub(crate) my_delivered: RoomSeq,
    pub(crate) other_delivered: RoomSeq,
    pub(crate) missing: BTreeSet<i64>,
}

impl Held {
    fn take_flags(&mut self, flags: RoomFlags) {
        if flags.rev >= self.flags.rev {
            self.flags = flags;
        }
        self.flags_done = self.flags_done.that_holds(&self.flags);
    }

    fn flags_in_other_life(&mut self) {
        let wanted = std::mem::take(&mut self.flags_done).then(self.flags_wanted);
        self.was_put_away = wanted.archived.is_some_and(|archived| archived.holds(self.last_seq));
        let archived = wanted.archived.filter(|archived| *archived == Archive::Off);
        self.flags_wanted = SetFlags { archived, ..wanted };
        self.flags_number = self.flags_number.next();
    }
}

impl Cache {
    pub(crate) fn apply(&mut self, writes: Vec<CacheWrite>, me: AccountId) {
        for write in writes {
            self.apply_one(write, me);
        }
        self.other_life = false;
    }

    fn apply_one(&mut self, write: CacheWrite, me: AccountId) {
        match write {
            CacheWrite::Room(room) => self.room(*room),
            CacheWrite::Message(message) => self.message(*message),
            CacheWrite::ReadMark(mark) => {
                let room = self.rooms.get_mut(&mark.room_id).expect("a mark of a room that is held");
                let place = if mark.account_id == me { &mut room.my_read } else { &mut room.other_read };
                *place = (*place).max(mark.up_to);
                let delivered =
                    if mark.account_id == me { &mut room.my_delivered } else { &mut room.other_delivered };
                *delivered = (*delivered).max(mark.delivered());
                room.read_wanted = room.read_wanted.filter(|wanted| *wanted > room.my_read);
            }
            CacheWrite::ReadWanted { room_id, up_to } => {
                let room = self.rooms.get_mut(&room_id).unwrap();
                room.read_wanted = room.read_wanted.max(Some(up_to)).filter(|wanted| *wanted > room.my_read);
            }
            CacheWrite::FlagsWanted { room_id, set, number } => {
                let room = self.rooms.get_mut(&room_id).unwrap();
                room.flags_wanted = room.flags_wanted.then(set);
                room.flags_number = number;
            }
            CacheWrite::FlagsSettled { room_id, set, flags } => {
                let room = self.rooms.get_mut(&room_id).unwrap();
                room.flags_wanted = room.flags_wanted.without(&set);
                if let Some(flags) = flags {
                    let done = SetFlags { archived: set.archived.map(|_| flags.archived), ..set };
                    room.flags_done = room.flags_done.then(done);
                    room.take_flags(flags);
                }
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
            CacheWrite::Cursor(cursor) => self.cursor(cursor),
            CacheWrite::Resynced => self.resync = false,
            CacheWrite::StaleAfter(limit) => self.stale_after = Some(limit),
            CacheWrite::Clinic(clinic) => self.clinic_rev = clinic.rev,
            CacheWrite::OutboxSending { client_id } => {
                self.set(client_id, OutboxState::Sending);
                self.offered(client_id, true);
            }
            CacheWrite::OutboxQueued { client_id } => {
                self.set(client_id, OutboxState::Queued);
                self.offered(client_id, false);
            }
            CacheWrite::OutboxUnlinked { client_id } => {
                self.set(client_id, OutboxState::Queued);
                self.offered(client_id, false);
                self.outbox
                    .iter_mut()
                    .filter(|row| row.client_id == client_id)
                    .for_each(|row| row.reply_to = None);
            }
            CacheWrite::OutboxParked { client_id, reason } => {
                self.set(client_id, OutboxState::Parked(reason));
                if matches!(reason, ParkReason::Rejected(_)) {
                    self.offered(client_id, false);
                }
            }
            CacheWrite::OutboxAcked { client_id, message, at } => {
                self.set(client_id, OutboxState::Acked { at });
                self.message(*message);
            }
            CacheWrite::ChangeOffered { client_id } => self.change(client_id, |kept| kept.row.offered = true),
            CacheWrite::ChangeQueued { client_id } => self.change(client_id, |kept| kept.row.offered = false),
            CacheWrite::ChangeAcked { client_id, message, .. } => {
                self.change(client_id, |kept| kept.acked = true);
                self.message(*message);
            }
            CacheWrite::ChangeRefused { client_id, code } => {
                self.change(client_id, |kept| {
                    (kept.row.state, kept.row.offered) = (ChangeStep::Refused(code), false);
                });
            }
            CacheWrite::ChangeDropped { client_id } => {
                self.changes.retain(|kept| kept.row.client_id != client_id);
            }
            CacheWrite::Reoffer { .. } => {
                let acked =
                    self.outbox.iter_mut().filter(|row| matches!(row.state, OutboxState::Acked { .. }));
                let mut leaving = Vec::new();
                for row in acked {
                    row.state = OutboxState::Queued;
                    row.confirmed_at = Some(self.now);
                    leaving.push(row.client_id);
                }
                self.remove(|message| message.client_id.is_some_and(|id| leaving.contains(&id)));
                for kept in self.changes.iter_mut().filter(|kept| kept.acked) {
                    (kept.acked, kept.row.again) = (false, true);
                }
            }
            CacheWrite::Account(_)
            | CacheWrite::Person(_)
            | CacheWrite::People(_)
            | CacheWrite::QuickReplies(_)
            | CacheWrite::Draft(_)
            | CacheWrite::DraftsListed
            | CacheWrite::DraftsWithdrawn
            | CacheWrite::RoomGone(_)
            | CacheWrite::SweepAcked { .. } => {}
        }
    }

    /// A build that stores more has opened it.
    pub(crate) fn upgraded(&mut self) {
        self.resync = self.cursor.is_some();
        self.rooms.values_mut().for_each(|room| room.synced_rev = Rev(0));
    }

    fn held(&self, room_id: RoomId) -> BTreeSet<i64> {
        self.messages.values().filter(|m| m.room_id == room_id).map(|m| m.room_seq.0).collect()
    }

    fn cursor(&mut self, cursor: Cursor) {
        let before = self.cursor.replace(cursor.clone());
        let other = before.is_some_and(|held| held.epoch != cursor.epoch || held.feed_seq > cursor.feed_seq);
        if other {
            self.other_life = true;
            self.messages.values_mut().for_each(|message| message.rev = Rev(0));
            for room in self.rooms.values_mut() {
                (room.room_rev, room.synced_rev, room.flags.rev) = (Rev(0), Rev(0), Rev(0));
                room.flags_in_other_life();
            }
        }
    }

    fn move_to_other_life(&mut self, room: &Room) {
        let newest = self.newest(room.room_id);
        self.remove(|m| m.room_id == room.room_id && m.room_seq > room.last_seq);
        let held = self.rooms.entry(room.room_id).or_default();
        let is_news = room.last_message.as_ref().is_some_and(|last| Some(last.id) > newest);
        let read = held.my_read.max(held.read_wanted.unwrap_or_default());
        held.read_wanted = (!is_news).then_some(read.min(room.last_seq));
        (held.my_read, held.other_read) = (room.my_read.up_to, room.other_read.up_to);
        (held.my_delivered, held.other_delivered) = (room.my_read.delivered(), room.other_read.delivered());
        held.last_seq = held.last_seq.min(room.last_seq);
        held.missing.retain(|seq| *seq <= room.last_seq.0);
        if std::mem::take(&mut held.was_put_away) && !is_news {
            held.flags_wanted.archived = Some(Archive::UpTo(room.last_seq));
            held.flags_number = held.flags_number.next();
        }
    }

    /// Takes messages out of the conversation; their changes wait until they return.
    fn remove(&mut self, leaves: impl Fn(&Message) -> bool) {
        let leaving: Vec<Message> = self.messages.values().filter(|m| leaves(m)).cloned().collect();
        for message in leaving {
            self.messages.remove(&message.id);
            let Some(client_id) = message.client_id else { continue };
            for kept in self.changes.iter_mut().filter(|kept| kept.row.message_id == message.id) {
                kept.row.behind = Some(client_id);
            }
        }
    }

    fn newest(&self, room_id: RoomId) -> Option<MessageId> {
        self.messages.values().filter(|m| m.room_id == room_id).map(|m| m.id).max()
    }

    fn room(&mut self, room: Room) {
        if self.other_life {
            self.move_to_other_life(&room);
        }
        let held = self.rooms.entry(room.room_id).or_default();
        held.room_rev = held.room_rev.max(room.room_rev);
        held.my_read = held.my_read.max(room.my_read.up_to);
        held.other_read = held.other_read.max(room.other_read.up_to);
        held.take_flags(room.flags);
        held.my_delivered = held.my_delivered.max(room.my_read.delivered());
        held.other_delivered = held.other_delivered.max(room.other_read.delivered());
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
        let (id, room_id) = (message.id, message.room_id);
        if let Some(client_id) = message.client_id {
            self.set(client_id, OutboxState::Acked { at: Timestamp(0) });
            for kept in self.changes.iter_mut().filter(|kept| kept.row.behind == Some(client_id)) {
                (kept.row.message_id, kept.row.behind) = (id, None);
            }
        }
        self.remove(|m| m.room_id == room_id && m.room_seq.0 == seq && m.id < id);
        let newer = self.messages.get(&id).is_none_or(|held| held.rev <= message.rev);
        if newer {
            self.messages.insert(id, message);
        }
    }

    /// The highest place held of a message of somebody else's.
    fn theirs(&self, room_id: RoomId) -> RoomSeq {
        let theirs = self.messages.values().filter(|m| m.room_id == room_id && m.sender_account != ANA);
        theirs.map(|m| m.room_seq).max().unwrap_or_default()
    }

    /// Whether everything up to a place is held that the server is not known to have been told of.
    pub(crate) fn holds(&self, room_id: RoomId, up_to: RoomSeq) -> bool {
        let room = &self.rooms[&room_id];
        let known = room.my_delivered.max(room.my_read);
        let held = self.held(room_id);
        (known.0 + 1..=up_to.0).all(|seq| held.contains(&seq))
    }

    fn offered(&mut self, client_id: ClientId, offered: bool) {
        if let Some(row) = self.outbox.iter_mut().find(|row| row.client_id == client_id) {
            row.offered = offered;
        }
    }

    fn change(&mut self, client_id: ClientId, how: impl FnOnce(&mut Kept)) {
        if let Some(kept) = self.changes.iter_mut().find(|kept| kept.row.client_id == client_id) {
            how(kept);
        }
    }

    pub(crate) fn pending_changes(&self) -> Vec<ChangeRow> {
        self.changes.iter().filter(|kept| !kept.acked).map(|kept| kept.row.clone()).collect()
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
                read_confirmed: held.my_read,
                read_wanted: held.read_wanted,
                delivered_confirmed: held.my_delivered,
                theirs_held: self.theirs(*room_id),
                newest: self.newest(*room_id),
                flags: held.flags,
                flags_wanted: held.flags_wanted,
                flags_number: held.flags_number,
                gaps: stretches,
            }
        });
        let open = self.outbox.iter().filter(|row| !matches!(row.state, OutboxState::Acked { .. }));
        SyncState {
            cursor: self.cursor.clone(),
            rooms: rooms.collect(),
            outbox: open.cloned().collect(),
            changes: self.pending_changes(),
            drafts: DraftsSync::default(),
            resync: self.resync,
            stale_after: self.stale_after,
            clinic_rev: self.clinic_rev,
            role: None,
        }
    }
}
