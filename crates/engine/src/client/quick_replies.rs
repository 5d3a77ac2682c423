//! Requests about quick replies: changing them needs the server, using them does not.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use bedside_core::cache_write::CacheWrite;
use bedside_protocol::ipc::IpcError;
use bedside_protocol::text::{InvalidText, normalize_quick_reply};
use bedside_protocol::wire::{AddQuickReply, EditQuickReply, OrderQuickReplies, QuickReplies};
use bedside_protocol::{ClientId, ErrorCode, QuickReplyId};

use super::Client;
use crate::cache::quick_replies;
use crate::session::failure;
use crate::transport::api::ApiError;

/// Additions whose answer was lost: the same words again are the same addition.
#[derive(Default)]
pub(super) struct Additions(Mutex<HashMap<(String, String), ClientId>>);

impl Additions {
    fn id_of(&self, words: &(String, String), new: impl FnOnce() -> ClientId) -> ClientId {
        *self.lock().entry(words.clone()).or_insert_with(new)
    }

    fn done(&self, words: &(String, String)) {
        self.lock().remove(words);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(String, String), ClientId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Client {
    pub(super) async fn add_quick_reply(&self, title: &str, text: &str) -> Result<(), IpcError> {
        let words = normalize_quick_reply(title, text).map_err(unfit)?;
        let client_id = self.inner.additions.id_of(&words, || self.inner.shared.config.runtime.client_id());
        let (title, text) = words.clone();
        let add = AddQuickReply { client_id: Some(client_id), title, text };
        let told = self.active()?.api.add_quick_reply(&add).await;
        if told.is_ok() {
            self.inner.additions.done(&words);
        }
        self.keep(told).await
    }

    pub(super) async fn edit_quick_reply(
        &self,
        id: QuickReplyId,
        title: &str,
        text: &str,
    ) -> Result<(), IpcError> {
        let (title, text) = normalize_quick_reply(title, text).map_err(unfit)?;
        let told = self.active()?.api.edit_quick_reply(id, &EditQuickReply { title, text }).await;
        self.keep(told).await
    }

    /// One that is gone already is gone.
    pub(super) async fn remove_quick_reply(&self, id: QuickReplyId) -> Result<(), IpcError> {
        let told = self.active()?.api.remove_quick_reply(id).await;
        self.keep(told).await
    }

    /// Puts one of one's own at another place among them.
    pub(super) async fn move_quick_reply(&self, id: QuickReplyId, to: u32) -> Result<(), IpcError> {
        let active = self.active()?;
        let held = active.cache.read(quick_replies::all).await.map_err(failure::of_cache)?;
        let mut order: Vec<QuickReplyId> =
            held.into_iter().filter(|reply| reply.own && reply.id != id).map(|reply| reply.id).collect();
        let to = usize::try_from(to).unwrap_or(usize::MAX).min(order.len());
        order.insert(to, id);
        let told = active.api.order_quick_replies(&OrderQuickReplies { order }).await;
        self.keep(told).await
    }

    /// The answer to every change is all of them.
    async fn keep(&self, told: Result<QuickReplies, ApiError>) -> Result<(), IpcError> {
        let replies = told.map_err(failure::of_call)?.replies;
        let write = CacheWrite::QuickReplies(replies);
        self.active()?.cache.apply(vec![write]).await.map_err(failure::of_cache)
    }
}

fn unfit(invalid: InvalidText) -> IpcError {
    match invalid {
        InvalidText::Empty => IpcError::Refused { code: ErrorCode::InvalidValue },
        InvalidText::TooLong { .. } => IpcError::Refused { code: ErrorCode::TooLarge },
    }
}
