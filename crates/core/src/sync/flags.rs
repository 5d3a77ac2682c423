//! How the person has set rooms up, on its way to the server: a register per field, the last wish wins.
//!
//! A wish is in the cache before it is here, is sent until the server has it, and is forgotten only if nothing else has
//! been wished since. What the server refuses is forgotten as well: then its own state holds again. Wishes are numbered, so
//! that one which was given up and arrives after a later one changes nothing.

use std::collections::BTreeMap;

use bedside_protocol::wire::{RoomFlags, SetFlags};
use bedside_protocol::{RoomId, Timestamp, WishNumber};

use super::call::{Answer, Call, Failure, Purpose, Verdict};
use super::event::{Focus, Seen};
use super::{Backoff, Cache, Machine, Timer};
use crate::cache_write::{CacheWrite, RoomSync};

/// What is set, and what is wished for.
#[derive(Debug, Default)]
pub(super) struct Flags {
    held: BTreeMap<RoomId, RoomFlags>,
    wanted: BTreeMap<RoomId, Wanted>,
    /// The last wish's number.
    numbers: BTreeMap<RoomId, WishNumber>,
    /// The room the person looks at, once what that means for it is written.
    looked_at: Option<RoomId>,
    /// Another life has begun and the cache is about to be read again: nothing leaves before its read marks are known,
    /// which would take away what is sent before them.
    between_lives: bool,
}

#[derive(Debug, Default)]
struct Wanted {
    set: SetFlags,
    state: State,
    backoff: Backoff,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ready,
    /// A call is under way.
    Flying,
    /// Failed; the timer runs.
    Resting,
}

impl Flags {
    pub(super) fn load(&mut self, rooms: &[RoomSync]) {
        self.between_lives = false;
        self.held = rooms.iter().map(|room| (room.room_id, room.flags)).collect();
        self.wanted.retain(|room_id, _| self.held.contains_key(room_id));
        self.numbers = rooms.iter().map(|room| (room.room_id, room.flags_number)).collect();
        rooms.iter().for_each(|room| self.keep(room.room_id, room.flags_wanted));
    }

    fn number(&self, room_id: RoomId) -> WishNumber {
        self.numbers.get(&room_id).copied().unwrap_or_default()
    }

    /// Everything that is wished for in a room now.
    fn keep(&mut self, room_id: RoomId, set: SetFlags) {
        if set.is_empty() {
            self.wanted.remove(&room_id);
        } else {
            self.wanted.entry(room_id).or_default().set = set;
        }
    }

    /// What the server says of a room, unless something newer is held.
    pub(super) fn take(&mut self, room_id: RoomId, flags: RoomFlags) {
        let held = self.held.entry(room_id).or_default();
        if flags.rev >= held.rev {
            *held = flags;
        }
    }

    /// Another life of the server's database: the next state holds, and what was put away at a place is not any more, since
    /// others stand there.
    pub(super) fn other_life(&mut self) {
        self.between_lives = true;
        self.held.clear();
        self.wanted.values_mut().for_each(|wanted| wanted.set.archived = None);
        self.wanted.retain(|_, wanted| !wanted.set.is_empty());
    }

    /// A room as the person has it.
    fn shown(&self, room_id: RoomId) -> RoomFlags {
        let held = self.held.get(&room_id).copied().unwrap_or_default();
        self.wanted.get(&room_id).map_or(held, |wanted| held.with(&wanted.set))
    }

    /// Whether a room's news are told quietly at this moment.
    pub(super) fn is_muted(&self, room_id: RoomId, now: Timestamp) -> bool {
        self.shown(room_id).muted.holds(now)
    }

    /// What was written last may not be: it is done again with the next look.
    pub(super) fn cache_failed(&mut self) {
        self.looked_at = None;
    }

    pub(super) fn drop_flights(&mut self) {
        self.wanted.values_mut().for_each(|wanted| wanted.state = State::Ready);
    }

    pub(super) fn are_settled(&self) -> bool {
        self.wanted.is_empty()
    }
}

