//! Carries changes of messages to the server: resends what is unknown for ever, gives back what is refused.
//!
//! A refused edit or retraction waits for its author. A refused reaction is forgotten, and so is whatever a restored
//! server has no use for any more.

use std::time::Duration;

use bedside_protocol::feed::ClientFrame;
use bedside_protocol::wire::Message;
use bedside_protocol::{ClientId, ErrorCode, RoomId};

use super::call::{Answer, Failure, Purpose, Refusal, Verdict, change_call, change_frame};
use super::changes::ChangeFlight;
use super::outbox::{Pace, Via};
use super::{Effect, Machine, Timer, Wait};
use crate::cache_write::{CacheWrite, ChangeRow, ChangeStep};

/// A change on a socket that has no answer after this long is sent again.
const ANSWER_DUE: Duration = Duration::from_secs(20);

impl Machine {
    pub(super) fn changes_kept(&mut self, room_id: RoomId, rows: Vec<ChangeRow>) {
        self.changes.keep(room_id, rows);
        self.pump();
    }

    /// Nothing leaves during a snapshot: a restored server is offered first what it has lost.
    pub(super) fn pump_changes(&mut self) {
        if self.snapshot.is_some() {
            return;
        }
        for room_id in self.changes.rooms() {
            let Some(lane) = self.changes.lane(room_id).filter(|lane| lane.is_free()) else { continue };
            if let Some(row) = lane.head() {
                let before = row.clone();
                row.offered = true;
                self.launch_change(before);
            }
        }
    }

    fn launch_change(&mut self, row: ChangeRow) {
        let (room_id, client_id) = (row.room_id, row.client_id);
        if !row.offered {
            self.write(vec![CacheWrite::ChangeOffered { client_id }]);
        }
        let via = match self.link.live() {
            Some(socket) => {
                self.out.push(Effect::SendFrame(socket, ClientFrame::Change(change_frame(&row))));
                self.start(Timer::Change(room_id), Wait::For(ANSWER_DUE));
                Via::Socket(socket)
            }
            None => Via::Http(self.call(Purpose::Change { room_id, client_id }, change_call(&row))),
        };
        if let Some(lane) = self.changes.lane(room_id) {
            lane.flight = Some(ChangeFlight { client_id, via, offered_before: row.offered });
        }
    }

    /// The room's timer: the pause is over, or an answer is overdue.
    pub(super) fn change_timer(&mut self, room_id: RoomId) {
        let Some(lane) = self.changes.lane(room_id) else { return };
        match (lane.pace, lane.flight) {
            (Pace::Resting, _) => lane.pace = Pace::Ready,
            (Pace::Ready, Some(ChangeFlight { via: Via::Socket(_), .. })) => self.rest_changes(room_id, None),
            (Pace::Ready, _) => {}
        }
        self.pump();
    }

    /// The server has a change, or had it before: here is the message as it stands.
    pub(super) fn changed(&mut self, client_id: ClientId, message: Box<Message>) {
        let placed = self.placed(&message);
        let write = match self.changes.remove(client_id) {
            Some(_) => CacheWrite::ChangeAcked { client_id, message, at: self.now },
            None => CacheWrite::Message(message),
        };
        self.write([write].into_iter().chain(placed).collect());
    }

    pub(super) fn change_answered(
        &mut self,
        room_id: RoomId,
        client_id: ClientId,
        result: Result<Answer, Failure>,
    ) {
        match result {
            Ok(Answer::Changed(message)) => self.changed(client_id, message),
            Ok(_) => self.change_failed(room_id, client_id, Verdict::RetryUnknown { after_ms: None }),
            Err(failure) => self.change_failed(room_id, client_id, failure.verdict()),
        }
    }

    pub(super) fn change_refused(&mut self, client_id: ClientId, refusal: Refusal) {
        if let Some(room_id) = self.changes.room_of(client_id) {
            self.change_failed(room_id, client_id, Failure::Refused(refusal).verdict());
        }
    }

    fn change_failed(&mut self, room_id: RoomId, client_id: ClientId, verdict: Verdict) {
        let flying = self.changes.lane(room_id).and_then(|lane| lane.flight);
        let Some(flight) = flying.filter(|flight| flight.client_id == client_id) else { return };
        match verdict {
            Verdict::Reject(code) => self.give_back(room_id, client_id, code),
            Verdict::RetryRefused { after_ms } => {
                if !flight.offered_before {
                    self.take_back(room_id, client_id);
                }
                self.rest_changes(room_id, after_ms);
            }
            Verdict::RetryUnknown { after_ms } => self.rest_changes(room_id, after_ms),
            Verdict::SignIn | Verdict::Upgrade => {}
        }
    }

    /// A final refusal: its author decides, unless there is nothing to decide.
    fn give_back(&mut self, room_id: RoomId, client_id: ClientId, code: ErrorCode) {
        let Some(lane) = self.changes.lane(room_id) else { return };
        let Some(row) = lane.row(client_id) else { return };
        (row.state, row.offered) = (ChangeStep::Refused(code), false);
        let row = row.clone();
        let write = if !row.is_text() || row.again || lane.is_overtaken(&row) {
            self.changes.remove(client_id);
            CacheWrite::ChangeDropped { client_id }
        } else {
            lane.free(client_id);
            CacheWrite::ChangeRefused { client_id, code }
        };
        self.write(vec![write]);
    }

    /// The server has said that it does not have it: until the next attempt it can still be replaced.
    fn take_back(&mut self, room_id: RoomId, client_id: ClientId) {
        if let Some(row) = self.changes.lane(room_id).and_then(|lane| lane.row(client_id)) {
            row.offered = false;
            self.write(vec![CacheWrite::ChangeQueued { client_id }]);
        }
    }

    fn rest_changes(&mut self, room_id: RoomId, after_ms: Option<u64>) {
        let Some(lane) = self.changes.lane(room_id) else { return };
        lane.flight = None;
        lane.pace = Pace::Resting;
        let wait = lane.backoff.fail(after_ms);
        self.start(Timer::Change(room_id), wait);
    }
}
