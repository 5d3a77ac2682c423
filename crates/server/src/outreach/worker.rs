//! The workers: one decides, one for each channel sends. Several servers may run them: what one has taken no other has.

use std::sync::Arc;
use std::time::Duration;

use bedside_core::outreach::{Retry, retry};
use bedside_protocol::Timestamp;
use bedside_protocol::wire::Channel;
use futures_util::future::join_all;
use tokio::sync::Notify;

use super::carrier::{Handed, NotCarried};
use super::letter;
use crate::app::AppState;
use crate::metrics::Fate;
use crate::store::{DecideLimits, Decided, Dispatch, Ended, Lease, StoreError};

/// How often it is looked whether anything is due.
const TICK: Duration = Duration::from_secs(5);
/// Conversations decided on in one transaction: their rooms are locked meanwhile, some milliseconds.
const DECIDED_AT_ONCE: u32 = 32;
/// Letters on their way at once, by each channel.
const SENT_AT_ONCE: u32 = 8;
/// A gateway that has not answered by then may have it or not: it is tried again under the same name.
const CARRIED_WITHIN: Duration = Duration::from_secs(45);
/// How long what a worker has taken is its own: longer than the longest try and the keeping of how it ended.
const LEASE_MS: i64 = 180_000;
/// How often it is tried to keep how a try ended: what is not kept is sent again when the lease is over.
const KEEP_TRIES: u32 = 20;
const KEEP_PAUSE: Duration = Duration::from_secs(2);

/// Starts them; they end when the server closes, after what they have begun.
pub(crate) fn start(state: &Arc<AppState>) {
    let stirred = Arc::new(Notify::new());
    let (deciding, rung) = (Arc::clone(state), Arc::clone(&stirred));
    let decides = async move {
        while !waited(&deciding, &Notify::new()).await {
            match decide(&deciding).await {
                Ok(0) => {}
                Ok(_) => rung.notify_waiters(),
                Err(error) => tracing::warn!(error = %error, "what is due was not looked at"),
            }
        }
    };
    state.runtime.spawn_vital("outreach.decide", state.connections.track_future(decides));
    for channel in Channel::ALL {
        let (sending, stirred) = (Arc::clone(state), Arc::clone(&stirred));
        let sends = async move {
            while !waited(&sending, &stirred).await {
                if let Err(error) = send_all(&sending, channel).await {
                    tracing::warn!(error = %error, channel = channel.as_str(), "nothing was taken to be sent");
                }
            }
        };
        let name = match channel {
            Channel::Email => "outreach.email",
            Channel::Sms => "outreach.sms",
        };
        state.runtime.spawn_vital(name, state.connections.track_future(sends));
    }
}

/// Whether the server closes.
async fn waited(state: &AppState, stirred: &Notify) -> bool {
    tokio::select! {
        () = state.runtime.sleep(TICK) => {}
        () = stirred.notified() => {}
        () = state.closing.cancelled() => return true,
    }
    state.closing.is_cancelled()
}

/// Everything that is due now is decided and sent once.
pub(crate) async fn pass(state: &AppState) -> Result<(), StoreError> {
    decide(state).await?;
    for channel in Channel::ALL {
        send_all(state, channel).await?;
    }
    Ok(())
}

/// How many were decided to be sent.
async fn decide(state: &AppState) -> Result<usize, StoreError> {
    let mut sends = 0;
    loop {
        let Decided { looked_at, sends: new } = state.store.decide_outreach(limits(state)).await?;
        for send in &new {
            state.metrics.outreach.ended(send.channel, Fate::Decided);
        }
        sends += new.len();
        if looked_at < DECIDED_AT_ONCE || state.closing.is_cancelled() {
            return Ok(sends);
        }
    }
}

