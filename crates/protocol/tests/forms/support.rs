//! Compares a value with its recorded form, both ways.
#![allow(clippy::unwrap_used, clippy::panic, reason = "test support: a failure here is the test's failure")]

use std::fmt::Debug;
use std::path::PathBuf;

use bedside_protocol::wire::{
    Account, Message, Person, PersonFacts, Quote, Reaction, ReadMark, Role, Room, RoomFlags,
};
use bedside_protocol::{AccountId, ClientId, MessageId, Rev, RoomId, RoomSeq, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) fn check<T: Serialize + DeserializeOwned + Debug>(name: &str, value: &T) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/forms/v1").join(format!("{name}.json"));
    let now = serde_json::to_string_pretty(value).unwrap() + "\n";
    if std::env::var_os("BEDSIDE_WRITE_FORMS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &now).unwrap();
    }
    let recorded =
        std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("no recorded form {}", path.display()));
    assert_eq!(now, recorded, "the form of {name} has changed");
    let decoded: T = serde_json::from_str(&recorded).unwrap();
    assert_eq!(
        serde_json::to_string_pretty(&decoded).unwrap() + "\n",
        recorded,
        "{name} does not decode to what it was"
    );
}

pub(crate) const NOON: Timestamp = Timestamp(1_795_363_200_123);

pub(crate) fn client_id() -> ClientId {
    "6f1c9a52-8d0e-4b7a-9a58-0c2f1d3e4b5a".parse().unwrap()
}

pub(crate) fn drew() -> Person {
    Person {
        account_id: AccountId(2),
        role: Role::Practitioner,
        role_id: 1,
        name: "Drew Lindqvist".into(),
        profession: Some("Physiotherapist".into()),
        birth_date: None,
        since: NOON,
        facts: Box::default(),
    }
}

pub(crate) fn ana() -> Account {
    Account {
        person: Person {
            account_id: AccountId(1),
            role: Role::Patient,
            role_id: 1,
            name: "Ana Ribeiro".into(),
            profession: None,
            birth_date: Some("1972-05-04".into()),
            since: NOON,
            facts: Box::new(PersonFacts {
                phone: Some("+49 30 23125 101".into()),
                language: Some("pt".into()),
                time_zone: Some("Europe/Lisbon".into()),
                record_number: Some("104000".into()),
            }),
        },
        username: "ana".into(),
    }
}

pub(crate) fn message() -> Message {
    Message {
        id: MessageId(41),
        room_id: RoomId(7),
        room_seq: RoomSeq(3),
        rev: Rev(9),
        sender_type: Role::Patient,
        sender_id: 1,
        sender_account: AccountId(1),
        content: "Should I still come on Thursday? 😊".into(),
        timestamp: NOON,
        composed_at: Some(Timestamp(NOON.0 - 5_000)),
        edited_at: Some(Timestamp(NOON.0 + 60_000)),
        retracted_at: None,
        urgent: true,
        reactions: vec![Reaction { account_id: AccountId(2), emoji: "👍".into() }],
        client_id: Some(client_id()),
        reply_to: None,
        quote: None,
    }
}

/// The same as an answer to another one.
pub(crate) fn reply() -> Message {
    let quote = Quote {
        message_id: MessageId(40),
        room_seq: RoomSeq(2),
        sender_account: AccountId(2),
        text: "See you on Thursday.".into(),
        retracted: false,
    };
    Message { reply_to: Some(quote.message_id), quote: Some(quote), ..message() }
}

pub(crate) fn read_mark() -> ReadMark {
    ReadMark {
        room_id: RoomId(7),
        account_id: AccountId(1),
        up_to: RoomSeq(3),
        delivered_to: RoomSeq(0),
        marked_unread: false,
        rev: Rev(8),
    }
}

pub(crate) fn room() -> Room {
    Room {
        room_id: RoomId(7),
        room_rev: Rev(9),
        last_seq: RoomSeq(3),
        other: drew(),
        my_read: read_mark(),
        other_read: ReadMark { account_id: AccountId(2), up_to: RoomSeq(2), ..read_mark() },
        flags: RoomFlags::default(),
        unread_count: 0,
        last_message: Some(message()),
        writable: true,
        created_at: NOON,
        updated_at: NOON,
        url: "/chat/room/7/".into(),
    }
}
