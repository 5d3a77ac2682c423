//! One transaction in the making: rooms are loaded once, changed in memory and written back at its end.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use bedside_protocol::{AccountId, RoomId, Timestamp};
use rusqlite::Connection;

use super::changes::{Changes, Part};
use super::error::CacheError;
use super::room::Room;

/// What a job of the writer works with.
pub(super) struct Group<'tx> {
    /// The transaction.
    pub(super) db: &'tx Connection,
    /// Whose cache this is, once known.
    pub(super) me: Option<AccountId>,
    /// The moment of the transaction.
    pub(super) now: Timestamp,
    rooms: BTreeMap<RoomId, Room>,
    changes: Changes,
}

impl<'tx> Group<'tx> {
    pub(super) fn begin(db: &'tx Connection, now: Timestamp) -> Result<Self, CacheError> {
        let me = db
            .prepare_cached("SELECT account_id FROM profile WHERE only_row = 1")?
            .query_row([], |row| row.get::<_, Option<i64>>(0))?
            .map(AccountId);
        Ok(Group { db, me, now, rooms: BTreeMap::new(), changes: Changes::default() })
    }

    /// A room's state, loaded (or begun) on first use in this transaction.
    pub(super) fn room(&mut self, room_id: RoomId) -> Result<&mut Room, CacheError> {
        match self.rooms.entry(room_id) {
            Entry::Occupied(held) => Ok(held.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(Room::load(self.db, room_id)?)),
        }
    }

    /// A room's row or something in it changed.
    pub(super) fn changed_room(&mut self, room_id: RoomId) {
        self.changes.rooms.insert(room_id);
    }

    /// A part that is not a room's changed.
    pub(super) fn changed(&mut self, part: Part) {
        self.changes.parts.insert(part);
    }

    /// Writes the rooms back and says what changed.
    pub(super) fn finish(mut self) -> Result<Changes, CacheError> {
        for (room_id, mut room) in std::mem::take(&mut self.rooms) {
            if room.save(self.db, self.me)? {
                self.changes.rooms.insert(room_id);
            }
        }
        Ok(self.changes)
    }
}
