//! What HTTP and sockets do alike with a command: limits and text rules on the way in, outcomes on the way out.

use bedside_protocol::text::{InvalidText, normalize_message};
use bedside_protocol::wire::{Message, ReadAnswer};
use bedside_protocol::{ClientId, ErrorCode, RoomId, Timestamp, limits};

use crate::app::AppState;
use crate::config::Limits;
use crate::failure::Failure;
use crate::hub::Subscription;
use crate::rate::Rate;
use crate::store::{Actor, ReadOutcome, SendCommand, SendOutcome, Session};

/// Sockets and long polls one account may hold: a person has a few devices, a clinic's shared account some more.
pub(crate) const CONNECTIONS_PER_ACCOUNT: usize = 32;

/// A message as any door receives it.
pub(crate) struct Draft {
    pub(crate) room_id: RoomId,
    pub(crate) message: String,
    pub(crate) client_id: Option<ClientId>,
    pub(crate) composed_at: Option<Timestamp>,
    pub(crate) urgent: bool,
}

/// The command of a draft: its rate taken, its text normalised, its `client_id` minted if it had none.
pub(crate) fn send_command(state: &AppState, actor: Actor, draft: Draft) -> Result<SendCommand, Failure> {
    state.rates.take(Rate::Message(actor.account_id))?;
    Ok(SendCommand {
        room_id: draft.room_id,
        client_id: draft.client_id.unwrap_or_else(|| state.runtime.client_id()),
        content: normalize_message(&draft.message).map_err(invalid_text)?,
        composed_at: draft.composed_at,
        urgent: draft.urgent,
        now: state.runtime.now(),
    })
}

/// The stored message of an outcome, first or repeated.
pub(crate) fn sent(outcome: SendOutcome) -> Result<Box<Message>, Failure> {
    match outcome {
        SendOutcome::Stored { message, .. } | SendOutcome::Repeated { message } => Ok(message),
        SendOutcome::ClientIdReused => Err(ErrorCode::ClientIdReused.into()),
        SendOutcome::NotFound => Err(no_such_room()),
        SendOutcome::Forbidden => Err(Failure::because(
            ErrorCode::Forbidden,
            "This conversation can be read, no longer written in.",
        )),
    }
}

/// The mark of an outcome.
pub(crate) fn marked(outcome: ReadOutcome) -> Result<ReadAnswer, Failure> {
    match outcome {
        ReadOutcome::Marked { read_mark, unread_count, .. } => Ok(ReadAnswer { read_mark, unread_count }),
        ReadOutcome::NotFound => Err(no_such_room()),
    }
}

/// The one answer for missing and foreign rooms.
pub(crate) fn no_such_room() -> Failure {
    Failure::because(ErrorCode::NotFound, "No such room.")
}

/// Joins the hub, unless the account has its share of connections.
pub(crate) fn join(state: &AppState, session: &Session) -> Result<Subscription, Failure> {
    let account = session.actor.account_id;
    let crowded = state.hub.connections(account) >= CONNECTIONS_PER_ACCOUNT;
    if crowded && state.config.limits == Limits::On {
        return Err(Failure::wait(ErrorCode::RateLimited, 5_000));
    }
    Ok(state.hub.join(account, session.actor.session_id))
}

fn invalid_text(invalid: InvalidText) -> Failure {
    match invalid {
        InvalidText::Empty => ErrorCode::EmptyMessage.into(),
        InvalidText::TooLong { .. } => Failure::because(
            ErrorCode::TooLarge,
            format!("The longest message has {} characters.", limits::MESSAGE_CHARS),
        ),
    }
}
