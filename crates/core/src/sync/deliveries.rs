//! How far this device has a room's messages, on its way to the server: what their authors are told as "delivered".
//!
//! Nothing is said of a message before the disk has it, nor of what lies behind a gap. It follows from what the cache
//! holds, so that nothing need be kept of it: whatever the server has not confirmed is found again at the next start.
//! What a read mark says need not be said twice.

use std::collections::BTreeSet;
use std::time::Duration;

use bedside_protocol::feed::ClientFrame;
use bedside_protocol::{RoomId, RoomSeq};

use super::call::{Answer, Call, Failure, Purpose, Verdict};
use super::marks::{Due, Marks};
use super::reads::CONFIRMATION_DUE;
use super::{Cache, Effect, Machine, Timer, Wait};
use crate::cache_write::{CacheWrite, RoomSync};

/// What arrives together is said together, and reading often overtakes it.
const GATHERED: Wait = Wait::After { least: Duration::from_millis(200), jitter: Duration::from_millis(200) };
/// Rooms said at once: after a long absence there may be hundreds, and the person writes meanwhile.
const AT_ONCE: usize = 16;

/// What is stored here and not known there.
#[derive(Debug, Default)]
pub(super) struct Deliveries {
    marks: Marks,
    /// Rooms that have got something since they were last looked at.
    touched: BTreeSet<RoomId>,
    gathering: Gathering,
    /// Rooms the server does not let this account mark, or a server that knows no such mark.
    refused: BTreeSet<RoomId>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gathering {
    #[default]
    No,
    /// The timer runs.
    Yes,
}

impl Deliveries {
    pub(super) fn drop_flights(&mut self) {
        self.marks.drop_flights();
    }

    pub(super) fn is_settled(&self) -> bool {
        self.touched.is_empty() && self.marks.is_settled()
    }
}

impl Machine {
    /// What was wanted is found out anew: after a failed write it may name what the disk does not have, and what was to
    /// be done after it, the timer among it, was not done.
    pub(super) fn load_deliveries(&mut self, rooms: &[RoomSync]) {
        self.deliveries.marks.want_nothing();
        self.deliveries.gathering = Gathering::No;
        for room in rooms {
            self.deliveries.marks.confirm(room.room_id, room.delivered_confirmed.max(room.read_confirmed));
            self.delivery_touched(room.room_id);
        }
    }

    /// Something of a room has arrived.
    pub(super) fn delivery_touched(&mut self, room_id: RoomId) {
        if !self.deliveries.refused.contains(&room_id) && self.undelivered(room_id).is_some() {
            self.deliveries.touched.insert(room_id);
        }
    }

    /// The place up to which a room is held, if that is news for the server.
    fn undelivered(&self, room_id: RoomId) -> Option<RoomSeq> {
        let known = self.deliveries.marks.reached(room_id).max(self.reads.reached(room_id));
        // What is wished to be read may lie behind a gap: only what the server knows of is no matter of this device.
        let held = self.rooms.get(&room_id)?.held_from(self.deliveries.marks.confirmed(room_id));
        (held > known).then_some(held)
    }

    /// At the end of every event.
    pub(super) fn gather_deliveries(&mut self) {
        let due = !self.deliveries.touched.is_empty() && self.deliveries.gathering == Gathering::No;
        if due && self.cache == Cache::Read {
            self.deliveries.gathering = Gathering::Yes;
            self.start(Timer::Gathered, GATHERED);
        }
    }

    /// What was gathered is on the disk: each group is written before the next event is handed in.
    pub(super) fn deliveries_gathered(&mut self) {
        self.deliveries.gathering = Gathering::No;
        if self.cache != Cache::Read {
            return;
        }
        self.write_kept();
        for room_id in std::mem::take(&mut self.deliveries.touched) {
            if let Some(up_to) = self.undelivered(room_id) {
                self.deliveries.marks.want(room_id, up_to);
            }
        }
        self.pump();
    }

    /// The server knows that a device of this account has everything up to here.
    pub(super) fn delivery_confirmed(&mut self, room_id: RoomId, up_to: RoomSeq) {
        self.deliveries.marks.confirm(room_id, up_to);
        if self.deliveries.marks.landed(room_id, up_to) {
            self.stop(Timer::Delivered(room_id));
        }
        self.delivery_touched(room_id);
    }

    /// Nothing leaves during a snapshot: a place of another life would name what was never there.
    pub(super) fn pump_deliveries(&mut self) {
        if self.snapshot.is_some() {
            return;
        }
        for due in self.deliveries.marks.take_due(AT_ONCE) {
            if due.up_to > self.reads.reached(due.room_id) {
                self.send_delivered(due);
            } else {
                self.deliveries.marks.give_up(due.room_id);
            }
        }
    }

    /// A mark that does not move gives no event: what the socket did not confirm is asked by HTTP.
    fn send_delivered(&mut self, Due { room_id, up_to, failures }: Due) {
        match self.link.live().filter(|_| failures == 0) {
            Some(socket) => {
                self.out.push(Effect::SendFrame(socket, ClientFrame::Delivered { room_id, up_to }));
                self.start(Timer::Delivered(room_id), Wait::For(CONFIRMATION_DUE));
            }
            None => {
                self.call(Purpose::Delivered { room_id, up_to }, Call::Delivered { room_id, up_to });
            }
        }
    }

    pub(super) fn delivered_timer(&mut self, room_id: RoomId) {
        self.deliveries.marks.timer(room_id);
        self.pump();
    }

    pub(super) fn delivered_answered(
        &mut self,
        room_id: RoomId,
        up_to: RoomSeq,
        result: Result<Answer, Failure>,
    ) {
        match result {
            Ok(Answer::Read(mark)) => {
                self.mark_confirmed(room_id, mark.up_to);
                self.delivery_confirmed(room_id, mark.delivered().max(up_to));
                self.write(vec![CacheWrite::ReadMark(mark)]);
            }
            Err(failure) if matches!(failure.verdict(), Verdict::Reject(_)) => {
                self.deliveries.refused.insert(room_id);
                self.deliveries.marks.give_up(room_id);
            }
            Ok(_) => self.delivered_failed(room_id, &Failure::Unknown),
            Err(failure) => self.delivered_failed(room_id, &failure),
        }
    }

    fn delivered_failed(&mut self, room_id: RoomId, failure: &Failure) {
        if let Some(wait) = self.deliveries.marks.rest(room_id, failure.retry_after_ms()) {
            self.start(Timer::Delivered(room_id), wait);
        }
    }
}
