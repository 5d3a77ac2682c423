//! Writing made alike: case, accents, Arabic letters that people use for each other, digits of every script.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What becomes of letters with two dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Umlauts {
    /// "ö" is "o".
    Plain,
    /// "ö" is "oe", as it is written where there is no key for it.
    Spelled,
}

/// A text with its letters made alike; whatever is between words stays.
pub(super) fn fold(text: &str, umlauts: Umlauts) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfc() {
        match (umlauts, c) {
            (Umlauts::Spelled, 'ä' | 'Ä') => folded.push_str("ae"),
            (Umlauts::Spelled, 'ö' | 'Ö') => folded.push_str("oe"),
            (Umlauts::Spelled, 'ü' | 'Ü') => folded.push_str("ue"),
            _ => push(&mut folded, c),
        }
    }
    folded
}

fn push(folded: &mut String, c: char) {
    for c in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' | 'ئ' | 'ی' => folded.push('ي'),
            'ؤ' => folded.push('و'),
            'ة' => folded.push('ه'),
            'ک' => folded.push('ك'),
            '\u{640}' | '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' => {} // A stretched line, and what is not seen.
            c => folded.push(digit(c)),
        }
    }
}

/// A digit of an Arabic script as its Latin one.
fn digit(c: char) -> char {
    let value = match c {
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6f0}'..='\u{6f9}' => u32::from(c) - 0x6f0,
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

/// Whether a character holds a word together without being one of its letters.
pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_people_use_for_each_other_are_the_same() {
        assert_eq!(fold("Schönleber ŁUKASZ Straße", Umlauts::Plain), "schonleber lukasz strasse");
        assert_eq!(fold("Übelkeit", Umlauts::Spelled), fold("Uebelkeit", Umlauts::Spelled));
        assert_eq!(fold("أُصِبتُ بِحُمّى", Umlauts::Plain), fold("اصبت بحمي", Umlauts::Plain));
        assert_eq!(fold("٠٤٫٠٥ ۱۹۷۲", Umlauts::Plain), "04٫05 1972");
    }
}