impl Machine {
    pub(super) fn flags_kept(&mut self, room_id: RoomId, set: SetFlags, number: WishNumber) {
        self.flags.keep(room_id, set);
        self.flags.numbers.insert(room_id, number);
        self.pump();
    }

    /// Whoever begins to look at a room that is marked unread has done what the mark was to remind of.
    pub(super) fn unmark(&mut self, seen: Seen) {
        let looks_at = seen.room_id.filter(|_| seen.focus == Focus::Focused);
        let before = std::mem::replace(&mut self.flags.looked_at, looks_at);
        let Some(room_id) = looks_at.filter(|_| looks_at != before) else { return };
        // After a write that failed, memory may be ahead of the cache.
        let unsure = self.cache == Cache::Unread && seen.displayed.is_some();
        if unsure || self.flags.shown(room_id).marked_unread {
            let set = SetFlags { marked_unread: Some(false), ..SetFlags::default() };
            let wanted = self.flags.wanted.get(&room_id).map(|wanted| wanted.set).unwrap_or_default();
            let number = self.flags.number(room_id).next();
            self.flags.keep(room_id, wanted.then(set));
            self.flags.numbers.insert(room_id, number);
            self.write(vec![CacheWrite::FlagsWanted { room_id, set, number }]);
        }
    }

    /// Nothing leaves during a snapshot: a place of another life would put away what nobody has seen. A room is marked
    /// unread only after its read mark has arrived, which would take the mark away again.
    pub(super) fn pump_flags(&mut self) {
        if self.snapshot.is_some() || self.flags.between_lives {
            return;
        }
        let reads = &self.reads;
        let ready = self.flags.wanted.iter_mut().filter(|(room_id, wanted)| {
            let too_early = wanted.set.marked_unread == Some(true) && reads.is_on_its_way(**room_id);
            wanted.state == State::Ready && !too_early
        });
        let due: Vec<(RoomId, SetFlags)> = ready
            .map(|(room_id, wanted)| {
                wanted.state = State::Flying;
                (*room_id, wanted.set)
            })
            .collect();
        for (room_id, set) in due {
            let number = self.flags.number(room_id);
            self.call(Purpose::Flags { room_id, set }, Call::Flags { room_id, set, number });
        }
    }

    pub(super) fn flags_timer(&mut self, room_id: RoomId) {
        if let Some(wanted) = self.flags.wanted.get_mut(&room_id).filter(|w| w.state == State::Resting) {
            wanted.state = State::Ready;
        }
        self.pump();
    }

    pub(super) fn flags_answered(&mut self, room_id: RoomId, set: SetFlags, result: Result<Answer, Failure>) {
        match result {
            Ok(Answer::Flags(flags)) => {
                self.flags.take(room_id, flags);
                self.flags_settled(room_id, set, Some(flags));
            }
            Err(failure) if matches!(failure.verdict(), Verdict::Reject(_)) => {
                self.flags_settled(room_id, set, None);
            }
            Ok(_) => self.flags_failed(room_id, &Failure::Unknown),
            Err(failure) => self.flags_failed(room_id, &failure),
        }
    }

    /// What was sent is decided; what has been wished otherwise meanwhile goes next.
    fn flags_settled(&mut self, room_id: RoomId, set: SetFlags, flags: Option<RoomFlags>) {
        if let Some(wanted) = self.flags.wanted.get_mut(&room_id) {
            wanted.state = State::Ready;
            wanted.backoff.reset();
            let left = wanted.set.without(&set);
            self.flags.keep(room_id, left);
        }
        self.write(vec![CacheWrite::FlagsSettled { room_id, set, flags }]);
    }

    fn flags_failed(&mut self, room_id: RoomId, failure: &Failure) {
        if let Some(wanted) = self.flags.wanted.get_mut(&room_id) {
            wanted.state = State::Resting;
            let wait = wanted.backoff.fail(failure.retry_after_ms());
            self.start(Timer::Flags(room_id), wait);
        }
    }
}
