//! What one writes, shared among one's own devices: `/chat/drafts/` and `PUT /chat/room/<room_id>/draft/`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::wire::{DraftAnswer, Drafts, PutDraft};
use bedside_protocol::{ErrorCode, RoomId, limits};
use serde::Deserialize;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::Posted;
use crate::auth::signed::Signed;
use crate::doors::no_such_room;
use crate::failure::Failure;
use crate::params::{Params, RoomPath};
use crate::rate::Rate;
use crate::store::{PutDraftCommand, PutDraftOutcome};

#[derive(Deserialize)]
pub(crate) struct Which {
    after_room: Option<i64>,
}

pub(crate) async fn list(
    State(state): State<Arc<AppState>>,
    signed: Signed,
    Params(Which { after_room }): Params<Which>,
) -> Result<Json<Drafts>, Failure> {
    let actor = signed.actor(Action::SeeOwnLists)?;
    Ok(Json(state.store.drafts(actor, after_room.map(RoomId)).await?))
}

/// What this device was the last to put in is taken out.
pub(crate) async fn withdraw(
    State(state): State<Arc<AppState>>,
    posted: Posted,
) -> Result<Json<Drafts>, Failure> {
    let actor = posted.signed.actor(Action::SeeOwnLists)?;
    state.rates.take(Rate::Message(actor.account_id))?;
    Ok(Json(state.store.withdraw_drafts(actor).await?))
}

pub(crate) async fn put(
    State(state): State<Arc<AppState>>,
    RoomPath(room_id): RoomPath,
    posted: Posted,
) -> Result<Json<DraftAnswer>, Failure> {
    let actor = posted.signed.actor(Action::ShareDraft)?;
    state.rates.take(Rate::Message(actor.account_id))?;
    let put: PutDraft = posted.body.value()?;
    if !put.content.fits() {
        return Err(unfit());
    }
    let command = PutDraftCommand { room_id, put, now: state.runtime.now() };
    match state.commands.put_draft(actor, command).await.outcome().await? {
        PutDraftOutcome::Answered { answer, .. } => Ok(Json(*answer)),
        PutDraftOutcome::NotFound => Err(no_such_room()),
        PutDraftOutcome::Forbidden => Err(ErrorCode::Forbidden.into()),
    }
}

fn unfit() -> Failure {
    let longest = format!("The longest draft that is shared has {} bytes.", limits::MESSAGE_BYTES);
    Failure::because(ErrorCode::TooLarge, longest)
}
