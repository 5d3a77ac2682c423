//! Applies the sync machine's writes. Each is idempotent and applies only if newer (sync rule 8); a group of them,
//! with the cursor that covers it, is one transaction (rule 10).

mod message;
mod outbox;
mod person;

use bedside_core::cache_write::CacheWrite;
use bedside_protocol::wire::{Account, Room};
use bedside_protocol::{Cursor, RoomSeq};
use rusqlite::params;

use super::changes::Part;
use super::error::CacheError;
use super::group::Group;

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
            CacheWrite::Person(person) => self.linked_person(person),
            CacheWrite::People(people) => self.all_people(people),
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
            CacheWrite::RoomGone(room_id) => {
                self.room(*room_id)?.fields.writable = false;
                Ok(())
            }
            CacheWrite::OutboxSending { client_id } => self.sending(*client_id),
            CacheWrite::OutboxQueued { client_id } => self.queued(*client_id),
            CacheWrite::OutboxAcked { client_id, message, at } => {
                self.acked(*client_id, message.id, *at)?;
                self.message(message)
            }
            CacheWrite::OutboxParked { client_id, reason } => self.parked(*client_id, *reason),
            CacheWrite::SweepAcked { before } => self.sweep(*before),
            CacheWrite::Reoffer { acked_after } => self.reoffer(*acked_after),
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
        let me = self.me;
        let held = self.room(room.room_id)?;
        held.take_row(room);
        held.take_mark(&room.my_read, me);
        held.take_mark(&room.other_read, me);
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
        let held: Option<String> =
            self.db.query_row("SELECT epoch FROM profile WHERE only_row = 1", [], |row| row.get(0))?;
        if held.is_some_and(|epoch| epoch != cursor.epoch.as_str()) {
            self.new_epoch()?;
        }
        self.db
            .prepare_cached(
                "UPDATE profile SET epoch = ?1,
                    feed_seq = CASE WHEN epoch IS ?1 THEN max(coalesce(feed_seq, 0), ?2) ELSE ?2 END
                 WHERE only_row = 1",
            )?
            .execute(params![cursor.epoch.as_str(), cursor.feed_seq.get()])?;
        self.changed(Part::Profile);
        Ok(())
    }

    /// Revisions of another life of the server's database compare with nothing: the next state wins.
    fn new_epoch(&mut self) -> Result<(), CacheError> {
        let rooms = self.room_ids()?;
        for room_id in rooms {
            let fields = &mut self.room(room_id)?.fields;
            fields.room_rev = 0;
            fields.synced_rev = 0;
            fields.my_mark_rev = 0;
        }
        self.db.execute("UPDATE messages SET rev = 0 WHERE rev <> 0", [])?;
        Ok(())
    }
}
