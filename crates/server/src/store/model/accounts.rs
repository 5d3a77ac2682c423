//! Accounts, links, signing in.

use bedside_protocol::wire::{Account, PersonFacts, Role};
use bedside_protocol::{AccountId, DeviceId, Timestamp};
use secrecy::SecretString;

use super::{Actor, TokenHash};

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// What it may be.
    pub role: Role,
    /// The name to sign in with; unique, case-insensitive.
    pub username: String,
    /// Full name.
    pub name: String,
    /// A practitioner's profession.
    pub profession: Option<String>,
    /// A patient's date of birth, `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    /// What else is known.
    pub facts: PersonFacts,
    /// argon2id, PHC format.
    pub password_hash: SecretString,
    /// When.
    pub now: Timestamp,
}

/// What became of a [`NewAccount`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewAccountOutcome {
    /// Made.
    Created(Account),
    /// The user name is taken.
    UsernameTaken,
    /// A demo database takes no real accounts.
    DemoDatabase,
    /// The actor may not.
    Forbidden,
}

/// What became of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkOutcome {
    /// They are linked now.
    Linked,
    /// They were already.
    AlreadyLinked,
    /// No patient of that name.
    NoSuchPatient,
    /// No practitioner of that name.
    NoSuchPractitioner,
    /// The actor may not.
    Forbidden,
}

/// What became of ending a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndLinkOutcome {
    /// It has ended now.
    Ended,
    /// There was none.
    NotLinked,
    /// The actor may not.
    Forbidden,
}

/// What an administrator does to an account. All but `Enable` and `SetFacts` end every session of it.
#[derive(Clone, Debug)]
pub enum AccountChange {
    /// It signs in no more.
    Disable,
    /// It signs in again.
    Enable,
    /// It signs in with another password: argon2id, PHC format.
    SetPassword(SecretString),
    /// Nothing more than that.
    SignOut,
    /// Something else is known of the person; told to everyone who is linked.
    SetFacts(FactsChange),
}

/// What is to be noted of a person; `None` leaves it as it is, `Some(None)` takes it away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactsChange {
    /// Where they are called.
    pub phone: Option<Option<String>>,
    /// The language they want to be spoken to in, a BCP 47 tag.
    pub language: Option<Option<String>>,
    /// Where their clocks are, an IANA name.
    pub time_zone: Option<Option<String>>,
    /// What a patient's record is found by.
    pub record_number: Option<Option<String>>,
}

/// What became of an [`AccountChange`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountOutcome {
    /// It is so now.
    Done,
    /// No account of that name.
    NoSuchAccount,
    /// The actor may not.
    Forbidden,
}

/// What signing in needs.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account.
    pub account_id: AccountId,
    /// Its role.
    pub role: Role,
    /// argon2id, PHC format.
    pub password_hash: SecretString,
    /// Whether it may sign in at all.
    pub enabled: bool,
}

/// The outcome of a sign-in, for throttling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginThrottle {
    /// Wrong: all keys count it.
    Failed {
        /// `account:<name>`, `address:<ip>`, `pair:<ip> <name>`.
        keys: Vec<String>,
    },
    /// Right: these keys start over.
    Succeeded {
        /// `account:<name>`, `pair:<ip> <name>`.
        keys: Vec<String>,
    },
}

/// Where a session's token travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// `Authorization: Bearer`, native clients.
    Bearer,
    /// `sessionid` cookie, browsers.
    Cookie,
}

impl SessionKind {
    /// The word used in SQL.
    pub(in crate::store) const fn word(self) -> &'static str {
        match self {
            SessionKind::Bearer => "bearer",
            SessionKind::Cookie => "cookie",
        }
    }

    /// The kind a word names.
    pub(in crate::store) fn parse(word: &str) -> Self {
        match word {
            "cookie" => SessionKind::Cookie,
            _ => SessionKind::Bearer,
        }
    }
}

/// A session to be made.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// For whom.
    pub account_id: AccountId,
    /// How its token travels.
    pub kind: SessionKind,
    /// Hash of its token.
    pub token: TokenHash,
    /// What the person will recognise the device by.
    pub device_name: String,
    /// `linux`, `windows`, `macos`, `browser`.
    pub platform: String,
    /// A device of the same account to be continued.
    pub device_id: Option<DeviceId>,
    /// When.
    pub now: Timestamp,
    /// Sliding lifetime in milliseconds.
    pub lifetime_ms: i64,
}

/// A live session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who acts with it.
    pub actor: Actor,
    /// How its token travels.
    pub kind: SessionKind,
    /// When it ends unless used.
    pub expires_at: Timestamp,
}

/// Everyone whose presence an account may be told, and who may be told its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acquaintances {
    /// The account itself hides its presence: then neither is told.
    pub hidden: bool,
    /// Each once, in no order.
    pub people: Vec<Acquaintance>,
}

/// Somebody an account shares a room with that both write in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acquaintance {
    /// Who.
    pub account_id: AccountId,
    /// They hide their presence.
    pub hidden: bool,
    /// When they were last seen, if that was noted.
    pub seen_at: Option<Timestamp>,
}
