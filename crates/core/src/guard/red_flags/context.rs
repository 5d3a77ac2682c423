//! Whether what is said is so, now, and of somebody who can still be helped: what is denied, over, long past, somebody
//! else's past, or only feared or read about is not.

use super::pattern::{Found, Pattern};
use super::tokens::Token;

/// What words around a sign do to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Denies what follows: "no", "not".
    Denies,
    /// Denies a whole list that follows: "no … or …".
    Lists,
    /// Ties a list together: "or".
    Or,
    /// Denies what stands before: "… habe ich nicht".
    DeniesBefore,
    /// Says that what stands before is over: "… is gone".
    Over,
    /// Says that it is not: "does not stop", "won't go away".
    Lasts,
    /// Nothing goes across: "but".
    Turns,
    /// No denial goes across: "I".
    Parts,
    /// Long ago.
    Past,
    /// All the same of now: "now", "again".
    Now,
    /// Somebody else.
    Other,
    /// Of somebody else: told of what was.
    Told,
    /// Only thought of, read about, feared.
    Supposed,
    /// The same, said on both sides of it: "if … should come".
    SupposedAround,
}

use Role::{
    Denies, DeniesBefore, Lasts, Lists, Now, Or, Other, Over, Parts, Past, Supposed, SupposedAround, Told,
    Turns,
};

/// So many words before a sign are looked at.
const BEFORE: usize = 5;
/// In a list, so many.
const LIST: usize = 12;
/// So many words behind a sign are looked at.
const BEHIND: usize = 5;
/// What is only supposed is said so far ahead at most.
const SUPPOSED: usize = 9;

const ROLES: [(&str, Role); 14] = [
    ("denies", Denies),
    ("lists", Lists),
    ("or", Or),
    ("denies_before", DeniesBefore),
    ("over", Over),
    ("lasts", Lasts),
    ("turns", Turns),
    ("parts", Parts),
    ("past", Past),
    ("now", Now),
    ("other", Other),
    ("told", Told),
    ("supposed", Supposed),
    ("supposed_around", SupposedAround),
];

impl Role {
    pub(super) fn named(name: &str) -> Option<Self> {
        ROLES.into_iter().find(|(known, _)| *known == name).map(|(_, role)| role)
    }
}

/// The words of a language that do something to what stands beside them.
#[derive(Debug, Default)]
pub(super) struct Context {
    words: Vec<(Role, Pattern)>,
}

impl Context {
    pub(super) fn add(&mut self, role: Role, patterns: Vec<Pattern>) {
        self.words.extend(patterns.into_iter().map(|pattern| (role, pattern)));
    }

    pub(super) fn is_of_now(&self, sentence: &[Token], found: &Found) -> bool {
        !(self.is_denied(sentence, found)
            || self.is_over(sentence, found)
            || self.is_past(sentence)
            || self.is_supposed(sentence, found))
    }

    /// Where words of a role stand: the first, and behind the last.
    fn places<'c>(&'c self, role: Role, sentence: &'c [Token]) -> impl Iterator<Item = (usize, usize)> + 'c {
        let patterns = self.words.iter().filter(move |(of, _)| *of == role);
        patterns.flat_map(move |(_, pattern)| pattern.find(sentence)).map(|found| (found.from, found.to))
    }

    fn has(&self, role: Role, sentence: &[Token]) -> bool {
        self.places(role, sentence).next().is_some()
    }

    fn is_denied(&self, sentence: &[Token], found: &Found) -> bool {
        let inside = |from: usize| found.gaps.contains(&from);
        if self.places(Denies, sentence).chain(self.places(Lists, sentence)).any(|(from, _)| inside(from)) {
            return true;
        }
        let plain = self.places(Denies, sentence).chain(self.places(Lists, sentence));
        let near = plain
            .filter(|(_, to)| *to <= found.from && found.from - to <= BEFORE)
            .any(|(_, to)| !self.is_parted(sentence, to, found.from, Comma::Parts));
        near || self.is_listed(sentence, found)
    }

    /// "no fever, chest pain or cough"
    fn is_listed(&self, sentence: &[Token], found: &Found) -> bool {
        self.places(Lists, sentence)
            .filter(|(_, to)| *to <= found.from && found.from - to <= LIST)
            .filter(|(_, to)| self.places(Or, sentence).any(|(or, _)| or >= *to))
            .any(|(_, to)| !self.is_parted(sentence, to, found.from, Comma::Joins))
    }

    /// "chest pain is gone", but not "chest pain that does not stop".
    fn is_over(&self, sentence: &[Token], found: &Found) -> bool {
        if self.has(Lasts, sentence) {
            return false;
        }
        let behind = |role| {
            self.places(role, sentence)
                .filter(|(from, _)| *from >= found.to && from - found.to <= BEHIND)
                .any(|(from, _)| !self.is_parted(sentence, found.to, from, Comma::Joins))
        };
        behind(Over) || behind(DeniesBefore)
    }

    fn is_past(&self, sentence: &[Token]) -> bool {
        if self.has(Now, sentence) {
            return false;
        }
        self.has(Past, sentence) || (self.has(Other, sentence) && self.has(Told, sentence))
    }

    fn is_supposed(&self, sentence: &[Token], found: &Found) -> bool {
        let mut around = self.places(SupposedAround, sentence);
        if around.any(|(from, to)| from <= found.from && found.to <= to) {
            return true;
        }
        self.places(Supposed, sentence).any(|(from, to)| {
            let before = to <= found.from && found.from - to <= SUPPOSED;
            let behind = from >= found.to && from - found.to <= BEHIND;
            (before && !self.turns(sentence, to, found.from)) || behind
        })
    }

    /// Whether something stands between two places that nothing goes across.
    fn is_parted(&self, sentence: &[Token], from: usize, to: usize, comma: Comma) -> bool {
        let between = sentence.get(from..=to.min(sentence.len().saturating_sub(1))).unwrap_or_default();
        let by_comma = comma == Comma::Parts && between.iter().any(|token| token.parted);
        by_comma
            || self.turns(sentence, from, to)
            || self.places(Parts, sentence).any(|(part, _)| part >= from && part < to)
    }

    fn turns(&self, sentence: &[Token], from: usize, to: usize) -> bool {
        self.places(Turns, sentence).any(|(turn, _)| turn >= from && turn < to)
    }
}

/// What a comma does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comma {
    Parts,
    Joins,
}
