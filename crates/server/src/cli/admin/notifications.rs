//! `admin notifications …`: the log of e-mails and SMS, and another try for those that were given up. Never an address.

use anyhow::ensure;
use bedside_runtime::Runtime;
use bedside_server::store::sqlite::Company;
use bedside_server::store::{DispatchLine, Which};
use clap::{Args, Subcommand};

use crate::cli::place::Place;
use crate::cli::say;

/// What to do with them.
#[derive(Debug, Subcommand)]
pub(crate) enum Notifications {
    /// Shows the newest: number, when, who, by what, what became of it, tries, why not, the gateway's name for it.
    List {
        #[command(flatten)]
        place: Place,
        /// Those that were given up, alone.
        #[arg(long)]
        failed: bool,
        /// How many lines.
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
    /// Has what was given up tried again, for another day.
    Retry(Retry),
}

/// Which.
#[derive(Debug, Args)]
pub(crate) struct Retry {
    #[command(flatten)]
    place: Place,
    /// Its number.
    #[arg(long, required_unless_present = "all", conflicts_with = "all")]
    id: Option<i64>,
    /// Everything that was given up.
    #[arg(long)]
    all: bool,
}

pub(super) async fn run(runtime: &Runtime, what: Notifications) -> anyhow::Result<()> {
    match what {
        Notifications::List { place, failed, limit } => {
            let store = place.open(runtime, Company::BesideServer).await?;
            let which = if failed { Which::Failed } else { Which::All };
            let lines = store.dispatches(None, which, limit).await;
            store.close().await;
            lines?.iter().try_for_each(|line| say(&shown(line)))
        }
        Notifications::Retry(retry) => {
            let store = retry.place.open(runtime, Company::BesideServer).await?;
            let id = if retry.all { None } else { retry.id };
            let count = store.retry_dispatches(None, id, runtime.now()).await;
            store.close().await;
            let count = count?;
            ensure!(count > 0 || retry.all, "nothing of this number was given up");
            say(&format!("to be tried again: {count}"))
        }
    }
}

fn shown(line: &DispatchLine) -> String {
    let urgent = if line.urgent { "urgent" } else { "usual" };
    let (problem, gateway) = (line.problem.as_deref(), line.gateway_id.as_deref());
    let (problem, gateway) = (problem.unwrap_or("-"), gateway.unwrap_or("-"));
    format!(
        "{}\t{}\t{}\t{}\t{urgent}\t{}\t{}\t{problem}\t{gateway}",
        line.id,
        line.created_at,
        line.username,
        line.channel.as_str(),
        line.state,
        line.tries,
    )
}
