//! `admin create-…`: new accounts.

use anyhow::{bail, ensure};
use bedside_protocol::limits;
use bedside_protocol::wire::{PersonFacts, Role};
use bedside_runtime::Runtime;
use bedside_server::store::sqlite::Company;
use bedside_server::store::{NewAccount, NewAccountOutcome};
use clap::Args;

use super::{clinic, person};
use crate::cli::place::Place;
use crate::cli::{password, say};

/// The person.
#[derive(Debug, Args)]
pub(crate) struct Who {
    #[command(flatten)]
    place: Place,
    /// The name to sign in with.
    #[arg(long)]
    username: String,
    /// The full name as others see it.
    #[arg(long)]
    name: String,
    /// Where they are called.
    #[arg(long, value_parser = clinic::phone, allow_hyphen_values = true)]
    phone: Option<String>,
    /// The language they want to be spoken to in, a tag like "de".
    #[arg(long, value_parser = person::language)]
    language: Option<String>,
    /// Where their clocks are if elsewhere than the clinic's, for example Europe/Lisbon.
    #[arg(long, value_parser = clinic::time_zone)]
    time_zone: Option<String>,
}

pub(super) struct About {
    pub(super) role: Role,
    pub(super) profession: Option<String>,
    pub(super) birth_date: Option<String>,
    pub(super) record_number: Option<String>,
}

impl About {
    /// Nothing but the role.
    pub(super) const fn of(role: Role) -> Self {
        Self { role, profession: None, birth_date: None, record_number: None }
    }
}

pub(super) async fn run(runtime: &Runtime, who: Who, about: About) -> anyhow::Result<()> {
    check_names(&who)?;
    let password_hash = password::new_hash(runtime).await?;
    let store = who.place.open(runtime, Company::BesideServer).await?;
    let new = NewAccount {
        role: about.role,
        username: who.username.clone(),
        name: who.name,
        profession: about.profession,
        birth_date: about.birth_date,
        facts: PersonFacts {
            phone: who.phone,
            language: who.language,
            time_zone: who.time_zone,
            record_number: about.record_number,
        },
        password_hash,
        now: runtime.now(),
    };
    let outcome = store.create_account(None, new).await?;
    store.close().await;
    match outcome {
        NewAccountOutcome::Created(account) => {
            say(&format!("{} {} made", account.person.role.as_str(), account.username))
        }
        NewAccountOutcome::UsernameTaken => bail!("the user name {} is taken", who.username),
        NewAccountOutcome::DemoDatabase => {
            bail!("this database holds a demo clinic, which takes no real accounts")
        }
        NewAccountOutcome::Forbidden => bail!("not allowed"),
    }
}

fn check_names(who: &Who) -> anyhow::Result<()> {
    let username = &who.username;
    ensure!(!username.is_empty(), "the user name is empty");
    ensure!(username.chars().count() <= limits::USERNAME_CHARS, "the user name is too long");
    ensure!(!username.chars().any(|c| c.is_whitespace() || c.is_control()), "a user name has no spaces");
    ensure!(!who.name.trim().is_empty(), "the name is empty");
    Ok(())
}
