//! Reads a message's text for what is to be shown specially: links, and emoji that stand alone.

use unicode_segmentation::UnicodeSegmentation;

/// A piece of a message's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Plain words.
    Words(&'a str),
    /// Something that can be opened.
    Link(&'a str),
}

/// The pieces of a text, in order; together they are the text.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, link, after)) = next_link(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Words(before));
        }
        pieces.push(Piece::Link(link));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

/// Only what the opener lets through.
const SCHEMES: [&str; 3] = ["https://", "mailto:", "tel:"];

fn next_link(text: &str) -> Option<(&str, &str, &str)> {
    let starts = SCHEMES.iter().flat_map(|scheme| text.match_indices(scheme)).map(|(start, _)| start);
    let mut starts: Vec<usize> = starts.filter(|start| begins_a_word(text, *start)).collect();
    starts.sort_unstable();
    starts.into_iter().find_map(|start| link_at(text, start))
}

/// "hotel: two nights" holds no telephone number.
fn begins_a_word(text: &str, start: usize) -> bool {
    let before = text.split_at_checked(start).and_then(|(before, _)| before.chars().next_back());
    before.is_none_or(|c| !c.is_alphanumeric())
}

fn link_at(text: &str, start: usize) -> Option<(&str, &str, &str)> {
    let (before, from) = text.split_at_checked(start)?;
    let end = from.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(from.len());
    let (run, _) = from.split_at_checked(end)?;
    let link = without_trailing_punctuation(run);
    let (_, after) = from.split_at_checked(link.len())?;
    let has_target = link.split_once(':').is_some_and(|(_, target)| target.trim_start_matches('/').len() > 2);
    if has_target { Some((before, link, after)) } else { None }
}

/// A full stop ends the sentence, not the address; a closing bracket too, unless the address opened it.
fn without_trailing_punctuation(run: &str) -> &str {
    let mut link = run;
    loop {
        let unopened = link.ends_with(')') && link.matches('(').count() < link.matches(')').count();
        let ends = link.ends_with(['.', ',', ';', ':', '!', '?', '\'', '…', '”', '»', ']']);
        if !(unopened || ends) {
            return link;
        }
        let mut chars = link.chars();
        chars.next_back();
        link = chars.as_str();
    }
}

/// Whether a text is one to three emoji and nothing else.
pub(crate) fn is_big_emoji(text: &str) -> bool {
    let mut graphemes = text.graphemes(true).filter(|grapheme| !grapheme.trim().is_empty());
    let shown: Vec<&str> = graphemes.by_ref().take(4).collect();
    matches!(shown.len(), 1..=3) && shown.iter().all(|grapheme| is_emoji(grapheme))
}

/// Only in its full form: a bare sign such as "©" is drawn as text.
fn is_emoji(grapheme: &str) -> bool {
    emojis::get(grapheme).is_some_and(|emoji| emoji.as_str() == grapheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<&str> {
        pieces(text)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Link(link) => Some(link),
                Piece::Words(_) => None,
            })
            .collect()
    }

    #[test]
    fn the_pieces_together_are_the_text() {
        let text = "See https://a.example/x, or (https://b.example). mailto:ana@a.example!";
        let whole: String = pieces(text)
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => *words,
                Piece::Link(link) => link,
            })
            .collect();
        assert_eq!(whole, text);
        assert_eq!(links(text), ["https://a.example/x", "https://b.example", "mailto:ana@a.example"]);
    }

    #[test]
    fn a_scheme_without_a_target_hides_no_later_link() {
        assert_eq!(links("Use mailto: or see https://a.example/x"), ["https://a.example/x"]);
    }

    #[test]
    fn a_telephone_number_is_a_link_and_a_hotel_is_none() {
        assert_eq!(links("Call tel:+351123456, please. Hotel:12345"), ["tel:+351123456"]);
    }

    #[test]
    fn brackets_an_address_opened_belong_to_it() {
        assert_eq!(links("https://a.example/Pain_(acute)"), ["https://a.example/Pain_(acute)"]);
    }

    #[test]
    fn what_the_opener_refuses_is_no_link() {
        for text in ["http://a.example", "javascript:alert(1)", "file:///etc/passwd", "https://", "a.example"]
        {
            assert!(links(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn up_to_three_emoji_alone_are_big() {
        for text in ["👍", "👨‍👩‍👧‍👦 ❤️", "🇵🇹🇩🇪", "👋🏽👋🏽👋🏽", "✋➕⏳", "1️⃣"]
        {
            assert!(is_big_emoji(text), "{text}");
        }
        for text in ["", "👍👍👍👍", "ok 👍", "42", "©", "!"] {
            assert!(!is_big_emoji(text), "{text}");
        }
    }
}
