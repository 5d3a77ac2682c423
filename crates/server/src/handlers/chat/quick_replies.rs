//! `/chat/quick-replies/`: ready-made texts, listed and changed. Every change is answered with all of them.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bedside_protocol::text::{InvalidText, normalize_quick_reply};
use bedside_protocol::wire::{AddQuickReply, EditQuickReply, OrderQuickReplies, QuickReplies};
use bedside_protocol::{ErrorCode, limits};

use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::Posted;
use crate::auth::signed::Signed;
use crate::doors::no_such_reply;
use crate::failure::Failure;
use crate::params::ReplyPath;
use crate::rate::Rate;
use crate::store::{QuickReplyChange, QuickReplyCommand, QuickReplyOutcome};

type Answer = Result<Json<QuickReplies>, Failure>;

pub(crate) async fn get(State(state): State<Arc<AppState>>, signed: Signed) -> Answer {
    let actor = signed.actor(Action::UseQuickReplies)?;
    let replies = state.store.quick_replies(actor).await?;
    replies.map(Json).ok_or_else(|| ErrorCode::NotFound.into())
}

pub(crate) async fn post(State(state): State<Arc<AppState>>, posted: Posted) -> Answer {
    change(&state, &posted, || {
        let AddQuickReply { client_id, title, text } = posted.body.value()?;
        let client_id = client_id.unwrap_or_else(|| state.runtime.client_id());
        let (title, text) = normalize_quick_reply(&title, &text).map_err(unfit)?;
        Ok(QuickReplyChange::Add { client_id, title, text })
    })
    .await
}

pub(crate) async fn put(
    State(state): State<Arc<AppState>>,
    ReplyPath(id): ReplyPath,
    posted: Posted,
) -> Answer {
    change(&state, &posted, || {
        let EditQuickReply { title, text } = posted.body.value()?;
        let (title, text) = normalize_quick_reply(&title, &text).map_err(unfit)?;
        Ok(QuickReplyChange::Edit { id, title, text })
    })
    .await
}

pub(crate) async fn delete(
    State(state): State<Arc<AppState>>,
    ReplyPath(id): ReplyPath,
    posted: Posted,
) -> Answer {
    change(&state, &posted, || Ok(QuickReplyChange::Remove { id })).await
}

pub(crate) async fn order(State(state): State<Arc<AppState>>, posted: Posted) -> Answer {
    change(&state, &posted, || {
        let OrderQuickReplies { order } = posted.body.value()?;
        if order.len() > limits::QUICK_REPLIES_EACH {
            return Err(ErrorCode::TooLarge.into());
        }
        Ok(QuickReplyChange::Order { ids: order })
    })
    .await
}

fn unfit(invalid: InvalidText) -> Failure {
    match invalid {
        InvalidText::Empty => Failure::because(ErrorCode::InvalidValue, "A title or a text is empty."),
        InvalidText::TooLong { .. } => Failure::because(
            ErrorCode::TooLarge,
            format!(
                "The longest title has {} characters, the longest text {}.",
                limits::QUICK_REPLY_TITLE_CHARS,
                limits::QUICK_REPLY_CHARS
            ),
        ),
    }
}

/// Who may comes first, then what is asked for, then doing it.
async fn change(
    state: &AppState,
    posted: &Posted,
    read: impl FnOnce() -> Result<QuickReplyChange, Failure>,
) -> Answer {
    let actor = posted.signed.actor(Action::UseQuickReplies)?;
    state.rates.take(Rate::Message(actor.account_id))?;
    let command = QuickReplyCommand { change: read()?, now: state.runtime.now() };
    match state.commands.quick_replies(actor, command).await.outcome().await? {
        QuickReplyOutcome::Changed { replies, .. } | QuickReplyOutcome::Unchanged { replies } => {
            Ok(Json(replies))
        }
        QuickReplyOutcome::ClientIdReused => Err(ErrorCode::ClientIdReused.into()),
        QuickReplyOutcome::NotFound => Err(no_such_reply()),
        QuickReplyOutcome::TooMany => Err(Failure::because(
            ErrorCode::Conflict,
            format!("There are {} quick replies already.", limits::QUICK_REPLIES_EACH),
        )),
    }
}
