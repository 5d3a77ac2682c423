//! Who is in the clinic: pairs of a patient and a practitioner, each in a room.

use anyhow::{Result, bail, ensure};
use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, RoomId};
use bedside_runtime::Runtime;
use bedside_server::password::{self, Cost};
use bedside_server::store::postgres::{PgOptions, PgStore};
use bedside_server::store::{
    Actor, LinkOutcome, NewAccount, NewAccountOutcome, NewSession, OpenRoomOutcome, SessionKind, Store as _,
    TokenHash,
};
use secrecy::SecretString;

pub(crate) const PASSWORD: &str = "everybody has the same one";

/// Two people who write to each other.
pub(crate) struct Pair {
    pub(crate) room: RoomId,
    pub(crate) accounts: [AccountId; 2],
    /// What they sign in with.
    pub(crate) usernames: [String; 2],
}

/// Makes the schema, the accounts, the links and the rooms.
pub(crate) async fn admit(runtime: &Runtime, url: &str, pairs: usize) -> Result<Vec<Pair>> {
    let store = PgStore::open(runtime.clone(), &PgOptions::new(url.to_owned().into())).await?;
    let desk =
        Desk { runtime, store, password_hash: password::hash(runtime, &PASSWORD.into(), Cost::Least)? };
    let mut admitted = Vec::new();
    for number in 1..=pairs {
        admitted.push(desk.admit([format!("ana{number}"), format!("drew{number}")]).await?);
    }
    desk.store.close().await;
    Ok(admitted)
}

struct Desk<'r> {
    runtime: &'r Runtime,
    store: PgStore,
    password_hash: SecretString,
}

impl Desk<'_> {
    async fn admit(&self, usernames: [String; 2]) -> Result<Pair> {
        let [patient, practitioner] = &usernames;
        let ana = self.account(Role::Patient, patient).await?;
        let drew = self.account(Role::Practitioner, practitioner).await?;
        ensure!(self.store.link(None, patient, practitioner).await? == LinkOutcome::Linked, "not linked");
        let opened = self.store.open_room(ana, drew.account_id, self.runtime.now()).await?;
        let OpenRoomOutcome::Room { room, .. } = opened else { bail!("no room: {opened:?}") };
        Ok(Pair { room: room.room_id, accounts: [ana.account_id, drew.account_id], usernames })
    }

    async fn account(&self, role: Role, username: &str) -> Result<Actor> {
        let new = NewAccount {
            role,
            username: username.to_owned(),
            name: username.to_owned(),
            profession: None,
            birth_date: None,
            facts: Default::default(),
            password_hash: self.password_hash.clone(),
            now: self.runtime.now(),
        };
        let made = self.store.create_account(None, new).await?;
        let NewAccountOutcome::Created(account) = made else { bail!("no account: {made:?}") };
        let session = NewSession {
            account_id: account.person.account_id,
            kind: SessionKind::Bearer,
            token: TokenHash(self.runtime.random_bytes()),
            device_name: "reception".to_owned(),
            platform: "linux".to_owned(),
            device_id: None,
            now: self.runtime.now(),
            lifetime_ms: 3_600_000,
        };
        Ok(self.store.create_session(session).await?.actor)
    }
}
