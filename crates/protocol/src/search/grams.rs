//! The terms of an index that finds parts of words in any script: every one, two and three characters in a row.
//!
//! Fed as words to SQLite's FTS5 with `tokenize = 'ascii', detail = none`: there whatever is not ASCII belongs to a word, so
//! signs of ASCII are moved out of it first. Nothing says where in a text a term stands: what the index names is looked at
//! once more ([`Terms::match_text`](super::Terms::match_text)).
//!
//! Measured against the trigram tokenizer with positions (SQLite 3.40, 100,000 messages of 68 bytes, 2026-12-01): 114 bytes
//! a message rather than 173, 18 rather than 12 µs to add one, and one or two characters are found, which trigrams cannot.

/// The form of what [`fold`](super::fold) and [`grams`] make. Grows with every change of either: an index of another form
/// is made anew.
pub const FORM: i64 = 1;

/// Most of a part's terms that are looked up; what lies between them is looked at in the text itself.
const LOOKED_UP: usize = 12;

/// Something about a message that is found like a term of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// It is a message.
    Message,
    /// It is in this room.
    Room(i64),
    /// It is from this account.
    Sender(i64),
    /// It is marked urgent.
    Urgent,
    /// It holds a link.
    Link,
}

impl Fact {
    /// The term: no text has it.
    #[must_use]
    pub fn term(self) -> String {
        match self {
            Self::Message => "\u{F8FF}m".to_owned(),
            Self::Room(id) => format!("\u{F8FF}r{id}"),
            Self::Sender(id) => format!("\u{F8FF}s{id}"),
            Self::Urgent => "\u{F8FF}u".to_owned(),
            Self::Link => "\u{F8FF}l".to_owned(),
        }
    }
}

/// All terms of a folded text, each once, separated by spaces.
#[must_use]
pub fn grams(folded: &str) -> String {
    let text: String = folded.chars().map(moved).collect();
    let mut terms: Vec<&str> = text.split(' ').flat_map(grams_of_word).collect();
    terms.sort_unstable();
    terms.dedup();
    terms.join(" ")
}

fn grams_of_word(word: &str) -> impl Iterator<Item = &str> {
    (1..=3).flat_map(move |length| {
        let ends = word.char_indices().map(|(at, _)| at).skip(length).chain([word.len()]);
        let starts = word.char_indices().map(|(at, _)| at);
        // Of a word shorter than this the end would stand before its time.
        let whole = word.chars().nth(length - 1).is_some();
        starts.zip(ends).take_while(move |_| whole).filter_map(|(from, to)| word.get(from..to))
    })
}

/// The terms by which a part of a query is looked up: itself if it is short, else those of three characters in it.
#[must_use]
pub fn grams_of_part(part: &str) -> Vec<String> {
    let chars: Vec<char> = part.chars().map(moved).collect();
    if chars.len() <= 3 {
        return vec![chars.into_iter().collect()];
    }
    let all: Vec<String> = chars.windows(3).map(|three| three.iter().collect()).collect();
    let step = all.len().div_ceil(LOOKED_UP);
    let last = all.last().cloned();
    let mut terms: Vec<String> = all.into_iter().step_by(step).chain(last).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// White space becomes a space; a sign of ASCII moves to where the tokenizer takes it for a letter.
fn moved(c: char) -> char {
    match c {
        _ if c.is_whitespace() => ' ',
        _ if c.is_ascii() && !c.is_ascii_alphanumeric() => char::from_u32(0xE000 + u32::from(c)).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::fold;

    #[test]
    fn a_word_has_every_one_two_and_three_characters_in_a_row() {
        assert_eq!(grams("abcd"), "a ab abc b bc bcd c cd d");
        assert_eq!(grams("头痛 a"), "a 头 头痛 痛");
        assert_eq!(grams(" "), "");
    }

    #[test]
    fn signs_are_letters_of_another_kind() {
        assert_eq!(grams("%"), "\u{E025}");
        assert_eq!(grams_of_part("50%"), ["50\u{E025}"]);
    }

    #[test]
    fn a_long_part_is_looked_up_by_some_of_its_terms_the_last_among_them() {
        let terms = grams_of_part("abcdefghijklmnopqrstuvwxyz0123456789");
        assert!(terms.len() <= LOOKED_UP + 1);
        assert!(terms.contains(&"abc".to_owned()) && terms.contains(&"789".to_owned()));
    }

    proptest! {
        #[test]
        fn whatever_a_text_contains_its_terms_contain(text in "\\PC{1,40}", from in 0_usize..40, length in 1_usize..12) {
            let part: String = text.chars().skip(from).take(length).collect();
            let folded = fold(&part);
            let held = grams(&fold(&text));
            let held: Vec<&str> = held.split(' ').collect();
            for part in folded.split_whitespace() {
                for term in grams_of_part(part) {
                    prop_assert!(held.contains(&term.as_str()), "{term} of {part} in {text}");
                }
            }
        }
    }
}
