//! `GET /chat/search/`: messages in one's own rooms, by parts of their words, the newest first.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::search::{Author, SearchFilter, Terms};
use bedside_protocol::wire::SearchAnswer;
use bedside_protocol::{ErrorCode, MessageId, RoomId, Timestamp, limits};
use serde::Deserialize;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::signed::Signed;
use crate::doors;
use crate::failure::Failure;
use crate::params::Params;
use crate::rate::Rate;
use crate::store::SearchRequest;

/// What is looked for: a text, something that messages are besides, or both.
#[derive(Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    q: String,
    room_id: Option<RoomId>,
    from: Option<Author>,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    #[serde(default)]
    urgent: bool,
    #[serde(default)]
    link: bool,
    before: Option<MessageId>,
    limit: Option<u32>,
}

impl Query {
    fn request(self) -> Result<SearchRequest, Failure> {
        let Query { q: text, room_id, from, since, until, urgent, link, before, limit } = self;
        let filter = SearchFilter { room_id, from, since, until, urgent, link };
        if Terms::of(&text).is_empty() && filter == SearchFilter::default() {
            let detail = "Give q, room_id, from, since, until, urgent or link.";
            return Err(Failure::because(ErrorCode::BadRequest, detail));
        }
        let limit = limit.unwrap_or(limits::PAGE_DEFAULT).clamp(1, limits::PAGE_MAX);
        Ok(SearchRequest { text, filter, before, limit })
    }
}

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    signed: Signed,
    Params(query): Params<Query>,
) -> Result<Json<SearchAnswer>, Failure> {
    let actor = signed.actor(Action::SeeOwnLists)?;
    let request = query.request()?;
    state.rates.take(Rate::Search(actor.account_id))?;
    let found = state.store.search(actor, request).await?;
    Ok(Json(found.ok_or_else(doors::no_such_room)?))
}
