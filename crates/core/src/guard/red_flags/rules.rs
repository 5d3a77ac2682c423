//! The rules of a language: read from its file, asked sentence by sentence.

use bedside_protocol::ipc::Danger;

use super::context::{Context, Role};
use super::pattern::{Choice, Gap, Pattern, Word};
use super::tokens::Token;
use crate::guard::fold::{Umlauts, fold};

#[derive(Debug, Default)]
pub(super) struct Language {
    context: Context,
    dangers: Vec<Rules>,
    /// What in the file could not be read.
    misread: Vec<String>,
}

/// What speaks for a danger, and what sounds like it and is not.
#[derive(Debug)]
struct Rules {
    danger: Danger,
    /// What the rules rest on.
    sources: usize,
    signs: Vec<Sign>,
    idioms: Vec<Pattern>,
}

#[derive(Debug)]
struct Sign {
    pattern: Pattern,
    /// Whether it counts whatever stands around it.
    always: bool,
}

impl Language {
    /// Reads a file; what it cannot read is noted and left out.
    pub(super) fn parse(file: &str) -> Self {
        let mut language = Language::default();
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if language.line(line).is_none() {
                language.misread.push(line.to_owned());
            }
        }
        language
    }

    fn line(&mut self, line: &str) -> Option<()> {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let danger = Danger::ALL.into_iter().find(|danger| danger.as_str() == name)?;
            self.dangers.push(Rules { danger, sources: 0, signs: Vec::new(), idioms: Vec::new() });
            return Some(());
        }
        let (sign, rest) = line.split_at_checked(line.find(' ')?)?;
        match (sign, self.dangers.last_mut()) {
            ("source", Some(rules)) => rules.sources += 1,
            ("+" | "!", Some(rules)) => {
                let always = sign == "!";
                let patterns = patterns(rest)?;
                rules.signs.extend(patterns.into_iter().map(|pattern| Sign { pattern, always }));
            }
            ("-", Some(rules)) => rules.idioms.extend(patterns(rest)?),
            (role, None) => self.context.add(Role::named(role)?, patterns(rest)?),
            _ => return None,
        }
        Some(())
    }

    /// What a sentence may speak of.
    pub(super) fn dangers_in<'l>(&'l self, sentence: &'l [Token]) -> impl Iterator<Item = Danger> + 'l {
        let speaking = self.dangers.iter().filter(move |rules| self.speaks(rules, sentence));
        speaking.map(|rules| rules.danger)
    }

    fn speaks(&self, rules: &Rules, sentence: &[Token]) -> bool {
        let idioms: Vec<_> = rules.idioms.iter().flat_map(|pattern| pattern.find(sentence)).collect();
        rules.signs.iter().any(|sign| {
            sign.pattern.find(sentence).any(|found| {
                let idiom = idioms.iter().any(|idiom| idiom.from < found.to && found.from < idiom.to);
                !idiom && (sign.always || self.context.is_of_now(sentence, &found))
            })
        })
    }

    #[cfg(test)]
    pub(super) fn misread(&self) -> &[String] {
        &self.misread
    }

    #[cfg(test)]
    pub(super) fn has_rules_for(&self, danger: Danger) -> bool {
        let rules = self.dangers.iter().find(|rules| rules.danger == danger);
        rules.is_some_and(|rules| rules.sources > 0 && !rules.signs.is_empty())
    }
}

/// "a {b c_d*} ~3 e": a, then b or c d…, then e behind at most three other words; "~3," also over commas, "<>3" in
/// either order.
fn patterns(text: &str) -> Option<Vec<Pattern>> {
    let text = fold(text, Umlauts::Spelled);
    if let Some((first, rest)) = text.split_once("<>") {
        let (gap, second) = rest.split_once(' ')?;
        let there = pattern(&format!("{first} ~{gap} {second}"))?;
        return Some(vec![there, pattern(&format!("{second} ~{gap} {first}"))?]);
    }
    pattern(&text).map(|pattern| vec![pattern])
}

fn pattern(text: &str) -> Option<Pattern> {
    let (mut choices, mut gap) = (Vec::new(), Gap::default());
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end =
            if rest.starts_with('{') { rest.find('}')? + 1 } else { rest.find(' ').unwrap_or(rest.len()) };
        let (element, after) = rest.split_at_checked(end)?;
        match element.strip_prefix('~') {
            Some(number) => {
                let over_commas = number.ends_with(',');
                gap = Gap { words: number.trim_end_matches(',').parse().ok()?, over_commas };
            }
            None => choices.push((std::mem::take(&mut gap), choice(element)?)),
        }
        rest = after.trim_start();
    }
    (!choices.is_empty()).then_some(Pattern(choices))
}

fn choice(element: &str) -> Option<Choice> {
    let inner = element.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(element);
    let rows: Choice =
        inner.split_whitespace().map(|row| row.split('_').map(Word::parse).collect()).collect();
    (!rows.is_empty()).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::super::tokens::sentences;
    use super::*;

    fn stands(rule: &str, text: &str) -> bool {
        let patterns = patterns(rule).unwrap();
        sentences(text)
            .iter()
            .any(|sentence| patterns.iter().any(|pattern| pattern.find(sentence).next().is_some()))
    }

    #[test]
    fn a_rule_means_what_the_read_me_says() {
        assert!(stands("{pain ache} ~2 {chest breast_bone}", "a pain in my chest"));
        assert!(stands("{pain ache} ~2 {chest breast_bone}", "aching? ache behind the breast bone"));
        assert!(!stands("{pain ache} ~2 chest", "pain all over and in the chest"));
        assert!(!stands("{pain ache} ~2 chest", "pain, my chest"), "no gap goes over a comma");
        assert!(stands("{pain ache} ~2, chest", "pain, my chest"));
        assert!(
            stands("chest <>3 hurt*", "it hurts in the chest") && stands("chest <>3 hurt*", "my chest hurts")
        );
        assert!(!stands("chest pain", "chest and pain"));
    }

    #[test]
    fn what_cannot_be_read_is_noted() {
        let language = Language::parse("[of_no_kind]\n[chest_pain]\nsource A page\n+ {open\n+ chest pain");
        assert_eq!(language.misread, ["[of_no_kind]", "+ {open"]);
        assert!(language.has_rules_for(Danger::ChestPain));
    }
}
