//! What a native notification says.

use serde::{Deserialize, Serialize};

/// What a native notification says of a message; from the least to the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeContent {
    /// That there is one.
    #[default]
    Nothing,
    /// Also whose it is.
    Name,
    /// Also how it begins.
    NameAndText,
}

impl NoticeContent {
    /// All of them, from the least to the most.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Name, Self::NameAndText];
    /// The most there is.
    pub const MOST: Self = Self::NameAndText;

    /// Its name in a column.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Name => "name",
            Self::NameAndText => "name_and_text",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// Whether it is the most there is.
    #[must_use]
    pub fn is_most(&self) -> bool {
        *self == Self::MOST
    }
}
