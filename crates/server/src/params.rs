//! Path ids and query strings, with our own answers when they are malformed.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use bedside_protocol::{ErrorCode, RoomId};
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::app::AppState;
use crate::doors::no_such_room;
use crate::failure::Failure;

/// The query string as a value; 400 if it is none.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<Arc<AppState>> for Params<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<AppState>) -> Result<Self, Failure> {
        let query = parts.uri.query().unwrap_or_default();
        serde_urlencoded::from_str(query)
            .map(Params)
            .map_err(|_| Failure::because(ErrorCode::BadRequest, "A query parameter is malformed."))
    }
}

/// The room a path names; one that is no number does not exist.
pub(crate) struct RoomPath(pub(crate) RoomId);

impl FromRequestParts<Arc<AppState>> for RoomPath {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Failure> {
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| no_such_room())?;
        let id = params.iter().find_map(|(name, value)| (name == "room_id").then(|| value.parse().ok()));
        id.flatten().map(RoomPath).ok_or_else(no_such_room)
    }
}
