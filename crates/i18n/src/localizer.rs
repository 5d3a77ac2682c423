//! Looks strings up: one language, English behind it.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::{Direction, Language};

/// The strings of one language with English behind them. Cheap to ask, costly to make: keep one.
pub struct Localizer {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    fallback: Option<FluentBundle<FluentResource>>,
}

/// What fills a placeable of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words: a name, a time already formatted.
    Text(String),
    /// A count, which also chooses the plural form.
    Number(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Number(i64::from(number))
    }
}

impl Localizer {
    /// The strings for a tag such as `de-AT`.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        Self::for_language(Language::from_tag(tag))
    }

    /// The strings of a language.
    #[must_use]
    pub fn for_language(language: Language) -> Self {
        let fallback = (language != Language::English).then(|| bundle(Language::English));
        Localizer { language, bundle: bundle(language), fallback }
    }

    /// Which language it speaks.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The string of an id.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        self.text_with(id, &[])
    }

    /// The string of an id with its placeables filled. An unknown id is answered by itself: ugly, but visible.
    #[must_use]
    pub fn text_with(&self, id: &str, values: &[(&str, Value)]) -> String {
        let args = self.args(values);
        let bundles = [Some(&self.bundle), self.fallback.as_ref()];
        bundles
            .into_iter()
            .flatten()
            .find_map(|bundle| format(bundle, id, &args))
            .unwrap_or_else(|| id.to_owned())
    }

    fn args<'a>(&self, values: &'a [(&'a str, Value)]) -> FluentArgs<'a> {
        values.iter().map(|(name, value)| (*name, self.fluent(value))).collect()
    }

    fn fluent(&self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Number(number) => FluentValue::from(*number),
            Value::Text(text) if runs_against(text, self.language.direction()) => {
                FluentValue::from(format!("\u{2068}{text}\u{2069}"))
            }
            Value::Text(text) => FluentValue::from(text.clone()),
        }
    }
}

/// Isolation marks only where a value could reorder the words around it: Fluent's own would put two invisible
/// characters around every name in every string.
fn runs_against(text: &str, direction: Direction) -> bool {
    match direction {
        Direction::LeftToRight => {
            text.chars().any(|c| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FEFC}'))
        }
        Direction::RightToLeft => text.chars().any(char::is_alphanumeric),
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    bundle.set_use_isolating(false);
    for source in language.sources() {
        // A broken entry costs itself, not its file; the tests let none through.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn format(bundle: &FluentBundle<FluentResource>, id: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors);
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_the_language() {
        let say = |tag: &str, n: i64| Localizer::new(tag).text_with("new-messages", &[("count", n.into())]);
        assert_eq!(say("en", 1), "1 new message");
        assert_eq!(say("en", 2), "2 new messages");
        assert_eq!(say("de", 2), "2 neue Nachrichten");
        assert_eq!(say("ar", 2), "رسالتان جديدتان");
        assert_ne!(say("ar", 3), say("ar", 11));
    }

    #[test]
    fn an_unknown_id_shows_itself() {
        assert_eq!(Localizer::new("de").text("no-such-id"), "no-such-id");
    }

    #[test]
    fn a_name_of_the_other_direction_is_isolated_and_others_are_not() {
        let title = |tag: &str, name: &str| {
            Localizer::new(tag).text_with("composer-placeholder", &[("name", name.into())])
        };
        assert_eq!(title("en", "Ana Ribeiro"), "Write to Ana Ribeiro");
        assert!(title("en", "ليلى").contains("\u{2068}ليلى\u{2069}"));
        assert!(title("ar", "Ana").contains("\u{2068}Ana\u{2069}"));
        assert!(!title("ar", "...").contains('\u{2068}'));
    }
}
