//! What a person is to think over before a message goes.

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, as_string};

/// Something noticed in a text. It is the author's to decide what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum Warning {
    /// It names a patient whom it is not written to.
    OtherPatient {
        /// Who.
        #[serde(with = "as_string")]
        account_id: AccountId,
        /// Full name.
        name: String,
        /// How they are named.
        matched: Vec<MatchedBy>,
    },
    /// It may speak of an emergency.
    Emergency {
        /// Which, the gravest first.
        dangers: Vec<Danger>,
    },
}

/// How somebody is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// By full name.
    Name,
    /// By date of birth.
    BirthDate,
    /// By record number.
    RecordNumber,
}

/// What may be an emergency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// Thoughts of suicide.
    SuicidalThoughts,
    /// Pain or pressure in the chest.
    ChestPain,
    /// Signs of a stroke.
    Stroke,
    /// Hardly any breath.
    Breathing,
    /// Bleeding that is heavy or does not stop.
    Bleeding,
    /// A severe allergic reaction.
    Anaphylaxis,
    /// Unconscious, or a seizure.
    Unconscious,
    /// A blow to the head with signs that follow it.
    HeadInjury,
    /// Poisoning or an overdose.
    Poisoning,
    /// Something in a pregnancy that cannot wait.
    Pregnancy,
    /// A fever of a baby of less than three months.
    InfantFever,
}

impl Danger {
    /// All of them, the gravest first.
    pub const ALL: [Danger; 11] = [
        Self::SuicidalThoughts,
        Self::ChestPain,
        Self::Stroke,
        Self::Breathing,
        Self::Bleeding,
        Self::Anaphylaxis,
        Self::Unconscious,
        Self::HeadInjury,
        Self::Poisoning,
        Self::Pregnancy,
        Self::InfantFever,
    ];

    /// The word used in the files of rules.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SuicidalThoughts => "suicidal_thoughts",
            Self::ChestPain => "chest_pain",
            Self::Stroke => "stroke",
            Self::Breathing => "breathing",
            Self::Bleeding => "bleeding",
            Self::Anaphylaxis => "anaphylaxis",
            Self::Unconscious => "unconscious",
            Self::HeadInjury => "head_injury",
            Self::Poisoning => "poisoning",
            Self::Pregnancy => "pregnancy",
            Self::InfantFever => "infant_fever",
        }
    }
}
