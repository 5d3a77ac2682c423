//! Which of the use cases of writing out write, and which read.

use async_trait::async_trait;
use bedside_export::model::Message;
use bedside_protocol::{RoomId, RoomSeq, Timestamp};

use super::tx::{Lent, Tx};
use super::{PgStore, TRIES, error, exports};
use crate::store::{Actor, ExportOutcome, ExportPlace, Exporting, StoreError};

#[async_trait]
impl Exporting for PgStore {
    async fn begin_export(
        &self,
        actor: Actor,
        room: RoomId,
        place: ExportPlace,
        now: Timestamp,
    ) -> Result<ExportOutcome, StoreError> {
        writing!(self, |tx| exports::begin(tx, actor, room, place, now))
    }

    async fn export_page(
        &self,
        actor: Actor,
        room: RoomId,
        after: RoomSeq,
        limit: u32,
    ) -> Result<Option<Vec<Message>>, StoreError> {
        reading!(self, |tx| exports::page(tx, actor, room, after, limit))
    }

    async fn signing_seed(&self, proposed: [u8; 32]) -> Result<[u8; 32], StoreError> {
        writing!(self, |tx| exports::signing_seed(tx, proposed))
    }
}
