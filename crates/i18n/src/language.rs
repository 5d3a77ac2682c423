//! The languages Bedside speaks and how a tag finds one.

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the left.
    LeftToRight,
    /// From the right.
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A language with a complete set of strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English, which also says what another language lacks.
    English,
    /// German.
    German,
    /// Arabic.
    Arabic,
}

impl Language {
    /// Every language, in the order a menu shows them.
    pub const ALL: [Self; 3] = [Self::English, Self::German, Self::Arabic];

    /// The best language for a tag such as `de-AT`; English for one we do not speak.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        Self::known(tag).unwrap_or(Self::English)
    }

    /// The first language of a list of wishes that we speak, else English.
    #[must_use]
    pub fn negotiate<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        tags.into_iter().find_map(Self::known).unwrap_or(Self::English)
    }

    /// The language's tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Arabic => "ar",
        }
    }

    /// The language's name in itself, as a menu shows it.
    #[must_use]
    pub const fn native_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Arabic => "العربية",
        }
    }

    /// Which way it is written.
    #[must_use]
    pub const fn direction(self) -> Direction {
        match self {
            Self::English | Self::German => Direction::LeftToRight,
            Self::Arabic => Direction::RightToLeft,
        }
    }

    /// The Fluent files: of the app, of its shell, of the server, of conversations written out.
    pub(crate) const fn sources(self) -> [&'static str; 4] {
        match self {
            Self::English => [
                include_str!("../locales/en/app.ftl"),
                include_str!("../locales/en/shell.ftl"),
                include_str!("../locales/en/server.ftl"),
                include_str!("../locales/en/export.ftl"),
            ],
            Self::German => [
                include_str!("../locales/de/app.ftl"),
                include_str!("../locales/de/shell.ftl"),
                include_str!("../locales/de/server.ftl"),
                include_str!("../locales/de/export.ftl"),
            ],
            Self::Arabic => [
                include_str!("../locales/ar/app.ftl"),
                include_str!("../locales/ar/shell.ftl"),
                include_str!("../locales/ar/server.ftl"),
                include_str!("../locales/ar/export.ftl"),
            ],
        }
    }

    fn known(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_does_not_hide_the_language() {
        assert_eq!(Language::from_tag("de-AT"), Language::German);
        assert_eq!(Language::from_tag("ar_EG.UTF-8"), Language::Arabic);
    }

    #[test]
    fn a_language_we_do_not_speak_is_answered_in_english() {
        assert_eq!(Language::from_tag("xx"), Language::English);
        assert_eq!(Language::from_tag(""), Language::English);
    }

    #[test]
    fn the_first_wish_we_can_fulfil_wins() {
        assert_eq!(Language::negotiate(["pt", "de-CH", "en"]), Language::German);
    }
}
