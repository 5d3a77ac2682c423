//! Read marks on their way to the server (sync rule 11).
//!
//! A mark is wished for only when the message is displayed in a focused window. It is kept in the cache until the
//! server's own mark covers it, and sent again until then.

use std::time::Duration;

use bedside_protocol::feed::ClientFrame;
use bedside_protocol::{RoomId, RoomSeq};

use super::call::{Answer, Call, Failure, Purpose, Verdict};
use super::event::{Focus, Seen};
use super::marks::Due;
use super::{Effect, Machine, Timer, Wait};
use crate::cache_write::{CacheWrite, RoomSync};

/// A mark sent on the socket whose event has not come back after this long is sent again.
pub(super) const CONFIRMATION_DUE: Duration = Duration::from_secs(15);

impl Machine {
    pub(super) fn load_reads(&mut self, rooms: &[RoomSync]) {
        for room in rooms {
            // Confirmed, so that scrolling back wishes nothing.
            self.reads.confirm(room.room_id, room.read_confirmed);
            if let Some(up_to) = room.read_wanted {
                self.reads.want(room.room_id, up_to);
            }
        }
    }

    /// The person sees something: a wish, if somebody really looks and it is further than before.
    pub(super) fn wish_read(&mut self, seen: Seen) {
        let (Some(room_id), Some(displayed), Focus::Focused) = (seen.room_id, seen.displayed, seen.focus)
        else {
            return;
        };
        self.wish(room_id, displayed);
    }

    /// The person's own word that they have read it: a notification's button, not a look.
    pub(super) fn read_up_to(&mut self, room_id: RoomId, up_to: RoomSeq) {
        self.wish(room_id, up_to);
        self.pump();
    }

    fn wish(&mut self, room_id: RoomId, displayed: RoomSeq) {
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
        self.reads.confirm(room_id, up_to);
        if self.reads.landed(room_id, up_to) {
            self.stop(Timer::Read(room_id));
        }
        self.delivery_confirmed(room_id, up_to);
        let cleared = self.notices.read(room_id, up_to);
        self.tell(cleared);
    }

    /// Nothing leaves during a snapshot: a place of another life would mark what nobody has seen.
    pub(super) fn pump_reads(&mut self) {
        if self.snapshot.is_some() {
            return;
        }
        for due in self.reads.take_due(usize::MAX) {
            self.send_read(due);
        }
    }

    /// A mark that does not move gives no event: what the socket did not confirm is asked by HTTP.
    fn send_read(&mut self, Due { room_id, up_to, failures }: Due) {
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
        self.reads.timer(room_id);
        self.pump();
    }

    pub(super) fn read_answered(&mut self, room_id: RoomId, up_to: RoomSeq, result: Result<Answer, Failure>) {
        match result {
            Ok(Answer::Read(mark)) => {
                // More than the room has counts as its last place: whatever was asked for is done.
                self.mark_confirmed(room_id, mark.up_to.max(up_to));
                self.delivery_confirmed(room_id, mark.delivered());
                self.write(vec![CacheWrite::ReadMark(mark)]);
            }
            Err(failure) if matches!(failure.verdict(), Verdict::Reject(_)) => self.reads.give_up(room_id),
            Ok(_) => self.read_failed(room_id, &Failure::Unknown),
            Err(failure) => self.read_failed(room_id, &failure),
        }
    }

    fn read_failed(&mut self, room_id: RoomId, failure: &Failure) {
        if let Some(wait) = self.reads.rest(room_id, failure.retry_after_ms()) {
            self.start(Timer::Read(room_id), wait);
        }
    }
}
