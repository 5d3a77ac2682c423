//! `POST /chat/room/<room_id>/read/`: moves one's own read mark forward.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::wire::{MarkRead, ReadAnswer};

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
    let MarkRead { up_to } = posted.body.value()?;
    let command = ReadCommand { room_id, up_to, now: state.runtime.now() };
    let outcome = state.commands.mark_read(actor, command).await.outcome().await?;
    doors::marked(outcome).map(Json)
}
