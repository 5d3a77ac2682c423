//! `admin disable`, `enable`, `set-password`, `sign-out`: an account that exists.

use anyhow::bail;
use bedside_runtime::Runtime;
use bedside_server::store::sqlite::Company;
use bedside_server::store::{AccountChange, AccountOutcome};

use super::{Named, beside};
use crate::cli::{password, say};

pub(super) async fn disable(runtime: &Runtime, who: &Named) -> anyhow::Result<()> {
    change(runtime, who, AccountChange::Disable).await?;
    say(&format!("{} is shut out", who.username))
}

pub(super) async fn enable(runtime: &Runtime, who: &Named) -> anyhow::Result<()> {
    change(runtime, who, AccountChange::Enable).await?;
    say(&format!("{} may sign in", who.username))
}

pub(super) async fn set_password(runtime: &Runtime, who: &Named) -> anyhow::Result<()> {
    let hash = password::new_hash(runtime).await?;
    change(runtime, who, AccountChange::SetPassword(hash)).await?;
    say(&format!("{} has a new password and is signed out", who.username))
}

pub(super) async fn sign_out(runtime: &Runtime, who: &Named) -> anyhow::Result<()> {
    change(runtime, who, AccountChange::SignOut).await?;
    say(&format!("{} is signed out everywhere", who.username))
}

async fn change(runtime: &Runtime, who: &Named, change: AccountChange) -> anyhow::Result<()> {
    let store = who.place.open(runtime, Company::BesideServer).await?;
    let outcome = store.change_account(None, &who.username, change).await?;
    if outcome == AccountOutcome::Done {
        beside::tell(runtime, &who.place, &*store, &[&who.username]).await;
    }
    store.close().await;
    match outcome {
        AccountOutcome::Done => Ok(()),
        AccountOutcome::NoSuchAccount => bail!("there is no account {}", who.username),
        AccountOutcome::Forbidden => bail!("not allowed"),
    }
}
