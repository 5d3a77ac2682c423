//! `POST /chat/messages/<room_id>/<message_id>/`: changes a message; what its text was before, and how far it has come.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::wire::{ChangeAnswer, ChangeMessage, MessageReceipts, MessageVersions};

use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::Posted;
use crate::auth::signed::Signed;
use crate::doors::{self, Wish};
use crate::failure::Failure;
use crate::params::MessagePath;

pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    MessagePath(room_id, message_id): MessagePath,
    posted: Posted,
) -> Result<Json<ChangeAnswer>, Failure> {
    let actor = posted.signed.actor(Action::React)?; // The least of what it may be; the store asks for the exact one.
    let ChangeMessage { client_id, change } = posted.body.value()?;
    let command = doors::change_command(&state, actor, Wish { room_id, message_id, client_id, change })?;
    let outcome = state.commands.change(actor, command).await.outcome().await?;
    doors::changed(outcome).map(|message| Json(ChangeAnswer { message: *message }))
}

/// `GET /chat/messages/<room_id>/<message_id>/versions/`
pub(crate) async fn versions(
    State(state): State<Arc<AppState>>,
    signed: Signed,
    MessagePath(room_id, message_id): MessagePath,
) -> Result<Json<MessageVersions>, Failure> {
    let actor = signed.actor(Action::ReadRoom)?;
    let versions = state.store.message_versions(actor, room_id, message_id).await?;
    let versions = versions.ok_or_else(doors::no_such_message)?;
    Ok(Json(MessageVersions { message_id, versions }))
}

/// `GET /chat/messages/<room_id>/<message_id>/receipts/`
pub(crate) async fn receipts(
    State(state): State<Arc<AppState>>,
    signed: Signed,
    MessagePath(room_id, message_id): MessagePath,
) -> Result<Json<MessageReceipts>, Failure> {
    let actor = signed.actor(Action::ReadRoom)?;
    let receipts = state.store.receipts(actor, room_id, message_id).await?;
    let receipts = receipts.ok_or_else(doors::no_such_message)?;
    Ok(Json(MessageReceipts { message_id, receipts }))
}
