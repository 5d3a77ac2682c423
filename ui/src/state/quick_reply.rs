//! Quick replies: finding one, and filling its placeholders.
//!
//! A placeholder is a name in braces, understood in every language of the interface. What cannot be filled stays as it
//! is, so that nobody overlooks it.

use bedside_protocol::ipc::QuickReplyView;
use bedside_protocol::text::fold_for_search;

use super::completion::units;

/// What can be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placeholder {
    PatientFirstName,
    MyName,
    ClinicName,
    ClinicPhone,
    NextOpening,
}

impl Placeholder {
    pub(crate) const ALL: [Self; 5] =
        [Self::PatientFirstName, Self::MyName, Self::ClinicName, Self::ClinicPhone, Self::NextOpening];

    /// The string that it is called by.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::PatientFirstName => "placeholder-patient-first-name",
            Self::MyName => "placeholder-my-name",
            Self::ClinicName => "placeholder-clinic-name",
            Self::ClinicPhone => "placeholder-clinic-phone",
            Self::NextOpening => "placeholder-next-opening",
        }
    }
}

/// What a placeholder is called, in whatever language.
pub(crate) type Name = (String, Placeholder);

/// What is known to fill in; empty is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub patient_first_name: String,
    pub my_name: String,
    pub clinic_name: String,
    pub clinic_phone: String,
    pub next_opening: String,
}

impl Facts {
    fn of(&self, placeholder: Placeholder) -> &str {
        match placeholder {
            Placeholder::PatientFirstName => &self.patient_first_name,
            Placeholder::MyName => &self.my_name,
            Placeholder::ClinicName => &self.clinic_name,
            Placeholder::ClinicPhone => &self.clinic_phone,
            Placeholder::NextOpening => &self.next_opening,
        }
    }
}

/// The name one is called by: the first of a full name.
pub(crate) fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}

/// A text with everything filled in that is known.
pub(crate) fn filled(text: &str, names: &[Name], facts: &Facts) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside, after)) = next(rest) {
        let known = meant(inside, names).map(|placeholder| facts.of(placeholder));
        out.push_str(before);
        match known.filter(|value| !value.is_empty()) {
            Some(value) => out.push_str(value),
            None => out.extend(["{", inside, "}"]),
        }
        rest = after;
    }
    out + rest
}

/// Whether a text holds a certain placeholder.
pub(crate) fn holds(text: &str, names: &[Name], sought: Placeholder) -> bool {
    let mut rest = text;
    while let Some((_, inside, after)) = next(rest) {
        if meant(inside, names) == Some(sought) {
            return true;
        }
        rest = after;
    }
    false
}

/// Where the first placeholder stands that is still to be filled, as the text box counts it.
pub(crate) fn unfilled(text: &str) -> Option<(u32, u32)> {
    let (before, inside, _) = next(text)?;
    let from = units(before);
    Some((from, from.saturating_add(units(inside)).saturating_add(2)))
}

/// The words of the first placeholder that is still to be filled.
pub(crate) fn first_unfilled(text: &str) -> Option<&str> {
    next(text).map(|(_, inside, _)| inside)
}

fn meant(inside: &str, names: &[Name]) -> Option<Placeholder> {
    let sought = plain(inside);
    names.iter().find(|(name, _)| plain(name) == sought).map(|(_, placeholder)| *placeholder)
}

fn plain(name: &str) -> String {
    fold_for_search(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest name in braces that counts, in characters: more is a text in braces.
const LONGEST: usize = 40;

/// The next name in braces: what stands before it, in it and behind it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let opens = text.match_indices('{').map(|(at, _)| at);
    opens.into_iter().find_map(|at| {
        let (before, from) = text.split_at_checked(at)?;
        let (inside, after) = from.strip_prefix('{')?.split_once('}')?;
        let named = inside.chars().any(char::is_alphabetic) && inside.chars().count() <= LONGEST;
        (named && !inside.contains(['{', '\n'])).then_some((before, inside, after))
    })
}

/// Those whose title or text holds every word that is sought; titles that begin so first.
pub(crate) fn find<'a>(replies: &'a [QuickReplyView], search: &str) -> Vec<&'a QuickReplyView> {
    let sought = fold_for_search(search.trim());
    let mut found: Vec<(usize, &QuickReplyView)> =
        replies.iter().filter_map(|reply| Some((nearness(reply, &sought)?, reply))).collect();
    found.sort_by_key(|(nearness, _)| *nearness);
    found.into_iter().map(|(_, reply)| reply).collect()
}

