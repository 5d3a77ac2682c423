//! Requests that change a message, what its text was before, and when each thing happened to it.

use bedside_protocol::ipc::{IpcError, Reply, VersionView};
use bedside_protocol::text::{canonical_emoji, normalize_message};
use bedside_protocol::wire::MessageChange;
use bedside_protocol::{MessageId, RoomId};

use super::Client;
use super::requests::invalid;
use crate::cache::NewChange;
use crate::session::failure;
use crate::sync::Command;

/// Where a message is.
type Which = (RoomId, MessageId);

impl Client {
    pub(super) async fn edit(&self, which: Which, text: &str) -> Result<(), IpcError> {
        let message = normalize_message(text).map_err(invalid)?;
        self.change(which, MessageChange::Edit { message }).await
    }

    pub(super) async fn retract(&self, which: Which) -> Result<(), IpcError> {
        self.change(which, MessageChange::Retract).await
    }

    pub(super) async fn react(&self, which: Which, emoji: &str, on: bool) -> Result<(), IpcError> {
        let emoji = canonical_emoji(emoji).ok_or(IpcError::NotAnEmoji)?.to_owned();
        self.change(which, MessageChange::React { emoji, on }).await
    }

    async fn change(&self, (room_id, message_id): Which, change: MessageChange) -> Result<(), IpcError> {
        let active = self.active()?;
        let runtime = &self.inner.shared.config.runtime;
        let (client_id, made_at) = (runtime.client_id(), runtime.now());
        let new = NewChange { client_id, room_id, message_id, change, made_at };
        let kept = active.sync.ask(|answer| Command::Change(new, answer)).await;
        kept.ok_or(IpcError::NotSignedIn)?.map_err(failure::of_cache)
    }

    pub(super) async fn retry_change(&self, (room_id, message_id): Which) -> Result<(), IpcError> {
        let asked = self.active()?.sync.ask(|answer| Command::RetryChange(room_id, message_id, answer)).await;
        asked.ok_or(IpcError::NotSignedIn)?.map_err(failure::of_cache)
    }

    pub(super) async fn discard_change(&self, (room_id, message_id): Which) -> Result<(), IpcError> {
        let asked =
            self.active()?.sync.ask(|answer| Command::DiscardChange(room_id, message_id, answer)).await;
        asked.ok_or(IpcError::NotSignedIn)?.map_err(failure::of_cache)
    }

    /// The server's word: no device keeps what a text was.
    pub(super) async fn versions(&self, (room_id, message_id): Which) -> Result<Reply, IpcError> {
        let told = self.active()?.api.versions(room_id, message_id).await.map_err(failure::of_call)?;
        let versions = told.versions.into_iter();
        let versions = versions.map(|version| VersionView { text: version.content, at: version.written_at });
        Ok(Reply::Versions { versions: versions.collect() })
    }

    /// What this device has. The server is asked only about one's own messages: of others' there is nothing to tell.
    pub(super) async fn details(&self, (room_id, message_id): Which, ask: bool) -> Result<Reply, IpcError> {
        let active = self.active()?;
        let held = active.cache.message_details(room_id, message_id).await.map_err(failure::of_cache)?;
        let held = held.ok_or(IpcError::NotFound)?;
        if !ask || held.state.is_none() {
            return Ok(Reply::Details { details: held });
        }
        let told = active.api.receipts(room_id, message_id).await.map_err(failure::of_call)?;
        if let Some(receipt) = told.receipts.into_iter().next() {
            let kept = active.cache.keep_receipt(room_id, message_id, receipt).await;
            kept.map_err(failure::of_cache)?;
        }
        let held = active.cache.message_details(room_id, message_id).await.map_err(failure::of_cache)?;
        Ok(Reply::Details { details: held.ok_or(IpcError::NotFound)? })
    }
}
