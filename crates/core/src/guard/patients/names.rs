//! Full names in a text: given name first or last, with or without accents, as whole words.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::words;

/// What stands before a name and is none.
const TITLES: [&str; 20] = [
    "dr",
    "prof",
    "med",
    "dipl",
    "ing",
    "mag",
    "mr",
    "mrs",
    "ms",
    "miss",
    "sir",
    "herr",
    "frau",
    "hr",
    "fr",
    "السيد",
    "السيده",
    "الدكتور",
    "الدكتوره",
    "د",
];
/// More words than this are no name to be turned round at every word.
const MOST_WORDS: usize = 7;

#[derive(Debug)]
pub(super) struct Names {
    /// `None` if there is nobody, or more of them than fit.
    search: Option<AhoCorasick>,
    /// Whose a pattern is: several, where people share a name.
    owners: Vec<Vec<usize>>,
}

impl Names {
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut patterns: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, name) in names.enumerate() {
            for pattern in patterns_of(name) {
                let owners = patterns.entry(pattern).or_default();
                if owners.last() != Some(&place) {
                    owners.push(place);
                }
            }
        }
        let (patterns, owners): (Vec<String>, Vec<Vec<usize>>) = patterns.into_iter().unzip();
        let search = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&patterns).ok();
        Names { search, owners }
    }

    /// The owners of each name found in these words, but for what is part of a name of `own`.
    pub(super) fn find(&self, words: &[String], own: Option<usize>) -> Vec<Vec<usize>> {
        let Some(search) = &self.search else { return Vec::new() };
        let text = format!(" {} ", words.join(" "));
        let whole = search.find_overlapping_iter(&text).filter(|found| ends_well(&text, found.end()));
        let found: Vec<(Range<usize>, &Vec<usize>)> = whole
            .filter_map(|found| Some((found.range(), self.owners.get(found.pattern().as_usize())?)))
            .collect();
        let is_own = |owners: &[usize]| own.is_some_and(|own| owners.contains(&own));
        let ours: Vec<&Range<usize>> =
            found.iter().filter(|(_, owners)| is_own(owners)).map(|(range, _)| range).collect();
        let part =
            |range: &Range<usize>| ours.iter().any(|own| own.start <= range.start && range.end <= own.end);
        found.iter().filter(|(range, _)| !part(range)).map(|(_, owners)| (*owners).clone()).collect()
    }
}

/// At the end of a word, or before the s of a German genitive; a name without spaces may end anywhere.
fn ends_well(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let before = text.get(..end).and_then(|before| before.chars().next_back());
    rest.starts_with(' ') || rest.starts_with("s ") || before.is_some_and(is_unspaced)
}

/// Whether a script is written without spaces.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af)
}

/// What is looked for: each begins with the space before it, but for names of scripts without.
fn patterns_of(name: &str) -> Vec<String> {
    let spelled = name.replace(['ä', 'Ä'], "ae").replace(['ö', 'Ö'], "oe").replace(['ü', 'Ü'], "ue");
    let mut patterns = Vec::new();
    for written in [name, &spelled] {
        let words = parts(written);
        patterns.extend(turned(&words));
        let unspelled: Vec<String> =
            words.iter().map(|word| word.replace("ae", "a").replace("oe", "o").replace("ue", "u")).collect();
        patterns.extend(turned(&unspelled));
    }
    patterns.sort();
    patterns.dedup();
    patterns
}

fn parts(name: &str) -> Vec<String> {
    let mut parts = words(name);
    parts.retain(|word| !TITLES.contains(&word.as_str()));
    parts
}

/// The words in their order, and turned round at each of them.
fn turned(words: &[String]) -> Vec<String> {
    if words.iter().all(|word| word.chars().all(is_unspaced)) {
        return unspaced(words);
    }
    match words.len() {
        0 | 1 => Vec::new(), // A given name alone is anybody's.
        2..=MOST_WORDS => (0..words.len())
            .map(|first| {
                let turned: Vec<&str> =
                    words.iter().cycle().skip(first).take(words.len()).map(String::as_str).collect();
                format!(" {}", turned.join(" "))
            })
            .collect(),
        _ => vec![format!(" {}", words.join(" "))],
    }
}

fn unspaced(words: &[String]) -> Vec<String> {
    let (joined, spaced) = (words.concat(), words.join(" "));
    if joined.chars().count() < 2 { Vec::new() } else { vec![joined, spaced] }
}
