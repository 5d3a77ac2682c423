//! What becomes of a notification on its way to the screen, hop by hop.

use serde::{Deserialize, Serialize};

/// One hop of a notification's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hop {
    /// The clinic's server answers.
    Server,
    /// It can tell this device of a message at once.
    Socket,
    /// This device's settings let it be told of.
    Settings,
    /// The desktop has something that shows notifications.
    Desktop,
    /// It has shown one.
    Shown,
    /// Something is heard.
    Sound,
}

/// How a hop went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum HopOutcome {
    /// As it should.
    Passed,
    /// Something is to be known about it.
    But {
        /// What.
        why: HopTrouble,
    },
    /// Here the way ends.
    Failed {
        /// Why.
        why: HopTrouble,
    },
}

/// What is wrong with a hop; the UI says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HopTrouble {
    /// The server does not answer.
    Unreachable,
    /// The session has ended.
    SignedOut,
    /// Messages come by asking again and again, a little later.
    Limited,
    /// There is no connection by which messages come.
    NotConnected,
    /// Notifications are turned off here.
    TurnedOff,
    /// Nothing is told of for a while.
    Paused,
    /// These are quiet hours.
    QuietHours,
    /// Nothing shows notifications here.
    NoDesktop,
    /// The desktop does not want to disturb.
    DoNotDisturb,
    /// It was refused.
    Refused,
    /// There is nothing that sounds.
    NoAudio,
    /// Sounds are turned off here.
    Silent,
}

/// A hop and how it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HopView {
    /// Which.
    pub hop: Hop,
    /// How.
    #[serde(flatten)]
    pub outcome: HopOutcome,
}

impl HopView {
    /// As it should.
    #[must_use]
    pub const fn passed(hop: Hop) -> Self {
        HopView { hop, outcome: HopOutcome::Passed }
    }

    /// With something to be known about it.
    #[must_use]
    pub const fn but(hop: Hop, why: HopTrouble) -> Self {
        HopView { hop, outcome: HopOutcome::But { why } }
    }

    /// Not.
    #[must_use]
    pub const fn failed(hop: Hop, why: HopTrouble) -> Self {
        HopView { hop, outcome: HopOutcome::Failed { why } }
    }
}
