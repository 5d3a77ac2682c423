//! Applies the sync machine's writes. Each is idempotent and applies only if newer (sync rule 8); a group of them,
//! with the cursor that covers it, is one transaction (rule 10).

mod change;
mod clinic;
mod flags;
mod message;
mod other_life;
mod outbox;
mod person;
mod quote;

use std::time::Duration;

use bedside_core::cache_write::CacheWrite;
use bedside_protocol::wire::{Account, Room};
use bedside_protocol::{Cursor, Rev, RoomSeq};
use rusqlite::params;

use super::changes::Part;
use super::error::CacheError;
use super::group::{Group, Life};

impl Group<'_> {
    /// Applies one write.
    pub(super) fn apply(&mut self, write: &CacheWrite) -> Result<(), CacheError> {
        match write {
            CacheWrite::Account(account) => self.account(account),
            CacheWrite::Room(room) => self.whole_room(room),
            CacheWrite::Message(message) => self.message(message),
            CacheWrite::ReadMark(mark) => {
                let me = self.me;
                self.room(mark.room_id)?.take_mark(mark, me);
                Ok(())
            }
            CacheWrite::ReadWanted { room_id, up_to } => {
                self.room(*room_id)?.read_up_to(*up_to);
                Ok(())
            }
            CacheWrite::FlagsWanted { room_id, set, number } => {
                self.want_flags(*room_id, *set, *number).map(drop)
            }
            CacheWrite::FlagsSettled { room_id, set, flags } => self.flags_settled(*room_id, set, *flags),
            CacheWrite::Person(person) => self.linked_person(person),
            CacheWrite::People(people) => self.all_people(people),
            CacheWrite::QuickReplies(replies) => self.quick_replies(replies),
            CacheWrite::Draft(draft) => self.take_draft(draft),
            CacheWrite::DraftsListed => self.drafts_listed(),
            CacheWrite::DraftsWithdrawn => self.drafts_withdrawn(),
            CacheWrite::Covered { room_id, from, to } => {
                self.room(*room_id)?.gaps.cover(*from, *to);
                Ok(())
            }
            CacheWrite::Missing { room_id, from, to } => self.missing(*room_id, *from, *to),
            CacheWrite::RoomSynced { room_id, rev } => {
                let fields = &mut self.room(*room_id)?.fields;
                fields.synced_rev = fields.synced_rev.max(rev.get());
                Ok(())
            }
            CacheWrite::Cursor(cursor) => self.cursor(cursor),
            CacheWrite::Resynced => self.resynced(),
            CacheWrite::StaleAfter(limit) => self.stale_after(*limit),
            CacheWrite::Clinic(clinic) => self.clinic(clinic),
            CacheWrite::RoomGone(room_id) => {
                self.room(*room_id)?.fields.writable = false;
                Ok(())
            }
            CacheWrite::OutboxSending { client_id } => self.sending(*client_id),
            CacheWrite::OutboxQueued { client_id } => self.queued(*client_id),
            CacheWrite::OutboxAcked { client_id, message, at } => {
                self.acked(*client_id, message, *at)?;
                self.message(message)
            }
            CacheWrite::OutboxUnlinked { client_id } => self.unlinked(*client_id),
            CacheWrite::OutboxParked { client_id, reason } => self.parked(*client_id, *reason),
            CacheWrite::ChangeOffered { client_id } => self.change_offered(*client_id),
            CacheWrite::ChangeQueued { client_id } => self.change_queued(*client_id),
            CacheWrite::ChangeAcked { client_id, message, at } => {
                self.change_acked(*client_id, *at)?;
                self.message(message)
            }
            CacheWrite::ChangeRefused { client_id, code } => self.change_declined(*client_id, *code),
            CacheWrite::ChangeDropped { client_id } => self.change_dropped(*client_id),
            CacheWrite::SweepAcked { before } => {
                self.sweep(*before)?;
                self.sweep_changes(*before)
            }
            CacheWrite::Reoffer { acked_after } => {
                self.reoffer(*acked_after)?;
                self.reoffer_changes(*acked_after)
            }
        }
    }

    fn account(&mut self, account: &Account) -> Result<(), CacheError> {
        self.person(&account.person)?;
        self.db.execute(
            "UPDATE profile SET account_id = ?1, username = ?2 WHERE only_row = 1",
            params![account.person.account_id.get(), account.username],
        )?;
        self.me = Some(account.person.account_id);
        self.changed(Part::Profile);
        Ok(())
    }

    fn whole_room(&mut self, room: &Room) -> Result<(), CacheError> {
        self.person(&room.other)?;
        if self.life == Life::Other {
            self.move_to_other_life(room)?;
        }
        let me = self.me;
        let held = self.room(room.room_id)?;
        held.take_row(room);
        held.take_mark(&room.my_read, me);
        held.take_mark(&room.other_read, me);
        held.take_flags(room.flags);
        self.flags_told(room.room_id)?;
        self.changed_room(room.room_id);
        room.last_message.as_ref().map_or(Ok(()), |message| self.message(message))
    }

    fn missing(
        &mut self,
        room_id: bedside_protocol::RoomId,
        from: RoomSeq,
        to: RoomSeq,
    ) -> Result<(), CacheError> {
        if from > to {
            return Ok(());
        }
        let held = self.places_held(room_id, from, to)?;
        let room = self.room(room_id)?;
        room.raise_last(to.get());
        room.gaps.add(from, to);
        held.into_iter().for_each(|seq| room.gaps.cover(seq, seq));
        Ok(())
    }

    fn cursor(&mut self, cursor: &Cursor) -> Result<(), CacheError> {
        let other_life: bool = self
            .db
            .prepare_cached(
                "SELECT epoch IS NOT NULL AND (epoch <> ?1 OR feed_seq > ?2) FROM profile WHERE only_row = 1",
            )?
            .query_row(params![cursor.epoch.as_str(), cursor.feed_seq.get()], |row| row.get(0))?;
        if other_life {
            self.other_life()?;
        }
        self.db
            .prepare_cached("UPDATE profile SET epoch = ?1, feed_seq = ?2 WHERE only_row = 1")?
            .execute(params![cursor.epoch.as_str(), cursor.feed_seq.get()])?;
        self.changed(Part::Profile);
        Ok(())
    }

    fn resynced(&mut self) -> Result<(), CacheError> {
        self.db.execute("UPDATE profile SET resync = 0 WHERE only_row = 1", [])?;
        Ok(())
    }

    fn stale_after(&mut self, limit: Duration) -> Result<(), CacheError> {
        let millis = i64::try_from(limit.as_millis()).unwrap_or(i64::MAX);
        self.db.execute("UPDATE profile SET stale_after_ms = ?1 WHERE only_row = 1", [millis])?;
        Ok(())
    }

    /// Revisions of another life of the server's database compare with nothing: the next state wins.
    fn other_life(&mut self) -> Result<(), CacheError> {
        self.life = Life::Other;
        let rooms = self.room_ids()?;
        for room_id in rooms {
            self.flags_in_other_life(room_id)?;
            let fields = &mut self.room(room_id)?.fields;
            fields.room_rev = 0;
            fields.synced_rev = 0;
            fields.flags.rev = Rev(0);
        }
        self.db.execute("UPDATE messages SET rev = 0 WHERE rev <> 0", [])?;
        self.drafts_in_other_life()?;
        Ok(())
    }
}
