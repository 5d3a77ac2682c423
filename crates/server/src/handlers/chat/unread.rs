//! `GET /chat/unread/`: the number for a dashboard's badge.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::wire::Unread;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::signed::Signed;
use crate::failure::Failure;

pub(crate) async fn get(State(state): State<Arc<AppState>>, signed: Signed) -> Result<Json<Unread>, Failure> {
    let actor = signed.actor(Action::SeeOwnLists)?;
    Ok(Json(Unread { unread: state.store.unread(actor).await? }))
}
