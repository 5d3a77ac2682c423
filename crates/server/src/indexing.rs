//! Makes messages findable, behind those who send them: an endless walk over the rooms, politely.

use std::sync::Arc;
use std::time::Duration;

use bedside_protocol::RoomId;

use crate::app::AppState;
use crate::store::StoreError;

/// Between two walks that found nothing to do; until then a search looks at what is new by itself.
const IDLE: Duration = Duration::from_secs(15);
/// Between two steps: whoever sends goes first.
const BETWEEN: Duration = Duration::from_millis(10);
/// After a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(60);

/// Begins; it ends when the server closes.
pub(crate) fn start(state: &Arc<AppState>) {
    let indexing = Arc::clone(state);
    let work = async move {
        let mut pause = IDLE;
        while indexing.closing.run_until_cancelled(indexing.runtime.sleep(pause)).await.is_some() {
            pause = match walk(&indexing).await {
                Ok(true) => BETWEEN,
                Ok(false) => IDLE,
                Err(error) => {
                    tracing::warn!(error = %error, "messages could not be made findable");
                    AFTER_FAILURE
                }
            };
        }
    };
    state.runtime.spawn_vital("server.search", state.connections.track_future(work));
}

/// One slice of every room that is due; whether any has more. What comes in meanwhile waits for the next walk: by then it
/// is many messages in one transaction.
pub(crate) async fn walk(state: &AppState) -> Result<bool, StoreError> {
    let (mut place, mut more) = (Some(RoomId(0)), false);
    while let Some(after) = place.filter(|_| !state.closing.is_cancelled()) {
        let step = state.store.index_messages(after).await?;
        (place, more) = (step.next, more || step.more);
        if step.worked {
            state.runtime.sleep(BETWEEN).await;
        }
    }
    Ok(more)
}
