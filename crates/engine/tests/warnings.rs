//! What is noticed in a text before it goes: asked of the cache alone, without a connection.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bedside_core::cache_write::CacheWrite;
use bedside_engine::keys::MemoryKeychain;
use bedside_engine::transport::{Socket, Transport, TransportError};
use bedside_engine::{Client, ClientConfig};
use bedside_protocol::ipc::{Danger, IpcError, MatchedBy, Reply, Request, Warning};
use bedside_protocol::wire::{Clinic, LinkedPerson, Person, PersonFacts, ReadMark, Role, Room, RoomFlags};
use bedside_protocol::{AccountId, Rev, RoomId, RoomSeq, Timestamp};
use bedside_runtime::Runtime;
use bytes::Bytes;
use tempfile::TempDir;

const NOW: Timestamp = Timestamp(1_795_363_200_000);
const ME: AccountId = AccountId(1);
const OTHER: AccountId = AccountId(2);
const BEN: AccountId = AccountId(3);
const ROOM: RoomId = RoomId(7);

/// A server that lets somebody in, and is then out of reach.
struct Away(Role);

#[async_trait]
impl Transport for Away {
    async fn request(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let body = match request.uri().path() {
            "/healthz" => r#"{"status": "ok", "proto": [1], "version": "0"}"#.to_owned(),
            "/accounts/login/" => format!(
                r#"{{"token": "t", "expires_at": "2027-11-22T16:00:00.123Z", "device_id": 5, "account": {{
                    "account_id": 1, "role": "{}", "role_id": 1, "name": "Oneself",
                    "since": "2026-11-22T16:00:00.123Z", "username": "me"}}}}"#,
                self.0.as_str()
            ),
            _ => return Err(TransportError::Unreachable("out of reach".into())),
        };
        let answer = http::Response::builder().header("content-type", "application/json");
        Ok(answer.body(Bytes::from(body)).unwrap())
    }

    async fn socket(&self, _: http::Request<()>) -> Result<Socket, TransportError> {
        Err(TransportError::Unreachable("out of reach".into()))
    }
}

fn person(account_id: AccountId, role: Role, name: &str) -> Person {
    Person {
        account_id,
        role,
        role_id: account_id.get(),
        name: name.to_owned(),
        profession: None,
        birth_date: None,
        since: NOW,
        facts: Box::default(),
    }
}

fn room(other: Person) -> Room {
    let mark = ReadMark {
        room_id: ROOM,
        account_id: ME,
        up_to: RoomSeq(0),
        delivered_to: RoomSeq(0),
        marked_unread: false,
        rev: Rev(0),
    };
    Room {
        room_id: ROOM,
        room_rev: Rev(1),
        last_seq: RoomSeq(0),
        other_read: ReadMark { account_id: other.account_id, ..mark.clone() },
        other,
        my_read: mark,
        unread_count: 0,
        last_message: None,
        flags: RoomFlags::default(),
        writable: true,
        created_at: NOW,
        updated_at: NOW,
        url: String::new(),
    }
}

/// Somebody who is signed in and has a conversation.
struct Desk {
    client: Client,
    _folder: TempDir,
}

impl Desk {
    async fn of(role: Role, other: Person) -> Self {
        let folder = TempDir::new().unwrap();
        let client = Client::open(ClientConfig {
            runtime: Runtime::simulated(7, NOW),
            folder: folder.path().to_owned(),
            profile: String::new(),
            server: String::new(),
            version: "0".to_owned(),
            device_name: "test".to_owned(),
            platform: "linux".to_owned(),
            time_zone: Arc::new(|| "Europe/Berlin".to_owned()),
            keychain: Some(Arc::new(MemoryKeychain::default())),
            transport: Arc::new(Away(role)),
        })
        .await;
        let sign_in = Request::SignIn {
            server: "http://127.0.0.1".to_owned(),
            username: "me".to_owned(),
            password: "correct horse battery".to_owned(),
            passphrase: None,
        };
        client.request(sign_in).await.unwrap();
        let desk = Desk { client, _folder: folder };
        desk.hold(vec![CacheWrite::Room(Box::new(room(other)))]).await;
        desk
    }

    async fn hold(&self, writes: Vec<CacheWrite>) {
        self.client.cache().unwrap().apply(writes).await.unwrap();
    }

    async fn noticed(&self, text: &str) -> Vec<Warning> {
        let request = Request::CheckMessage { room_id: ROOM, text: text.to_owned() };
        match self.client.request(request).await.unwrap() {
            Reply::Warnings { warnings } => warnings,
            other => panic!("{other:?}"),
        }
    }
}

fn ben() -> CacheWrite {
    let facts = PersonFacts { record_number: Some("104002".into()), ..PersonFacts::default() };
    let ben = Person { facts: Box::new(facts), ..person(BEN, Role::Patient, "Ben Okafor") };
    CacheWrite::People(vec![LinkedPerson { person: ben, room_id: None }])
}

#[tokio::test(start_paused = true)]
async fn a_practitioner_is_told_of_another_patient_as_soon_as_that_one_is_known() {
    let drew = Desk::of(Role::Practitioner, person(OTHER, Role::Patient, "Ana Ribeiro")).await;
    let text = "Ana Ribeiro, not Ben Okafor (104002)";
    assert_eq!(drew.noticed(text).await, []);
    drew.hold(vec![ben()]).await;
    let matched = vec![MatchedBy::Name, MatchedBy::RecordNumber];
    let warning = Warning::OtherPatient { account_id: BEN, name: "Ben Okafor".into(), matched };
    assert_eq!(drew.noticed(text).await, std::slice::from_ref(&warning));
    assert_eq!(drew.noticed(text).await, [warning], "and again");
    assert_eq!(drew.noticed("I have chest pain").await, [], "a practitioner's words are no emergency");
    let off = Clinic { warn_other_patient: false, rev: Rev(1), ..Clinic::default() };
    drew.hold(vec![CacheWrite::Clinic(Box::new(off))]).await;
    assert_eq!(drew.noticed(text).await, [], "the clinic does not want it");
}

#[tokio::test(start_paused = true)]
async fn a_patient_is_told_of_an_emergency_and_of_nobody_else() {
    let ana = Desk::of(Role::Patient, person(OTHER, Role::Practitioner, "Drew Lindqvist")).await;
    ana.hold(vec![ben()]).await;
    let warning = Warning::Emergency { dangers: vec![Danger::ChestPain] };
    assert_eq!(ana.noticed("Ben Okafor says my chest pain is serious").await, [warning]);
    assert_eq!(ana.noticed("Ben Okafor says hello").await, []);
}

#[tokio::test(start_paused = true)]
async fn a_room_that_is_not_held_and_a_text_without_end_are_refused() {
    let ana = Desk::of(Role::Patient, person(OTHER, Role::Practitioner, "Drew Lindqvist")).await;
    let foreign = Request::CheckMessage { room_id: RoomId(99), text: "Hello".to_owned() };
    assert_eq!(ana.client.request(foreign).await, Err(IpcError::NotFound));
    let endless = Request::CheckMessage { room_id: ROOM, text: "x".repeat(10_000_000) };
    assert_eq!(ana.client.request(endless).await, Err(IpcError::Malformed));
}
