//! `GET /chat/feed/?epoch=&after=&wait=&limit=`: the feed for those whom no socket reaches.

mod wake;

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use bedside_protocol::feed::FeedPage;
use bedside_protocol::{Cursor, Epoch, FeedSeq, limits};
use serde::Deserialize;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::signed::Signed;
use crate::doors;
use crate::failure::Failure;
use crate::params::Params;
use crate::store::{Actor, FeedSlice};

/// Where to continue and how long to wait, in seconds.
#[derive(Deserialize)]
pub(crate) struct Query {
    epoch: Option<Epoch>,
    #[serde(default)]
    after: FeedSeq,
    #[serde(default)]
    wait: u64,
    limit: Option<u32>,
}

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    signed: Signed,
    Params(query): Params<Query>,
) -> Result<Json<FeedPage>, Failure> {
    let actor = signed.actor(Action::SeeOwnLists)?;
    let wait = Duration::from_secs(query.wait).min(limits::LONG_POLL_MAX);
    let limit = query.limit.unwrap_or(limits::FEED_PAGE_MAX).clamp(1, limits::FEED_PAGE_MAX);
    let epoch = query.epoch.unwrap_or_else(|| state.store.facts().epoch.clone());
    let after = Cursor { epoch, feed_seq: query.after };
    let mut subscription = doors::join(&state, &signed).await?; // Before the first look: nothing falls between.
    let first = page(&state, actor, &after, limit).await?;
    if wait.is_zero() || first.resync_required || !first.events.is_empty() {
        return Ok(Json(first));
    }
    let held = state.metrics.sockets.held();
    tokio::select! {
        woken = wake::up(&state, actor.account_id, after.feed_seq, &mut subscription) => woken?,
        () = state.runtime.sleep(wait) => {}
        () = state.closing.cancelled() => {}
    }
    drop(held);
    doors::still_signed_in(&state, &signed.token).await?;
    page(&state, actor, &after, limit).await.map(Json)
}

async fn page(state: &AppState, actor: Actor, after: &Cursor, limit: u32) -> Result<FeedPage, Failure> {
    let slice = state.store.feed(actor, after.clone(), limit).await?;
    let epoch = state.store.facts().epoch.clone();
    Ok(match slice {
        FeedSlice::Events { events, head } => {
            let last = events.last().map_or(after.feed_seq, |event| event.feed_seq);
            FeedPage { epoch, head, has_more: last < head, events, resync_required: false }
        }
        FeedSlice::ResyncRequired { head } => {
            FeedPage { epoch, head, events: Vec::new(), has_more: false, resync_required: true }
        }
    })
}
