//! `admin clinic`: what the clinic says of itself.

use anyhow::bail;
use bedside_protocol::wire::{Clinic, NoticeContent};
use bedside_runtime::Runtime;
use bedside_server::store::sqlite::Company;
use bedside_server::store::{ClinicChange, ClinicOutcome};
use clap::{Args, ValueEnum};

use super::hours::{self, Hours};
use crate::cli::place::Place;
use crate::cli::say;

const NAME_CHARS: usize = 120;
const PHONE_CHARS: usize = 40;

/// What is to be different; without any option what is set is printed.
#[derive(Debug, Args)]
pub(crate) struct About {
    #[command(flatten)]
    place: Place,
    /// Its name; "" for none.
    #[arg(long, value_parser = name)]
    name: Option<String>,
    /// Where it is called; "" for nowhere.
    #[arg(long, value_parser = optional_phone, allow_hyphen_values = true)]
    phone: Option<Phone>,
    /// Whom to call when a life is in danger.
    #[arg(long, value_parser = number)]
    emergency_number: Option<String>,
    /// When somebody is there, in the clinic's own time: "mon-fri 08:00-12:00,14:00-18:00; sat 09:00-12:00"; "" for no answer.
    #[arg(long, value_parser = hours::parse)]
    hours: Option<Hours>,
    /// For example Europe/Berlin.
    #[arg(long, value_parser = time_zone)]
    time_zone: Option<String>,
    /// Whether practitioners are warned of a message that names another patient.
    #[arg(long)]
    warn_other_patient: Option<Switch>,
    /// Whether practitioners may download conversations; patients always may.
    #[arg(long)]
    practitioners_export: Option<Switch>,
    /// The most that notifications on people's desktops may say, whatever they choose for themselves.
    #[arg(long)]
    notification_content: Option<Most>,
}

/// A telephone number, or that there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phone(Option<String>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Most {
    /// That there is a message.
    Nothing,
    /// Also whose it is.
    Name,
    /// Also how it begins.
    NameAndText,
}

impl From<Most> for NoticeContent {
    fn from(most: Most) -> Self {
        match most {
            Most::Nothing => Self::Nothing,
            Most::Name => Self::Name,
            Most::NameAndText => Self::NameAndText,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

pub(super) async fn run(runtime: &Runtime, about: About) -> anyhow::Result<()> {
    let store = about.place.open(runtime, Company::BesideServer).await?;
    let change = about.change();
    let outcome = if change == ClinicChange::default() {
        store.clinic().await.map(ClinicOutcome::Unchanged)
    } else {
        store.set_clinic(None, change).await
    };
    store.close().await;
    match outcome? {
        ClinicOutcome::Changed(clinic) | ClinicOutcome::Unchanged(clinic) => show(&clinic),
        ClinicOutcome::Forbidden => bail!("not allowed"),
    }
}

impl About {
    fn change(self) -> ClinicChange {
        ClinicChange {
            name: self.name,
            phone: self.phone.map(|Phone(phone)| phone),
            emergency_number: self.emergency_number,
            hours: self.hours.map(|Hours(hours)| hours),
            time_zone: self.time_zone,
            warn_other_patient: self.warn_other_patient.map(|switch| switch == Switch::On),
            practitioners_export: self.practitioners_export.map(|switch| switch == Switch::On),
            notification_content: self.notification_content.map(NoticeContent::from),
        }
    }
}

fn show(clinic: &Clinic) -> anyhow::Result<()> {
    let unset = |text: &str| if text.is_empty() { "not set".to_owned() } else { text.to_owned() };
    say(&format!("name                {}", unset(&clinic.name)))?;
    say(&format!("phone               {}", unset(clinic.phone.as_deref().unwrap_or_default())))?;
    say(&format!("emergency number    {}", clinic.emergency_number))?;
    say(&format!("hours               {}", unset(&hours::show(&clinic.hours))))?;
    say(&format!("time zone           {}", clinic.time_zone))?;
    let switch = |on: bool| if on { "on" } else { "off" };
    say(&format!("warn other patient  {}", switch(clinic.warn_other_patient)))?;
    say(&format!("practitioners export {}", switch(clinic.practitioners_export)))?;
    say(&format!("notifications say   {}", clinic.notification_content.as_str().replace('_', " ")))
}

fn name(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.chars().count() > NAME_CHARS || text.chars().any(char::is_control) {
        return Err(format!("a name is one line of at most {NAME_CHARS} characters"));
    }
    Ok(text.to_owned())
}

fn optional_phone(text: &str) -> Result<Phone, String> {
    if text.trim().is_empty() { Ok(Phone(None)) } else { phone(text).map(|phone| Phone(Some(phone))) }
}

/// A number as people write it: digits, a plus in front, and what makes it readable.
pub(super) fn phone(text: &str) -> Result<String, String> {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let readable =
        |(at, c): (usize, char)| c.is_ascii_digit() || " -/().".contains(c) || (at == 0 && c == '+');
    if digits < 3 || text.len() > PHONE_CHARS || !text.char_indices().all(readable) {
        return Err("a telephone number has digits, spaces, - / ( ) . and at most a + in front".to_owned());
    }
    Ok(text.to_owned())
}

fn number(text: &str) -> Result<String, String> {
    let text = text.trim();
    if !(2..=8).contains(&text.len()) || !text.chars().all(|c| c.is_ascii_digit()) {
        return Err("an emergency number has two to eight digits, like 112".to_owned());
    }
    Ok(text.to_owned())
}

/// Its name as the database of time zones has it.
pub(super) fn time_zone(text: &str) -> Result<String, String> {
    let found = jiff::tz::TimeZone::get(text.trim());
    let known = found.map_err(|_| "there is no such time zone; it is named like Europe/Berlin".to_owned())?;
    Ok(known.iana_name().unwrap_or("UTC").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_called_is_refused() {
        for wrong in ["call me", "12", "+49+30 1234", "030 1234 ext 5"] {
            assert!(phone(wrong).is_err(), "{wrong}");
        }
        assert_eq!(phone(" +49 (30) 1234-56 ").unwrap(), "+49 (30) 1234-56");
        assert_eq!(optional_phone(" ").unwrap(), Phone(None));
        assert!(number("112").is_ok() && number("one").is_err() && number("1").is_err());
    }

    #[test]
    fn a_time_zone_is_one_there_is() {
        assert_eq!(time_zone("europe/berlin").unwrap(), "Europe/Berlin");
        assert!(time_zone("Berlin").is_err() && time_zone("").is_err());
    }
}
