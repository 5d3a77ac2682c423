//! A text as sentences of words, folded.

use crate::guard::fold::{Umlauts, fold, is_apostrophe};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// As it is written, folded, first; then without what Arabic writes together with it.
    pub(super) forms: Vec<String>,
    /// Whether a comma or the like stands before it.
    pub(super) parted: bool,
}

/// Words up to the end of a sentence.
pub(super) type Sentence = Vec<Token>;

pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let folded = fold(text, Umlauts::Spelled);
    // A point within a word or a number ends nothing, nor one that makes a number the so-and-so-manieth.
    let ordinals = [(". woche", " woche"), (". ssw", " ssw"), (". monat", " monat")];
    let folded = ordinals.iter().fold(folded, |text, (from, to)| text.replace(from, to));
    let points = folded.replace(". ", "\n").replace(".\n", "\n");
    let ended = points.split(['!', '?', '؟', '\n', ';', '؛', '…']);
    ended.map(sentence).filter(|sentence| !sentence.is_empty()).collect()
}

fn sentence(text: &str) -> Sentence {
    let (mut tokens, mut word, mut parted) = (Vec::new(), String::new(), false);
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() || c == '%' {
            word.push(c);
        } else if is_apostrophe(c) {
            // "don't" is "dont".
        } else {
            if !word.is_empty() {
                let parted = std::mem::take(&mut parted);
                tokens.push(Token { forms: forms(std::mem::take(&mut word)), parted });
            }
            parted |= matches!(c, ',' | '،' | ':' | '(' | ')' | '–' | '—');
        }
    }
    tokens
}

/// What Arabic writes together with the word that follows: and, so, in, for, as, the, will.
const FIRST: [&str; 2] = ["و", "ف"];
const NEXT: [&str; 7] = ["بال", "كال", "وال", "لل", "ال", "ب", "ل"];
/// Shorter words are left whole, but for the article, which begins hardly any.
const SHORTEST: usize = 3;
const SHORTEST_WITH_ARTICLE: usize = 2;

fn forms(word: String) -> Vec<String> {
    let arabic = word.chars().next().is_some_and(|c| matches!(u32::from(c), 0x620..=0x6ff));
    let mut forms = vec![word];
    if !arabic {
        return forms;
    }
    for prefixes in [&FIRST[..], &NEXT[..]] {
        for held in forms.clone() {
            for prefix in prefixes {
                let shortest = if prefix.ends_with("ال") { SHORTEST_WITH_ARTICLE } else { SHORTEST };
                if let Some(rest) = held.strip_prefix(prefix).filter(|rest| rest.chars().count() >= shortest)
                    && !forms.iter().any(|form| form == rest)
                {
                    forms.push(rest.to_owned());
                }
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        let first = |token: Token| token.forms.into_iter().next().unwrap();
        sentences(text).into_iter().map(|sentence| sentence.into_iter().map(first).collect()).collect()
    }

    #[test]
    fn sentences_end_and_apostrophes_part_nothing() {
        assert_eq!(
            words("I don’t know. Help!\nÜbel"),
            [vec!["i", "dont", "know"], vec!["help"], vec!["uebel"]]
        );
    }

    #[test]
    fn a_point_in_a_number_ends_nothing() {
        assert_eq!(
            words("Fever of 38.5 today. Help"),
            [vec!["fever", "of", "38", "5", "today"], vec!["help"]]
        );
    }

    #[test]
    fn a_comma_is_remembered_before_its_word() {
        let parted: Vec<bool> =
            sentences("no fever, cough (dry)")[0].iter().map(|token| token.parted).collect();
        assert_eq!(parted, [false, false, true, true]);
    }

    #[test]
    fn arabic_words_are_known_without_what_is_written_together_with_them() {
        let token = &sentences("وبالصدر")[0][0];
        assert!(token.forms.iter().any(|form| form == "صدر"), "{token:?}");
    }
}
