//! `bedside-server admin …`: accounts and links from the command line.

use anyhow::{bail, ensure};
use bedside_protocol::limits;
use bedside_protocol::wire::Role;
use bedside_runtime::Runtime;
use bedside_server::password::{self as hashing, Cost};
use bedside_server::store::sqlite::Company;
use bedside_server::store::{LinkOutcome, NewAccount, NewAccountOutcome, Store as _};
use clap::{Args, Subcommand};

use super::{DataFolder, open, password, say};

/// What to make.
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
    },
    /// Makes an account for an administrator. The password is asked for, or read from standard input.
    #[command(name = "create-admin")]
    Administrator {
        #[command(flatten)]
        who: Who,
    },
    /// Links a patient with a practitioner, so that they can write to each other.
    Link {
        #[command(flatten)]
        folder: DataFolder,
        /// The patient's user name.
        #[arg(long)]
        patient: String,
        /// The practitioner's user name.
        #[arg(long)]
        practitioner: String,
    },
}

/// The person.
#[derive(Debug, Args)]
pub(super) struct Who {
    #[command(flatten)]
    folder: DataFolder,
    /// The name to sign in with.
    #[arg(long)]
    username: String,
    /// The full name as others see it.
    #[arg(long)]
    name: String,
}

struct About {
    role: Role,
    profession: Option<String>,
    birth_date: Option<String>,
}

impl Admin {
    pub(super) async fn run(self, runtime: Runtime) -> anyhow::Result<()> {
        match self {
            Self::Practitioner { who, profession } => {
                create(&runtime, who, About { role: Role::Practitioner, profession, birth_date: None }).await
            }
            Self::Patient { who, birth_date } => {
                let birth_date = birth_date.map(|date| date.to_string());
                create(&runtime, who, About { role: Role::Patient, profession: None, birth_date }).await
            }
            Self::Administrator { who } => {
                create(&runtime, who, About { role: Role::Admin, profession: None, birth_date: None }).await
            }
            Self::Link { folder, patient, practitioner } => {
                link(&runtime, &folder, &patient, &practitioner).await
            }
        }
    }
}

async fn create(runtime: &Runtime, who: Who, about: About) -> anyhow::Result<()> {
    check_names(&who)?;
    let store = open(runtime, &who.folder.data, Company::BesideServer).await?;
    let secret = password::read()?;
    let hashing = runtime.clone();
    let password_hash = runtime.blocking(move || hashing::hash(&hashing, &secret, Cost::Standard)).await?;
    let new = NewAccount {
        role: about.role,
        username: who.username.clone(),
        name: who.name,
        profession: about.profession,
        birth_date: about.birth_date,
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
            bail!("this data folder holds a demo clinic, which takes no real accounts")
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

async fn link(
    runtime: &Runtime,
    folder: &DataFolder,
    patient: &str,
    practitioner: &str,
) -> anyhow::Result<()> {
    let store = open(runtime, &folder.data, Company::BesideServer).await?;
    let outcome = store.link(None, patient, practitioner).await?;
    store.close().await;
    match outcome {
        LinkOutcome::Linked => say(&format!("{patient} and {practitioner} are linked")),
        LinkOutcome::AlreadyLinked => say(&format!("{patient} and {practitioner} were linked already")),
        LinkOutcome::NoSuchPatient => bail!("there is no patient {patient}"),
        LinkOutcome::NoSuchPractitioner => bail!("there is no practitioner {practitioner}"),
        LinkOutcome::Forbidden => bail!("not allowed"),
    }
}
