//! The people of every test.

use bedside_protocol::wire::Role;

/// Somebody with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Person {
    /// A patient of Drew's and Eve's.
    Ana,
    /// A patient of Drew's.
    Ben,
    /// A practitioner with two patients.
    Drew,
    /// A practitioner.
    Eve,
}

impl Person {
    /// All of them.
    pub const ALL: [Person; 4] = [Person::Ana, Person::Ben, Person::Drew, Person::Eve];
    /// Who is treated by whom; a room each.
    pub const PAIRS: [(Person, Person); 3] =
        [(Person::Ana, Person::Drew), (Person::Ben, Person::Drew), (Person::Ana, Person::Eve)];

    /// The name one signs in with.
    #[must_use]
    pub const fn username(self) -> &'static str {
        match self {
            Person::Ana => "ana",
            Person::Ben => "ben",
            Person::Drew => "drew",
            Person::Eve => "eve",
        }
    }

    /// The full name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Person::Ana => "Ana Ribeiro",
            Person::Ben => "Ben Okafor",
            Person::Drew => "Drew Lindqvist",
            Person::Eve => "Eve Sandoval",
        }
    }

    /// What the account may be.
    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Person::Ana | Person::Ben => Role::Patient,
            Person::Drew | Person::Eve => Role::Practitioner,
        }
    }

    /// The password.
    #[must_use]
    pub fn password(self) -> String {
        format!("{}-keeps-it-secret", self.username())
    }
}
