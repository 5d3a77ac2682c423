//! `GET` and `POST /accounts/preferences/`: what one's own account wishes wherever it is used.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::wire::Preferences;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::Posted;
use crate::auth::signed::Signed;
use crate::failure::Failure;

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    signed: Signed,
) -> Result<Json<Preferences>, Failure> {
    let actor = signed.actor(Action::UseAccount)?;
    Ok(Json(state.store.preferences(actor).await?))
}

/// All of them are kept; the account's connections, wherever they are, look at them at once.
pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    posted: Posted,
) -> Result<Json<Preferences>, Failure> {
    let actor = posted.signed.actor(Action::UseAccount)?;
    let wish: Preferences = posted.body.value()?;
    state.store.set_preferences(actor, wish, state.runtime.now()).await?;
    state.announcer.changed(actor.account_id);
    Ok(Json(wish))
}
