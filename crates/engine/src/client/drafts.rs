//! Keeping what stands in a composer. It is on the disk before anything else; the person's other devices have it later.

use bedside_core::sync::Haste;
use bedside_protocol::RoomId;
use bedside_protocol::ipc::{IpcError, Reply};

use super::Client;
use super::requests::DRAFT_BYTES;
use crate::cache::KeptDraft;
use crate::session::failure;
use crate::sync::Command;

impl Client {
    pub(super) async fn keep_draft(&self, room_id: RoomId, kept: KeptDraft) -> Result<Reply, IpcError> {
        let instead = kept.decides.as_ref().map_or(0, |decision| decision.instead.len());
        if kept.draft.text.len().max(instead) > DRAFT_BYTES {
            return Err(IpcError::Malformed);
        }
        let is_done = kept.decides.is_some() || kept.draft.text.trim().is_empty();
        let haste = if is_done { Haste::Now } else { Haste::Soon };
        let active = self.active()?;
        let seen = active.cache.keep_draft(room_id, kept).await.map_err(failure::of_cache)?;
        active.sync.tell(Command::DraftKept(room_id, haste)).await;
        Ok(Reply::DraftKept { seen })
    }
}
