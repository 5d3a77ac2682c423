//! A person pins, puts away and marks unread, on this device and on another one.

use bedside_core::sync::{Call, CallId, Event, Seen};
use bedside_protocol::RoomId;
use bedside_protocol::wire::{Archive, SetFlags};

use super::World;

impl World {
    /// Whoever marks a room unread leaves it.
    pub(super) fn person_sets_up(&mut self, room_id: RoomId, detail: u8) {
        let Some(held) = self.cache.rooms.get_mut(&room_id) else { return };
        let set = match detail % 4 {
            0 | 1 => SetFlags { marked_unread: Some(true), ..SetFlags::default() },
            2 => SetFlags { archived: Some(Archive::UpTo(held.last_seq)), ..SetFlags::default() },
            _ => SetFlags { pinned: Some(detail.is_multiple_of(8)), ..SetFlags::default() },
        };
        held.flags_wanted = held.flags_wanted.then(set);
        held.flags_number = held.flags_number.next();
        let (kept, number) = (held.flags_wanted, held.flags_number);
        if set.marked_unread.is_some() {
            self.left_unread.insert(room_id, true);
            self.give(Event::Seen(Seen::default()));
        }
        self.give(Event::FlagsKept { room_id, set: kept, number });
    }

    pub(super) fn set_up_elsewhere(&mut self, room_id: RoomId, detail: u8) {
        let pinned = Some(detail.is_multiple_of(2));
        let archived = (detail % 4 == 3).then_some(Archive::Off);
        self.server.set_flags(room_id, SetFlags { pinned, archived, ..SetFlags::default() });
    }

    /// A wish that could not be stored is no promise, and what is seen of another life says nothing of this one.
    pub(super) fn looks_into(&mut self, room_id: RoomId) {
        let epoch = self.cache.cursor.as_ref().map(|cursor| &cursor.epoch);
        if self.disk_fails.is_none() && epoch == Some(&self.server.head().epoch) {
            self.left_unread.insert(room_id, false);
        } else {
            self.left_unread.remove(&room_id);
        }
    }

    /// A request that is given up arrives at whatever moment, or never.
    pub(super) fn give_up_flags(&mut self, id: CallId) {
        let is_it = |(call, request): &(CallId, Call)| *call == id && matches!(request, Call::Flags { .. });
        if let Some((_, request)) = self.calls.iter().position(is_it).and_then(|at| self.calls.remove(at)) {
            self.late.push(request);
        }
    }

    /// One that was overtaken by a later wish changes nothing.
    pub(super) fn late_request_arrives(&mut self, which: u8) {
        if self.late.is_empty() {
            return;
        }
        let request = self.late.swap_remove(usize::from(which) % self.late.len());
        drop(self.server.answer(request));
    }

    pub(super) fn every_room_is_as_it_was_set_up(&self) {
        for (room_id, room) in &self.server.rooms {
            let held = &self.cache.rooms[room_id];
            assert!(held.flags_wanted.is_empty(), "nothing waits");
            assert_eq!(held.flags, room.flags, "set up alike");
            if let Some(left) = self.left_unread.get(room_id) {
                assert_eq!(room.flags.marked_unread, *left, "as Ana left it");
            }
        }
    }
}
