//! Waits until what was stored can be searched, which the cache sees to behind it.

use std::time::{Duration, Instant};

use anyhow::Result;
use bedside_engine::cache::Cache;

/// How often is looked.
const LOOK: Duration = Duration::from_millis(10);

/// How long it took until everything held can be found.
pub(crate) async fn wait(cache: &Cache) -> Result<Duration> {
    let begun = Instant::now();
    while cache.unindexed().await? > 0 {
        tokio::time::sleep(LOOK).await;
    }
    Ok(begun.elapsed())
}
