//! Whether a patient's text may speak of an emergency: phrase rules of each language, on this device.
//!
//! The rules, with what they rest on, are in `data/red_flags/`, one file a language; how they are written is said in
//! `data/red_flags/README.md`. All languages are looked for, whatever the app's own is. What is denied, long past, told of
//! somebody else's past or only feared is no emergency of now.

mod context;
mod pattern;
mod rules;
mod tokens;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use bedside_protocol::ipc::Danger;

use self::rules::Language;
use self::tokens::sentences;

static LANGUAGES: LazyLock<[Language; 3]> = LazyLock::new(|| {
    [
        Language::parse(include_str!("../../data/red_flags/en.rules")),
        Language::parse(include_str!("../../data/red_flags/de.rules")),
        Language::parse(include_str!("../../data/red_flags/ar.rules")),
    ]
});

/// What a text may speak of, the gravest first.
#[must_use]
pub fn dangers_in(text: &str) -> Vec<Danger> {
    let sentences = sentences(text);
    let mut found = BTreeSet::new();
    for language in &*LANGUAGES {
        for sentence in &sentences {
            found.extend(language.dangers_in(sentence));
        }
    }
    Danger::ALL.into_iter().filter(|danger| found.contains(danger)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_file_is_understood() {
        for language in &*LANGUAGES {
            assert_eq!(language.misread(), [""; 0]);
        }
    }

    #[test]
    fn every_language_has_rules_and_a_source_for_every_danger() {
        for language in &*LANGUAGES {
            for danger in Danger::ALL {
                assert!(language.has_rules_for(danger), "{danger:?}");
            }
        }
    }

    #[test]
    fn a_long_text_is_looked_through_quickly_and_its_end_counts() {
        let text =
            format!("{} I have crushing chest pain.", "We went for a walk and it was lovely. ".repeat(180));
        assert_eq!(dangers_in(&text), [Danger::ChestPain]);
    }
}
