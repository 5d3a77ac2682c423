//! `GET /chat/clinic/`: what the clinic says of itself.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::wire::Clinic;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::signed::Signed;
use crate::failure::Failure;

pub(crate) async fn get(State(state): State<Arc<AppState>>, signed: Signed) -> Result<Json<Clinic>, Failure> {
    signed.actor(Action::UseAccount)?;
    Ok(Json(state.store.clinic().await?))
}
