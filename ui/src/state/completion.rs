//! A name that is being typed between colons, `:thumbs_up:`, or behind a slash at the start, and what is offered for it.
//!
//! Places are counted as the text box counts them, in UTF-16 units.

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Emoji,
    QuickReply,
}

/// A part of a text, with the name in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub kind: Kind,
    pub from: u32,
    pub to: u32,
    pub name: String,
}

/// What is offered while a name is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Completion {
    /// The name begun, if one is.
    pub part: Option<Part>,
    /// Which of what is offered would be taken.
    pub chosen: usize,
    /// Where a name begins for which nothing more is to be offered.
    refused: Option<u32>,
    /// Quick replies were asked for here, without a name.
    asked: Option<u32>,
}

impl Completion {
    /// Looks at the text before the caret.
    pub(crate) fn look(&mut self, text: &str, caret: u32) {
        self.asked = self.asked.filter(|at| *at == caret);
        let asked =
            self.asked.map(|at| Part { kind: Kind::QuickReply, from: at, to: at, name: String::new() });
        let part = asked.or_else(|| begun(text, caret));
        if part.is_none() {
            self.refused = None;
        }
        if part != self.part {
            self.chosen = 0;
        }
        self.part = part.filter(|part| self.refused != Some(part.from));
    }

    /// Offers all quick replies, to be put where the caret is; behind a slash they can be looked for.
    pub(crate) fn ask(&mut self, text: &str, caret: u32) {
        *self = Completion { asked: Some(caret), ..Completion::default() };
        self.look(text, caret);
    }

    /// Chooses the next or the one before, round at the ends.
    pub(crate) fn step(&mut self, by: isize, count: usize) {
        let count = isize::try_from(count).unwrap_or(1).max(1);
        let at = isize::try_from(self.chosen).unwrap_or_default();
        self.chosen = usize::try_from((at + by).rem_euclid(count)).unwrap_or_default();
    }

    /// Nothing is offered for this name again.
    pub(crate) fn refuse(&mut self) {
        self.asked = None;
        self.refused = self.part.take().map(|part| part.from);
    }
}

/// The shortest name that something is offered for, in letters.
const BEGUN: usize = 2;

/// A name begun before the caret, of one kind or the other.
fn begun(text: &str, caret: u32) -> Option<Part> {
    reply_begun(text, caret).or_else(|| emoji_begun(text, caret))
}

/// A slash as the first of all, and what is looked for behind it on its line.
fn reply_begun(text: &str, caret: u32) -> Option<Part> {
    let name = before(text, caret)?.strip_prefix('/')?;
    let sought = name.chars().count() <= LONGEST && !name.contains(['\n', '/']);
    sought.then(|| Part { kind: Kind::QuickReply, from: 0, to: caret, name: name.to_owned() })
}

/// More behind a slash is no search.
const LONGEST: usize = 40;

/// A name begun before the caret: a colon at a word's start, and at least two letters.
fn emoji_begun(text: &str, caret: u32) -> Option<Part> {
    let before = before(text, caret)?;
    let (head, name) = before.rsplit_once(':')?;
    let lettered = name.chars().take(BEGUN).filter(|c| c.is_alphabetic()).count() == BEGUN;
    (lettered && starts_a_word(head) && name.chars().all(is_named)).then(|| part(head, name, caret))
}

/// A whole name that ends just before the caret with its second colon.
pub(crate) fn finished(text: &str, caret: u32) -> Option<Part> {
    let (head, name) = before(text, caret)?.strip_suffix(':')?.rsplit_once(':')?;
    (!name.is_empty() && starts_a_word(head) && name.chars().all(is_named)).then(|| part(head, name, caret))
}

fn part(head: &str, name: &str, to: u32) -> Part {
    Part { kind: Kind::Emoji, from: units(head), to, name: name.to_owned() }
}

/// "10:30" and "https://" begin no name.
fn starts_a_word(head: &str) -> bool {
    head.chars().next_back().is_none_or(|c| c.is_whitespace() || "([{\"'„“«»".contains(c))
}

