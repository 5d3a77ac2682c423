//! One cluster for all tests of a process.

use anyhow::{Result, anyhow};
use tokio::runtime::Builder;
use tokio::sync::OnceCell;

use super::{Options, Postgres};

static SHARED: OnceCell<Postgres> = OnceCell::const_new();

/// The cluster that all tests of this process share: relaxed, started by the first that asks, ended with the process.
/// Each test makes a database of its own in it ([`Postgres::fresh_database`]).
///
/// A static is never dropped: it is the folder's shell that ends the cluster, as after a crash of the test.
pub async fn shared() -> Result<&'static Postgres> {
    SHARED.get_or_try_init(|| Postgres::start(Options::default())).await
}

/// An empty database in the shared cluster, for a test whose own clock stands still while it waits for a network. Blocks.
pub fn shared_database() -> Result<String> {
    outside(async || shared().await?.fresh_database().await)
}

/// A database with what is in another of the shared cluster, likewise.
pub fn shared_copy(url: &str) -> Result<String> {
    let url = url.to_owned();
    outside(async move || shared().await?.copied_database(&url).await)
}

#[expect(clippy::disallowed_methods, reason = "a thread outside a simulated runtime is what this is for")]
fn outside<F: Future<Output = Result<String>>>(work: impl FnOnce() -> F + Send + 'static) -> Result<String> {
    let made = std::thread::spawn(|| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(work())
    });
    made.join().map_err(|_| anyhow!("the thread that makes a database panicked"))?
}
