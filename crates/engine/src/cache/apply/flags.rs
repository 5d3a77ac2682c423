//! How rooms are set up: what is wished for, and what became of it.
//!
//! What the server has done is kept until another device changes it: a server that is put back from a backup may lack it,
//! and then it is wished for again. Only what this device had set: of two devices the one that set it last wishes again.

use bedside_protocol::wire::{Archive, Room, RoomFlags, SetFlags};
use bedside_protocol::{RoomId, WishNumber};

use crate::cache::error::CacheError;
use crate::cache::flags::{self, Kept};
use crate::cache::group::Group;

impl Group<'_> {
    /// Adds a wish; all that is wished for in the room now.
    pub(in crate::cache) fn want_flags(
        &mut self,
        room_id: RoomId,
        set: SetFlags,
        number: WishNumber,
    ) -> Result<SetFlags, CacheError> {
        self.room(room_id)?;
        let wanted = flags::of_room(self.db, Kept::Wishes, room_id)?.then(set);
        flags::keep(self.db, Kept::Wishes, room_id, &wanted)?;
        flags::count(self.db, room_id, number)?;
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
        let left = flags::of_room(self.db, Kept::Wishes, room_id)?.without(set);
        flags::keep(self.db, Kept::Wishes, room_id, &left)?;
        if let Some(state) = state {
            self.room(room_id)?.take_flags(state);
            // A place beyond the end counts as the end.
            let done = SetFlags { archived: set.archived.map(|_| state.archived), ..*set };
            let all = flags::of_room(self.db, Kept::Done, room_id)?.then(done);
            self.keep_done(room_id, all)?;
        }
        self.changed_room(room_id);
        Ok(())
    }

    /// The server has told how a room is set up.
    pub(super) fn flags_told(&mut self, room_id: RoomId) -> Result<(), CacheError> {
        let done = flags::of_room(self.db, Kept::Done, room_id)?;
        if done.is_empty() { Ok(()) } else { self.keep_done(room_id, done) }
    }

    fn keep_done(&mut self, room_id: RoomId, done: SetFlags) -> Result<(), CacheError> {
        let done = done.that_holds(&self.room(room_id)?.fields.flags);
        flags::keep(self.db, Kept::Done, room_id, &done)
    }

    /// Another life of the server's database begins: what it may have lost is wished for again. What was put away at a
    /// place is not any more, since others stand there.
    pub(super) fn flags_in_other_life(&mut self, room_id: RoomId) -> Result<(), CacheError> {
        let done = flags::of_room(self.db, Kept::Done, room_id)?;
        let wanted = done.then(flags::of_room(self.db, Kept::Wishes, room_id)?);
        if wanted.is_empty() {
            return Ok(());
        }
        let room = self.room(room_id)?;
        let last = bedside_protocol::RoomSeq(room.fields.last_seq);
        room.was_put_away = wanted.archived.is_some_and(|archived| archived.holds(last));
        let places = wanted.archived.filter(|archived| *archived == Archive::Off);
        flags::keep(self.db, Kept::Done, room_id, &SetFlags::default())?;
        flags::keep(self.db, Kept::Wishes, room_id, &SetFlags { archived: places, ..wanted })?;
        let number = flags::number(self.db, room_id)?.next();
        flags::count(self.db, room_id, number)
    }

    /// Puts a room away in the new life where nothing stands that was not there when it was put away.
    pub(super) fn put_away_again(&mut self, room: &Room) -> Result<(), CacheError> {
        if !self.room(room.room_id)?.was_put_away {
            return Ok(());
        }
        let set = SetFlags { archived: Some(Archive::UpTo(room.last_seq)), ..SetFlags::default() };
        let number = flags::number(self.db, room.room_id)?.next();
        self.want_flags(room.room_id, set, number).map(drop)
    }
}
