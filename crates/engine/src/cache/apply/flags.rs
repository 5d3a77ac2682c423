//! How rooms are set up: what is wished for, and what became of it.

use bedside_protocol::RoomId;
use bedside_protocol::wire::{RoomFlags, SetFlags};

use crate::cache::error::CacheError;
use crate::cache::flags;
use crate::cache::group::Group;

impl Group<'_> {
    /// Adds a wish; all that is wished for in the room now.
    pub(in crate::cache) fn want_flags(
        &mut self,
        room_id: RoomId,
        set: SetFlags,
    ) -> Result<SetFlags, CacheError> {
        self.room(room_id)?;
        let wanted = flags::wanted(self.db, room_id)?.then(set);
        flags::keep(self.db, room_id, &wanted)?;
        self.changed_room(room_id);
        Ok(wanted)
    }

    /// Forgets what was sent, but for what has been wished otherwise since.
    pub(super) fn flags_settled(
        &mut self,
        room_id: RoomId,
        set: &SetFlags,
        state: Option<RoomFlags>,
    ) -> Result<(), CacheError> {
        if let Some(state) = state {
            self.room(room_id)?.take_flags(state);
        }
        let left = flags::wanted(self.db, room_id)?.without(set);
        flags::keep(self.db, room_id, &left)?;
        self.changed_room(room_id);
        Ok(())
    }
}
