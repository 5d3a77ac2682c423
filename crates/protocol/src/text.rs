//! The one normalisation of message text, applied by whoever accepts text from a person.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::limits;

/// Why a text cannot be a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// Nothing but white space and invisible characters.
    #[error("the message is empty")]
    Empty,
    /// Longer than [`limits::MESSAGE_CHARS`] or [`limits::MESSAGE_BYTES`].
    #[error("the message has {chars} characters; the longest allowed is {}", limits::MESSAGE_CHARS)]
    TooLong {
        /// Unicode scalar values after normalisation.
        chars: usize,
    },
}

/// Message text in its stored form: NFC, line ends `\n`, no control characters but tab and newline, no
/// bidirectional overrides, white space trimmed at both ends. Idempotent.
///
/// # Errors
/// When nothing visible remains, or it is longer than the limits.
pub fn normalize_message(text: &str) -> Result<String, InvalidText> {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified.chars().filter(|c| !is_forbidden(*c)).collect();
    let composed = if is_nfc(&kept) { kept } else { kept.nfc().collect() };
    let trimmed = composed.trim();
    if !trimmed.chars().any(is_visible) {
        return Err(InvalidText::Empty);
    }
    let chars = trimmed.chars().count();
    if chars > limits::MESSAGE_CHARS || trimmed.len() > limits::MESSAGE_BYTES {
        return Err(InvalidText::TooLong { chars });
    }
    Ok(trimmed.to_owned())
}

/// Title and text of a quick reply in their stored form: both as a message's text is, the title on one line.
///
/// # Errors
/// When nothing visible remains of one, or it is longer than the limits.
pub fn normalize_quick_reply(title: &str, text: &str) -> Result<(String, String), InvalidText> {
    let title = normalize_message(title)?.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = normalize_message(text)?;
    for (words, most) in [(&title, limits::QUICK_REPLY_TITLE_CHARS), (&text, limits::QUICK_REPLY_CHARS)] {
        let chars = words.chars().count();
        if chars > most {
            return Err(InvalidText::TooLong { chars });
        }
    }
    Ok((title, text))
}

/// An emoji in its one canonical form (fully qualified, UTS #51), or `None` if the text is not exactly one.
#[must_use]
pub fn canonical_emoji(text: &str) -> Option<&'static str> {
    emojis::get(text).map(emojis::Emoji::as_str)
}

/// A name folded for search: NFKD, marks removed, lower case.
#[must_use]
pub fn fold_for_search(text: &str) -> String {
    text.nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A text on one line, cut with an ellipsis to so many characters.
#[must_use]
pub fn one_line(text: &str, most: usize) -> String {
    let mut line = String::with_capacity(text.len().min(4 * most));
    let mut chars = 0;
    for word in text.split_whitespace() {
        for c in (chars > 0).then_some(' ').into_iter().chain(word.chars()) {
            if chars + 1 == most {
                line.push('…');
                return line;
            }
            line.push(c);
            chars += 1;
        }
    }
    line
}

/// Controls (C0, DEL, C1) except tab and newline, and the characters that reorder other people's text.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{00AD}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn composed_and_decomposed_letters_are_the_same_message() {
        assert_eq!(normalize_message("Scho\u{308}n"), normalize_message("Sch\u{f6}n"));
    }

    #[test]
    fn line_ends_are_unified_and_the_ends_trimmed() {
        assert_eq!(normalize_message("  a\r\nb\rc \n").unwrap(), "a\nb\nc");
    }

    #[test]
    fn text_of_invisible_characters_is_empty() {
        assert_eq!(normalize_message(" \u{200B}\u{FE0F}\n"), Err(InvalidText::Empty));
    }

    #[test]
    fn text_cannot_reorder_what_follows_it() {
        assert_eq!(normalize_message("a\u{202E}b").unwrap(), "ab");
    }

    #[test]
    fn the_longest_message_passes_and_one_more_does_not() {
        let longest = "x".repeat(limits::MESSAGE_CHARS);
        assert!(normalize_message(&longest).is_ok());
        assert!(matches!(normalize_message(&(longest + "x")), Err(InvalidText::TooLong { chars: 8_001 })));
    }

    #[test]
    fn an_emoji_family_survives() {
        assert_eq!(normalize_message("👨‍👩‍👧‍👦").unwrap(), "👨‍👩‍👧‍👦");
    }

    #[test]
    fn an_emoji_has_one_form_and_other_text_none() {
        let heart = canonical_emoji("\u{2764}");
        assert_eq!(heart, Some("\u{2764}\u{FE0F}"));
        assert_eq!(canonical_emoji("\u{2764}\u{FE0F}"), heart);
        assert_eq!(canonical_emoji("👍🏽"), Some("👍🏽"));
        for other in ["", "a", "👍👍", ":)", "👍 "] {
            assert_eq!(canonical_emoji(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(text in any::<String>()) {
            if let Ok(once) = normalize_message(&text) {
                prop_assert_eq!(normalize_message(&once), Ok(once.clone()));
            }
        }
    }

    #[test]
    fn a_quick_replys_title_is_one_line_and_both_are_within_their_limits() {
        let kept = normalize_quick_reply(" Blood\ntest ", "Please come fasting.\n").unwrap();
        assert_eq!(kept, ("Blood test".to_owned(), "Please come fasting.".to_owned()));
        let (title, text) = ("t".repeat(80), "x".repeat(2_000));
        assert!(normalize_quick_reply(&title, &text).is_ok());
        assert!(normalize_quick_reply(&(title + "t"), "x").is_err());
        assert!(normalize_quick_reply("t", &(text + "x")).is_err());
        assert_eq!(normalize_quick_reply(" ", "x"), Err(InvalidText::Empty));
    }
}
