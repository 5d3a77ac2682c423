//! The people of a demo clinic. The first are a fixed cast, so that screenshots stay the same; the rest are drawn.

use bedside_protocol::Timestamp;
use bedside_protocol::wire::PersonFacts;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use super::names::{CULTURES, Order, PROFESSIONS};

/// One person to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DemoPerson {
    pub(crate) username: String,
    pub(crate) name: String,
    pub(crate) profession: Option<String>,
    pub(crate) birth_date: Option<String>,
    pub(crate) facts: PersonFacts,
    pub(crate) since: Timestamp,
}

/// Name, date of birth and language of the first patients.
const PATIENTS: [(&str, &str, &str); 9] = [
    ("Ana Ribeiro", "1972-05-04", "pt"),
    ("Ben Okafor", "1989-11-23", "en"),
    ("Margarete Schönleber-Winterstein", "1941-02-17", "de"),
    ("Yusuf Haddad", "2001-08-30", "ar"),
    ("Linh Nguyen", "1994-06-12", "vi"),
    ("Tomasz Kowalski", "1966-12-01", "pl"),
    ("Ingrid Johansen", "1978-03-25", "nb"),
    ("Dolores Castillo", "1953-09-14", "es"),
    ("Peter Whitfield", "1960-01-08", "en"),
];
/// Name and profession of the first practitioners.
const PRACTITIONERS: [(&str, &str); 4] = [
    ("Dr. Drew Lindqvist", "General practitioner"),
    ("Eve Marchetti", "Physiotherapist"),
    ("Dr. Amara Nwosu", "Cardiologist"),
    ("佐藤 美咲", "Dietitian"),
];
/// The languages of those who are drawn, German more often than each other one.
const LANGUAGES: [&str; 8] = ["de", "de", "de", "en", "ar", "tr", "pl", "uk"];
/// The first record number of the clinic.
const FIRST_RECORD: u32 = 104_000;
const DAY_MS: i64 = 86_400_000;

/// Distinguishes the two roles' draws.
const PATIENT_STREAM: u64 = 0x0070_6174;
const PRACTITIONER_STREAM: u64 = 0x0070_7261;

pub(crate) fn patient(seed: u64, index: u32, now: Timestamp) -> DemoPerson {
    let mut draw = stream(seed, PATIENT_STREAM, index);
    let since = since(&mut draw, now);
    let (drawn_name, drawn_birth) = (name(&mut draw), birth_date(&mut draw));
    let cast = usize::try_from(index).ok().and_then(|index| PATIENTS.get(index));
    let (name, birth_date) =
        cast.map_or((drawn_name, drawn_birth), |(name, birth, _)| ((*name).to_owned(), (*birth).to_owned()));
    let drawn = LANGUAGES.choose(&mut draw).copied().unwrap_or_default();
    let record_number = Some((FIRST_RECORD + index).to_string());
    let facts =
        PersonFacts { record_number, ..facts(index, cast.map_or(drawn, |(_, _, language)| language)) };
    let username = format!("patient{index:05}");
    DemoPerson { username, name, profession: None, birth_date: Some(birth_date), facts, since }
}

pub(crate) fn practitioner(seed: u64, index: u32, now: Timestamp) -> DemoPerson {
    let mut draw = stream(seed, PRACTITIONER_STREAM, index);
    let since = since(&mut draw, now);
    let drawn = (name(&mut draw), profession(&mut draw));
    let cast = usize::try_from(index).ok().and_then(|index| PRACTITIONERS.get(index));
    let (name, profession) =
        cast.map_or(drawn, |(name, profession)| ((*name).to_owned(), (*profession).to_owned()));
    let username = format!("practitioner{index:05}");
    let facts = facts(index, "de");
    DemoPerson { username, name, profession: Some(profession), birth_date: None, facts, since }
}

/// A number of those kept free for plays; who speaks Portuguese is away from here.
fn facts(index: u32, language: &str) -> PersonFacts {
    PersonFacts {
        phone: Some(format!("+49 30 23125 {:03}", index % 1_000)),
        language: Some(language.to_owned()),
        time_zone: (language == "pt").then(|| "Europe/Lisbon".to_owned()),
        record_number: None,
    }
}

/// A generator of its own for each person and conversation: adding one changes no other.
pub(super) fn stream(seed: u64, kind: u64, index: u32) -> StdRng {
    StdRng::seed_from_u64(seed ^ (kind << 32) ^ u64::from(index))
}

fn name(draw: &mut StdRng) -> String {
    let Some(culture) = CULTURES.choose(draw) else { return String::new() };
    let given = culture.given.choose(draw).copied().unwrap_or_default();
    let family = culture.family.choose(draw).copied().unwrap_or_default();
    match culture.order {
        Order::GivenFirst => format!("{given} {family}"),
        Order::FamilyFirst => format!("{family} {given}"),
        Order::FamilyFirstJoined => format!("{family}{given}"),
    }
}

fn profession(draw: &mut StdRng) -> String {
    PROFESSIONS.choose(draw).copied().unwrap_or_default().to_owned()
}

fn birth_date(draw: &mut StdRng) -> String {
    let (year, month, day): (u16, u8, u8) =
        (draw.random_range(1934..=2008), draw.random_range(1..=12), draw.random_range(1..=28));
    format!("{year}-{month:02}-{day:02}")
}

/// With the clinic for between four months and eight years.
fn since(draw: &mut StdRng, now: Timestamp) -> Timestamp {
    Timestamp(now.millis() - draw.random_range(120..3_000) * DAY_MS)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_363_200_000);

    #[test]
    fn the_same_seed_gives_the_same_people() {
        assert_eq!(patient(7, 1_234, NOW), patient(7, 1_234, NOW));
        assert_ne!(patient(7, 1_234, NOW).name, patient(8, 1_234, NOW).name);
    }

    #[test]
    fn user_names_have_five_digits() {
        assert_eq!(patient(1, 0, NOW).username, "patient00000");
        assert_eq!(practitioner(1, 2_499, NOW).username, "practitioner02499");
    }

    #[test]
    fn names_vary_and_some_are_in_other_scripts() {
        let names: HashSet<_> = (0..300).map(|index| patient(1, index, NOW).name).collect();
        assert!(names.len() > 200, "only {} names", names.len());
        assert!(names.iter().any(|name| name.chars().all(|c| !c.is_ascii_alphabetic())));
        assert!(names.iter().any(|name| name.chars().count() > 25));
    }

    #[test]
    fn only_patients_have_dates_of_birth_and_only_practitioners_a_profession() {
        let (treated, treating) = (patient(1, 50, NOW), practitioner(1, 50, NOW));
        assert!(treated.birth_date.is_some() && treated.profession.is_none());
        assert!(treating.birth_date.is_none() && treating.profession.is_some());
        assert!(treated.facts.record_number.is_some() && treating.facts.record_number.is_none());
    }
}
