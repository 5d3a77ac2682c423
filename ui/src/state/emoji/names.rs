//! What emoji are called in the language of the interface, and finding them by it.
//!
//! The table comes from `static/emoji` when a conversation is first opened; until it is there, and beside it
//! always, the English names and short names that the crate has are found.

use std::collections::HashMap;
use std::rc::Rc;

use bedside_i18n::Language;
use bedside_protocol::text::fold_for_search;
use emojis::Emoji;

use super::{FREQUENT, all};

/// The names of one language. Cheap to clone; compared by identity.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    table: Option<Rc<Table>>,
}

#[derive(Debug)]
struct Table {
    language: Language,
    spoken: HashMap<&'static str, Spoken>,
    /// By the whole name, without what a short name cannot hold.
    named: HashMap<String, &'static Emoji>,
}

/// What one emoji is called.
#[derive(Debug)]
struct Spoken {
    name: String,
    /// The name and then the further words, as they are looked for.
    folded: Vec<String>,
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        match (&self.table, &other.table) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

impl Names {
    /// The names of a table as `cargo xtask emoji` writes it.
    pub(crate) fn read(language: Language, table: &str) -> Self {
        let (mut words, mut named) = (HashMap::new(), HashMap::new());
        for (emoji, spoken) in table.lines().filter_map(spoken) {
            named.entry(plain(&fold_for_search(&spoken.name))).or_insert(emoji);
            words.insert(emoji.as_str(), spoken);
        }
        Names { table: Some(Rc::new(Table { language, spoken: words, named })) }
    }

    /// The language, once the names are there.
    pub(crate) fn language(&self) -> Option<Language> {
        self.table.as_deref().map(|table| table.language)
    }

    /// What an emoji without a tone is called: in the language, or in English as long as that is not known.
    pub(crate) fn of<'a>(&'a self, emoji: &'a Emoji) -> &'a str {
        self.spoken(emoji).map_or(emoji.name(), |spoken| &spoken.name)
    }

    /// What a search finds, the nearest first, of those as near the ones that are mostly meant.
    pub(crate) fn find(&self, search: &str) -> Vec<&'static Emoji> {
        let sought = folded(search);
        let near = |emoji: &'static Emoji| Some((self.nearness(emoji, &sought)?, emoji));
        let mut found: Vec<(usize, &'static Emoji)> = all().filter_map(near).collect();
        found.sort_by_key(|(nearness, emoji)| (*nearness, !FREQUENT.contains(&emoji.as_str())));
        found.into_iter().map(|(_, emoji)| emoji).collect()
    }

    /// The emoji of a whole name, in the language or in English, or of a short name.
    pub(crate) fn exactly(&self, name: &str) -> Option<&'static Emoji> {
        let short = emojis::get_by_shortcode(name).filter(super::is_offered);
        let sought = folded(name);
        let own = || self.table.as_deref()?.named.get(&sought).copied();
        short.or_else(own).or_else(|| all().find(|emoji| plain(&emoji.name().to_lowercase()) == sought))
    }

    fn spoken(&self, emoji: &Emoji) -> Option<&Spoken> {
        self.table.as_deref()?.spoken.get(emoji.as_str())
    }

    /// How near an emoji is to what is sought: the language's words and short names before English ones that are as near.
    fn nearness(&self, emoji: &Emoji, sought: &str) -> Option<usize> {
        if sought.is_empty() {
            return None;
        }
        let own = self.spoken(emoji).and_then(|spoken| spoken.nearness(sought)).map(|near| near * 2);
        let short = emoji.shortcodes().filter_map(|name| distance(&name.replace('_', " "), sought));
        let short = short.map(|near| near * 2);
        let english = distance(&emoji.name().to_lowercase(), sought).map(|near| near * 2 + 1);
        own.into_iter().chain(short).chain(english).min()
    }
}

impl Spoken {
    /// Each word that is sought begins one of the name's or of the further words.
    fn nearness(&self, sought: &str) -> Option<usize> {
        let (name, further) = self.folded.split_first()?;
        let begins = |part: &str| self.folded.iter().any(|text| begins_a_word(text, part));
        let further = further.iter().filter_map(|word| distance(word, sought)).min().map(|near| near + 1);
        let spread = sought.split_whitespace().all(begins).then_some(SPREAD);
        distance(name, sought).into_iter().chain(further).chain(spread).min()
    }
}

/// The words that are sought are there, each somewhere.
const SPREAD: usize = 6;

/// How near a name is: itself, its first words, its beginning, or words of it.
fn distance(name: &str, sought: &str) -> Option<usize> {
    match name.strip_prefix(sought) {
        Some("") => Some(0),
        Some(rest) if rest.starts_with(' ') => Some(1),
        Some(_) => Some(2),
        None => sought.split_whitespace().all(|part| begins_a_word(name, part)).then_some(4),
    }
}

