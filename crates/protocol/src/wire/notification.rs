//! Notifications, and how somebody wishes to be reached outside the app.

use serde::{Deserialize, Serialize};

use super::Role;
use crate::ids::{ClientId, NotificationId, RoomId};
use crate::time::Timestamp;

/// One entry of somebody's alerts. Never any text of a message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notification {
    /// Its number; a higher one is newer.
    pub id: NotificationId,
    /// What it tells of.
    pub kind: NotificationKind,
    /// `New Message`, or what the platform calls it.
    pub title: String,
    /// What the platform says; of a message only that there is one.
    pub message: String,
    /// Where it leads, for example `/chat/room/<room_id>/`; empty if nowhere.
    pub url: String,
    /// The conversation it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<RoomId>,
    /// The message was marked urgent, or the platform says so.
    pub urgent: bool,
    /// When it was made.
    pub timestamp: Timestamp,
    /// Marked by hand, or the conversation has been read that far.
    pub is_read: bool,
}

impl std::fmt::Debug for Notification {
    /// Never the words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notification").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// What a notification tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NotificationKind {
    /// A message that came while nobody was there.
    Message,
    /// Something that the main platform tells.
    Platform,
}

/// `GET /chat/notifications/`: newest first, and how many are unread in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notifications {
    /// At most as many as were asked for.
    pub notifications: Vec<Notification>,
    /// Unread ones, those on other pages included; counted up to 1,000.
    pub unread: i64,
    /// Whether there are older ones.
    pub has_more: bool,
}

/// `POST /chat/notifications/read/`: marks as read; one that is read stays so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MarkNotifications {
    /// These.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<NotificationId>,
    /// All up to this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<NotificationId>,
}

/// `POST /platform/notifications/`: the main platform tells somebody something.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CreateNotification {
    /// Whether a patient or a practitioner is told.
    pub recipient_type: Role,
    /// Their number within that role, as `sender_id` counts.
    pub recipient_id: i64,
    /// At most 200 characters.
    pub title: String,
    /// At most 2,000 characters; shown in the app alone, never in an e-mail or SMS.
    pub message: String,
    /// A path of the server or an https address; may be empty.
    #[serde(default)]
    pub url: String,
    /// Whether it may disturb in quiet hours.
    #[serde(default)]
    pub urgent: bool,
    /// Names it for ever: the same sent again creates nothing. Minted when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
}

impl std::fmt::Debug for CreateNotification {
    /// Never the words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CreateNotification").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// The answer to [`CreateNotification`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NotificationCreated {
    /// Its number.
    pub id: NotificationId,
}

/// A way to somebody outside the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    Email,
    /// A text message to a telephone.
    Sms,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Email, Self::Sms];

    /// As it is written on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

/// What an SMS is sent for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SmsFor {
    /// Urgent messages alone.
    #[default]
    Urgent,
    /// Every message that stays unread.
    All,
}

impl SmsFor {
    /// As it is written on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::All => "all",
        }
    }
}

/// How somebody wishes to be reached outside the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OutreachWishes {
    /// Minutes that something stays unread before an e-mail is sent, 1 to 1,440.
    pub email_after: u16,
    /// Minutes that something stays unread before an SMS is sent, 1 to 1,440.
    pub sms_after: u16,
    /// What an SMS is sent for.
    pub sms_for: SmsFor,
    /// When nothing is sent but what is urgent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHours>,
    /// Minutes after which one is reminded of an urgent message that is still unread, 5 to 1,440; 0 for never.
    pub reminder: u16,
}

impl Default for OutreachWishes {
    fn default() -> Self {
        OutreachWishes { email_after: 10, sms_after: 5, sms_for: SmsFor::Urgent, quiet: None, reminder: 0 }
    }
}

impl OutreachWishes {
    /// Whether every number is one that is allowed.
    #[must_use]
    pub fn are_valid(&self) -> bool {
        let delay = |minutes: u16| (1..=1_440).contains(&minutes);
        let quiet = self.quiet.is_none_or(|quiet| quiet.from < 1_440 && quiet.to < 1_440);
        let reminder = self.reminder == 0 || (5..=1_440).contains(&self.reminder);
        delay(self.email_after) && delay(self.sms_after) && quiet && reminder
    }
}

/// A stretch of every day, by the person's own clock; over midnight if it ends before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuietHours {
    /// Minutes since midnight, below 1,440.
    pub from: u16,
    /// Minutes since midnight, below 1,440; the same as `from`: no quiet at all.
    pub to: u16,
}

/// `GET /accounts/outreach/`: one's own wishes and addresses, and what the clinic can send by at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outreach {
    /// The wishes.
    pub wishes: OutreachWishes,
    /// One's own addresses.
    pub contacts: Vec<Contact>,
    /// What this clinic sends by.
    pub channels: Vec<Channel>,
}

/// Where one is reached.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contact {
    /// By what.
    pub channel: Channel,
    /// The address whose code was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// One that waits for its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<String>,
    /// Stopped by the link in an e-mail, by an SMS, or in the settings.
    pub stopped: bool,
}

impl std::fmt::Debug for Contact {
    /// Never an address.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contact").field("channel", &self.channel).finish_non_exhaustive()
    }
}

/// `POST /accounts/outreach/contacts/`: what is to become of one of one's own addresses.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ChangeContact {
    /// A code is sent to an address.
    Add {
        /// By what.
        channel: Channel,
        /// An e-mail address, or a telephone number with its country (`+49…`).
        address: String,
    },
    /// The code that came.
    Confirm {
        /// Of which.
        channel: Channel,
        /// Six digits.
        code: String,
    },
    /// Nothing more is sent there, until it is resumed.
    Stop {
        /// Which.
        channel: Channel,
    },
    /// It is used again.
    Resume {
        /// Which.
        channel: Channel,
    },
    /// It is forgotten.
    Remove {
        /// Which.
        channel: Channel,
    },
}

impl std::fmt::Debug for ChangeContact {
    /// Never an address or a code.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChangeContact").finish_non_exhaustive()
    }
}
