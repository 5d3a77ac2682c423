//! `POST /chat/room/<room_id>/delivered/`: a device of one's own has stored everything up to a place.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::wire::{MarkDelivered, ReadAnswer};

use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::Posted;
use crate::doors;
use crate::failure::Failure;
use crate::params::RoomPath;
use crate::store::ReadCommand;

pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    RoomPath(room_id): RoomPath,
    posted: Posted,
) -> Result<Json<ReadAnswer>, Failure> {
    let actor = posted.signed.actor(Action::MarkRead)?;
    let MarkDelivered { up_to } = posted.body.value()?;
    let command = ReadCommand { room_id, up_to, now: state.runtime.now() };
    let outcome = state.commands.mark_delivered(actor, command).await.outcome().await?;
    doors::marked(outcome.0).map(Json)
}
