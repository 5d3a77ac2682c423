//! A person changes messages, offline or not; what the server was never offered gives way.

use bedside_core::cache_write::{ChangeRow, ChangeStep};
use bedside_core::sync::Event;
use bedside_protocol::feed::ServerFrame;
use bedside_protocol::wire::{Message, MessageChange};
use bedside_protocol::{ClientId, ErrorCode, RoomId};
use uuid::Uuid;

use super::super::cache::Kept;
use super::super::server::ANA;
use super::World;

impl World {
    pub(super) fn person_changes(&mut self, room_id: RoomId, detail: u8) {
        let Some((message, change)) = self.wish(room_id, detail) else { return };
        let is_edit = matches!(change, MessageChange::Edit { .. });
        let gives_way = |kept: &Kept| {
            let row = &kept.row;
            let replaced = is_edit && matches!(row.change, MessageChange::Edit { .. });
            !kept.acked && !row.offered && row.message_id == message.id && replaced
        };
        let gone = self.cache.changes.iter().filter(|kept| gives_way(kept)).map(|kept| kept.row.client_id);
        let gone: Vec<ClientId> = gone.collect();
        self.cache.changes.retain(|kept| !gone.contains(&kept.row.client_id));
        self.changed.retain(|(_, client_id)| !gone.contains(client_id));
        let position = self.cache.changes.last().map_or(0, |kept| kept.row.position) + 1;
        self.made += 1;
        let client_id = ClientId(Uuid::from_u128(1_000_000_000 + self.made));
        let row = ChangeRow {
            position,
            client_id,
            room_id,
            message_id: message.id,
            change,
            state: ChangeStep::Queued,
            offered: false,
            again: false,
            behind: None,
        };
        self.cache.changes.push(Kept { row, acked: false });
        self.changed.push((room_id, client_id));
        let rows = self.cache.pending_changes().into_iter().filter(|row| row.room_id == room_id);
        let rows = rows.collect();
        self.give(Event::ChangesKept { room_id, rows });
    }

    /// A message that is held and not taken back, and what is to become of it.
    fn wish(&self, room_id: RoomId, detail: u8) -> Option<(Message, MessageChange)> {
        let held: Vec<&Message> = self.cache.messages.values().filter(|m| m.room_id == room_id).collect();
        let message = held.get(usize::from(detail / 4) % held.len().max(1))?;
        let rows = self.cache.changes.iter().map(|kept| &kept.row);
        let mut on_it = rows.filter(|row| row.message_id == message.id);
        if message.retracted_at.is_some() || on_it.any(|row| row.change == MessageChange::Retract) {
            return None;
        }
        let react = MessageChange::React { emoji: "x".to_owned(), on: detail.is_multiple_of(2) };
        let change = match detail % 8 {
            0..=2 if message.sender_account == ANA => {
                MessageChange::Edit { message: format!("edit {}", self.made) }
            }
            3 if message.sender_account == ANA => MessageChange::Retract,
            _ => react,
        };
        Some(((*message).clone(), change))
    }

    /// What a restored server has lost cannot be changed there any more.
    pub(super) fn every_change_is_there_once_in_order(&self) {
        let rows = self.cache.pending_changes();
        assert!(rows.iter().all(|row| row.state != ChangeStep::Queued), "nothing waits");
        if self.server.was_restored() {
            return;
        }
        assert!(rows.is_empty(), "nothing was refused");
        for room_id in self.server.rooms.keys() {
            let meant = self.changed.iter().filter(|(room, _)| room == room_id).map(|(_, id)| *id);
            let meant: Vec<ClientId> = meant.collect();
            let there = self.server.changed.iter().copied().filter(|id| meant.contains(id));
            assert_eq!(there.collect::<Vec<_>>(), meant, "once and in order");
        }
    }
}

/// The answer on a socket.
pub(super) fn frame(client_id: ClientId, result: Result<Message, ErrorCode>) -> ServerFrame {
    match result {
        Ok(message) => ServerFrame::Changed { client_id, message: Box::new(message) },
        Err(code) => ServerFrame::Error {
            code,
            detail: String::new(),
            client_id: Some(client_id),
            retry_after_ms: None,
        },
    }
}
