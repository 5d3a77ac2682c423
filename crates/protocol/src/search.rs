//! What it means to find a text: one folding of letters, one reading of a query, one set of index terms, used by whoever
//! searches (the device, the server) and whoever shows what was found.
//!
//! A query is plain text. It is split at white space; a text matches if it contains every part, anywhere in it, in any
//! order. Nothing in a query is an operator.

mod filter;
mod fold;
mod grams;
mod marks;

pub use filter::{Author, SearchFilter};
pub use fold::fold;
pub use grams::{FORM, Fact, grams, grams_of_part};
pub use marks::{Excerpt, excerpt};

use crate::limits;

/// The parts of a query, folded: none is empty, none contains white space, none contains another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    parts: Vec<String>,
}

impl Terms {
    /// The parts of a query; what is beyond [`limits::SEARCH_CHARS`] and [`limits::SEARCH_TERMS`] does not count.
    #[must_use]
    pub fn of(query: &str) -> Self {
        let query: String = query.chars().take(limits::SEARCH_CHARS).collect();
        let folded = fold(&query);
        let mut parts: Vec<&str> = folded.split_whitespace().take(limits::SEARCH_TERMS).collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        let mut kept: Vec<String> = Vec::with_capacity(parts.len());
        for part in parts {
            if !kept.iter().any(|other| other.contains(part)) {
                kept.push(part.to_owned());
            }
        }
        Terms { parts: kept }
    }

    /// The parts, the longest first.
    #[must_use]
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether a text contains every part.
    #[must_use]
    pub fn match_text(&self, text: &str) -> bool {
        let folded = fold(text);
        self.match_folded(&folded)
    }

    /// The same of a text that is [`fold`]ed already.
    #[must_use]
    pub fn match_folded(&self, folded: &str) -> bool {
        self.parts.iter().all(|part| folded.contains(part.as_str()))
    }
}

/// Whether a text holds an address that can be opened (`https`, `mailto`, `tel`) or that looks like one on the web.
#[must_use]
pub fn has_link(text: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:", "www."].iter().any(|scheme| {
        text.match_indices(scheme).any(|(start, _)| {
            let (before, from) = text.split_at(start);
            let begins = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let rest = from.get(scheme.len()..).unwrap_or_default();
            begins && rest.chars().take_while(|c| !c.is_whitespace()).count() > 2
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str, text: &str) -> bool {
        Terms::of(query).match_text(text)
    }

    #[test]
    fn parts_of_words_are_found_in_any_order() {
        assert!(found("press BLO", "Your blood pressure is fine"));
        assert!(!found("blood sugar", "Your blood pressure is fine"));
    }

    #[test]
    fn letters_are_found_without_their_marks_in_every_script() {
        for (query, text) in [
            ("schon", "Schön!"),
            ("strasse", "Hauptstraße 3"),
            ("STRASSE", "hauptstraße"),
            ("dolega", "Dołęga"),
            ("елка", "Ёлка"),
            ("محمد", "مُحَمَّد"),
            ("احمد", "أحمد"),
            ("3", "٣ مرات"),
            ("αθηνα", "ΑΘΉΝΑ"),
            ("ΣΟΦΟΣ", "σοφός"),
            ("头痛", "我头痛三天了"),
            ("한", "한국"),
            ("don't", "I don’t know"),
            ("cafe", "Cafe\u{301}"),
        ] {
            assert!(found(query, text), "{query} in {text}");
        }
        assert!(!found("がき", "かき"));
    }

    #[test]
    fn nothing_in_a_query_is_an_operator() {
        assert!(found("50%", "take 50% of it"));
        assert!(!found("50%", "take 500 of it"));
        assert!(!found("a_c", "abc"));
        assert!(found("\"quoted", "a \"quoted\" word"));
        assert!(!found("blood OR sugar", "blood"));
        assert!(found("*", "5 * 3"));
        assert!(!found("*", "anything"));
    }

    #[test]
    fn a_query_of_nothing_has_no_parts() {
        assert!(Terms::of(" \u{200B} \n").is_empty());
        assert_eq!(Terms::of("blood bl blood").parts(), ["blood"]);
    }

    #[test]
    fn a_link_is_an_address_at_the_start_of_a_word() {
        for text in ["see https://example.org", "(mailto:a@b.org)", "www.example.org", "call tel:+4930123"] {
            assert!(has_link(text), "{text}");
        }
        for text in ["hotel: two nights", "https:// is a scheme", "awww. no"] {
            assert!(!has_link(text), "{text}");
        }
    }
}
