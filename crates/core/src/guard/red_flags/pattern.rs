//! A phrase with alternatives and gaps, and where it stands in a sentence.

use super::tokens::Token;

/// A word of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// This word, or one letter beside it where it is long.
    Whole(String),
    /// Whatever begins with this, or one letter beside it where it is long.
    Stem(String),
    /// This word and no other.
    Strict(String),
    /// Whatever begins with exactly this.
    StrictStem(String),
}

/// Words of which one stands there, each possibly of several words in a row.
pub(super) type Choice = Vec<Vec<Word>>;

/// How many other words may stand between two choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) words: usize,
    /// Whether it goes over a comma.
    pub(super) over_commas: bool,
}

/// Choices one after the other, each with the gap before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(pub(super) Vec<(Gap, Choice)>);

/// Where a pattern was found: its first word, behind its last, and the words in its gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) gaps: Vec<usize>,
}

/// From this length on one letter may be wrong.
const FORGIVING: usize = 6;
/// Of this length two neighbours may have changed places.
const SWAPPING: usize = 5;

impl Word {
    pub(super) fn parse(text: &str) -> Self {
        let strict = text.strip_prefix('=');
        match (strict, strict.unwrap_or(text).strip_suffix('*')) {
            (None, None) => Self::Whole(text.to_owned()),
            (None, Some(stem)) => Self::Stem(stem.to_owned()),
            (Some(word), None) => Self::Strict(word.to_owned()),
            (Some(_), Some(stem)) => Self::StrictStem(stem.to_owned()),
        }
    }

    pub(super) fn is(&self, token: &Token) -> bool {
        token.forms.iter().any(|form| match self {
            Self::Strict(word) => form == word,
            Self::StrictStem(stem) => form.starts_with(stem.as_str()),
            Self::Whole(word) => form == word || is_nearly(form, word),
            Self::Stem(stem) => form.starts_with(stem.as_str()) || begins_nearly(form, stem),
        })
    }
}

impl Pattern {
    /// Every place in a sentence where it stands.
    pub(super) fn find<'s>(&'s self, sentence: &'s [Token]) -> impl Iterator<Item = Found> + 's {
        (0..sentence.len()).filter_map(move |from| {
            let mut gaps = Vec::new();
            let to = self.goes_on(sentence, from, 0, &mut gaps)?;
            Some(Found { from, to, gaps })
        })
    }

    /// The end of the rest of it, beginning with a choice at a place.
    fn goes_on(&self, sentence: &[Token], at: usize, choice: usize, gaps: &mut Vec<usize>) -> Option<usize> {
        let Some((gap, words)) = self.0.get(choice) else { return Some(at) };
        if choice > 0 && !gap.over_commas && sentence.get(at).is_some_and(|token| token.parted) {
            return None;
        }
        for skipped in 0..=gap.words {
            let from = at + skipped;
            let stretch = sentence.get(at..=from);
            let parted = |stretch: &[Token]| stretch.iter().any(|token| token.parted) && !gap.over_commas;
            if skipped > 0 && stretch.is_none_or(parted) {
                return None;
            }
            let kept = gaps.len();
            gaps.extend(at..from);
            for row in words {
                if row_is(row, sentence, from)
                    && let Some(to) = self.goes_on(sentence, from + row.len(), choice + 1, gaps)
                {
                    return Some(to);
                }
            }
            gaps.truncate(kept);
        }
        None
    }
}

fn row_is(row: &[Word], sentence: &[Token], from: usize) -> bool {
    let there = sentence.get(from..from + row.len());
    there.is_some_and(|there| row.iter().zip(there).all(|(word, token)| word.is(token)))
}

fn is_nearly(form: &str, word: &str) -> bool {
    let (form, word) = (letters(form), letters(word));
    if form.first() != word.first() || !one_apart(&form, &word) {
        return false;
    }
    word.len() >= FORGIVING || (word.len() == SWAPPING && same_letters(form, word))
}

fn same_letters(mut a: Vec<char>, mut b: Vec<char>) -> bool {
    a.sort_unstable();
    b.sort_unstable();
    a == b
}

fn begins_nearly(form: &str, stem: &str) -> bool {
    let (form, stem) = (letters(form), letters(stem));
    if stem.len() < FORGIVING || form.first() != stem.first() {
        return false;
    }
    let lengths = stem.len() - 1..=stem.len() + 1;
    lengths.filter_map(|length| form.get(..length)).any(|begin| one_apart(begin, &stem))
}

fn letters(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// Whether one letter is missing, too many, another, or two have changed places.
fn one_apart(a: &[char], b: &[char]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    match (a, b) {
        ([], []) => true,
        ([_, rest @ ..], other) | (other, [_, rest @ ..]) if rest == other => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) => a1 == b2 && a2 == b1 && a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::sentences;
    use super::*;

    #[test]
    fn one_letter_may_be_wrong_and_not_two() {
        for near in ["brethe", "braethe", "breathee", "breethe", "breathe"] {
            assert!(Word::parse("breathe").is(&sentences(near)[0][0]), "{near}");
        }
        for other in ["breezy", "wreathe", "bread"] {
            assert!(!Word::parse("breathe").is(&sentences(other)[0][0]), "{other}");
        }
        assert!(Word::parse("bewusst*").is(&sentences("bewustlos")[0][0]));
        assert!(!Word::parse("=poison").is(&sentences("prison")[0][0]));
        assert!(Word::parse("chest").is(&sentences("chset")[0][0]));
        assert!(!Word::parse("chest").is(&sentences("chess")[0][0]));
        assert!(!Word::parse("=suizid*").is(&sentences("suicidal")[0][0]));
    }
}
