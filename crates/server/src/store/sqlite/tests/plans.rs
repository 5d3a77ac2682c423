//! No statement may read a table whose rows grow with history from end to end.

mod outreach;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use bedside_protocol::search::SearchFilter;
use bedside_protocol::wire::{DraftContent, FlagsWish, Message, MessageChange, PutDraft, SetFlags};
use bedside_protocol::{Rev, RoomId, RoomSeq, WishNumber};
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::*;
use crate::store::Exporting;
use crate::store::FactsChange;
use crate::store::QuickReplyChange;
use crate::store::model::PageRange;

const GROWING: [&str; 31] = [
    "accounts",
    "audit",
    "audit_seals",
    "commands",
    "contacts",
    "devices",
    "dispatches",
    "drafts",
    "feed",
    "feed_heads",
    "flag_wishes",
    "last_seen",
    "links",
    "login_throttle",
    "mark_history",
    "message_versions",
    "messages",
    "notifications",
    "outreach_checks",
    "outreach_wishes",
    "preferences",
    "quick_replies",
    "reactions",
    "read_marks",
    "room_members",
    "rooms",
    "search_days",
    "search_rooms",
    "searchable",
    "message_grams",
    "sessions",
];

/// Tables of one row, or of a few.
const CONSTANT: [&str; 4] = ["clinic", "meta", "migrations", "search_form"];

type Seen = Arc<Mutex<BTreeSet<String>>>;

fn watch(connection: &mut Connection, seen: &Seen) {
    let seen = Arc::clone(seen);
    connection
        .trace_v2(
            TraceEventCodes::SQLITE_TRACE_STMT,
            Some(move |event: TraceEvent<'_>| {
                if let TraceEvent::Stmt(statement, _) = event {
                    seen.lock().unwrap().insert(statement.sql().into_owned());
                }
            }),
        )
        .unwrap();
}

/// A store every connection of which tells what it runs.
fn watched(folder: &Path) -> (SqliteStore, Seen) {
    let runtime = Runtime::simulated(1, START);
    let seen = Seen::default();
    let mut opened = open::open(&runtime, folder, &StoreOptions::default()).unwrap();
    for connection in opened.readers.iter_mut().chain([&mut opened.writer]) {
        watch(connection, &seen);
    }
    let demo_facts = opened.facts.clone();
    let inner = Inner {
        writer: Writer::start(&runtime, opened.writer, opened.moved),
        readers: Readers::new(opened.readers),
        facts: opened.facts,
        demo_facts,
        demo: AtomicBool::new(false),
        there: RwLock::default(),
        lock: opened.lock,
        runtime,
    };
    (SqliteStore { inner: Arc::new(inner) }, seen)
}

/// Every use case, so that every statement is seen.
async fn use_everything(store: &SqliteStore) {
    let (ana, drew, room) = pair(store).await;
    assert_eq!(store.session(&TokenHash([0; 32]), START).await.unwrap(), None);
    let sent = command(store, room, "a");
    store.send_message(ana, sent.clone()).await.unwrap();
    let SendOutcome::Repeated { message } = store.send_message(ana, sent).await.unwrap() else {
        panic!("stored twice")
    };
    let stored = ReadCommand { room_id: room, up_to: RoomSeq(1), now: START };
    store.mark_delivered(drew, stored).await.unwrap();
    store.receipts(ana, room, message.id).await.unwrap();
    store.mark_read(drew, ReadCommand { room_id: room, up_to: RoomSeq(1), now: START }).await.unwrap();
    use_changes(store, ana, &message).await;
    let set = SetFlags { marked_unread: Some(true), pinned: Some(true), ..SetFlags::default() };
    let wish = FlagsWish { set, number: Some(WishNumber(1)) };
    store.set_flags(drew, FlagsCommand { room_id: room, wish, now: START }).await.unwrap();
    for range in [
        PageRange::Latest,
        PageRange::Before(RoomSeq(1)),
        PageRange::After(RoomSeq(0)),
        PageRange::ChangedAfter(0.into()),
    ] {
        store.messages(drew, room, PageRequest { range, limit: 5 }).await.unwrap();
    }
    store.begin_export(drew, room, crate::store::ExportPlace::Server, START).await.unwrap();
    store.signing_seed([0; 32]).await.unwrap();
    use_search(store, (ana, drew), room).await;
    store.chat_list(drew, None, 5).await.unwrap();
    store.room(ana, room).await.unwrap();
    store.unread(ana).await.unwrap();
    store.account(ana).await.unwrap();
    store.credentials("ana").await.unwrap();
    store.has_accounts().await.unwrap();
    store.people(ana).await.unwrap();
    store.people(drew).await.unwrap();
    for actor in [ana, drew] {
        store.acquaintances(actor).await.unwrap();
        store.preferences(actor).await.unwrap();
        store.note_seen(vec![(actor.account_id, START)]).await.unwrap();
        store.set_preferences(actor, Preferences { hide_presence: true }, START).await.unwrap();
    }
    store.quick_replies(drew).await.unwrap();
    use_quick_replies(store, drew).await;
    use_drafts(store, ana, room).await;
    outreach::use_outreach(store, (ana, drew), room).await;
    let from = Cursor { epoch: store.facts().epoch.clone(), feed_seq: 0.into() };
    store.feed(drew, from, 50).await.unwrap();
    store.end_link(None, "ana", "drew").await.unwrap();
    store.link(None, "ana", "drew").await.unwrap();
    let keys = vec!["account:ana".to_owned()];
    store.login_wait(&keys, START).await.unwrap();
    store.record_login(LoginThrottle::Failed { keys }, START).await.unwrap();
    let keys = vec!["account:ana".to_owned()];
    store.record_login(LoginThrottle::Succeeded { keys }, START).await.unwrap();
    store.set_clinic(None, crate::demo_clinic()).await.unwrap();
    use_sessions(store, drew).await;
    store.seal_audit(START).await.unwrap();
    store.prune(START).await.unwrap();
    store.begin_epoch().await.unwrap();
}

