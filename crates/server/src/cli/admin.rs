//! `bedside-server admin …`: accounts and links from the command line, beside a running server or without one.

mod account;
mod beside;
mod clinic;
mod create;
mod hours;
mod link;
mod notifications;
mod person;
mod quick_reply;

use bedside_protocol::wire::Role;
use bedside_runtime::Runtime;
use clap::{Args, Subcommand};

use super::place::Place;
use create::{About, Who};

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Admin {
    /// Makes an account for somebody who treats. The password is asked for, or read from standard input.
    #[command(name = "create-practitioner")]
    Practitioner {
        #[command(flatten)]
        who: Who,
        /// For example "Physiotherapist".
        #[arg(long)]
        profession: Option<String>,
    },
    /// Makes an account for somebody who is treated. The password is asked for, or read from standard input.
    #[command(name = "create-patient")]
    Patient {
        #[command(flatten)]
        who: Who,
        /// YYYY-MM-DD
        #[arg(long)]
        birth_date: Option<jiff::civil::Date>,
        /// What their record is found by.
        #[arg(long, value_parser = person::record_number)]
        record_number: Option<String>,
    },
    /// Makes an account for an administrator. The password is asked for, or read from standard input.
    #[command(name = "create-admin")]
    Administrator {
        #[command(flatten)]
        who: Who,
    },
    /// Notes where somebody is called, their language, time zone or record number; "" takes it away.
    SetPerson(Box<person::Facts>),
    /// Says what the clinic tells everyone of itself, or changes it. Apps learn of it when they next connect.
    Clinic(Box<clinic::About>),
    /// Links a patient with a practitioner, so that they can write to each other.
    Link(Pair),
    /// Ends a link: both read on what they wrote, neither writes any more.
    EndLink(Pair),
    /// Shuts somebody out: no sign-in, and every session ends. Nothing of theirs is deleted.
    Disable(Named),
    /// Lets somebody in again who was shut out.
    Enable(Named),
    /// Gives somebody a new password and ends every session. It is asked for, or read from standard input.
    SetPassword(Named),
    /// Ends every session of somebody, on every device; a lost one too.
    SignOut(Named),
    /// The clinic's quick replies: ready-made texts that every practitioner has.
    #[command(subcommand)]
    QuickReply(quick_reply::QuickReply),
    /// E-mails and SMS to people who were not there: what became of them, and another try.
    #[command(subcommand)]
    Notifications(notifications::Notifications),
}

/// Two people.
#[derive(Debug, Args)]
pub(super) struct Pair {
    #[command(flatten)]
    place: Place,
    /// The patient's user name.
    #[arg(long)]
    patient: String,
    /// The practitioner's user name.
    #[arg(long)]
    practitioner: String,
}

/// Somebody who has an account.
#[derive(Debug, Args)]
pub(super) struct Named {
    #[command(flatten)]
    place: Place,
    /// The name they sign in with.
    #[arg(long)]
    username: String,
}

impl Admin {
    pub(super) async fn run(self, runtime: Runtime) -> anyhow::Result<()> {
        match self {
            Self::Practitioner { who, profession } => {
                create::run(&runtime, who, About { profession, ..About::of(Role::Practitioner) }).await
            }
            Self::Patient { who, birth_date, record_number } => {
                let birth_date = birth_date.map(|date| date.to_string());
                let about = About { birth_date, record_number, ..About::of(Role::Patient) };
                create::run(&runtime, who, about).await
            }
            Self::Administrator { who } => create::run(&runtime, who, About::of(Role::Admin)).await,
            Self::SetPerson(facts) => person::set(&runtime, *facts).await,
            Self::Clinic(about) => clinic::run(&runtime, *about).await,
            Self::Link(pair) => link::start(&runtime, &pair).await,
            Self::EndLink(pair) => link::end(&runtime, &pair).await,
            Self::Disable(who) => account::disable(&runtime, &who).await,
            Self::Enable(who) => account::enable(&runtime, &who).await,
            Self::SetPassword(who) => account::set_password(&runtime, &who).await,
            Self::SignOut(who) => account::sign_out(&runtime, &who).await,
            Self::QuickReply(what) => quick_reply::run(&runtime, what).await,
            Self::Notifications(what) => notifications::run(&runtime, what).await,
        }
    }
}
