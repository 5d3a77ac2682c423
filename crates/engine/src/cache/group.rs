//! One transaction in the making: rooms are loaded once, changed in memory and written back at its end.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use bedside_protocol::{AccountId, RoomId, Timestamp};
use rusqlite::{CachedStatement, Connection};

use super::changes::{Changes, Part};
use super::error::CacheError;
use super::room::Room;
use super::search_index::Index;

/// Which life of the server's database a group's rooms are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    /// That of what is held.
    Same,
    /// Another one: what is held compares with nothing.
    Other,
}

/// What a job of the writer works with.
pub(super) struct Group<'tx> {
    /// The transaction.
    pub(super) db: &'tx Connection,
    /// Whose cache this is, once known.
    pub(super) me: Option<AccountId>,
    /// The moment of the transaction.
    pub(super) now: Timestamp,
    /// Which life of the server's database the group's rooms are of.
    pub(super) life: Life,
    /// Whether any outbox row waits for its acknowledgement, once asked.
    awaiting: Option<bool>,
    /// The statement that most of a large group is: looked up once.
    pub(super) insert_message: Option<CachedStatement<'tx>>,
    /// What becomes of messages in the index.
    pub(super) index: Index,
    rooms: BTreeMap<RoomId, Room>,
    changes: Changes,
}

impl<'tx> Group<'tx> {
    pub(super) fn begin(db: &'tx Connection, now: Timestamp) -> Result<Self, CacheError> {
        let me = db
            .prepare_cached("SELECT account_id FROM profile WHERE only_row = 1")?
            .query_row([], |row| row.get::<_, Option<i64>>(0))?
            .map(AccountId);
        Ok(Group {
            db,
            me,
            now,
            life: Life::Same,
            awaiting: None,
            insert_message: None,
            index: Index::default(),
            rooms: BTreeMap::new(),
            changes: Changes::default(),
        })
    }

    /// Whether any outbox row waits for its acknowledgement, or any change for its message. Asked once: catching up
    /// applies thousands of messages while nothing waits.
    pub(super) fn awaits_acknowledgement(&mut self) -> Result<bool, CacheError> {
        if let Some(awaiting) = self.awaiting {
            return Ok(awaiting);
        }
        let mut statement = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE state <> 'acked')
                     OR EXISTS (SELECT 1 FROM changes WHERE state <> 'acked' AND behind IS NOT NULL)",
        )?;
        let awaiting = statement.query_row([], |row| row.get(0))?;
        self.awaiting = Some(awaiting);
        Ok(awaiting)
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

    /// Rows of the outbox wait that did not before.
    pub(super) fn outbox_reopened(&mut self) {
        self.awaiting = None;
    }

    /// A part that is not a room's changed.
    pub(super) fn changed(&mut self, part: Part) {
        self.changes.parts.insert(part);
    }

    /// Writes the rooms back and says what changed.
    pub(super) fn finish(mut self) -> Result<Changes, CacheError> {
        self.save_index()?;
        for (room_id, mut room) in std::mem::take(&mut self.rooms) {
            if room.save(self.db, self.me)? {
                self.changes.rooms.insert(room_id);
            }
        }
        Ok(self.changes)
    }
}
