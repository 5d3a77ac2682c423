//! The outbox in memory: one lane per room, first in first out, one message under way in each (sync rule 6).
//!
//! Holds the lanes; decides nothing about connections or time.

use std::collections::BTreeMap;

use bedside_protocol::{ClientId, RoomId};

use super::Backoff;
use super::call::CallId;
use super::event::SocketId;
use crate::cache_write::{OutboxRow, OutboxState, ParkReason};

/// Every room's lane.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    lanes: BTreeMap<RoomId, Lane>,
}

/// One room's messages.
#[derive(Debug, Default)]
pub(super) struct Lane {
    pub(super) entries: BTreeMap<i64, Entry>,
    pub(super) flight: Option<Flight>,
    pub(super) backoff: Backoff,
    pub(super) pace: Pace,
}

/// A message and what is known of its fate.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) row: OutboxRow,
    pub(super) fate: Fate,
}

/// Whether the server may have a message that it has not acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Never handed over, or refused each time.
    NotThere,
    /// Handed over at least once without an answer.
    MaybeThere,
}

/// A message under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flight {
    pub(super) client_id: ClientId,
    pub(super) via: Via,
    /// What was known before this attempt.
    pub(super) before: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    Socket(SocketId),
    Http(CallId),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pace {
    #[default]
    Ready,
    /// The last attempt failed; a timer runs.
    Resting,
}

impl Outbox {
    /// Takes in what the cache holds; what is under way stays under way.
    pub(super) fn load(&mut self, rows: Vec<OutboxRow>) {
        self.lanes.values_mut().for_each(|lane| lane.entries.clear());
        for row in rows {
            self.insert(row);
        }
        self.lanes.retain(|_, lane| !lane.entries.is_empty());
        for lane in self.lanes.values_mut() {
            let held = |flight: &Flight| lane.entries.values().any(|e| e.row.client_id == flight.client_id);
            lane.flight = lane.flight.filter(held);
        }
    }

    /// Adds a row, unless it is acknowledged.
    pub(super) fn insert(&mut self, row: OutboxRow) {
        let fate = match row.state {
            OutboxState::Acked { .. } => return,
            OutboxState::Sending => Fate::MaybeThere,
            _ if row.offered => Fate::MaybeThere,
            OutboxState::Queued | OutboxState::Parked(_) => Fate::NotThere,
        };
        let lane = self.lanes.entry(row.room_id).or_default();
        lane.entries.insert(row.position, Entry { row, fate });
    }

    pub(super) fn rooms(&self) -> Vec<RoomId> {
        self.lanes.keys().copied().collect()
    }

    pub(super) fn lane(&mut self, room_id: RoomId) -> Option<&mut Lane> {
        self.lanes.get_mut(&room_id)
    }

    /// The lane and place of a message.
    pub(super) fn find(&self, client_id: ClientId) -> Option<(RoomId, i64)> {
        self.lanes.iter().find_map(|(room_id, lane)| {
            let (position, _) = lane.entries.iter().find(|(_, entry)| entry.row.client_id == client_id)?;
            Some((*room_id, *position))
        })
    }

    /// Takes a message out; the lane is ready for the next one.
    pub(super) fn remove(&mut self, client_id: ClientId) -> Option<OutboxRow> {
        let (room_id, position) = self.find(client_id)?;
        let lane = self.lanes.get_mut(&room_id)?;
        let entry = lane.entries.remove(&position)?;
        if lane.flight.is_some_and(|flight| flight.client_id == client_id) {
            lane.flight = None;
        }
        lane.backoff.reset();
        lane.pace = Pace::Ready;
        if lane.entries.is_empty() {
            self.lanes.remove(&room_id);
        }
        Some(entry.row)
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

    /// Whether anything is under way or about to be.
    pub(super) fn is_busy(&self) -> bool {
        self.lanes.values().any(|lane| lane.flight.is_some())
    }

    /// Waiting and parked messages.
    pub(super) fn counts(&self) -> (u32, u32) {
        let entries = || self.lanes.values().flat_map(|lane| lane.entries.values());
        let parked = entries().filter(|entry| matches!(entry.row.state, OutboxState::Parked(_))).count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (count(entries().count() - parked), count(parked))
    }
}

impl Lane {
    /// The message whose turn it is: refused ones are passed over, a stale one holds the lane.
    pub(super) fn head(&mut self) -> Option<&mut Entry> {
        let rejected =
            |entry: &&mut Entry| matches!(entry.row.state, OutboxState::Parked(ParkReason::Rejected(_)));
        let head = self.entries.values_mut().find(|entry| !rejected(entry))?;
        (head.row.state != OutboxState::Parked(ParkReason::Stale)).then_some(head)
    }

    /// What waits to be handed over, or to be handed over again.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &Entry> {
        let flying = self.flight.map(|flight| flight.client_id);
        let waits = move |entry: &&Entry| {
            !matches!(entry.row.state, OutboxState::Parked(_)) && flying != Some(entry.row.client_id)
        };
        self.entries.values().filter(waits)
    }

    /// Whether a message may start now.
    pub(super) fn is_free(&self) -> bool {
        self.flight.is_none() && self.pace == Pace::Ready
    }
}