fn nearness(reply: &QuickReplyView, sought: &str) -> Option<usize> {
    let (title, text) = (fold_for_search(&reply.title), fold_for_search(&reply.text));
    let all_in = |text: &str| sought.split_whitespace().all(|word| text.contains(word));
    if title.starts_with(sought) {
        Some(0)
    } else if all_in(&title) {
        Some(1)
    } else {
        all_in(&format!("{title} {text}")).then_some(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<Name> {
        [
            ("patient first name", Placeholder::PatientFirstName),
            ("Vorname", Placeholder::PatientFirstName),
            ("next opening", Placeholder::NextOpening),
            ("my name", Placeholder::MyName),
        ]
        .map(|(name, placeholder)| (name.to_owned(), placeholder))
        .to_vec()
    }

    fn facts() -> Facts {
        Facts { patient_first_name: "Ana".into(), my_name: "Drew".into(), ..Facts::default() }
    }

    #[test]
    fn what_is_known_is_filled_in_in_whatever_language_it_is_named() {
        let fill = |text: &str| filled(text, &names(), &facts());
        assert_eq!(fill("Dear {patient first name}, {My  Name}"), "Dear Ana, Drew");
        assert_eq!(fill("Hallo {vorname}!"), "Hallo Ana!");
        assert_eq!(fill("No braces"), "No braces");
    }

    #[test]
    fn what_is_not_known_stays_and_is_pointed_at() {
        let text = filled("😊 {my name}: until {next opening}, {colour}", &names(), &facts());
        assert_eq!(text, "😊 Drew: until {next opening}, {colour}");
        assert_eq!(unfilled(&text), Some((15, 29)));
        assert_eq!(first_unfilled(&text), Some("next opening"));
        assert!(holds(&text, &names(), Placeholder::NextOpening));
        assert!(!holds(&text, &names(), Placeholder::MyName));
    }

    #[test]
    fn braces_without_a_name_are_only_braces() {
        for text in ["{}", "{12}", "{a\nb}", "a { b", "}{", &format!("{{{}}}", "x".repeat(41))] {
            assert_eq!(unfilled(text), None, "{text}");
        }
        assert_eq!(first_unfilled("{ {my name}"), Some("my name"));
    }

    #[test]
    fn a_filled_in_name_with_braces_is_not_filled_again() {
        let facts = Facts { patient_first_name: "{my name}".into(), ..facts() };
        assert_eq!(filled("{Vorname}", &names(), &facts), "{my name}");
    }

    #[test]
    fn titles_that_begin_so_come_first_then_titles_then_texts() {
        let reply = |id: i64, title: &str, text: &str| QuickReplyView {
            id: id.into(),
            own: true,
            title: title.into(),
            text: text.into(),
        };
        let all = [
            reply(1, "Opening", "We open with a blood test"),
            reply(2, "After the blood test", ""),
            reply(3, "Blood test", "Come fasting"),
            reply(4, "Holiday", ""),
        ];
        let found = |search: &str| find(&all, search).iter().map(|reply| reply.id.get()).collect::<Vec<_>>();
        assert_eq!(found("blood"), [3, 2, 1]);
        assert_eq!(found("TEST blo"), [2, 3, 1]);
        assert_eq!(found(""), [1, 2, 3, 4]);
        assert_eq!(found("xyzzy"), Vec::<i64>::new());
    }

    #[test]
    fn one_is_called_by_the_first_of_ones_names() {
        assert_eq!(
            (first_name("Ana Ribeiro"), first_name(" ليلى حداد"), first_name("")),
            ("Ana", "ليلى", "")
        );
    }
}
