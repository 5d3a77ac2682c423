//! `POST /chat/room/<room_id>/flags/`: pins, mutes, archives or marks a room unread, for oneself.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::wire::RoomAnswer;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::Posted;
use crate::doors;
use crate::failure::Failure;
use crate::params::RoomPath;
use crate::store::FlagsCommand;

pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    RoomPath(room_id): RoomPath,
    posted: Posted,
) -> Result<Json<RoomAnswer>, Failure> {
    let actor = posted.signed.actor(Action::SetFlags)?;
    let command = FlagsCommand { room_id, wish: posted.body.value()?, now: state.runtime.now() };
    let outcome = state.commands.set_flags(actor, command).await.outcome().await?;
    doors::flagged(outcome).map(|room| Json(RoomAnswer { room: *room }))
}
