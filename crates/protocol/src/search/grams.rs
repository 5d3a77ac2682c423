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
    /// It is in a room that this account has to do with. Of use where the index is everybody's.
    Reader(i64),
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
            Self::Reader(id) => format!("\u{F8FF}a{id}"),
        }
    }
}

/// All terms of a folded text, each once and in order, separated by spaces.
#[must_use]
pub fn grams(folded: &str) -> String {
    let mut terms = Vec::with_capacity(folded.len().saturating_mul(3));
    let (mut first, mut second) = (None, None);
    for third in folded.chars().map(moved).map(|c| (c != ' ').then_some(c)) {
        if third.is_some() {
            let ends = [[third, None, None], [second, third, None], [first, second, third]];
            terms.extend(ends.into_iter().filter(|term| matches!(term, [Some(_), ..])).map(packed));
        }
        (first, second) = if third.is_some() { (second, third) } else { (None, None) };
    }
    terms.sort_unstable();
    terms.dedup();
    joined(&terms)
}

/// Bits of a character.
const BITS: u32 = 21;

/// Up to three characters as a number, in the order of the texts they are: numbers are sorted faster than texts. No
/// character is 0: it is a sign of ASCII, and moved.
fn packed(term: [Option<char>; 3]) -> u64 {
    term.into_iter().fold(0, |number, c| number << BITS | c.map_or(0, |c| u64::from(u32::from(c))))
}

fn joined(terms: &[u64]) -> String {
    let mut text = String::with_capacity(terms.len().saturating_mul(6));
    for term in terms {
        if !text.is_empty() {
            text.push(' ');
        }
        let chars = [term >> (2 * BITS), term >> BITS, *term].map(|bits| bits & ((1 << BITS) - 1));
        let chars = chars.into_iter().filter(|bits| *bits != 0).filter_map(|bits| u32::try_from(bits).ok());
        text.extend(chars.filter_map(char::from_u32));
    }
    text
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

    /// The same, as it is explained: every part of a word that is one to three characters long.
    fn explained(folded: &str) -> String {
        let text: String = folded.chars().map(moved).collect();
        let words: Vec<Vec<char>> = text.split(' ').map(|word| word.chars().collect()).collect();
        let parts = |length| words.iter().flat_map(move |word| word.windows(length));
        let terms: std::collections::BTreeSet<String> =
            (1..=3).flat_map(parts).map(|part| part.iter().collect()).collect();
        terms.into_iter().collect::<Vec<_>>().join(" ")
    }

    proptest! {
        #[test]
        fn terms_are_each_part_of_a_word_once_and_in_order(text in "[\\PC ]{0,40}") {
            prop_assert_eq!(grams(&text), explained(&text));
        }

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
