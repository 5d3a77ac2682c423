//! `GET /chat/`: the chat list, a page for browsers, JSON for everybody else.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bedside_protocol::wire::Room;
use bedside_protocol::{ErrorCode, RoomId, limits};
use http::HeaderMap;
use serde::Deserialize;

use crate::accept::{self, Wanted};
use crate::access::Action;
use crate::app::AppState;
use crate::auth::csrf::PageToken;
use crate::auth::signed::Signed;
use crate::failure::Failure;
use crate::pages;
use crate::params::Params;
use crate::peer::Client;
use crate::store::Actor;

/// Rooms on the HTML page; a practitioner has hundreds, not thousands.
const HTML_ROOMS_MAX: usize = 2_000;

#[derive(Deserialize)]
pub(crate) struct Query {
    after_room: Option<RoomId>,
    limit: Option<u32>,
}

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    signed: Signed,
    client: Client,
    headers: HeaderMap,
    Params(query): Params<Query>,
) -> Result<Response, Failure> {
    let wanted = accept::wanted(&headers)?;
    let actor = match (signed.actor(Action::SeeOwnLists), wanted) {
        (Err(_), Wanted::Html) => return without_lists(&state, &signed, &client, &headers).await,
        (actor, _) => actor?,
    };
    match wanted {
        Wanted::Json => {
            let limit = query.limit.unwrap_or(limits::PAGE_MAX).clamp(1, limits::PAGE_MAX);
            Ok(Json(state.store.chat_list(actor, query.after_room, limit).await?).into_response())
        }
        Wanted::Html => page(&state, actor, &client, &headers).await,
    }
}

/// Whoever signs in with a browser arrives here, administrators as well.
async fn without_lists(
    state: &AppState,
    signed: &Signed,
    client: &Client,
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    let actor = signed.actor(Action::UseAccount)?;
    let me = state.store.account(actor).await?.ok_or(ErrorCode::Unauthenticated)?;
    let token = PageToken::of(&state.runtime, headers);
    Ok(pages::administrator::page(accept::localizer(headers), client, token, &me))
}

async fn page(
    state: &AppState,
    actor: Actor,
    client: &Client,
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    let me = state.store.account(actor).await?.ok_or(ErrorCode::Unauthenticated)?;
    let rooms = all_rooms(state, actor).await?;
    let token = PageToken::of(&state.runtime, headers);
    Ok(pages::chat_list::page(accept::localizer(headers), client, token, &me, &rooms))
}

/// Newest first, as people look for them.
async fn all_rooms(state: &AppState, actor: Actor) -> Result<Vec<Room>, Failure> {
    let mut rooms: Vec<Room> = Vec::new();
    loop {
        let after = rooms.last().map(|room| room.room_id);
        let page = state.store.chat_list(actor, after, limits::PAGE_MAX).await?;
        rooms.extend(page.rooms);
        if !page.has_more || rooms.len() >= HTML_ROOMS_MAX {
            break;
        }
    }
    rooms.sort_by_key(|room| std::cmp::Reverse((room.updated_at, room.room_id)));
    Ok(rooms)
}