fn is_named(c: char) -> bool {
    // The marks of Arabic and Indic letters are letters of their own kind.
    c.is_alphanumeric()
        || matches!(c, '_' | '-' | '+')
        || matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{0652}')
}

/// The text before a place.
fn before(text: &str, caret: u32) -> Option<&str> {
    let mut at = 0_u32;
    let end = text.char_indices().find(|(_, c)| {
        let here = at;
        at = at.saturating_add(u32::try_from(c.len_utf16()).unwrap_or(1));
        here >= caret
    });
    text.get(..end.map_or(text.len(), |(index, _)| index))
}

/// The length of a text as the box counts it.
pub(crate) fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Option<String> {
        begun(text, units(text)).map(|part| part.name)
    }

    #[test]
    fn a_colon_at_the_start_of_a_word_and_two_letters_begin_a_name() {
        for text in [":th", "Well :th", "Well\n:th", "(:th", "😊 :th"] {
            assert_eq!(typed(text).as_deref(), Some("th"), "{text}");
        }
        assert_eq!(typed(":daumen_ho").as_deref(), Some("daumen_ho"));
        assert_eq!(typed(":مس").as_deref(), Some("مس"));
        for text in ["", ":", ":t", ":)", ":D", "10:30", ":30", "https://x", "Re:th", "😊:th", ":th ", ": th"]
        {
            assert_eq!(typed(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_stands_before_the_caret_counts() {
        let text = "😊 :pil and more";
        let part = Part { kind: Kind::Emoji, from: 3, to: 7, name: "pil".into() };
        assert_eq!(begun(text, 7), Some(part));
        assert_eq!(begun(text, 5), None);
        assert_eq!(begun(text, 99), None);
    }

    #[test]
    fn a_slash_at_the_very_start_looks_for_a_quick_reply() {
        let found = |text: &str| reply_begun(text, units(text)).map(|part| part.name);
        assert_eq!(found("/").as_deref(), Some(""));
        assert_eq!(found("/blood te").as_deref(), Some("blood te"));
        for text in ["", "a/", " /", "/usr/bin", "/a\nb", "1/2"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_button_asked_for_is_offered_until_the_caret_moves() {
        let mut completion = Completion::default();
        completion.ask("Dear Ana, ", 10);
        completion.look("Dear Ana, ", 10);
        assert_eq!(completion.part.as_ref().map(|part| (part.kind, part.from)), Some((Kind::QuickReply, 10)));
        completion.look("Dear Ana, w", 11);
        assert_eq!(completion.part, None);
        completion.look("Dear Ana, ", 10);
        assert_eq!(completion.part, None);
    }

    #[test]
    fn a_second_colon_finishes_a_name_of_any_length() {
        let name = |text: &str| finished(text, units(text)).map(|part| (part.from, part.to, part.name));
        assert_eq!(name("Well :+1:"), Some((5, 9, "+1".into())));
        assert_eq!(name(":thumbs_up:"), Some((0, 11, "thumbs_up".into())));
        for text in ["::", "10:30:", "a:b:", ":a b:", ":a"] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn what_was_refused_is_not_offered_again_until_another_name_begins() {
        let mut completion = Completion::default();
        let offered = |completion: &mut Completion, text: &str| {
            completion.look(text, units(text));
            completion.part.is_some()
        };
        assert!(offered(&mut completion, ":th"));
        completion.refuse();
        assert!(!offered(&mut completion, ":thu"));
        assert!(!offered(&mut completion, ":thu and "));
        assert!(offered(&mut completion, ":thu and :th"));
    }

    #[test]
    fn the_choice_goes_round_and_begins_anew_with_each_letter() {
        let mut completion = Completion::default();
        completion.look(":th", 3);
        completion.step(-1, 3);
        assert_eq!(completion.chosen, 2);
        completion.step(1, 3);
        completion.step(1, 3);
        assert_eq!(completion.chosen, 1);
        completion.look(":th", 3);
        assert_eq!(completion.chosen, 1);
        completion.look(":thu", 4);
        assert_eq!(completion.chosen, 0);
    }
}
