//! `admin quick-reply …`: the clinic's ready-made texts, which every practitioner has.

use anyhow::bail;
use bedside_protocol::text::{InvalidText, normalize_quick_reply};
use bedside_protocol::wire::QuickReplies;
use bedside_protocol::{QuickReplyId, limits};
use bedside_runtime::Runtime;
use bedside_server::store::sqlite::Company;
use bedside_server::store::{QuickReplyChange, QuickReplyCommand, QuickReplyOutcome};
use clap::{Args, Subcommand};

use super::beside;
use crate::cli::place::Place;
use crate::cli::say;

/// What to do with them.
#[derive(Debug, Subcommand)]
pub(crate) enum QuickReply {
    /// Shows all of them, with their numbers.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Adds one at the end.
    Add {
        #[command(flatten)]
        words: Words,
    },
    /// Gives one another title and text.
    Edit {
        /// Its number.
        #[arg(long)]
        id: i64,
        #[command(flatten)]
        words: Words,
    },
    /// Removes one.
    Remove {
        #[command(flatten)]
        place: Place,
        /// Its number.
        #[arg(long)]
        id: i64,
    },
}

/// Title and text.
#[derive(Debug, Args)]
pub(crate) struct Words {
    #[command(flatten)]
    place: Place,
    /// What it is found by.
    #[arg(long)]
    title: String,
    /// What is put into a message. Filled in: {patient first name}, {my name}, {clinic name}, {clinic phone},
    /// {next opening}.
    #[arg(long)]
    text: String,
}

pub(super) async fn run(runtime: &Runtime, what: QuickReply) -> anyhow::Result<()> {
    match what {
        // No order that is asked for is the order there is.
        QuickReply::List { place } => {
            let replies = change(runtime, &place, QuickReplyChange::Order { ids: Vec::new() }).await?;
            replies.replies.iter().try_for_each(|reply| say(&format!("{}\t{}", reply.id, reply.title)))
        }
        QuickReply::Add { words } => {
            let (title, text) = checked(&words)?;
            let add = QuickReplyChange::Add { client_id: runtime.client_id(), title, text };
            let replies = change(runtime, &words.place, add).await?;
            say(&format!("added; the clinic has {} now", replies.replies.len()))
        }
        QuickReply::Edit { id, words } => {
            let (title, text) = checked(&words)?;
            change(runtime, &words.place, QuickReplyChange::Edit { id: QuickReplyId(id), title, text })
                .await?;
            say("changed")
        }
        QuickReply::Remove { place, id } => {
            change(runtime, &place, QuickReplyChange::Remove { id: QuickReplyId(id) }).await?;
            say("removed")
        }
    }
}

fn checked(words: &Words) -> anyhow::Result<(String, String)> {
    match normalize_quick_reply(&words.title, &words.text) {
        Ok(checked) => Ok(checked),
        Err(InvalidText::Empty) => bail!("title or text is empty"),
        Err(InvalidText::TooLong { .. }) => bail!(
            "a title has at most {} characters, a text {}",
            limits::QUICK_REPLY_TITLE_CHARS,
            limits::QUICK_REPLY_CHARS
        ),
    }
}

async fn change(runtime: &Runtime, place: &Place, change: QuickReplyChange) -> anyhow::Result<QuickReplies> {
    let store = place.open(runtime, Company::BesideServer).await?;
    let command = QuickReplyCommand { change, now: runtime.now() };
    let outcome = store.change_quick_replies(None, command).await?;
    if let QuickReplyOutcome::Changed { deliveries, .. } = &outcome {
        let accounts = deliveries.iter().map(|told| told.account_id).collect();
        beside::tell_accounts(runtime, place, accounts).await;
    }
    store.close().await;
    match outcome {
        QuickReplyOutcome::Changed { replies, .. } | QuickReplyOutcome::Unchanged { replies } => Ok(replies),
        QuickReplyOutcome::NotFound => bail!("the clinic has no such quick reply"),
        QuickReplyOutcome::TooMany => {
            bail!("the clinic has {} quick replies already", limits::QUICK_REPLIES_EACH)
        }
        QuickReplyOutcome::ClientIdReused => bail!("the number was used already; try again"),
    }
}
