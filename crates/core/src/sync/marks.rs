//! Places on their way to the server: a register per room, the highest wins, sent again until the server has it.
//!
//! Holds the registers; decides nothing about connections or time. What is read and what is stored have one each.

use std::collections::BTreeMap;

use bedside_protocol::{RoomId, RoomSeq};

use super::{Backoff, Wait};

/// What of one kind the server has not confirmed, and what it has.
#[derive(Debug, Default)]
pub(super) struct Marks {
    wanted: BTreeMap<RoomId, Wanted>,
    /// The highest place the server has confirmed.
    confirmed: BTreeMap<RoomId, RoomSeq>,
}

#[derive(Debug)]
struct Wanted {
    up_to: RoomSeq,
    state: State,
    backoff: Backoff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ready,
    /// Sent up to here; on the socket a timer runs.
    Flying(RoomSeq),
    /// Failed; the timer runs.
    Resting,
}

/// A mark whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) room_id: RoomId,
    pub(super) up_to: RoomSeq,
    /// How often it has failed before.
    pub(super) failures: u32,
}

impl Marks {
    /// The server has the account's mark here.
    pub(super) fn confirm(&mut self, room_id: RoomId, up_to: RoomSeq) {
        let confirmed = self.confirmed.entry(room_id).or_default();
        *confirmed = up_to.max(*confirmed);
    }

    /// How far the server is known to have it.
    pub(super) fn confirmed(&self, room_id: RoomId) -> RoomSeq {
        self.confirmed.get(&room_id).copied().unwrap_or_default()
    }

    pub(super) fn want(&mut self, room_id: RoomId, up_to: RoomSeq) {
        let wanted = self.wanted.entry(room_id).or_insert(Wanted {
            up_to,
            state: State::Ready,
            backoff: Backoff::default(),
        });
        wanted.up_to = wanted.up_to.max(up_to);
    }

    /// How far the account is, as far as this device knows.
    pub(super) fn reached(&self, room_id: RoomId) -> RoomSeq {
        let wanted = self.wanted.get(&room_id).map(|wanted| wanted.up_to);
        wanted.unwrap_or_default().max(self.confirmed(room_id))
    }

    /// Whether the server lacks a mark of this device.
    pub(super) fn is_on_its_way(&self, room_id: RoomId) -> bool {
        self.wanted.contains_key(&room_id)
    }

    /// What was under way has arrived; if more is wanted meanwhile, that goes now. Whether the room's timer is over.
    pub(super) fn landed(&mut self, room_id: RoomId, up_to: RoomSeq) -> bool {
        let Some(wanted) = self.wanted.get_mut(&room_id) else { return false };
        let landed = matches!(wanted.state, State::Flying(flown) if flown <= up_to);
        if wanted.up_to <= up_to {
            self.wanted.remove(&room_id);
            return true;
        }
        if landed {
            wanted.state = State::Ready;
            wanted.backoff.reset();
        }
        landed
    }

    /// What is to leave now: as many as may be under way at once.
    pub(super) fn take_due(&mut self, at_once: usize) -> Vec<Due> {
        let flying = self.wanted.values().filter(|wanted| matches!(wanted.state, State::Flying(_))).count();
        let ready = self.wanted.iter_mut().filter(|(_, wanted)| wanted.state == State::Ready);
        let due = ready.take(at_once.saturating_sub(flying)).map(|(room_id, wanted)| {
            wanted.state = State::Flying(wanted.up_to);
            Due { room_id: *room_id, up_to: wanted.up_to, failures: wanted.backoff.failures() }
        });
        due.collect()
    }

    /// The room's timer: the pause is over, or the confirmation is overdue.
    pub(super) fn timer(&mut self, room_id: RoomId) {
        if let Some(wanted) = self.wanted.get_mut(&room_id) {
            if matches!(wanted.state, State::Flying(_)) {
                wanted.backoff.fail(None);
            }
            wanted.state = State::Ready;
        }
    }

    /// It failed: how long the room rests.
    pub(super) fn rest(&mut self, room_id: RoomId, after_ms: Option<u64>) -> Option<Wait> {
        let wanted = self.wanted.get_mut(&room_id)?;
        wanted.state = State::Resting;
        Some(wanted.backoff.fail(after_ms))
    }

    /// It is not wanted any more.
    pub(super) fn give_up(&mut self, room_id: RoomId) {
        self.wanted.remove(&room_id);
    }

    /// Forgets what is wanted, not what is confirmed.
    pub(super) fn want_nothing(&mut self) {
        self.wanted.clear();
    }

    /// What was under way may or may not have arrived.
    pub(super) fn drop_flights(&mut self) {
        for wanted in self.wanted.values_mut() {
            wanted.state = State::Ready;
        }
    }

    pub(super) fn is_settled(&self) -> bool {
        self.wanted.is_empty()
    }
}
