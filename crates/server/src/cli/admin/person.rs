//! `admin set-person`: what is known of somebody who has an account.

use anyhow::{bail, ensure};
use bedside_protocol::wire::Role;
use bedside_runtime::Runtime;
use bedside_server::store::sqlite::Company;
use bedside_server::store::{AccountChange, AccountOutcome, FactsChange, Store};
use clap::Args;

use super::{Named, beside, clinic};
use crate::cli::say;

const RECORD_CHARS: usize = 40;

/// What is to be noted.
#[derive(Debug, Args)]
pub(crate) struct Facts {
    #[command(flatten)]
    who: Named,
    /// Where they are called.
    #[arg(long, value_parser = or_nothing(clinic::phone), allow_hyphen_values = true)]
    phone: Option<Noted>,
    /// The language they want to be spoken to in, a tag like "de".
    #[arg(long, value_parser = or_nothing(language))]
    language: Option<Noted>,
    /// Where their clocks are if elsewhere than the clinic's, for example Europe/Lisbon.
    #[arg(long, value_parser = or_nothing(clinic::time_zone))]
    time_zone: Option<Noted>,
    /// What a patient's record is found by.
    #[arg(long, value_parser = or_nothing(record_number))]
    record_number: Option<Noted>,
}

/// What is noted, or that nothing is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Noted(Option<String>);

pub(super) async fn set(runtime: &Runtime, facts: Facts) -> anyhow::Result<()> {
    let Facts { who, phone, language, time_zone, record_number } = facts;
    let noted = |noted: Option<Noted>| noted.map(|Noted(text)| text);
    let change = FactsChange {
        phone: noted(phone),
        language: noted(language),
        time_zone: noted(time_zone),
        record_number: noted(record_number),
    };
    ensure!(change != FactsChange::default(), "nothing was named that is to be noted");
    let store = who.place.open(runtime, Company::BesideServer).await?;
    let outcome = change_facts(&*store, &who.username, change).await;
    if matches!(outcome, Ok(AccountOutcome::Done)) {
        beside::tell(runtime, &who.place, &*store, &[&who.username]).await;
    }
    store.close().await;
    match outcome? {
        AccountOutcome::Done => say(&format!("noted of {}", who.username)),
        AccountOutcome::NoSuchAccount => bail!("there is no account {}", who.username),
        AccountOutcome::Forbidden => bail!("not allowed"),
    }
}

async fn change_facts(
    store: &dyn Store,
    username: &str,
    change: FactsChange,
) -> anyhow::Result<AccountOutcome> {
    let found = store.credentials(username).await?;
    let patient = found.is_none_or(|found| found.role == Role::Patient);
    ensure!(patient || change.record_number.is_none(), "only a patient has a record");
    Ok(store.change_account(None, username, AccountChange::SetFacts(change)).await?)
}

/// The same, or nothing for "".
fn or_nothing(
    read: fn(&str) -> Result<String, String>,
) -> impl Fn(&str) -> Result<Noted, String> + Clone + Send + Sync + 'static {
    move |text| {
        if text.trim().is_empty() { Ok(Noted(None)) } else { read(text).map(|text| Noted(Some(text))) }
    }
}

/// A tag like "de" or "pt-BR"; whether there is such a language is not looked up.
pub(super) fn language(text: &str) -> Result<String, String> {
    let text = text.trim();
    let mut parts = text.split('-');
    let primary = parts.next().is_some_and(|part| matches!(part.len(), 2 | 3));
    let rest = parts.all(|part| matches!(part.len(), 2..=8));
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if primary && rest && plain {
        Ok(text.to_owned())
    } else {
        Err("a language is a tag like de, ar or pt-BR".to_owned())
    }
}

pub(super) fn record_number(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
        return Err("a record number has at least three letters or digits".to_owned());
    }
    if text.chars().count() > RECORD_CHARS || text.chars().any(char::is_control) {
        return Err(format!("a record number is one line of at most {RECORD_CHARS} characters"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_meant_is_refused_and_nothing_takes_away() {
        for wrong in ["German", "d", "de_DE", "pt-B", "de-"] {
            assert!(language(wrong).is_err(), "{wrong}");
        }
        assert_eq!(language("pt-BR").unwrap(), "pt-BR");
        assert!(record_number("1-2").is_err() && record_number("A 104").is_ok());
        assert_eq!(or_nothing(record_number)("  ").unwrap(), Noted(None));
    }
}
