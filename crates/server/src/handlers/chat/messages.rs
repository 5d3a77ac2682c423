//! `GET /chat/messages/<room_id>/`: the latest, or a page before, after, or changed after a place.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::wire::MessagesPage;
use bedside_protocol::{ErrorCode, Rev, RoomId, RoomSeq, limits};
use serde::Deserialize;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::signed::Signed;
use crate::config::GetMarksRead;
use crate::doors;
use crate::failure::Failure;
use crate::params::{Params, RoomPath};
use crate::store::model::PageRange;
use crate::store::{Actor, PageRequest, ReadCommand, SessionKind};

/// Which messages; at most one of the three places.
#[derive(Deserialize)]
pub(crate) struct Query {
    before: Option<RoomSeq>,
    after: Option<RoomSeq>,
    changed_after: Option<Rev>,
    limit: Option<u32>,
}

impl Query {
    fn request(&self) -> Result<PageRequest, Failure> {
        let range = match (self.before, self.after, self.changed_after) {
            (None, None, None) => PageRange::Latest,
            (Some(seq), None, None) => PageRange::Before(seq),
            (None, Some(seq), None) => PageRange::After(seq),
            (None, None, Some(rev)) => PageRange::ChangedAfter(rev),
            _ => {
                let detail = "Give one of before, after and changed_after.";
                return Err(Failure::because(ErrorCode::BadRequest, detail));
            }
        };
        let limit = self.limit.unwrap_or(limits::PAGE_DEFAULT).clamp(1, limits::PAGE_MAX);
        Ok(PageRequest { range, limit })
    }
}

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    signed: Signed,
    RoomPath(room_id): RoomPath,
    Params(query): Params<Query>,
) -> Result<Json<MessagesPage>, Failure> {
    let actor = signed.actor(Action::ReadRoom)?;
    let request = query.request()?;
    let page = state.store.messages(actor, room_id, request).await?.ok_or_else(doors::no_such_room)?;
    let compat = state.config.get_marks_read == GetMarksRead::CookieSessions;
    if compat && signed.session.kind == SessionKind::Cookie && request.range == PageRange::Latest {
        mark_read(&state, actor, room_id, page.last_seq).await?;
    }
    Ok(Json(page))
}

async fn mark_read(state: &AppState, actor: Actor, room_id: RoomId, up_to: RoomSeq) -> Result<(), Failure> {
    let command = ReadCommand { room_id, up_to, now: state.runtime.now() };
    state.commands.mark_read(actor, command).await.outcome().await?;
    Ok(())
}
