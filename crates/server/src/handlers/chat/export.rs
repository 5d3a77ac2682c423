//! `GET /chat/export/<room_id>/`: a conversation written out, for those who may read it, as it is being read; and
//! `GET /chat/export/`: all of one's own in one package.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bedside_export::package::Signer;
use bedside_protocol::wire::ExportKey;
use bedside_protocol::{ErrorCode, RoomId, limits};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::Posted;
use crate::auth::signed::Signed;
use crate::doors;
use crate::export::{Packaging, Query, Wish, Written};
use crate::failure::Failure;
use crate::params::{Params, RoomPath};
use crate::peer::Client;
use crate::rate::Rate;
use crate::store::{Actor, ExportOutcome, ExportPlace, ExportStart};

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    signed: Signed,
    client: Client,
    headers: HeaderMap,
    RoomPath(room_id): RoomPath,
    Params(query): Params<Query>,
) -> Result<Response, Failure> {
    let actor = signed.actor(Action::ExportRoom)?;
    let how = query.check()?;
    state.rates.take(Rate::Export(actor.account_id))?;
    let start = begin(&state, actor, room_id, ExportPlace::Server).await?;
    let wish = query.wish(how, &start, &client, &headers)?;
    answer(state, actor, vec![start], wish, &format!("conversation-{room_id}")).await
}

/// `GET /chat/export/`: one file for each conversation.
pub(crate) async fn all(
    State(state): State<Arc<AppState>>,
    signed: Signed,
    client: Client,
    headers: HeaderMap,
    Params(query): Params<Query>,
) -> Result<Response, Failure> {
    let actor = signed.actor(Action::SeeOwnLists)?;
    let (format, packaging) = query.check()?;
    // Several files are a package whatever was asked for.
    let how = (format, if packaging == Packaging::Frames { packaging } else { Packaging::Zip });
    state.rates.take(Rate::Export(actor.account_id))?;
    let mut starts = Vec::new();
    for room_id in rooms(&state, actor).await? {
        starts.push(begin(&state, actor, room_id, ExportPlace::Server).await?);
    }
    let first = starts.first().ok_or_else(doors::no_such_room)?;
    let wish = query.wish(how, first, &client, &headers)?;
    answer(state, actor, starts, wish, "conversations").await
}

/// `POST /chat/export/<room_id>/`: the app has written the conversation out from its own copy; for the audit trail.
pub(crate) async fn noted(
    State(state): State<Arc<AppState>>,
    RoomPath(room_id): RoomPath,
    posted: Posted,
) -> Result<StatusCode, Failure> {
    let actor = posted.signed.actor(Action::ExportRoom)?;
    begin(&state, actor, room_id, ExportPlace::Device).await.map(|_| StatusCode::NO_CONTENT)
}

/// `GET /chat/export-key/`: what this clinic's packages are checked with.
pub(crate) async fn key(State(state): State<Arc<AppState>>) -> Result<Json<ExportKey>, Failure> {
    let key = signer(&state).await?.public_key();
    Ok(Json(ExportKey { algorithm: "Ed25519".to_owned(), key }))
}

async fn begin(
    state: &AppState,
    actor: Actor,
    room_id: RoomId,
    place: ExportPlace,
) -> Result<ExportStart, Failure> {
    match state.store.begin_export(actor, room_id, place, state.runtime.now()).await? {
        ExportOutcome::Begun(start) => Ok(*start),
        ExportOutcome::NotFound => Err(doors::no_such_room()),
        ExportOutcome::SwitchedOff => Err(Failure::because(
            ErrorCode::Forbidden,
            "Your clinic does not let practitioners download conversations.",
        )),
    }
}

async fn rooms(state: &AppState, actor: Actor) -> Result<Vec<RoomId>, Failure> {
    let (mut rooms, mut after) = (Vec::new(), None);
    loop {
        let page = state.store.chat_list(actor, after, limits::PAGE_MAX).await?;
        rooms.extend(page.rooms.iter().map(|room| room.room_id));
        after = rooms.last().copied();
        if !page.has_more {
            return Ok(rooms);
        }
    }
}

/// Made when it is first needed.
async fn signer(state: &AppState) -> Result<Signer, Failure> {
    let seed = state.store.signing_seed(state.runtime.random_bytes()).await?;
    Signer::from_seed(&seed).map_err(|_| {
        tracing::error!("the signing key is of no use");
        ErrorCode::Internal.into()
    })
}

async fn answer(
    state: Arc<AppState>,
    actor: Actor,
    starts: Vec<ExportStart>,
    wish: Wish,
    name: &str,
) -> Result<Response, Failure> {
    let signer = match wish.packaging {
        Packaging::Plain => None,
        Packaging::Zip | Packaging::Frames => Some(signer(&state).await?),
    };
    let (kind, ending) = wish.kind();
    let body = Body::from_stream(Written::new(state, actor, starts, wish, signer).bytes());
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.{ending}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}
