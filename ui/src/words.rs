//! The words and dates of the chosen language, handed down the tree as one context.

use std::rc::Rc;

use bedside_i18n::{Direction, Language, Localizer, Value};
use bedside_protocol::Timestamp;
use bedside_protocol::ipc::{PersonView, Presence};
use bedside_protocol::wire::Role;
use yew::{AttrValue, hook, use_context};

use crate::dom;
use crate::format::{Dates, Lasted, Nearness, nearness};

/// Words and dates. Cheap to clone; compared by identity.
#[derive(Clone)]
pub(crate) struct Words {
    inner: Rc<Inner>,
}

struct Inner {
    localizer: Localizer,
    dates: Dates,
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }
}

impl Words {
    /// The words of a setting (a tag, or empty for the system's), given the system's wishes.
    pub(crate) fn choose(setting: &str, system: &[String]) -> Self {
        let wishes = Some(setting).filter(|tag| !tag.is_empty()).into_iter();
        let language = Language::negotiate(wishes.chain(system.iter().map(String::as_str)));
        // The system's own tag carries its region, and so 14:32 or 2:32 PM.
        let regional = system.iter().find(|tag| Language::from_tag(tag) == language);
        let tag = regional.map_or(language.tag(), String::as_str);
        let dates = Dates::new(tag, language);
        Words { inner: Rc::new(Inner { localizer: Localizer::for_language(language), dates }) }
    }

    /// The language.
    pub(crate) fn language(&self) -> Language {
        self.inner.localizer.language()
    }

    /// Which way it is written.
    pub(crate) fn direction(&self) -> Direction {
        self.language().direction()
    }

    /// The string of an id.
    pub(crate) fn text(&self, id: &str) -> String {
        self.inner.localizer.text(id)
    }

    /// The string of an id with its placeables filled.
    pub(crate) fn text_with(&self, id: &str, values: &[(&str, Value)]) -> String {
        self.inner.localizer.text_with(id, values)
    }

    /// The string of an id about somebody.
    pub(crate) fn about(&self, id: &str, name: &str) -> AttrValue {
        self.text_with(id, &[("name", name.into())]).into()
    }

    /// The string of an id about a number.
    pub(crate) fn count(&self, id: &str, count: i64) -> AttrValue {
        self.text_with(id, &[("count", count.into())]).into()
    }

    /// How long something has lasted.
    pub(crate) fn how_long(&self, since: Timestamp) -> AttrValue {
        match Lasted::since(since) {
            Lasted::Minutes(count) => self.count("lasted-minutes", count),
            Lasted::Hours(count) => self.count("lasted-hours", count),
            Lasted::Days(count) => self.count("lasted-days", count),
        }
    }

    /// The name of the key commands are given with.
    pub(crate) fn command_key(&self) -> String {
        if dom::is_mac() { "⌘".to_owned() } else { self.text("key-control") }
    }

    /// Dates and times of the language.
    pub(crate) fn dates(&self) -> &Dates {
        &self.inner.dates
    }

    /// A role in words.
    pub(crate) fn role(&self, role: Role) -> String {
        self.text(match role {
            Role::Patient => "role-patient",
            Role::Practitioner => "role-practitioner",
            Role::Admin => "role-admin",
        })
    }

    /// An age in words, for a date of birth that can be read.
    pub(crate) fn age(&self, person: &PersonView) -> Option<AttrValue> {
        let years = self.dates().age(person.birth_date.as_deref()?)?;
        Some(self.count("age-years", years))
    }

    /// Whether somebody is there; nothing where it is not known.
    pub(crate) fn presence(&self, presence: Option<Presence>) -> Option<String> {
        match presence? {
            Presence::Online => Some(self.text("presence-online")),
            Presence::LastSeen { at } => Some(self.last_seen(at)),
        }
    }

    fn last_seen(&self, at: Timestamp) -> String {
        let dates = self.dates();
        let (id, name, value) = match nearness(at) {
            Nearness::Today => ("presence-seen-today", "time", dates.time(at)),
            Nearness::Yesterday => ("presence-seen-yesterday", "time", dates.time(at)),
            _ => ("presence-seen-on", "date", dates.in_list(at).unwrap_or_default()),
        };
        self.text_with(id, &[(name, value.into())])
    }

    /// The line below a name: profession, or age and how long somebody has been a patient.
    pub(crate) fn about_person(&self, person: &PersonView) -> String {
        match person.role {
            Role::Patient => {
                let since = self.dates().year(person.since);
                let since = self.text_with("patient-since", &[("year", since.into())]);
                self.age(person).map_or(since.clone(), |age| format!("{age} · {since}"))
            }
            role => person.profession.clone().unwrap_or_else(|| self.role(role)),
        }
    }
}

/// The words of the tree.
///
/// There is always a provider; without one the words are English.
#[hook]
pub(crate) fn use_words() -> Words {
    use_context::<Words>().unwrap_or_else(|| Words::choose("en", &[]))
}
