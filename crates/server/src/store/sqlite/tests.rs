//! What only this store can be asked: its files, its query plans, its rows.

mod plans;

use std::path::Path;

use bedside_protocol::feed::Change;
use bedside_protocol::wire::Role;
use bedside_protocol::{RoomId, RoomSeq};
use rusqlite::Connection;
use secrecy::SecretString;

use super::writer::Write;
use super::*;
use crate::store::{OpenRoomOutcome, SessionKind};

pub(super) const START: Timestamp = Timestamp(1_795_363_200_000);

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(Runtime::simulated(1, START), folder, &StoreOptions::default()).unwrap()
}

async fn hire(store: &SqliteStore, role: Role, username: &str) -> Actor {
    let new = NewAccount {
        role,
        username: username.to_owned(),
        name: username.to_owned(),
        profession: None,
        birth_date: None,
        facts: Default::default(),
        password_hash: SecretString::from("hash"),
        now: START,
    };
    let outcome = store.create_account(None, new).await.unwrap();
    let NewAccountOutcome::Created(account) = outcome else { panic!("{outcome:?}") };
    let session = NewSession {
        account_id: account.person.account_id,
        kind: SessionKind::Cookie,
        token: TokenHash(store.inner.runtime.random_bytes()),
        device_name: "desk".to_owned(),
        platform: "linux".to_owned(),
        device_id: None,
        now: START,
        lifetime_ms: 1_000,
    };
    store.create_session(session).await.unwrap().actor
}

/// Ana and Drew in their room.
async fn pair(store: &SqliteStore) -> (Actor, Actor, RoomId) {
    let ana = hire(store, Role::Patient, "ana").await;
    let drew = hire(store, Role::Practitioner, "drew").await;
    store.link(None, "ana", "drew").await.unwrap();
    let opened = store.open_room(ana, drew.account_id, START).await.unwrap();
    let OpenRoomOutcome::Room { room, .. } = opened else { panic!("{opened:?}") };
    (ana, drew, room.room_id)
}

fn command(store: &SqliteStore, room_id: RoomId, text: &str) -> SendCommand {
    SendCommand {
        room_id,
        client_id: store.inner.runtime.client_id(),
        content: text.to_owned(),
        composed_at: None,
        urgent: false,
        reply_to: None,
        now: START,
    }
}

