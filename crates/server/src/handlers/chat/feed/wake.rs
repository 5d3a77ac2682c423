//! When a held poll is to be answered.

use bedside_protocol::{AccountId, FeedSeq};
use tokio::time::Instant;

use crate::app::AppState;
use crate::failure::Failure;
use crate::hub::{LOOK_WITHIN, Look, Nudge, Subscription, Told};

/// Ends once something was stored after `after`, here or elsewhere, or the session is in doubt: it is time to look.
pub(super) async fn up(
    state: &AppState,
    account: AccountId,
    after: FeedSeq,
    subscription: &mut Subscription,
) -> Result<(), Failure> {
    let mut look_at = None;
    loop {
        let told = tokio::select! {
            told = subscription.recv() => told,
            () = until(look_at) => {
                look_at = None;
                if state.store.feed_head(account).await?.feed_seq > after {
                    return Ok(());
                }
                continue;
            }
        };
        match told {
            None => {
                subscription.ended().await;
                return Ok(());
            }
            Some(Told::Typing(_) | Told::Presence(_)) => {} // A poll has no frame for it.
            Some(Told::Event(_)) => return Ok(()),
            Some(Told::Nudge(nudge)) if is_answer(nudge, after) => return Ok(()),
            Some(Told::Nudge(nudge)) => {
                if nudge.look.is_some() {
                    let at = Instant::now() + state.runtime.jitter(LOOK_WITHIN);
                    look_at = Some(look_at.map_or(at, |earlier: Instant| earlier.min(at)));
                }
            }
        }
    }
}

fn is_answer(nudge: Nudge, after: FeedSeq) -> bool {
    nudge.up_to > after || nudge.look == Some(Look::Now)
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
