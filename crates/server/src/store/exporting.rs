//! What the server asks of a database for writing conversations out. A part of [`super::Store`], with the same rules.

use async_trait::async_trait;
use bedside_export::model::Message;
use bedside_protocol::wire::{Account, Clinic, Room};
use bedside_protocol::{RoomId, RoomSeq, Timestamp};

use super::{Actor, StoreError};

/// Where a conversation is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportPlace {
    /// Here, by the server.
    Server,
    /// On somebody's device, from its own copy.
    Device,
}

/// What became of the wish to write a conversation out.
#[derive(Clone, Debug)]
pub enum ExportOutcome {
    /// It may be, and the audit trail has it.
    Begun(Box<ExportStart>),
    /// No such room, or not one of the actor's.
    NotFound,
    /// The clinic has switched it off for practitioners.
    SwitchedOff,
}

/// What stands before the messages.
#[derive(Clone, Debug)]
pub struct ExportStart {
    /// Who has asked.
    pub account: Account,
    /// The conversation as they see it; what comes after its last place is not written out.
    pub room: Room,
    /// What the clinic says of itself.
    pub clinic: Clinic,
}

/// The use cases.
#[async_trait]
pub trait Exporting: Send + Sync {
    /// Notes that a conversation is written out and by whom, if it may be.
    async fn begin_export(
        &self,
        actor: Actor,
        room: RoomId,
        place: ExportPlace,
        now: Timestamp,
    ) -> Result<ExportOutcome, StoreError>;
    /// Up to `limit` messages after a place, with everything there is to say of them; `None` if the room is missing or foreign.
    async fn export_page(
        &self,
        actor: Actor,
        room: RoomId,
        after: RoomSeq,
        limit: u32,
    ) -> Result<Option<Vec<Message>>, StoreError>;
    /// What this clinic signs with; the proposed one if it has none yet.
    async fn signing_seed(&self, proposed: [u8; 32]) -> Result<[u8; 32], StoreError>;
}
