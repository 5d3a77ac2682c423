//! Dates of birth in a text, in the forms in which English, German and Arabic write them.

use std::collections::HashMap;

use crate::guard::fold::{Umlauts, fold};

/// Names of months by their number, folded: English, German, Arabic of the Gulf and Egypt, of the Levant, of the Maghreb.
/// Three letters of the Latin ones are enough.
const ARABIC: [&[&str]; 12] = [
    &["يناير", "جانفي", "كانون الثاني"],
    &["فبراير", "فيفري", "شباط"],
    &["مارس", "اذار"],
    &["ابريل", "افريل", "نيسان"],
    &["مايو", "ماي", "ايار"],
    &["يونيو", "جوان", "حزيران"],
    &["يوليو", "جويليه", "تموز"],
    &["اغسطس", "اوت", "اب"],
    &["سبتمبر", "ايلول"],
    &["اكتوبر", "تشرين الاول"],
    &["نوفمبر", "تشرين الثاني"],
    &["ديسمبر", "كانون الاول"],
];
const LATIN: [&[&str]; 12] = [
    &["jan", "jaen"],
    &["feb"],
    &["mar", "maer", "mrz"],
    &["apr"],
    &["may", "mai"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez"],
];
/// The longest name of a month, so that no other word is taken for one.
const MONTH_CHARS: usize = 9;

/// Year, month, day.
type Day = (u16, u8, u8);

#[derive(Debug)]
pub(super) struct Dates {
    born: HashMap<Day, Vec<usize>>,
}

/// A piece of a text that can be part of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// With how many digits it was written.
    Number(u16, usize),
    Month(u8),
    /// What stands between.
    Mark(char),
    Other,
}

use Piece::{Mark, Month, Number};

impl Dates {
    pub(super) fn new<'a>(dates: impl Iterator<Item = Option<&'a str>>) -> Self {
        let mut born: HashMap<Day, Vec<usize>> = HashMap::new();
        for (place, date) in dates.enumerate() {
            if let Some(day) = date.and_then(iso) {
                born.entry(day).or_default().push(place);
            }
        }
        Dates { born }
    }

    /// Those born on each day that a text names.
    pub(super) fn find(&self, text: &str) -> Vec<Vec<usize>> {
        if self.born.is_empty() {
            return Vec::new();
        }
        let mut days = days_in(text);
        days.sort_unstable();
        days.dedup();
        days.iter().filter_map(|day| self.born.get(day)).cloned().collect()
    }
}

fn iso(date: &str) -> Option<Day> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// Every day a text may name: where day and month could be either, both.
fn days_in(text: &str) -> Vec<Day> {
    let pieces = pieces(text);
    let mut days = Vec::new();
    for at in 0..pieces.len() {
        let rest = pieces.get(at..).unwrap_or_default();
        let before = pieces.get(at.saturating_sub(2)..at).unwrap_or_default();
        // Not from the middle of a longer number.
        if !matches!(before, [Number(..), Mark('.' | '/' | '-')]) {
            days.extend(at_start(rest));
        }
    }
    days
}

fn at_start(pieces: &[Piece]) -> Vec<Day> {
    match pieces {
        [Number(a, 4), Mark(one @ ('-' | '/' | '.')), Number(b, 1..=2), Mark(two), Number(c, 1..=2), ..]
            if one == two =>
        {
            day(*a, *b, *c)
        }
        [
            Number(a, 1..=2),
            Mark(one @ ('.' | '-' | '/')),
            Number(b, 1..=2),
            Mark(two),
            Number(year, digits),
            ..,
        ] if one == two => numbered(*a, *b, *one, *year, *digits),
        // "4. 5. 1972", "4th May 1972", "4. Mai 1972", "4 مايو 1972"
        [Number(a, 1..=2), Month(month), Number(year, digits), ..] => named(*a, *month, *year, *digits),
        [Number(a, 1..=2), Mark('.'), Month(month), Number(year, digits), ..] => {
            named(*a, *month, *year, *digits)
        }
        // "May 4, 1972"
        [Month(month), Number(a, 1..=2), Number(year, digits), ..]
        | [Month(month), Number(a, 1..=2), Mark(','), Number(year, digits), ..] => {
            named(*a, *month, *year, *digits)
        }
        _ => Vec::new(),
    }
}

fn numbered(a: u16, b: u16, mark: char, year: u16, digits: usize) -> Vec<Day> {
    let years = years(year, digits);
    let mut days: Vec<Day> = years.iter().flat_map(|year| day(*year, b, a)).collect();
    if mark == '/' {
        days.extend(years.iter().flat_map(|year| day(*year, a, b))); // As it is written in America.
    }
    days
}

fn named(a: u16, month: u8, year: u16, digits: usize) -> Vec<Day> {
    years(year, digits).into_iter().flat_map(|year| day(year, u16::from(month), a)).collect()
}

