//! Whether a text names a patient other than the one it is written to: by full name, date of birth or record number.
//!
//! Built once for the people held, then asked for each message. Given names alone do not count.

mod dates;
mod names;
mod records;

use std::collections::BTreeMap;

use bedside_protocol::AccountId;
use bedside_protocol::ipc::MatchedBy;

use self::dates::Dates;
use self::names::Names;
use self::records::Records;
use super::fold::{Umlauts, fold, is_apostrophe};

/// Somebody who may be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// Who.
    pub account_id: AccountId,
    /// Full name.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    /// What their record is found by.
    pub record_number: Option<String>,
}

/// Somebody a text names, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Who.
    pub account_id: AccountId,
    /// Full name.
    pub name: String,
    /// In the order of their weight.
    pub by: Vec<MatchedBy>,
}

/// Everybody who may be named, ready to be looked for.
#[derive(Debug)]
pub struct Patients {
    people: Vec<Patient>,
    names: Names,
    dates: Dates,
    records: Records,
}

impl Patients {
    /// Some milliseconds for thousands of people.
    #[must_use]
    pub fn new(people: Vec<Patient>) -> Self {
        let names = Names::new(people.iter().map(|patient| patient.name.as_str()));
        let dates = Dates::new(people.iter().map(|patient| patient.birth_date.as_deref()));
        let records = Records::new(people.iter().map(|patient| patient.record_number.as_deref()));
        Patients { people, names, dates, records }
    }

    /// Whom a text to somebody names beside them, in order of their names. What fits the one it is written to as well (a
    /// namesake, somebody born on the same day) is not counted.
    #[must_use]
    pub fn named_in(&self, text: &str, to: AccountId) -> Vec<Mention> {
        let words = words(text);
        let own = self.people.iter().position(|patient| patient.account_id == to);
        let found = [
            (MatchedBy::Name, self.names.find(&words, own)),
            (MatchedBy::BirthDate, self.dates.find(text)),
            (MatchedBy::RecordNumber, self.records.find(&words)),
        ];
        let fits = |places: &[usize]| own.is_some_and(|own| places.contains(&own));
        let mut mentions: BTreeMap<usize, Vec<MatchedBy>> = BTreeMap::new();
        for (by, groups) in found {
            for place in groups.into_iter().filter(|places| !fits(places)).flatten() {
                let held = mentions.entry(place).or_default();
                if !held.contains(&by) {
                    held.push(by);
                }
            }
        }
        self.mentions(mentions)
    }

    fn mentions(&self, found: BTreeMap<usize, Vec<MatchedBy>>) -> Vec<Mention> {
        let mention = |(place, by): (usize, Vec<MatchedBy>)| {
            let Patient { account_id, name, .. } = self.people.get(place)?;
            Some(Mention { account_id: *account_id, name: name.clone(), by })
        };
        let mut mentions: Vec<Mention> = found.into_iter().filter_map(mention).collect();
        mentions.sort_by(|a, b| a.name.cmp(&b.name).then(a.account_id.cmp(&b.account_id)));
        mentions
    }
}

/// A text's words, folded: hyphens part them, an English genitive is taken off.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text, Umlauts::Plain);
    let parted = folded.split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c));
    parted.map(whole).filter(|word| !word.is_empty()).collect()
}

fn whole(word: &str) -> String {
    let trimmed = word.trim_matches(is_apostrophe);
    let own = trimmed.strip_suffix('s').filter(|rest| rest.ends_with(is_apostrophe)).unwrap_or(trimmed);
    own.chars().filter(|c| !is_apostrophe(*c)).collect()
}

#[cfg(test)]
mod tests;
