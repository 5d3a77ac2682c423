//! What a conversation is, for every format alike. Files have no place in it yet; a message will carry a list of them.

use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq, Timestamp};
use serde::{Deserialize, Serialize};

/// What stands before the messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Head {
    /// The conversation.
    pub room_id: RoomId,
    /// The clinic's name; empty if it has not said one.
    pub clinic: String,
    /// The server's address, or its name for itself.
    pub server: String,
    /// Everybody named below, in order of their accounts.
    pub people: Vec<Person>,
    /// For whom it was written out.
    pub made_for: AccountId,
    /// When.
    pub made_at: Timestamp,
    /// From what.
    pub source: Source,
    /// The IANA name of the zone that times are shown in; all moments are UTC nevertheless.
    pub time_zone: String,
    /// Only messages stored since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Only messages stored before then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Places of the conversation that were not at hand, both ends included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Stretch>,
}

impl Head {
    /// Who an account is.
    #[must_use]
    pub fn person(&self, account: AccountId) -> Option<&Person> {
        self.people.iter().find(|person| person.account_id == account)
    }

    /// Somebody's name, or their number if they are not among the people.
    #[must_use]
    pub fn name(&self, account: AccountId) -> String {
        self.person(account).map_or_else(|| format!("#{account}"), |person| person.name.clone())
    }

    /// Whether a moment lies in what was asked for.
    #[must_use]
    pub fn covers(&self, moment: Timestamp) -> bool {
        self.from.is_none_or(|from| moment >= from) && self.until.is_none_or(|until| moment < until)
    }
}

/// Where what is written out came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The clinic's server: complete.
    Server,
    /// A device's own copy: earlier texts of edited messages and some times are not known there.
    Device,
}

/// Somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// Unique over all roles.
    pub account_id: AccountId,
    /// Patient or practitioner.
    pub role: Role,
    /// The platform's number, counted within the role.
    pub role_id: i64,
    /// Full name.
    pub name: String,
    /// A practitioner's profession.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profession: Option<String>,
    /// A patient's date of birth, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// What a patient's record is found by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_number: Option<String>,
}

impl From<&bedside_protocol::wire::Person> for Person {
    fn from(person: &bedside_protocol::wire::Person) -> Self {
        Person {
            account_id: person.account_id,
            role: person.role,
            role_id: person.role_id,
            name: person.name.clone(),
            profession: person.profession.clone(),
            birth_date: person.birth_date.clone(),
            record_number: person.facts.record_number.clone(),
        }
    }
}

/// Places of a conversation, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stretch {
    /// The first.
    pub from_seq: RoomSeq,
    /// The last.
    pub to_seq: RoomSeq,
}

impl Stretch {
    /// How many places it has.
    #[must_use]
    pub fn len(&self) -> i64 {
        (self.to_seq.get() - self.from_seq.get()).saturating_add(1).max(0)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Unique on the server.
    pub message_id: MessageId,
    /// Its place in the conversation: 1, 2, 3 … without a hole; the only order.
    pub room_seq: RoomSeq,
    /// Its author.
    pub sender: AccountId,
    /// When the server stored it.
    pub sent_at: Timestamp,
    /// When its author pressed send, by the author's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composed_at: Option<Timestamp>,
    /// When its text was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// When it was taken back; then there is no text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retracted_at: Option<Timestamp>,
    /// Marked urgent by its author.
    #[serde(default)]
    pub urgent: bool,
    /// The text.
    pub text: String,
    /// Earlier texts, oldest first; empty also where they are not at hand (see [`Source::Device`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Version>,
    /// What it replies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<ReplyTo>,
    /// Reactions, in order of account and emoji.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction>,
    /// How far it came with each it was written to, in order of their accounts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub receipts: Vec<Receipt>,
}

/// A text that a message once had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Version {
    /// Since when it had this text.
    pub written_at: Timestamp,
    /// The text.
    pub text: String,
}

/// The message that another one replies to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReplyTo {
    /// Which.
    pub message_id: MessageId,
    /// Its place.
    pub room_seq: RoomSeq,
    /// Its author.
    pub sender: AccountId,
    /// The beginning of its text; empty once it was taken back.
    pub excerpt: String,
}

/// An emoji that somebody has set on a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reaction {
    /// Who.
    pub account_id: AccountId,
    /// The emoji.
    pub emoji: String,
    /// Since when, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_at: Option<Timestamp>,
}

/// How far a message came with somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Receipt {
    /// With whom.
    pub account_id: AccountId,
    /// Whether a device of theirs has stored it.
    pub delivered: bool,
    /// Since when, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// Whether they have read it.
    pub read: bool,
    /// Since when, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Timestamp>,
}
