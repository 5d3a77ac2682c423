//! `POST /platform/notifications/`: the main platform tells somebody something.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::ErrorCode;
use bedside_protocol::wire::{CreateNotification, NotificationCreated};
use url::Url;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::Posted;
use crate::failure::Failure;
use crate::store::{NewNotification, NotifyOutcome};

const TITLE_CHARS: usize = 200;
const MESSAGE_CHARS: usize = 2_000;
const URL_CHARS: usize = 2_000;

pub(crate) async fn notifications(
    State(state): State<Arc<AppState>>,
    posted: Posted,
) -> Result<Json<NotificationCreated>, Failure> {
    let actor = posted.signed.actor(Action::Notify)?;
    let asked: CreateNotification = posted.body.value()?;
    let new = NewNotification {
        role: asked.recipient_type,
        role_no: asked.recipient_id,
        title: words(&asked.title, TITLE_CHARS, 1)?,
        message: words(&asked.message, MESSAGE_CHARS, 0)?,
        url: place(&asked.url)?,
        urgent: asked.urgent,
        client_id: asked.client_id.unwrap_or_else(|| state.runtime.client_id()),
        now: state.runtime.now(),
    };
    match state.store.create_notification(Some(actor), new).await? {
        NotifyOutcome::Stored(id) => Ok(Json(NotificationCreated { id })),
        NotifyOutcome::ClientIdReused => Err(ErrorCode::ClientIdReused.into()),
        NotifyOutcome::NoSuchPerson => Err(Failure::because(ErrorCode::NotFound, "There is no such person.")),
        NotifyOutcome::Forbidden => Err(ErrorCode::Forbidden.into()),
    }
}

fn words(text: &str, most: usize, least: usize) -> Result<String, Failure> {
    let text = text.trim();
    let count = text.chars().count();
    if count < least {
        return Err(Failure::because(ErrorCode::InvalidValue, "A notification needs a title."));
    }
    if count > most {
        return Err(Failure::because(ErrorCode::TooLarge, format!("At most {most} characters.")));
    }
    Ok(text.to_owned())
}

/// A path of this server, or an https address; a client opens nothing else.
fn place(url: &str) -> Result<String, Failure> {
    let path = url.starts_with('/') && !url.starts_with("//") && !url.contains('\\');
    let fits = url.is_empty() || path || Url::parse(url).is_ok_and(|url| url.scheme() == "https");
    if !fits || url.len() > URL_CHARS || url.chars().any(char::is_control) {
        let detail = "`url` is a path of this server, an https address, or empty.";
        return Err(Failure::because(ErrorCode::InvalidValue, detail));
    }
    Ok(url.to_owned())
}
