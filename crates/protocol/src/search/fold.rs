//! Letters as search compares them: without marks, case, width and ways of writing the same letter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A text folded for search. White space stays where it is, whichever it is.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, |c| folded.push(c));
    }
    folded
}

/// What becomes of one character: mostly one, at times several or none.
pub(super) fn fold_char(c: char, mut put: impl FnMut(char)) {
    if c.is_ascii() {
        return put(c.to_ascii_lowercase());
    }
    for c in std::iter::once(c).nfkd().filter(|c| !is_dropped(*c)) {
        for c in c.to_lowercase() {
            match same_letter(c) {
                Some(letters) => letters.chars().for_each(&mut put),
                None => put(c),
            }
        }
    }
}

/// Marks over and under letters, and what is not seen. The signs of Indic vowels and of kana's voice are no marks: without
/// them it is another word.
fn is_dropped(c: char) -> bool {
    canonical_combining_class(c) >= 10
        || matches!(
            c,
            '\u{0640}'
                | '\u{00AD}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2060}'..='\u{2064}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
        )
}

/// Letters and signs that have no decomposition but are written one for the other.
fn same_letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        'ة' => "ه",
        '‘' | '’' | '‚' | '‛' | '′' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '−' => "-",
        '٠' | '۰' => "0",
        '١' | '۱' => "1",
        '٢' | '۲' => "2",
        '٣' | '۳' => "3",
        '٤' | '۴' => "4",
        '٥' | '۵' => "5",
        '٦' | '۶' => "6",
        '٧' | '۷' => "7",
        '٨' | '۸' => "8",
        '٩' | '۹' => "9",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn a_text_contains_every_part_of_itself(text in "\\PC{0,40}", from in 0_usize..40, length in 1_usize..8) {
            let part: String = text.chars().skip(from).take(length).collect();
            prop_assert!(fold(&text).contains(&fold(&part)));
        }
    }
}
