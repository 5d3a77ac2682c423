//! Record numbers in a text, however they are grouped.

use std::collections::HashMap;

use super::words;

/// A number is written in so many groups at most.
const GROUPS: usize = 4;
/// A shorter one could be anything; it counts only behind a word that announces it.
const TELLING: usize = 5;
const ANNOUNCED_BY: [&str; 20] = [
    "record",
    "records",
    "file",
    "chart",
    "number",
    "no",
    "nr",
    "id",
    "mrn",
    "patient",
    "akte",
    "aktennummer",
    "patientennummer",
    "fallnummer",
    "nummer",
    "ملف",
    "الملف",
    "رقم",
    "سجل",
    "السجل",
];

#[derive(Debug)]
pub(super) struct Records {
    owners: HashMap<String, Vec<usize>>,
}

impl Records {
    pub(super) fn new<'a>(numbers: impl Iterator<Item = Option<&'a str>>) -> Self {
        let mut owners: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, number) in numbers.enumerate() {
            let joined = number.map(|number| words(number).concat()).unwrap_or_default();
            if joined.chars().any(|c| c.is_ascii_digit()) {
                owners.entry(joined).or_default().push(place);
            }
        }
        Records { owners }
    }

    /// The owners of each number found in these words.
    pub(super) fn find(&self, words: &[String]) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        for first in 0..words.len() {
            let mut joined = String::new();
            for word in words.iter().skip(first).take(GROUPS) {
                joined.push_str(word);
                let owners = self.owners.get(&joined).filter(|_| is_meant(words, first, &joined));
                found.extend(owners.cloned());
            }
        }
        found
    }
}

fn is_meant(words: &[String], first: usize, number: &str) -> bool {
    let before = first.checked_sub(1).and_then(|before| words.get(before));
    number.chars().count() >= TELLING || before.is_some_and(|word| ANNOUNCED_BY.contains(&word.as_str()))
}
