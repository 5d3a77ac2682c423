//! `GET /chat/room/<room_id>/`: one room, a page for browsers, JSON for everybody else.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bedside_protocol::wire::{Room, RoomAnswer};
use bedside_protocol::{ErrorCode, RoomSeq, limits};
use http::HeaderMap;
use serde::Deserialize;

use crate::accept::{self, Wanted};
use crate::access::Action;
use crate::app::AppState;
use crate::auth::csrf::PageToken;
use crate::auth::signed::Signed;
use crate::doors;
use crate::failure::Failure;
use crate::pages;
use crate::params::{Params, RoomPath};
use crate::peer::Client;
use crate::store::model::PageRange;
use crate::store::{Actor, PageRequest};

/// Which part of the history the page shows.
#[derive(Deserialize)]
pub(crate) struct Query {
    before: Option<RoomSeq>,
}

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    signed: Signed,
    client: Client,
    headers: HeaderMap,
    RoomPath(room_id): RoomPath,
    Params(query): Params<Query>,
) -> Result<Response, Failure> {
    let actor = signed.actor(Action::ReadRoom)?;
    let wanted = accept::wanted(&headers)?;
    let room = state.store.room(actor, room_id).await?.ok_or_else(doors::no_such_room)?;
    match wanted {
        Wanted::Json => Ok(Json(RoomAnswer { room }).into_response()),
        Wanted::Html => page(&state, actor, &client, &headers, &room, query.before).await,
    }
}

async fn page(
    state: &AppState,
    actor: Actor,
    client: &Client,
    headers: &HeaderMap,
    room: &Room,
    before: Option<RoomSeq>,
) -> Result<Response, Failure> {
    let me = state.store.account(actor).await?.ok_or(ErrorCode::Unauthenticated)?;
    let range = before.map_or(PageRange::Latest, PageRange::Before);
    let request = PageRequest { range, limit: limits::PAGE_DEFAULT };
    let messages =
        state.store.messages(actor, room.room_id, request).await?.ok_or_else(doors::no_such_room)?;
    let view = pages::room::View { me: &me, room, messages: &messages, client_id: state.runtime.client_id() };
    let token = PageToken::of(&state.runtime, headers);
    Ok(pages::room::page(accept::localizer(headers), client, token, &view))
}
