//! Which of the use cases of writing out write, and which read.

use async_trait::async_trait;
use bedside_export::model::Message;
use bedside_protocol::{RoomId, RoomSeq, Timestamp};

use super::{SqliteStore, exports};
use crate::store::{Actor, ExportOutcome, ExportPlace, Exporting, StoreError};

#[async_trait]
impl Exporting for SqliteStore {
    async fn begin_export(
        &self,
        actor: Actor,
        room: RoomId,
        place: ExportPlace,
        now: Timestamp,
    ) -> Result<ExportOutcome, StoreError> {
        self.write(move |tx| exports::begin(tx, actor, room, place, now)).await
    }

    async fn export_page(
        &self,
        actor: Actor,
        room: RoomId,
        after: RoomSeq,
        limit: u32,
    ) -> Result<Option<Vec<Message>>, StoreError> {
        self.read(move |db| exports::page(db, actor, room, after, limit)).await
    }

    async fn signing_seed(&self, proposed: [u8; 32]) -> Result<[u8; 32], StoreError> {
        self.write(move |tx| exports::signing_seed(tx, proposed)).await
    }
}
