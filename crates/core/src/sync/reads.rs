//! Read marks on their way to the server: a register per room, the highest place wins (sync rule 11).
//!
//! A mark is wished for only when the message is displayed in a focused window. It is kept in the cache until the
//! server's own mark covers it, and sent again until then.

use std::collections::BTreeMap;
use std::time::Duration;

use bedside_protocol::feed::ClientFrame;
use bedside_protocol::{RoomId, RoomSeq};

use super::call::{Answer, Call, Failure, Purpose, Verdict};
use super::event::{Focus, Seen};
use super::{Backoff, Effect, Machine, Timer, Wait};
use crate::cache_write::{CacheWrite, RoomSync};

/// A mark sent on the socket whose event has not come back after this long is sent again.
const CONFIRMATION_DUE: Duration = Duration::from_secs(15);

/// Marks the server has not confirmed.
#[derive(Debug, Default)]
pub(super) struct Reads {
    wanted: BTreeMap<RoomId, Wanted>,
    /// The highest place the server has confirmed, so that scrolling back wishes nothing.
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

impl Reads {
    pub(super) fn load(&mut self, rooms: &[RoomSync]) {
        for room in rooms {
            let confirmed = self.confirmed.entry(room.room_id).or_default();
            *confirmed = room.read_confirmed.max(*confirmed);
        }
        let wanted = rooms.iter().filter_map(|room| Some((room.room_id, room.read_wanted?)));
        for (room_id, up_to) in wanted {
            self.want(room_id, up_to);
        }
    }

    fn want(&mut self, room_id: RoomId, up_to: RoomSeq) {
        let wanted = self.wanted.entry(room_id).or_insert(Wanted {
            up_to,
            state: State::Ready,
            backoff: Backoff::default(),
        });
        wanted.up_to = wanted.up_to.max(up_to);
    }

    /// How far this account has read, as far as this device knows.
    pub(super) fn reached(&self, room_id: RoomId) -> RoomSeq {
        let wanted = self.wanted.get(&room_id).map(|wanted| wanted.up_to);
        wanted.max(self.confirmed.get(&room_id).copied()).unwrap_or_default()
    }

    /// Whether the server lacks a mark of this device.
    pub(super) fn is_on_its_way(&self, room_id: RoomId) -> bool {
        self.wanted.contains_key(&room_id)
    }

    pub(super) fn drop_flights(&mut self) {
        for wanted in self.wanted.values_mut() {
            wanted.state = State::Ready;
        }
    }

    pub(super) fn is_settled(&self) -> bool {
        self.wanted.is_empty()
    }
}

impl Machine {
    /// The person sees something: a wish, if somebody really looks and it is further than before.
    pub(super) fn wish_read(&mut self, seen: Seen) {
        let (Some(room_id), Some(displayed), Focus::Focused) = (seen.room_id, seen.displayed, seen.focus)
        else {
            return;
        };
        let Some(room) = self.rooms.get(&room_id) else { return };
        let up_to = displayed.min(room.placed_seq);
        if up_to > self.reads.reached(room_id) {
            self.reads.want(room_id, up_to);
            self.write(vec![CacheWrite::ReadWanted { room_id, up_to }]);
            let cleared = self.notices.read(room_id, up_to);
            self.tell(cleared);
        }
    }

    /// The server has this account's mark here.
    pub(super) fn mark_confirmed(&mut self, room_id: RoomId, up_to: RoomSeq) {
        let confirmed = self.reads.confirmed.entry(room_id).or_default();
        *confirmed = up_to.max(*confirmed);
        self.flight_landed(room_id, up_to);
        let cleared = self.notices.read(room_id, up_to);
        self.tell(cleared);
    }

    /// What was under way has arrived; if further has been read meanwhile, that goes now.
    fn flight_landed(&mut self, room_id: RoomId, up_to: RoomSeq) {
        let Some(wanted) = self.reads.wanted.get_mut(&room_id) else { return };
        let landed = matches!(wanted.state, State::Flying(flown) if flown <= up_to);
        if wanted.up_to <= up_to {
            self.reads.wanted.remove(&room_id);
        } else if landed {
            wanted.state = State::Ready;
            wanted.backoff.reset();
        } else {
            return;
        }
        self.stop(Timer::Read(room_id));
    }

    /// Nothing leaves during a snapshot: a place of another life would mark what nobody has seen.
    pub(super) fn pump_reads(&mut self) {
        if self.snapshot.is_some() {
            return;
        }
        let ready = self.reads.wanted.iter_mut().filter(|(_, wanted)| wanted.state == State::Ready);
        let due: Vec<(RoomId, RoomSeq, u32)> = ready
            .map(|(room_id, wanted)| {
                wanted.state = State::Flying(wanted.up_to);
                (*room_id, wanted.up_to, wanted.backoff.failures())
            })
            .collect();
        for (room_id, up_to, failures) in due {
            self.send_read(room_id, up_to, failures);
        }
    }

    /// A mark that does not move gives no event: what the socket did not confirm is asked by HTTP.
    fn send_read(&mut self, room_id: RoomId, up_to: RoomSeq, failures: u32) {
        match self.link.live().filter(|_| failures == 0) {
            Some(socket) => {
                self.out.push(Effect::SendFrame(socket, ClientFrame::Read { room_id, up_to }));
                self.start(Timer::Read(room_id), Wait::For(CONFIRMATION_DUE));
            }
            None => {
                self.call(Purpose::Read { room_id, up_to }, Call::Read { room_id, up_to });
            }
        }
    }

    pub(super) fn read_timer(&mut self, room_id: RoomId) {
        if let Some(wanted) = self.reads.wanted.get_mut(&room_id) {
            if matches!(wanted.state, State::Flying(_)) {
                wanted.backoff.fail(None);
            }
            wanted.state = State::Ready;
        }
        self.pump();
    }

    pub(super) fn read_answered(&mut self, room_id: RoomId, up_to: RoomSeq, result: Result<Answer, Failure>) {
        match result {
            Ok(Answer::Read(mark)) => {
                // More than the room has counts as its last place: whatever was asked for is done.
                self.mark_confirmed(room_id, mark.up_to.max(up_to));
                self.write(vec![CacheWrite::ReadMark(mark)]);
            }
            Err(failure) if matches!(failure.verdict(), Verdict::Reject(_)) => {
                self.reads.wanted.remove(&room_id);
            }
            Ok(_) => self.read_failed(room_id, &Failure::Unknown),
            Err(failure) => self.read_failed(room_id, &failure),
        }
    }

    fn read_failed(&mut self, room_id: RoomId, failure: &Failure) {
        if let Some(wanted) = self.reads.wanted.get_mut(&room_id) {
            wanted.state = State::Resting;
            let wait = wanted.backoff.fail(failure.retry_after_ms());
            self.start(Timer::Read(room_id), wait);
        }
    }
}
