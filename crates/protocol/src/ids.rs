//! Identifiers and counters, each a type of its own so that none is passed for another.
//!
//! On the wire they are JSON integers (the platform's pages expect that); across IPC they are strings, because
//! JavaScript cannot hold every `i64` (annotate the field with `#[serde(with = "ids::as_string")]`).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! integer_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// The bare integer, for SQL and URLs.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                $name(value)
            }
        }
    };
}

integer_id!(
    /// A person who can sign in: patient, practitioner or administrator. Unique over all roles.
    AccountId
);
integer_id!(
    /// A signed-in installation of a client; sessions belong to it.
    DeviceId
);
integer_id!(
    /// One conversation of a patient–practitioner pair.
    RoomId
);
integer_id!(
    /// A message, unique on the server.
    MessageId
);
integer_id!(
    /// A ready-made text, unique on the server.
    QuickReplyId
);
integer_id!(
    /// An entry of somebody's alerts, unique on the server.
    NotificationId
);
integer_id!(
    /// A message's place in its room: dense, 1..n, the only order ever shown.
    RoomSeq
);
integer_id!(
    /// The state number of an object, drawn from its room's `room_rev`; a replica applies only newer ones.
    Rev
);
integer_id!(
    /// An event's place in an account's feed: dense, 1..n within an epoch.
    FeedSeq
);

impl RoomSeq {
    /// The place after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        RoomSeq(self.0.saturating_add(1))
    }

    /// Whether it is before the first place.
    #[must_use]
    pub const fn is_none_yet(&self) -> bool {
        self.0 <= 0
    }
}

integer_id!(
    /// Counts what a device wishes of how a room is set up, from 1, for each room: the later wish has the higher number.
    WishNumber
);

impl WishNumber {
    /// The one after this.
    #[must_use]
    pub const fn next(self) -> Self {
        WishNumber(self.0.saturating_add(1))
    }
}

impl Rev {
    /// Whether nothing was ever given this number.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.0 == 0
    }
}

impl FeedSeq {
    /// The place after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        FeedSeq(self.0.saturating_add(1))
    }
}

/// Names one life of the server's database; a restore from backup begins a new one. Opaque text, ≤ 64 bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Epoch(pub String);

impl Epoch {
    /// The epoch's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Made once by the client for every creating command and stored before anything is sent (sync rule 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ClientId(pub Uuid);

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ClientId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(ClientId)
    }
}

/// How far a client has applied its account's feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cursor {
    /// The life of the server's database the number counts in.
    pub epoch: Epoch,
    /// The last event applied; 0 before the first.
    pub feed_seq: FeedSeq,
}

/// Serialises an id as a decimal string, for `#[serde(with = "…")]` on IPC fields.
pub mod as_string {
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes the id as text.
    ///
    /// # Errors
    /// Whatever the serialiser reports.
    pub fn serialize<T: Display, S: Serializer>(id: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(id)
    }

    /// Reads the id from text.
    ///
    /// # Errors
    /// When the text is not an id.
    pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        T: FromStr,
        T::Err: Display,
        D: Deserializer<'de>,
    {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }

    /// The same for an optional id.
    pub mod option {
        use super::{Deserialize, Deserializer, Display, Error, FromStr, Serializer};

        /// Writes the id as text, or null.
        ///
        /// # Errors
        /// Whatever the serialiser reports.
        pub fn serialize<T: Display, S: Serializer>(
            id: &Option<T>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            match id {
                Some(id) => serializer.collect_str(id),
                None => serializer.serialize_none(),
            }
        }

        /// Reads the id from text, or null.
        ///
        /// # Errors
        /// When the text is not an id.
        pub fn deserialize<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
        where
            T: FromStr,
            T::Err: Display,
            D: Deserializer<'de>,
        {
            let text = Option::<std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
            text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct Across {
        #[serde(with = "as_string")]
        room: RoomId,
        #[serde(with = "as_string::option")]
        message: Option<MessageId>,
    }

    #[test]
    fn ids_cross_ipc_as_strings_without_losing_digits() {
        let sent = Across { room: RoomId(i64::MAX), message: None };
        let json = serde_json::to_string(&sent).unwrap();
        assert_eq!(json, r#"{"room":"9223372036854775807","message":null}"#);
        assert_eq!(serde_json::from_str::<Across>(&json).unwrap(), sent);
    }

    #[test]
    fn an_id_that_is_no_number_is_refused() {
        assert!(serde_json::from_str::<Across>(r#"{"room":"x","message":null}"#).is_err());
    }
}