/// A message edited, answered with an emoji, and taken back.
async fn use_changes(store: &SqliteStore, ana: Actor, message: &Message) {
    let changes = [
        MessageChange::Edit { message: "another".to_owned() },
        MessageChange::React { emoji: "👍".to_owned(), on: true },
        MessageChange::React { emoji: "👍".to_owned(), on: false },
        MessageChange::Retract,
    ];
    for change in changes {
        let client_id = store.inner.runtime.client_id();
        let (room_id, message_id) = (message.room_id, message.id);
        let command = ChangeCommand { room_id, message_id, client_id, change, now: START };
        store.change_message(ana, command).await.unwrap();
        store.message_versions(ana, room_id, message_id).await.unwrap().unwrap();
        store.export_page(ana, room_id, RoomSeq(0), 5).await.unwrap();
    }
}

/// Added, edited, put in order and removed, by a practitioner and by the command line.
async fn use_quick_replies(store: &SqliteStore, drew: Actor) {
    let id = bedside_protocol::QuickReplyId(1);
    for by in [Some(drew), None] {
        let (title, text) = ("title".to_owned(), "text".to_owned());
        let client_id = store.inner.runtime.client_id();
        let changes = [
            QuickReplyChange::Add { client_id, title: title.clone(), text: text.clone() },
            QuickReplyChange::Edit { id, title, text: "another".to_owned() },
            QuickReplyChange::Order { ids: vec![id] },
            QuickReplyChange::Remove { id },
        ];
        for change in changes {
            store.change_quick_replies(by, QuickReplyCommand { change, now: START }).await.unwrap();
        }
    }
}

/// A device continued, its session moved, run out and ended; an account changed in every way.
async fn use_sessions(store: &SqliteStore, drew: Actor) {
    let token = TokenHash([7; 32]);
    let again = NewSession {
        account_id: drew.account_id,
        kind: SessionKind::Bearer,
        token,
        device_name: "desk".to_owned(),
        platform: "linux".to_owned(),
        device_id: Some(drew.device_id),
        now: START,
        lifetime_ms: 1_000_000,
    };
    let continued = store.create_session(again).await.unwrap();
    let later = |ms: i64| Timestamp(START.millis() + ms);
    assert!(store.peek_session(&token, later(1)).await.unwrap().is_some());
    let beginning = Cursor { epoch: store.facts().epoch.clone(), feed_seq: 0.into() };
    for after in [Some(beginning), None] {
        assert!(store.greet(&token, after, later(1)).await.unwrap().is_some());
    }
    assert!(store.session(&token, later(100_000)).await.unwrap().is_some());
    assert_eq!(store.session(&token, later(9_000_000)).await.unwrap(), None);
    store.end_session(continued.actor, START).await.unwrap();
    let changes = [
        AccountChange::Disable,
        AccountChange::Enable,
        AccountChange::SetPassword(SecretString::from("hash")),
        AccountChange::SetFacts(FactsChange { phone: Some(None), ..FactsChange::default() }),
    ];
    for change in changes {
        store.change_account(None, "drew", change).await.unwrap();
    }
}