fn begins_a_word(text: &str, part: &str) -> bool {
    text.split([' ', '-', ':', ',', '(']).any(|word| word.starts_with(part))
}

/// A line of the table, of an emoji that is known here.
fn spoken(line: &str) -> Option<(&'static Emoji, Spoken)> {
    let mut fields = line.split('\t');
    let emoji = emojis::get(fields.next()?)?;
    let name = fields.next().filter(|name| !name.is_empty())?.to_owned();
    let folded = std::iter::once(name.as_str()).chain(fields).map(fold_for_search).collect();
    Some((emoji, Spoken { name, folded }))
}

/// As names are compared: without the colons around it, and with spaces where a short name has lines.
fn folded(text: &str) -> String {
    plain(&fold_for_search(text.trim().trim_matches(':')))
}

/// Only what a short name holds, with spaces between.
fn plain(text: &str) -> String {
    text.replace(['_', ':', ',', '(', ')', '.', '"', '„', '“', '”'], " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(language: Language) -> Names {
        let table = match language {
            Language::English => include_str!("../../../static/emoji/en.tsv"),
            Language::German => include_str!("../../../static/emoji/de.tsv"),
            Language::Arabic => include_str!("../../../static/emoji/ar.tsv"),
        };
        Names::read(language, table)
    }

    fn first(names: &Names, search: &str) -> Option<&'static str> {
        names.find(search).first().map(|emoji| emoji.as_str())
    }

    fn finds(names: &Names, search: &str, emoji: &str) -> bool {
        names.find(search).iter().take(24).any(|found| found.as_str() == emoji)
    }

    #[test]
    fn every_emoji_on_offer_has_a_name_in_every_language() {
        for language in Language::ALL {
            let names = names(language);
            let unnamed: Vec<_> = all().filter(|emoji| names.spoken(emoji).is_none()).collect();
            assert_eq!(unnamed, Vec::<&Emoji>::new(), "{language:?}");
        }
    }

    #[test]
    fn names_and_further_words_are_found_in_the_language() {
        let german = names(Language::German);
        assert_eq!(first(&german, "Daumen hoch"), Some("👍"));
        assert_eq!(german.of(emojis::get("👍").unwrap()), "Daumen hoch");
        assert!(finds(&german, "Tablette", "💊") && finds(&german, "schmerz", "🤕"));
        assert!(finds(&german, "müdes", "😫") && finds(&german, "mudes ges", "😫"));
        let arabic = names(Language::Arabic);
        assert!(finds(&arabic, "مستشفى", "🏥") && finds(&arabic, "حبة", "💊"));
        let english = names(Language::English);
        assert!(finds(&english, "doctor", "👩‍⚕️") && finds(&english, "thermometer", "🤒"));
    }

    #[test]
    fn english_is_found_beside_every_language_and_before_its_table_is_there() {
        for names in [names(Language::German), names(Language::Arabic), Names::default()] {
            assert_eq!(first(&names, "thumbs up"), Some("👍"));
            assert_eq!(first(&names, ":heart:"), Some("❤️"));
            assert!(finds(&names, "hospi", "🏥") && finds(&names, "face tears", "😂"));
            assert!(names.find("").is_empty() && names.find("xyzzy").is_empty());
        }
    }

    #[test]
    fn what_is_mostly_meant_comes_first_of_what_is_as_near() {
        for names in [names(Language::English), names(Language::German)] {
            assert_eq!(first(&names, "he"), Some("❤️"));
            assert_eq!(first(&names, "hear no"), Some("🙉"));
        }
    }

    #[test]
    fn a_whole_name_is_its_emoji_and_a_part_of_one_is_none() {
        let german = names(Language::German);
        for name in ["thumbsup", "+1", "thumbs_up", "daumen_hoch", "Daumen_hoch"] {
            assert_eq!(german.exactly(name).map(Emoji::as_str), Some("👍"), "{name}");
        }
        assert_eq!(names(Language::Arabic).exactly("مستشفى").map(Emoji::as_str), Some("🏥"));
        for name in ["thumbs", "daumen", "", "30"] {
            assert_eq!(german.exactly(name), None, "{name}");
        }
    }

    #[test]
    fn every_name_that_is_shown_is_one_that_can_be_typed() {
        for language in Language::ALL {
            let names = names(language);
            for emoji in all() {
                let typed = names.of(emoji).replace(' ', "_");
                assert!(names.exactly(&typed).is_some(), "{language:?} {typed}");
            }
        }
    }
}
