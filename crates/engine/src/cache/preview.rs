//! One line of a message's text, for the room list.

/// Most characters of a preview.
const CHARS: usize = 120;

/// The text on one line, cut with an ellipsis.
pub(super) fn one_line(text: &str) -> String {
    bedside_protocol::text::one_line(text, CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_spaces_become_one_line() {
        assert_eq!(one_line(" Hello,\n\n how  are\tyou? "), "Hello, how are you?");
    }

    #[test]
    fn a_line_of_a_line_is_the_same_line() {
        for text in ["a b", "ä  ö", &"word ".repeat(80), &"x".repeat(119), &"x".repeat(120)] {
            assert_eq!(one_line(&one_line(text)), one_line(text));
        }
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let cut = one_line(&"ä".repeat(500));
        assert_eq!(cut.chars().count(), CHARS);
        assert!(cut.ends_with('…'));
    }
}
