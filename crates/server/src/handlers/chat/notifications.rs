//! `/chat/notifications/`: one's own alerts, listed and marked as read.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::wire::{MarkNotifications, Notifications};
use bedside_protocol::{ErrorCode, NotificationId, limits};
use serde::Deserialize;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::Posted;
use crate::auth::signed::Signed;
use crate::failure::Failure;
use crate::params::Params;

/// Which.
#[derive(Deserialize)]
pub(crate) struct Query {
    before: Option<NotificationId>,
    limit: Option<u32>,
}

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    signed: Signed,
    Params(query): Params<Query>,
) -> Result<Json<Notifications>, Failure> {
    let actor = signed.actor(Action::SeeOwnLists)?;
    let limit = query.limit.unwrap_or(limits::PAGE_DEFAULT).clamp(1, limits::PAGE_MAX);
    Ok(Json(state.store.notifications(actor, query.before, limit).await?))
}

/// Answered with the newest, as they are then.
pub(crate) async fn read(
    State(state): State<Arc<AppState>>,
    posted: Posted,
) -> Result<Json<Notifications>, Failure> {
    let actor = posted.signed.actor(Action::SeeOwnLists)?;
    let which: MarkNotifications = posted.body.value()?;
    if which.ids.len() > usize::try_from(limits::PAGE_MAX).unwrap_or(usize::MAX) {
        return Err(ErrorCode::TooLarge.into());
    }
    let marked = state.store.mark_notifications(actor, which, state.runtime.now()).await?;
    if marked > 0 {
        state.announcer.changed(actor.account_id);
    }
    Ok(Json(state.store.notifications(actor, None, limits::PAGE_DEFAULT).await?))
}