/// Before and after everything is indexed, something edited and something taken back; in all rooms and in one, in a time.
async fn use_search(store: &SqliteStore, (ana, drew): (Actor, Actor), room: RoomId) {
    let filter =
        SearchFilter { room_id: Some(room), since: Some(START), until: Some(START), ..Default::default() };
    for text in ["one", "another"] {
        let SendOutcome::Stored { message, .. } =
            store.send_message(ana, command(store, room, text)).await.unwrap()
        else {
            panic!("not stored")
        };
        while store.index_messages(RoomId(0)).await.unwrap().worked {}
        for filter in [SearchFilter::default(), filter.clone()] {
            let request = SearchRequest { text: "o".to_owned(), filter, before: None, limit: 5 };
            assert!(store.search(drew, request).await.unwrap().is_some());
        }
        use_changes(store, ana, &message).await;
        while store.index_messages(RoomId(0)).await.unwrap().worked {}
    }
    store
        .write(|tx| Ok(tx.execute("UPDATE search_rooms SET seq_from = 2 WHERE room_id = 1", [])?))
        .await
        .unwrap();
    let request =
        SearchRequest { text: "o".to_owned(), filter: SearchFilter::default(), before: None, limit: 5 };
    assert!(!store.search(drew, request).await.unwrap().unwrap().complete);
}

async fn use_drafts(store: &SqliteStore, actor: Actor, room_id: RoomId) {
    let put = |base| PutDraft { base: Rev(base), content: DraftContent::default() };
    let mut first = put(0);
    first.content.draft.text = "text".to_owned();
    for put in [first, put(1)] {
        store.put_draft(actor, PutDraftCommand { room_id, put, now: START }).await.unwrap();
    }
    store.drafts(actor, None).await.unwrap();
    store.withdraw_drafts(actor).await.unwrap();
}

fn is_query(sql: &str) -> bool {
    ["SELECT", "INSERT", "UPDATE", "DELETE"].iter().any(|verb| sql.trim_start().starts_with(verb))
}

fn words(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(|c: char| !c.is_alphanumeric() && c != '_')
}

#[tokio::test(start_paused = true)]
async fn every_table_grows_or_is_known_not_to() {
    let folder = tempfile::tempdir().unwrap();
    let named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
        AND name NOT LIKE 'message_grams_%'";
    let named: BTreeSet<String> = open(folder.path())
        .read(move |db| Ok(db.prepare(named)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?))
        .await
        .unwrap();
    assert_eq!(named, GROWING.iter().chain(&CONSTANT).map(|name| (*name).to_owned()).collect());
}

#[tokio::test(start_paused = true)]
async fn no_statement_scans_what_grows_with_history() {
    let folder = tempfile::tempdir().unwrap();
    let (store, seen) = watched(folder.path());
    use_everything(&store).await;
    let statements: Vec<String> = seen.lock().unwrap().iter().filter(|sql| is_query(sql)).cloned().collect();
    assert!(statements.len() > 50, "only {} statements were seen", statements.len());
    let used = |table: &&str| statements.iter().any(|sql| words(sql).any(|word| word == *table));
    let unused: Vec<_> = GROWING.iter().filter(|table| !used(table)).collect();
    assert!(unused.is_empty(), "no statement names {unused:?}");
    let scans: Vec<String> = store
        .read(move |db| {
            let mut scans = Vec::new();
            for sql in statements {
                let steps = plan(db, &sql)?;
                scans.extend(
                    steps.iter().filter(|step| scans_all(&sql, step)).map(|step| format!("{step}: {sql}")),
                );
            }
            Ok(scans)
        })
        .await
        .unwrap();
    assert!(scans.is_empty(), "{scans:#?}");
}

fn plan(db: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let mut rows = statement.raw_query(); // Its parameters stay unbound: a plan does not depend on them.
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        steps.push(row.get("detail")?);
    }
    Ok(steps)
}

/// Whether a step reads a growing table from end to end: "SCAN m", by alias or name.
fn scans_all(sql: &str, step: &str) -> bool {
    let Some(scanned) = step.strip_prefix("SCAN ").and_then(|rest| rest.split_whitespace().next()) else {
        return false;
    };
    let growing =
        GROWING.iter().any(|table| scanned == *table || sql.contains(&format!("{table} {scanned}")));
    // The newest seal is the first row of the key, read backwards: no search term, and one row.
    // The index of terms is always scanned, to SQLite: by what is said behind it, here a match.
    let matched = step.contains("VIRTUAL TABLE INDEX") && step.contains(":M");
    growing && !matched && !sql.contains("ORDER BY last_audit_id DESC LIMIT 1")
}
