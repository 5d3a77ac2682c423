//! A server restored from a backup: what it lost leaves the conversation, whose places it gives anew, and is kept.
//!
//! Never forgets a text: this may be the only copy of it.

use bedside_protocol::RoomId;
use bedside_protocol::wire::Room;
use rusqlite::params;

use crate::cache::error::CacheError;
use crate::cache::group::Group;

impl Group<'_> {
    /// A room as another life of the server has it: its places and marks count from there.
    pub(super) fn move_to_other_life(&mut self, room: &Room) -> Result<(), CacheError> {
        self.set_aside_from(room.room_id, room.last_seq.get().saturating_add(1), i64::MAX, i64::MAX)?;
        self.room(room.room_id)?.move_to_other_life(room);
        self.put_away_again(room)?;
        self.changed_room(room.room_id);
        Ok(())
    }

    /// Takes messages between two places (inclusive) with ids below another out of the conversation; how many.
    pub(super) fn set_aside_from(
        &mut self,
        room_id: RoomId,
        from: i64,
        to: i64,
        below: i64,
    ) -> Result<usize, CacheError> {
        self.hold_changes(room_id, from, to, below)?;
        self.index_removing(room_id, from, to, below)?;
        let which = "WHERE room_id = ?1 AND room_seq BETWEEN ?2 AND ?3 AND message_id < ?4";
        self.db
            .prepare_cached(&format!(
                "INSERT INTO set_aside (message_id, room_id, room_seq, sender_account, content, stored_at,
                                        composed_at, urgent, set_aside_at)
                 SELECT message_id, room_id, room_seq, sender_account, content, stored_at, composed_at, urgent, ?5
                 FROM messages {which} ON CONFLICT DO NOTHING"
            ))?
            .execute(params![room_id.get(), from, to, below, self.now.millis()])?;
        let removed = self.db.prepare_cached(&format!("DELETE FROM messages {which}"))?.execute(params![
            room_id.get(),
            from,
            to,
            below
        ])?;
        Ok(removed)
    }
}
