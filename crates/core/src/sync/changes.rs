//! Changes of messages in memory: one lane per room, first in first out, one under way in each.
//!
//! Holds the lanes; decides nothing about connections or time.

use std::collections::BTreeMap;

use bedside_protocol::{ClientId, MessageId, RoomId};

use super::Backoff;
use super::event::SocketId;
use super::outbox::{Pace, Via};
use crate::cache_write::{ChangeRow, ChangeStep};

/// Every room's lane.
#[derive(Debug, Default)]
pub(super) struct Changes {
    lanes: BTreeMap<RoomId, ChangeLane>,
}

/// One room's changes.
#[derive(Debug, Default)]
pub(super) struct ChangeLane {
    pub(super) rows: BTreeMap<i64, ChangeRow>,
    pub(super) flight: Option<ChangeFlight>,
    pub(super) backoff: Backoff,
    pub(super) pace: Pace,
}

/// A change under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChangeFlight {
    pub(super) client_id: ClientId,
    pub(super) via: Via,
    /// Whether the server may have had it before this attempt.
    pub(super) offered_before: bool,
}

impl Changes {
    /// Takes in what the cache holds; what is under way stays under way.
    pub(super) fn load(&mut self, rows: Vec<ChangeRow>) {
        let mut rooms = BTreeMap::<RoomId, Vec<ChangeRow>>::new();
        self.lanes.keys().for_each(|room_id| drop(rooms.insert(*room_id, Vec::new())));
        for row in rows {
            rooms.entry(row.room_id).or_default().push(row);
        }
        rooms.into_iter().for_each(|(room_id, rows)| self.keep(room_id, rows));
    }

    /// A room's changes are these now; what is under way stays under way.
    pub(super) fn keep(&mut self, room_id: RoomId, rows: Vec<ChangeRow>) {
        if rows.is_empty() {
            self.lanes.remove(&room_id);
            return;
        }
        let lane = self.lanes.entry(room_id).or_default();
        lane.rows = rows.into_iter().map(|row| (row.position, row)).collect();
        let held = |flight: &ChangeFlight| lane.rows.values().any(|row| row.client_id == flight.client_id);
        lane.flight = lane.flight.filter(held);
    }

    pub(super) fn rooms(&self) -> Vec<RoomId> {
        self.lanes.keys().copied().collect()
    }

    pub(super) fn lane(&mut self, room_id: RoomId) -> Option<&mut ChangeLane> {
        self.lanes.get_mut(&room_id)
    }

    /// The room of a change that is held.
    pub(super) fn room_of(&self, client_id: ClientId) -> Option<RoomId> {
        let holds = |lane: &ChangeLane| lane.rows.values().any(|row| row.client_id == client_id);
        self.lanes.iter().find(|(_, lane)| holds(lane)).map(|(room_id, _)| *room_id)
    }

    /// Takes a change out; the lane is ready for the next one.
    pub(super) fn remove(&mut self, client_id: ClientId) -> Option<ChangeRow> {
        let room_id = self.room_of(client_id)?;
        let lane = self.lanes.get_mut(&room_id)?;
        let (position, _) = lane.rows.iter().find(|(_, row)| row.client_id == client_id)?;
        let row = lane.rows.remove(&position.clone())?;
        lane.free(client_id);
        if lane.rows.is_empty() {
            self.lanes.remove(&room_id);
        }
        Some(row)
    }

    /// A message that a restored server had lost is there again under this id: what waited behind it is for it.
    pub(super) fn release(&mut self, room_id: RoomId, client_id: ClientId, message_id: MessageId) {
        let Some(lane) = self.lanes.get_mut(&room_id) else { return };
        for row in lane.rows.values_mut().filter(|row| row.behind == Some(client_id)) {
            (row.message_id, row.behind) = (message_id, None);
        }
    }

    /// A message will not return: nothing waits behind it any more.
    pub(super) fn forget_behind(&mut self, client_id: ClientId) {
        for lane in self.lanes.values_mut() {
            lane.rows.retain(|_, row| row.behind != Some(client_id));
        }
        self.lanes.retain(|_, lane| !lane.rows.is_empty());
    }

    /// What was under way on a socket may or may not have arrived.
    pub(super) fn socket_lost(&mut self, socket: SocketId) {
        for lane in self.lanes.values_mut() {
            lane.flight = lane.flight.filter(|flight| flight.via != Via::Socket(socket));
        }
    }

    /// What was under way may or may not have arrived.
    pub(super) fn drop_flights(&mut self) {
        self.lanes.values_mut().for_each(|lane| lane.flight = None);
    }

    /// Whether nothing waits to be sent.
    pub(super) fn are_settled(&self) -> bool {
        let mut rows = self.lanes.values().flat_map(|lane| lane.rows.values());
        rows.all(|row| row.state != ChangeStep::Queued || row.behind.is_some())
    }
}

impl ChangeLane {
    /// The change whose turn it is: refused ones are passed over, and those whose message is not there.
    pub(super) fn head(&mut self) -> Option<&mut ChangeRow> {
        self.rows.values_mut().find(|row| row.state == ChangeStep::Queued && row.behind.is_none())
    }

    /// Whether a change may start now.
    pub(super) fn is_free(&self) -> bool {
        self.flight.is_none() && self.pace == Pace::Ready
    }

    pub(super) fn row(&mut self, client_id: ClientId) -> Option<&mut ChangeRow> {
        self.rows.values_mut().find(|row| row.client_id == client_id)
    }

    /// A change is decided: the next one may go.
    pub(super) fn free(&mut self, client_id: ClientId) {
        if self.flight.is_some_and(|flight| flight.client_id == client_id) {
            self.flight = None;
        }
        self.backoff.reset();
        self.pace = Pace::Ready;
    }

    /// Whether a later change of the same message's text makes this one's refusal nobody's business.
    pub(super) fn is_overtaken(&self, row: &ChangeRow) -> bool {
        let mut later = self.rows.range(row.position.saturating_add(1)..).map(|(_, later)| later);
        later.any(|later| {
            later.is_text() && later.message_id == row.message_id && later.state == ChangeStep::Queued
        })
    }
}
