//! Running servers learn at once of what an administrator does beside them, where they share a database.
//!
//! A server with an embedded database is not told: its connections look at it every 25 seconds.

use anyhow::Context as _;
use bedside_protocol::AccountId;
use bedside_runtime::Runtime;
use bedside_server::bus::beside::tell_of_change;
use bedside_server::bus::postgres::Postgres;
use bedside_server::store::{Store, postgres};

use crate::cli::place::Place;

/// Has these people's connections look at the database. What was done is done, whether they are told or not.
pub(super) async fn tell(runtime: &Runtime, place: &Place, store: &dyn Store, usernames: &[&str]) {
    if let Err(error) = tell_servers(runtime, place, store, usernames).await {
        tracing::warn!("running servers were not told and see it up to 25 seconds late: {error:#}");
    }
}

async fn tell_servers(
    runtime: &Runtime,
    place: &Place,
    store: &dyn Store,
    usernames: &[&str],
) -> anyhow::Result<()> {
    if place.database()?.is_none() {
        return Ok(());
    }
    let mut accounts: Vec<AccountId> = Vec::new();
    for username in usernames {
        accounts.extend(store.credentials(username).await?.map(|found| found.account_id));
    }
    tell_of(runtime, place, accounts).await
}

/// Has these accounts' connections look at the database. What was done is done, whether they are told or not.
pub(super) async fn tell_accounts(runtime: &Runtime, place: &Place, accounts: Vec<AccountId>) {
    if let Err(error) = tell_of(runtime, place, accounts).await {
        tracing::warn!("running servers were not told and see it up to 25 seconds late: {error:#}");
    }
}

async fn tell_of(runtime: &Runtime, place: &Place, accounts: Vec<AccountId>) -> anyhow::Result<()> {
    let Some(address) = place.database()? else { return Ok(()) };
    let wire = Postgres::new(postgres::connector(&address)?);
    tell_of_change(runtime, &wire, accounts).await.context("the database did not take the signal")
}
