//! Path ids and query strings, with our own answers when they are malformed.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use bedside_protocol::{ErrorCode, MessageId, QuickReplyId, RoomId};
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::app::AppState;
use crate::doors::{no_such_message, no_such_reply, no_such_room};
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
        let id = number(parts, state, "room_id").await;
        id.map(|id| RoomPath(RoomId(id))).ok_or_else(no_such_room)
    }
}

/// The room and the message a path names; what is no number does not exist.
pub(crate) struct MessagePath(pub(crate) RoomId, pub(crate) MessageId);

impl FromRequestParts<Arc<AppState>> for MessagePath {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Failure> {
        let (room, message) =
            (number(parts, state, "room_id").await, number(parts, state, "message_id").await);
        let both = room.zip(message).map(|(room, message)| MessagePath(RoomId(room), MessageId(message)));
        both.ok_or_else(no_such_message)
    }
}

/// The quick reply a path names; what is no number does not exist.
pub(crate) struct ReplyPath(pub(crate) QuickReplyId);

impl FromRequestParts<Arc<AppState>> for ReplyPath {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Failure> {
        let id = number(parts, state, "reply_id").await;
        id.map(|id| ReplyPath(QuickReplyId(id))).ok_or_else(no_such_reply)
    }
}

async fn number(parts: &mut Parts, state: &Arc<AppState>, name: &str) -> Option<i64> {
    let params = RawPathParams::from_request_parts(parts, state).await.ok()?;
    params.iter().find_map(|(found, value)| (found == name).then(|| value.parse().ok()))?
}
