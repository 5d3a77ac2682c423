//! `GET /chat/people/`: everyone one is linked with.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::wire::People;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::signed::Signed;
use crate::failure::Failure;

pub(crate) async fn get(State(state): State<Arc<AppState>>, signed: Signed) -> Result<Json<People>, Failure> {
    let actor = signed.actor(Action::SeeOwnLists)?;
    Ok(Json(People { people: state.store.people(actor).await? }))
}
