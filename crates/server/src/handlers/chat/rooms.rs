//! `POST /chat/rooms/`: the room with a linked person, made if there is none.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::ErrorCode;
use bedside_protocol::wire::{OpenRoom, RoomAnswer};

use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::Posted;
use crate::failure::Failure;
use crate::store::OpenRoomOutcome;

pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    posted: Posted,
) -> Result<Json<RoomAnswer>, Failure> {
    let actor = posted.signed.actor(Action::OpenRoom)?;
    let wish: OpenRoom = posted.body.value()?;
    let pending = state.commands.open_room(actor, wish.account_id, state.runtime.now()).await;
    match pending.outcome().await? {
        OpenRoomOutcome::Room { room, .. } => Ok(Json(RoomAnswer { room: *room })),
        OpenRoomOutcome::NotFound => Err(Failure::because(ErrorCode::NotFound, "No such person.")),
    }
}