#[tokio::test(start_paused = true)]
async fn the_audit_tells_what_was_done_and_never_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let (ana, _, room) = pair(&store).await;
    store.send_message(ana, command(&store, room, "unmistakable")).await.unwrap();
    store.end_session(ana, START).await.unwrap();
    let failed = LoginThrottle::Failed { keys: vec!["account:ana".to_owned()] };
    store.record_login(failed, START).await.unwrap();
    let rows: Vec<String> = store
        .read(|db| {
            let rows = db
                .prepare("SELECT event || ' ' || coalesce(actor_id, '-') || ' ' || coalesce(object_id, '-') FROM audit ORDER BY id")?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            Ok(rows)
        })
        .await
        .unwrap();
    assert_eq!(
        rows,
        [
            "account_created - 1",
            "signed_in 1 -",
            "account_created - 2",
            "signed_in 2 -",
            "linked - 1",
            "linked - 2",
            "room_opened 1 -",
            "message_stored 1 1",
            "signed_out 1 -",
            "sign_in_failed - 1",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_sealed_row_cannot_be_changed_unnoticed() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let (ana, _, room) = pair(&store).await;
    store.seal_audit(START).await.unwrap();
    store.send_message(ana, command(&store, room, "a")).await.unwrap();
    store.seal_audit(START).await.unwrap();
    assert!(store.audit_chain_holds().await.unwrap());
    for tampering in [
        "UPDATE audit SET actor_id = 2 WHERE id = 2",
        "DELETE FROM audit WHERE id = 3",
        "UPDATE audit SET object_id = 9 WHERE event = 'message_stored'",
    ] {
        let kept: bool = store
            .write(move |tx| {
                tx.execute_batch(
                    "SAVEPOINT untouched; DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted;",
                )?;
                tx.execute(tampering, [])?;
                let holds = seal::chain_holds(tx)?;
                tx.execute_batch("ROLLBACK TO untouched; RELEASE untouched")?; // What the next one starts from.
                Ok(holds)
            })
            .await
            .unwrap();
        assert!(!kept, "{tampering}");
    }
    assert!(store.audit_chain_holds().await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn one_commit_makes_a_whole_batch_durable() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let (ana, drew, room) = pair(&store).await;
    let before = store.writer_stats();
    let sends = (0..40).map(|n| {
        let actor = if n % 2 == 0 { ana } else { drew };
        store.send_message(actor, command(&store, room, &n.to_string()))
    });
    for outcome in futures_util::future::join_all(sends).await {
        assert!(matches!(outcome.unwrap(), SendOutcome::Stored { .. }));
    }
    let after = store.writer_stats();
    assert_eq!((after.commits - before.commits, after.jobs - before.jobs), (1, 40));
}

#[tokio::test(start_paused = true)]
async fn closing_folds_the_log_into_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let (ana, _, room) = pair(&store).await;
    store.send_message(ana, command(&store, room, "unmistakable")).await.unwrap();
    store.close().await;
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["bedside.lock", "bedside.sqlite3"], "the log is folded in at the end");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_threads_reading_and_writing_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(Runtime::system(), folder.path(), &StoreOptions::default()).unwrap();
    let (ana, drew, room) = pair(&store).await;
    let work = (0..200).map(|n| {
        let store = &store;
        async move {
            let actor = if n % 2 == 0 { ana } else { drew };
            store.send_message(actor, command(store, room, &n.to_string())).await.unwrap();
            store.chat_list(actor, None, 10).await.unwrap();
        }
    });
    futures_util::future::join_all(work).await;
    let seen = store.room(drew, room).await.unwrap().unwrap();
    assert_eq!((seen.last_seq.get(), seen.unread_count), (200, 100));
    store.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_withdrawn_right_cuts_the_replay_and_keeps_its_places() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let (ana, drew, room) = pair(&store).await;
    for text in ["seen", "beyond"] {
        store.send_message(ana, command(&store, room, text)).await.unwrap();
    }
    let from = Cursor { epoch: store.facts().epoch.clone(), feed_seq: 2.into() };
    store.write(until_first_message).await.unwrap();
    assert_eq!(kinds(&store, drew, &from).await, ["message", "gone"], "a former member sees what was");
    store.write(no_member_at_all).await.unwrap();
    assert_eq!(kinds(&store, drew, &from).await, ["gone", "gone"]);
    assert_eq!(kinds(&store, ana, &from).await, ["message", "message"]);
}

fn until_first_message(tx: &Write<'_>) -> Result<(), StoreError> {
    tx.execute("UPDATE room_members SET until_at = 1, until_seq = 1 WHERE role = 'practitioner'", [])?;
    Ok(())
}

fn no_member_at_all(tx: &Write<'_>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM room_members WHERE role = 'practitioner'", [])?;
    Ok(())
}

async fn kinds(store: &SqliteStore, actor: Actor, from: &Cursor) -> Vec<&'static str> {
    let slice = store.feed(actor, from.clone(), 50).await.unwrap();
    let FeedSlice::Events { events, .. } = slice else { panic!("{slice:?}") };
    events
        .iter()
        .map(|event| match event.change {
            Change::Message { .. } => "message",
            Change::QuickReplies => "quick_replies",
            Change::Gone => "gone",
            _ => "other",
        })
        .collect()
}

/// Rows of what is remembered of marks.
async fn remembered(store: &SqliteStore) -> i64 {
    let sql = "SELECT count(*) FROM mark_history";
    store.read(move |db| Ok(db.query_row(sql, [], |row| row.get(0))?)).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn when_somebody_read_their_own_messages_is_not_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let (ana, drew, room_id) = pair(&store).await;
    let read = async |actor, up_to: i64| {
        let command = ReadCommand { room_id, up_to: RoomSeq(up_to), now: START };
        store.mark_read(actor, command).await.unwrap();
        remembered(&store).await
    };
    for _ in 0..3 {
        store.send_message(ana, command(&store, room_id, "a")).await.unwrap();
    }
    assert_eq!((read(ana, 1).await, read(ana, 3).await), (0, 0), "nobody can ask");
    assert_eq!((read(drew, 1).await, read(drew, 3).await), (1, 2), "Ana can");
    store.send_message(drew, command(&store, room_id, "b")).await.unwrap();
    assert_eq!((read(drew, 4).await, read(ana, 4).await), (2, 3));
}
