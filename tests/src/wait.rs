//! Waiting for conditions, each with a deadline and words for what did not happen.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long anything a person would wait for may take on a slow, shared machine.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(60);

/// Looks until `look` finds something. An error of `look` is not final: it becomes part of what is said at the end.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    until_within(PATIENCE, what, look).await
}

/// As [`until`], with another deadline.
pub async fn until_within<T>(
    deadline: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let end = Instant::now() + deadline;
    loop {
        let seen = look().await;
        if let Ok(Some(found)) = seen {
            return Ok(found);
        }
        if Instant::now() > end {
            match seen {
                Err(error) => return Err(error.context(format!("waited {deadline:?} for {what}"))),
                Ok(_) => bail!("waited {deadline:?} for {what}"),
            }
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Looks until a condition holds.
pub async fn until_true(what: &str, mut holds: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    until(what, async || Ok(holds().await?.then_some(()))).await
}

/// Makes sure a condition goes on holding: for what must *not* happen there is nothing else to wait for.
pub async fn stays_true(
    during: Duration,
    what: &str,
    mut holds: impl AsyncFnMut() -> Result<bool>,
) -> Result<()> {
    let end = Instant::now() + during;
    while Instant::now() < end {
        if !holds().await? {
            bail!("did not stay true: {what}");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(())
}
