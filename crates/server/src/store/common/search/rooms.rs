//! How far each of one's rooms can be looked through.

use std::collections::HashMap;

use bedside_protocol::{RoomId, RoomSeq, Timestamp};

use super::SLICE;
use crate::access::{Action, Decision, Relation, can};
use crate::store::Actor;
use crate::store::model::IndexStep;

/// Most changes of one room, and of all of one's rooms, that are looked at without the index.
const LOOKED_AT_IN_ROOM: i64 = 200;
const LOOKED_AT: i64 = 500;
/// Rooms looked at for one that is due, in one step.
pub(in crate::store) const ROOMS_AT_ONCE: i64 = 200;

/// How far a room is indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Indexed {
    /// Every change up to this revision is in.
    pub(in crate::store) rev: i64,
    /// What was there before is in from this place on; 1 once all is.
    pub(in crate::store) seq_from: i64,
}

/// A room on the walk over all of them.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Listed {
    pub(in crate::store) room_id: RoomId,
    pub(in crate::store) last_seq: i64,
    pub(in crate::store) room_rev: i64,
    pub(in crate::store) indexed: Option<Indexed>,
}

impl Listed {
    /// How many messages are to be indexed next; none if nothing is due.
    fn due(&self) -> i64 {
        match self.indexed {
            None if self.last_seq > 0 => SLICE,
            None => 0,
            Some(indexed) if indexed.seq_from > 1 => SLICE,
            Some(indexed) => (self.room_rev - indexed.rev).clamp(0, SLICE),
        }
    }
}

/// The first of these rooms that are due, not more than a slice holds, and where the walk goes on.
pub(in crate::store) fn due(rooms: &[Listed]) -> (Vec<RoomId>, IndexStep) {
    let is_last = i64::try_from(rooms.len()).is_ok_and(|count| count < ROOMS_AT_ONCE);
    let (mut chosen, mut left) = (Vec::new(), SLICE);
    for room in rooms.iter().filter(|room| room.due() > 0) {
        if room.due() > left {
            return (chosen.clone(), IndexStep { worked: true, more: false, next: chosen.last().copied() });
        }
        left -= room.due();
        chosen.push(room.room_id);
    }
    let next = rooms.last().filter(|_| !is_last).map(|room| room.room_id);
    let worked = !chosen.is_empty();
    (chosen, IndexStep { worked, more: false, next })
}

/// One of one's own rooms.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Readable {
    pub(in crate::store) until_seq: Option<RoomSeq>,
    pub(in crate::store) listed: Listed,
}

/// Those that may be read.
pub(in crate::store) struct Rooms {
    rooms: HashMap<RoomId, Readable>,
}

/// The oldest place that is indexed of each room whose older messages are not yet.
pub(in crate::store) type Oldest = Vec<(RoomId, i64)>;

impl Rooms {
    /// Of the rooms that an account has to do with those that it may read.
    pub(in crate::store) fn of(actor: Actor, rooms: impl IntoIterator<Item = Readable>) -> Self {
        let may = |room: &Readable| {
            let relation = if room.until_seq.is_none() { Relation::Member } else { Relation::FormerMember };
            can(actor.role, Action::ReadRoom, relation) == Decision::Allow
        };
        Rooms { rooms: rooms.into_iter().filter(may).map(|room| (room.listed.room_id, room)).collect() }
    }

    pub(in crate::store) fn is_empty(&self) -> bool {
        self.rooms.is_empty()
    }

    /// Whether a place is one that may be read.
    pub(in crate::store) fn shows(&self, room: RoomId, place: RoomSeq) -> bool {
        self.rooms.get(&room).is_some_and(|room| room.until_seq.is_none_or(|last| place <= last))
    }

