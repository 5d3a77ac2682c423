//! Waiting for conditions, each with a deadline and words for what did not happen.
//!
//! The deadlines are the runtime's time: a test with a paused clock cannot wait for a real server.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};

/// How long a server may take for anything on a slow, shared machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(15);

/// Looks until `look` finds something. An error of `look` is not final: it becomes part of what is said at the end.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        let seen = within(what, look()).await;
        if let Ok(Some(found)) = seen {
            return Ok(found);
        }
        if Instant::now() > end {
            match seen {
                Err(error) => return Err(error.context(format!("waited {PATIENCE:?} for {what}"))),
                Ok(_) => bail!("waited {PATIENCE:?} for {what}"),
            }
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Waits for an answer, but not for ever.
pub(crate) async fn within<T>(what: &str, answer: impl Future<Output = Result<T>>) -> Result<T> {
    let answer = tokio::time::timeout(PATIENCE, answer).await;
    answer.unwrap_or_else(|_| Err(anyhow!("no answer in {PATIENCE:?} from {what}")))
}

/// Looks until a condition holds.
pub(crate) async fn until_true(what: &str, mut holds: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    until(what, async || Ok(holds().await?.then_some(()))).await
}
