//! `/accounts/outreach/`: how one is reached outside the app, by which addresses, and proving that they are one's own.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use bedside_i18n::Language;
use bedside_protocol::ErrorCode;
use bedside_protocol::wire::{ChangeContact, Channel, Outreach, OutreachWishes};
use bedside_runtime::Runtime;

use crate::access::Action;
use crate::app::AppState;
use crate::auth::posted::Posted;
use crate::auth::signed::Signed;
use crate::failure::Failure;
use crate::outreach::{Code, address, coded};
use crate::rate::Rate;
use crate::store::{Actor, ContactChange, ContactOutcome};

/// A gateway that has not taken a code by then is not waited for.
const CARRIED_WITHIN: Duration = Duration::from_secs(25);

pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    signed: Signed,
) -> Result<Json<Outreach>, Failure> {
    let actor = signed.actor(Action::SeeOwnLists)?;
    Ok(Json(outreach(&state, actor).await?))
}

async fn outreach(state: &AppState, actor: Actor) -> Result<Outreach, Failure> {
    let (wishes, contacts) = state.store.outreach(actor).await?;
    let contacts = contacts
        .into_iter()
        .filter(|contact| contact.address.is_some() || contact.pending.is_some())
        .collect();
    Ok(Outreach { wishes, contacts, channels: state.config.outreach.channels() })
}

/// All of them are kept.
pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    posted: Posted,
) -> Result<Json<Outreach>, Failure> {
    let actor = posted.signed.actor(Action::SeeOwnLists)?;
    let wishes: OutreachWishes = posted.body.value()?;
    if !wishes.are_valid() {
        let detail = "Delays are 1 to 1,440 minutes, a reminder 5 to 1,440 or 0, quiet hours below 1,440.";
        return Err(Failure::because(ErrorCode::InvalidValue, detail));
    }
    state.store.set_outreach_wishes(actor, wishes, state.runtime.now()).await?;
    Ok(Json(outreach(&state, actor).await?))
}

pub(crate) async fn contacts(
    State(state): State<Arc<AppState>>,
    posted: Posted,
) -> Result<Json<Outreach>, Failure> {
    let actor = posted.signed.actor(Action::SeeOwnLists)?;
    state.rates.take(Rate::Message(actor.account_id))?;
    match posted.body.value()? {
        ChangeContact::Add { channel, address } => {
            let language = language(&state, actor, &posted).await?;
            add(&state, actor, (channel, &address), language).await?;
        }
        ChangeContact::Confirm { channel, code } => {
            let hashes = Code::typed(&code).hashes(actor.account_id, channel);
            change(&state, actor, channel, ContactChange::Confirm(hashes)).await?;
        }
        ChangeContact::Stop { channel } => change(&state, actor, channel, ContactChange::Stop).await?,
        ChangeContact::Resume { channel } => change(&state, actor, channel, ContactChange::Resume).await?,
        ChangeContact::Remove { channel } => change(&state, actor, channel, ContactChange::Remove).await?,
    }
    Ok(Json(outreach(&state, actor).await?))
}

/// What is noted of the person goes before what the client asks for.
async fn language(state: &AppState, actor: Actor, posted: &Posted) -> Result<Language, Failure> {
    let account = state.store.account(actor).await?;
    let noted = account.and_then(|account| account.person.facts.language);
    Ok(match noted {
        Some(tag) => Language::from_tag(&tag),
        None => crate::accept::localizer(&posted.headers).language(),
    })
}

async fn add(
    state: &AppState,
    actor: Actor,
    (channel, typed): (Channel, &str),
    language: Language,
) -> Result<(), Failure> {
    let Some(carrier) = state.config.outreach.carrier(channel) else {
        return Err(Failure::because(ErrorCode::Conflict, "This clinic does not send by that."));
    };
    let address = address::checked(channel, typed)
        .ok_or_else(|| Failure::because(ErrorCode::InvalidValue, "That is no address of this kind."))?;
    let code = Code::draw(&state.runtime);
    let code_hash = code.hash(actor.account_id, channel, &address);
    let add = ContactChange::Add { address: address.clone(), code_hash, stop_token: token(&state.runtime) };
    change(state, actor, channel, add).await?;
    let now = state.runtime.now();
    let letter = coded(state.runtime.uuid(), (channel, &address), &code, language, now);
    match state.runtime.timeout(CARRIED_WITHIN, carrier.carry(&letter)).await {
        Some(Ok(_)) => Ok(()),
        refused => {
            tracing::warn!(channel = channel.as_str(), refused = ?refused, "a code was not sent");
            Err(Failure::because(
                ErrorCode::Unavailable,
                "The code could not be sent. Try again in a minute.",
            ))
        }
    }
}

/// What a link that stops carries: it can stop, and nothing else.
fn token(runtime: &Runtime) -> String {
    uuid::Uuid::from_bytes(runtime.random_bytes()).simple().to_string()
}

async fn change(
    state: &AppState,
    actor: Actor,
    channel: Channel,
    change: ContactChange,
) -> Result<(), Failure> {
    match state.store.change_contact(actor, channel, change, state.runtime.now()).await? {
        ContactOutcome::Done => Ok(()),
        ContactOutcome::NotFound => Err(Failure::because(ErrorCode::NotFound, "There is no such address.")),
        ContactOutcome::WrongCode => {
            Err(Failure::because(ErrorCode::InvalidValue, "The code is wrong or too old."))
        }
        ContactOutcome::Wait(millis) => Err(Failure::wait(ErrorCode::RateLimited, millis)),
    }
}