/// Two digits are a year of this century or the last.
fn years(year: u16, digits: usize) -> Vec<u16> {
    match digits {
        4 => vec![year],
        2 => vec![1_900 + year, 2_000 + year],
        _ => Vec::new(),
    }
}

fn day(year: u16, month: u16, day: u16) -> Vec<Day> {
    let possible = (1..=12).contains(&month) && (1..=31).contains(&day);
    match (u8::try_from(month), u8::try_from(day)) {
        (Ok(month), Ok(day)) if possible => vec![(year, month, day)],
        _ => Vec::new(),
    }
}

/// White space is left out, but for what it parts.
fn pieces(text: &str) -> Vec<Piece> {
    let folded = with_names_of_two_words(&fold(text, Umlauts::Spelled));
    let mut pieces = Vec::new();
    let mut rest = folded.as_str();
    while let Some(c) = rest.chars().next() {
        let kind = |other: char| (other.is_ascii_digit(), other.is_alphabetic());
        let length = match kind(c) {
            (false, false) => c.len_utf8(),
            of => rest.find(|other: char| kind(other) != of).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(length);
        pieces.extend(read(piece, c, pieces.last()));
        rest = after;
    }
    pieces
}

fn read(piece: &str, first: char, before: Option<&Piece>) -> Option<Piece> {
    if first.is_whitespace() {
        return None;
    }
    if first.is_ascii_digit() {
        return Some(piece.parse().map_or(Piece::Other, |number| Number(number, piece.len())));
    }
    let ordinal =
        matches!(before, Some(Number(..))) && ["st", "nd", "rd", "th", "ter", "of"].contains(&piece);
    if ordinal || piece == "of" {
        return None;
    }
    Some(match (month(piece), first) {
        (Some(month), _) => Month(month),
        (None, '\u{2013}' | '\u{2010}' | '\u{2011}') => Mark('-'),
        (None, '،') => Mark(','),
        (None, mark) if piece.len() == mark.len_utf8() && !mark.is_alphabetic() => Mark(mark),
        _ => Piece::Other,
    })
}

fn month(word: &str) -> Option<u8> {
    let latin = |names: &&[&str]| names.iter().any(|name| word.starts_with(name));
    let arabic = |names: &&[&str]| names.iter().any(|name| name.replace(' ', "") == word);
    let place = match word.chars().count() {
        ..=MONTH_CHARS if word.is_ascii() => LATIN.iter().position(|names| latin(names) && is_month(word)),
        _ => ARABIC.iter().position(arabic),
    };
    place.and_then(|place| u8::try_from(place + 1).ok())
}

/// Whole names and what is short for them; "mark", "mayor" and "decide" are no months.
fn is_month(word: &str) -> bool {
    const NAMES: [&str; 36] = [
        "january",
        "januar",
        "jaenner",
        "february",
        "februar",
        "march",
        "maerz",
        "marz",
        "april",
        "may",
        "mai",
        "june",
        "juni",
        "july",
        "juli",
        "august",
        "september",
        "october",
        "oktober",
        "november",
        "december",
        "dezember",
        "jan",
        "feb",
        "mar",
        "mrz",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "okt",
        "nov",
        "dez",
    ];
    NAMES.contains(&word) || word == "dec"
}

/// Arabic names of two words as one piece.
fn with_names_of_two_words(text: &str) -> String {
    let mut text = text.to_owned();
    for names in ARABIC {
        for name in names.iter().filter(|name| name.contains(' ')) {
            text = text.replace(name, &name.replace(' ', ""));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_understood_as_people_write_it() {
        for written in [
            "1972-05-04",
            "04.05.1972",
            "4.5.72",
            "4. 5. 1972",
            "04/05/1972",
            "5/4/1972",
            "4-5-1972",
            "4 May 1972",
            "4th of May 1972",
            "May 4, 1972",
            "May 4th, 1972",
            "4. Mai 1972",
            "٤ مايو ١٩٧٢",
            "٤ أيار ١٩٧٢",
            "١٩٧٢/٥/٤",
            "٤/٥/١٩٧٢",
            "born 04.05.72.",
        ] {
            assert!(
                days_in(written).contains(&(1972, 5, 4)),
                "{written}: {:?} {:?}",
                days_in(written),
                pieces(written)
            );
        }
        assert!(days_in("٣ كانون الثاني ١٩٨٠").contains(&(1980, 1, 3)));
    }

    #[test]
    fn other_numbers_are_no_days() {
        for other in [
            "4.5 mg",
            "1.4.5.1972.3",
            "04.05.",
            "14:30",
            "32.13.1972",
            "5 tablets 1972",
            "192.168.4.5",
            "120/80/72x",
        ] {
            assert!(!days_in(other).contains(&(1972, 5, 4)), "{other}");
        }
    }
}