    /// Rooms with the revisions after which their changes are to be looked at by themselves; and whether these are all.
    pub(in crate::store) fn behind(&self) -> (Vec<(i64, i64)>, bool) {
        let mut behind: Vec<(i64, i64, i64)> = self
            .rooms
            .values()
            .filter_map(|room| {
                let from = room.listed.indexed.map_or(0, |indexed| indexed.rev);
                let changes = room.listed.room_rev - from;
                (changes > 0 && room.listed.last_seq > 0).then_some((
                    changes,
                    room.listed.room_id.get(),
                    from,
                ))
            })
            .collect();
        behind.sort_unstable();
        let mut left = LOOKED_AT;
        let fitting = behind.iter().take_while(|(changes, ..)| {
            left -= changes;
            *changes <= LOOKED_AT_IN_ROOM && left >= 0
        });
        let fitting: Vec<(i64, i64)> = fitting.map(|(_, room, from)| (*room, *from)).collect();
        let all = fitting.len() == behind.len();
        (fitting, all)
    }

    /// Rooms of which what was there before is still being indexed.
    pub(in crate::store) fn unfinished(&self) -> Oldest {
        let indexed = |room: &Readable| Some((room.listed.room_id, room.listed.indexed?.seq_from));
        self.rooms.values().filter_map(indexed).filter(|(_, from)| *from > 1).collect()
    }
}

/// Since when everything is looked through, from the oldest message indexed of each unfinished room.
pub(in crate::store) fn oldest_of(unfinished: usize, found: &[Timestamp]) -> Option<Timestamp> {
    if found.len() < unfinished { None } else { found.iter().max().copied() }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::wire::Role;
    use bedside_protocol::{AccountId, DeviceId};

    use super::*;

    fn room(id: i64, room_rev: i64, indexed: Option<(i64, i64)>) -> Readable {
        let indexed = indexed.map(|(rev, seq_from)| Indexed { rev, seq_from });
        let listed = Listed { room_id: RoomId(id), last_seq: room_rev, room_rev, indexed };
        Readable { until_seq: None, listed }
    }

    fn rooms(rooms: Vec<Readable>) -> Rooms {
        let actor =
            Actor { account_id: AccountId(1), role: Role::Patient, device_id: DeviceId(1), session_id: 1 };
        Rooms::of(actor, rooms)
    }

    #[test]
    fn little_that_is_not_indexed_is_looked_at_and_much_is_said_to_be_missing() {
        let all = rooms(vec![room(1, 5, None), room(2, 900, Some((898, 1))), room(3, 7, Some((7, 1)))]);
        let (mut behind, complete) = all.behind();
        behind.sort_unstable();
        assert_eq!((behind, complete), (vec![(1, 0), (2, 898)], true));
        assert_eq!(rooms(vec![room(1, 201, None)]).behind(), (vec![], false));
        let many = rooms((1..=4).map(|id| room(id, 200, None)).collect());
        let (behind, complete) = many.behind();
        assert_eq!((behind.len(), complete), (2, false));
    }

    #[test]
    fn an_administrator_reads_no_room() {
        let actor =
            Actor { account_id: AccountId(1), role: Role::Admin, device_id: DeviceId(1), session_id: 1 };
        assert!(Rooms::of(actor, [room(1, 5, None)]).is_empty());
    }

    #[test]
    fn a_walk_stops_at_what_is_due_and_ends_behind_the_last_room() {
        let listed = |rooms: &[Readable]| rooms.iter().map(|room| room.listed).collect::<Vec<_>>();
        let walk = listed(&[room(1, 5, Some((5, 1))), room(2, 5, Some((5, 3))), room(3, 1, None)]);
        let step = |worked, next: Option<i64>| IndexStep { worked, more: false, next: next.map(RoomId) };
        assert_eq!(due(&walk), (vec![RoomId(2)], step(true, Some(2))));
        assert_eq!(due(&walk[..1]), (vec![], step(false, None)));
        let full: Vec<Readable> = (1..=ROOMS_AT_ONCE).map(|id| room(id, 5, Some((5, 1)))).collect();
        assert_eq!(due(&listed(&full)), (vec![], step(false, Some(ROOMS_AT_ONCE))));
        let busy = listed(&[room(1, 9, Some((5, 1))), room(2, 9, Some((8, 1)))]);
        assert_eq!(due(&busy), (vec![RoomId(1), RoomId(2)], step(true, None)));
    }
}