fn limits(state: &AppState) -> DecideLimits {
    let outreach = &state.config.outreach;
    DecideLimits {
        at_once: DECIDED_AT_ONCE,
        email_cap: outreach.email_cap,
        sms_cap: outreach.sms_cap,
        channels: outreach.channels(),
        // Two for each conversation, and as many for what the platform tells.
        keys: (0..DECIDED_AT_ONCE * 4).map(|_| state.runtime.uuid()).collect(),
        now: state.runtime.now(),
    }
}

async fn send_all(state: &AppState, channel: Channel) -> Result<(), StoreError> {
    loop {
        let now = state.runtime.now();
        let mark = i64::from_be_bytes(state.runtime.random_bytes()) | 1;
        let lease = Lease { mark, until: Timestamp(now.0 + LEASE_MS), now };
        let taken = state.store.take_dispatches(channel, lease, SENT_AT_ONCE).await?;
        state.metrics.outreach.withdrawn(channel, taken.withdrawn);
        if taken.dispatches.is_empty() && taken.withdrawn == 0 || state.closing.is_cancelled() {
            return Ok(());
        }
        join_all(taken.dispatches.iter().map(|dispatch| send(state, dispatch, mark))).await;
    }
}

async fn send(state: &AppState, dispatch: &Dispatch, mark: i64) {
    let carried = carry(state, dispatch).await;
    let now = state.runtime.now();
    let (ended, fate) = ended(state, dispatch, carried, now);
    state.metrics.outreach.ended(dispatch.channel, fate);
    match &ended {
        Ended::Failed { problem, .. } => tracing::warn!(dispatch.id, problem, "given up"),
        Ended::Again { problem, .. } => tracing::info!(dispatch.id, problem, "to be tried again"),
        Ended::Sent { .. } => tracing::debug!(dispatch.id, "sent"),
    }
    keep(state, dispatch.id, mark, ended, now).await;
}

async fn carry(state: &AppState, dispatch: &Dispatch) -> Result<Handed, NotCarried> {
    let Some(carrier) = state.config.outreach.carrier(dispatch.channel) else {
        return Err(NotCarried::later("no_gateway"));
    };
    let letter = letter::telling(dispatch, state.config.public_url.as_ref(), state.runtime.now());
    let carried = state.runtime.timeout(CARRIED_WITHIN, carrier.carry(&letter)).await;
    carried.unwrap_or_else(|| Err(NotCarried::later("timeout")))
}

fn ended(
    state: &AppState,
    dispatch: &Dispatch,
    carried: Result<Handed, NotCarried>,
    now: Timestamp,
) -> (Ended, Fate) {
    match carried {
        Ok(Handed { gateway_id }) => (Ended::Sent { gateway_id }, Fate::Sent),
        Err(NotCarried::Never { problem, stop }) => (Ended::Failed { problem, stop }, Fate::Failed),
        Err(NotCarried::Later { problem, after }) => match retry(dispatch.since, dispatch.tries, now) {
            Retry::Never => (Ended::Failed { problem, stop: false }, Fate::Failed),
            Retry::Within(millis) => {
                let half = Duration::from_millis(u64::try_from(millis / 2).unwrap_or_default());
                let wait = (half + state.runtime.jitter(half)).max(after.unwrap_or_default());
                let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
                (Ended::Again { at: Timestamp(now.0.saturating_add(wait)), problem }, Fate::Again)
            }
        },
    }
}

/// Keeps how a try ended, also while the database changes places: what was sent and is not kept is sent twice.
async fn keep(state: &AppState, id: i64, mark: i64, ended: Ended, now: Timestamp) {
    for tries in 1..=KEEP_TRIES {
        match state.store.end_dispatch(id, mark, ended.clone(), now).await {
            Ok(true) => return,
            Ok(false) => {
                tracing::warn!(dispatch.id = id, "another worker had it meanwhile: it may arrive twice");
                return;
            }
            Err(error) => {
                tracing::warn!(dispatch.id = id, tries, error = %error, "how it ended was not kept")
            }
        }
        state.runtime.sleep(KEEP_PAUSE).await;
    }
}
