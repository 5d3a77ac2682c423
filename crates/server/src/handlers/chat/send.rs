//! `POST /chat/send-message/`: JSON under any content type, or the page's form.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use bedside_protocol::wire::{Message, SendAnswer, SendMessage};
use bedside_protocol::{ErrorCode, RoomId};

use crate::accept;
use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::{Body, Posted};
use crate::doors::{self, Draft};
use crate::failure::Failure;
use crate::store::Actor;

pub(crate) async fn post(State(state): State<Arc<AppState>>, posted: Posted) -> Result<Response, Failure> {
    let actor = posted.signed.actor(Action::SendToRoom)?;
    let wish: SendMessage = posted.body.value()?;
    let room_id = wish.room_id;
    let from_page = matches!(posted.body, Body::Form(_)) && accept::wants_html(&posted.headers);
    match (send(&state, actor, wish).await, from_page) {
        (Ok(_), true) => Ok(back(room_id)),
        (Err(Failure(problem)), true) if problem.code == ErrorCode::EmptyMessage => Ok(back(room_id)),
        (Ok(message), false) => Ok(Json(answer(*message)).into_response()),
        (Err(failure), _) => Err(failure),
    }
}

async fn send(state: &AppState, actor: Actor, wish: SendMessage) -> Result<Box<Message>, Failure> {
    let draft = Draft {
        room_id: wish.room_id,
        message: wish.message,
        client_id: wish.client_id,
        composed_at: wish.composed_at,
        urgent: wish.urgent,
        reply_to: wish.reply_to,
    };
    let command = doors::send_command(state, actor, draft)?;
    let sent = doors::sent(state.commands.send(actor, command).await.outcome().await?)?;
    Ok(sent.into_message())
}

fn answer(message: Message) -> SendAnswer {
    SendAnswer {
        status: "success".to_owned(),
        success: true,
        message_id: message.id,
        timestamp: message.timestamp,
        message,
    }
}

fn back(room_id: RoomId) -> Response {
    Redirect::to(&format!("/chat/room/{room_id}/")).into_response()
}
