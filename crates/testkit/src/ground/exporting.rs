//! The part of a store that writes conversations out, on the same ground.

use async_trait::async_trait;
use bedside_export::model::Message;
use bedside_protocol::{RoomId, RoomSeq, Timestamp};
use bedside_server::store::*;

use super::{Ground, hold};

#[async_trait]
impl Exporting for Ground {
    async fn begin_export(
        &self,
        actor: Actor,
        room: RoomId,
        place: ExportPlace,
        now: Timestamp,
    ) -> Result<ExportOutcome, StoreError> {
        let _held = hold();
        self.store.begin_export(actor, room, place, now).await
    }

    async fn export_page(
        &self,
        actor: Actor,
        room: RoomId,
        after: RoomSeq,
        limit: u32,
    ) -> Result<Option<Vec<Message>>, StoreError> {
        let _held = hold();
        self.store.export_page(actor, room, after, limit).await
    }

    async fn signing_seed(&self, proposed: [u8; 32]) -> Result<[u8; 32], StoreError> {
        let _held = hold();
        self.store.signing_seed(proposed).await
    }
}
