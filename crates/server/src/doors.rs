//! What HTTP and sockets do alike with a command: limits and text rules on the way in, outcomes on the way out.

use bedside_protocol::text::{InvalidText, canonical_emoji, normalize_message};
use bedside_protocol::wire::{Message, MessageChange, ReadAnswer, Room};
use bedside_protocol::{ClientId, ErrorCode, MessageId, RoomId, Timestamp, limits};

use crate::app::AppState;
use crate::auth::signed::Signed;
use crate::config::Limits;
use crate::failure::Failure;
use crate::hub::Subscription;
use crate::rate::Rate;
use crate::store::{
    Actor, ChangeCommand, ChangeOutcome, FlagsOutcome, ReadOutcome, SendCommand, SendOutcome, Session,
    TokenHash,
};

/// Sockets and long polls one account may hold: a person has a few devices, a clinic's shared account some more.
pub(crate) const CONNECTIONS_PER_ACCOUNT: usize = 32;

/// A message as any door receives it.
pub(crate) struct Draft {
    pub(crate) room_id: RoomId,
    pub(crate) message: String,
    pub(crate) client_id: Option<ClientId>,
    pub(crate) composed_at: Option<Timestamp>,
    pub(crate) urgent: bool,
    pub(crate) reply_to: Option<MessageId>,
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
        reply_to: draft.reply_to,
        now: state.runtime.now(),
    })
}

/// A change of a message as any door receives it.
pub(crate) struct Wish {
    pub(crate) room_id: RoomId,
    pub(crate) message_id: MessageId,
    pub(crate) client_id: Option<ClientId>,
    pub(crate) change: MessageChange,
}

/// The command of a wish: its rate taken, its text normalised, its emoji canonical, its `client_id` minted if it had none.
pub(crate) fn change_command(state: &AppState, actor: Actor, wish: Wish) -> Result<ChangeCommand, Failure> {
    state.rates.take(Rate::Message(actor.account_id))?;
    let change = match wish.change {
        MessageChange::Edit { message } => {
            MessageChange::Edit { message: normalize_message(&message).map_err(invalid_text)? }
        }
        MessageChange::Retract => MessageChange::Retract,
        MessageChange::React { emoji, on } => {
            let emoji = canonical_emoji(&emoji).ok_or_else(|| {
                Failure::because(ErrorCode::InvalidValue, "A reaction is exactly one emoji.")
            })?;
            MessageChange::React { emoji: emoji.to_owned(), on }
        }
    };
    Ok(ChangeCommand {
        room_id: wish.room_id,
        message_id: wish.message_id,
        client_id: wish.client_id.unwrap_or_else(|| state.runtime.client_id()),
        change,
        now: state.runtime.now(),
    })
}

/// The message of an outcome, as it stands.
pub(crate) fn changed(outcome: ChangeOutcome) -> Result<Box<Message>, Failure> {
    let refused = |code, detail: &str| Err(Failure::because(code, detail));
    match outcome {
        ChangeOutcome::Changed { message, .. } | ChangeOutcome::Unchanged { message } => Ok(message),
        ChangeOutcome::ClientIdReused => Err(ErrorCode::ClientIdReused.into()),
        ChangeOutcome::NotFound => Err(no_such_message()),
        ChangeOutcome::Forbidden => refused(
            ErrorCode::Forbidden,
            "Only its author changes a message, and only while both are in the conversation.",
        ),
        ChangeOutcome::Retracted => refused(ErrorCode::Conflict, "The message was taken back."),
        ChangeOutcome::TooManyReactions => {
            refused(ErrorCode::Conflict, "There are as many of your reactions on the message as it can have.")
        }
    }
}

/// The one answer for missing and foreign messages.
pub(crate) fn no_such_message() -> Failure {
    Failure::because(ErrorCode::NotFound, "No such message.")
}

/// The one answer for missing and foreign quick replies.
pub(crate) fn no_such_reply() -> Failure {
    Failure::because(ErrorCode::NotFound, "No such quick reply.")
}

/// A message that is stored.
pub(crate) enum Sent {
    /// By this command; every member is told of it.
    Now(Box<Message>),
    /// By an earlier one under the same id; nobody is told again.
    Before(Box<Message>),
}

impl Sent {
    pub(crate) fn into_message(self) -> Box<Message> {
        match self {
            Self::Now(message) | Self::Before(message) => message,
        }
    }
}

/// The stored message of an outcome, first or repeated.
pub(crate) fn sent(outcome: SendOutcome) -> Result<Sent, Failure> {
    match outcome {
        SendOutcome::Stored { message, .. } => Ok(Sent::Now(message)),
        SendOutcome::Repeated { message } => Ok(Sent::Before(message)),
        SendOutcome::ClientIdReused => Err(ErrorCode::ClientIdReused.into()),
        SendOutcome::NotFound => Err(no_such_room()),
        SendOutcome::Forbidden => Err(Failure::because(
            ErrorCode::Forbidden,
            "This conversation can be read, no longer written in.",
        )),
        SendOutcome::NothingToReplyTo => Err(ErrorCode::CannotReply.into()),
    }
}

/// The mark of an outcome.
pub(crate) fn marked(outcome: ReadOutcome) -> Result<ReadAnswer, Failure> {
    match outcome {
        ReadOutcome::Marked { read_mark, unread_count, .. } => Ok(ReadAnswer { read_mark, unread_count }),
        ReadOutcome::NotFound => Err(no_such_room()),
    }
}

/// The room of an outcome, as it is set up now.
pub(crate) fn flagged(outcome: FlagsOutcome) -> Result<Box<Room>, Failure> {
    match outcome {
        FlagsOutcome::Set { room, .. } => Ok(room),
        FlagsOutcome::NotFound => Err(no_such_room()),
    }
}

/// The one answer for missing and foreign rooms.
pub(crate) fn no_such_room() -> Failure {
    Failure::because(ErrorCode::NotFound, "No such room.")
}

/// Joins the hub, unless the account has its share of connections. The session is looked at once more afterwards: one
/// that ended since it was found could not be told to this connection.
pub(crate) async fn join(state: &AppState, signed: &Signed) -> Result<Subscription, Failure> {
    let subscription = take_place(state, &signed.session)?;
    still_signed_in(state, &signed.token).await?;
    Ok(subscription)
}

/// Whether a session has not ended; moves nothing.
pub(crate) async fn still_signed_in(state: &AppState, token: &TokenHash) -> Result<(), Failure> {
    let session = state.store.peek_session(token, state.runtime.now()).await?;
    session.map(|_| ()).ok_or_else(|| ErrorCode::Unauthenticated.into())
}

/// Joins the hub, unless the account has its share of connections. The caller looks at the session afterwards.
pub(crate) fn take_place(state: &AppState, session: &Session) -> Result<Subscription, Failure> {
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
