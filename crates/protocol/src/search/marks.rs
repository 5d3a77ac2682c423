//! Where in a text the parts of a query are, and the piece of it that shows them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Terms;
use super::fold::fold_char;

/// Characters shown before the first match, so that it is seen in its sentence.
const LEAD: usize = 24;

/// A piece of a text, marked where it matches or not.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The words.
    pub text: String,
    /// Whether they are what was looked for.
    pub marked: bool,
}

impl std::fmt::Debug for Excerpt {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Excerpt").field("marked", &self.marked).finish_non_exhaustive()
    }
}

impl Terms {
    /// Where the parts are in a text: ranges of bytes, ascending, none touching another.
    #[must_use]
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let folded = Folded::of(text);
        let mut found: Vec<Range<usize>> = self
            .parts()
            .iter()
            .flat_map(|part| folded.text.match_indices(part.as_str()))
            .map(|(at, part)| folded.source(at, at + part.len()))
            .collect();
        found.sort_unstable_by_key(|range| (range.start, range.end));
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(found.len());
        for range in found {
            match joined.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        joined
    }

    /// A whole text in pieces.
    #[must_use]
    pub fn pieces(&self, text: &str) -> Vec<Excerpt> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for mark in self.marks(text) {
            push(&mut pieces, text.get(at..mark.start), false);
            push(&mut pieces, text.get(mark.clone()), true);
            at = mark.end;
        }
        push(&mut pieces, text.get(at..), false);
        pieces
    }
}

fn push(pieces: &mut Vec<Excerpt>, text: Option<&str>, marked: bool) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        pieces.push(Excerpt { text: text.to_owned(), marked });
    }
}

/// At most so many characters of a text, on one line, beginning a little before the first match; an ellipsis stands for
/// what was left out.
#[must_use]
pub fn excerpt(text: &str, terms: &Terms, most: usize) -> Vec<Excerpt> {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = terms.marks(&line).first().map_or(0, |mark| mark.start);
    let before = line.get(..first).map_or(0, |before| before.chars().count());
    let skipped = if before > LEAD && line.chars().count() > most { before - LEAD } else { 0 };
    let mut cut: String = line.chars().skip(skipped).take(most).collect();
    if skipped > 0 {
        cut = format!("…{}", cut.trim_start());
    }
    if line.chars().count() > skipped + most {
        cut.push('…');
    }
    terms.pieces(&cut)
}

/// A folded text that knows where each of its characters came from.
struct Folded {
    text: String,
    /// Of each character of `text`: where it begins there, and the range of bytes it came from.
    from: Vec<(usize, Range<usize>)>,
}

impl Folded {
    fn of(text: &str) -> Self {
        let mut folded = Folded { text: String::with_capacity(text.len()), from: Vec::new() };
        for (start, c) in text.char_indices() {
            let (end, count) = (start + c.len_utf8(), folded.from.len());
            fold_char(c, |c| {
                folded.from.push((folded.text.len(), start..end));
                folded.text.push(c);
            });
            // A mark belongs to the letter before it.
            if folded.from.len() == count
                && let Some((_, range)) = folded.from.last_mut()
            {
                range.end = end;
            }
        }
        folded
    }

    /// The bytes of the source behind a range of the folded text's.
    fn source(&self, start: usize, end: usize) -> Range<usize> {
        let first = self.from.partition_point(|(at, _)| *at < start);
        let last = self.from.partition_point(|(at, _)| *at < end).saturating_sub(1);
        let range = |index: usize| self.from.get(index).map(|(_, range)| range.clone()).unwrap_or_default();
        range(first).start..range(last).end
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(query: &str, text: &str) -> String {
        let pieces = Terms::of(query).pieces(text).into_iter();
        pieces.map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text }).collect()
    }

    #[test]
    fn what_matches_is_marked_with_its_marks() {
        assert_eq!(shown("schon", "Wie Scho\u{308}n!"), "Wie [Scho\u{308}n]!");
        assert_eq!(shown("strasse", "Hauptstraße 3"), "Haupt[straße] 3");
        assert_eq!(shown("محمد", "قال مُحَمَّد"), "قال [مُحَمَّد]");
        assert_eq!(shown("ana an", "banana"), "b[ana]na");
        assert_eq!(shown("头痛", "我头痛"), "我[头痛]");
        assert_eq!(shown("x", "nothing"), "nothing");
    }

    #[test]
    fn an_excerpt_begins_a_little_before_the_first_match() {
        let text = format!("{} needle\nand more {}", "word ".repeat(40), "tail ".repeat(40));
        let pieces = excerpt(&text, &Terms::of("needle"), 80);
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert!(
            whole.starts_with('…') && whole.ends_with('…') && whole.contains("needle and more"),
            "{whole}"
        );
        assert!(whole.chars().count() <= 82);
        assert!(pieces.iter().any(|piece| piece.marked && piece.text == "needle"));
        assert_eq!(excerpt("short", &Terms::of("or"), 80).len(), 3);
    }

    proptest! {
        #[test]
        fn the_pieces_of_a_text_are_the_text(text in any::<String>(), query in any::<String>()) {
            let terms = Terms::of(&query);
            let pieces = terms.pieces(&text);
            prop_assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text.clone());
            prop_assert!(terms.is_empty() || !terms.match_text(&text) || pieces.iter().any(|piece| piece.marked));
        }
    }
}
