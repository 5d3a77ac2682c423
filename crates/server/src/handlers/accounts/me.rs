//! `GET /accounts/me/`: one's own account.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::ErrorCode;
use bedside_protocol::wire::Account;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::signed::Signed;
use crate::failure::Failure;

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    signed: Signed,
) -> Result<Json<Account>, Failure> {
    let actor = signed.actor(Action::UseAccount)?;
    let account = state.store.account(actor).await?.ok_or(ErrorCode::Unauthenticated)?;
    Ok(Json(account))
}
