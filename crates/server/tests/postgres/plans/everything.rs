//! Every use case of a store, each way through it.

use bedside_protocol::search::SearchFilter;
use bedside_protocol::wire::{DraftContent, FlagsWish, MessageChange, Preferences, PutDraft, Role, SetFlags};
use bedside_protocol::{Cursor, FeedSeq, Rev, RoomId, RoomSeq, Timestamp, WishNumber};
use bedside_server::store::model::PageRange;
use bedside_server::store::postgres::PgStore;
use bedside_server::store::{
    AccountChange, ChangeCommand, ExportPlace, Exporting as _, FactsChange, FlagsCommand, LoginThrottle,
    NewSession, PageRequest, PutDraftCommand, QuickReplyChange, QuickReplyCommand, ReadCommand,
    SearchRequest, SendOutcome, SessionKind, Store as _, TokenHash,
};
use futures_util::future::try_join_all;

use crate::support::{Clinic, hire};

pub(super) async fn use_everything(clinic: &Clinic, store: &PgStore) {
    converse(clinic, store).await;
    read(clinic, store).await;
    sign_in(clinic, store).await;
    provision(clinic, store).await;
    search(clinic, store).await;
    keep_house(clinic, store).await;
}

async fn converse(clinic: &Clinic, store: &PgStore) {
    let (now, (ana, room)) = (clinic.database.runtime.now(), clinic.patients[0]);
    let command = clinic.command(room, "text");
    store.send_message(ana, command.clone()).await.unwrap();
    store.send_message(ana, command).await.unwrap();
    let rooms = clinic.patients.iter().cycle().take(40);
    let together = rooms.map(|(patient, room)| store.send_message(*patient, clinic.command(*room, "text")));
    try_join_all(together).await.unwrap();
    change(clinic, store).await;
    quick_replies(clinic, store).await;
    let last = store.room(ana, room).await.unwrap().unwrap().last_seq;
    let set = SetFlags { marked_unread: Some(true), ..SetFlags::default() };
    drafts(clinic, store).await;
    let wish = FlagsWish { set, number: Some(WishNumber(1)) };
    store.set_flags(clinic.drew, FlagsCommand { room_id: room, wish, now }).await.unwrap();
    store.mark_delivered(clinic.drew, ReadCommand { room_id: room, up_to: last, now }).await.unwrap();
    store.mark_read(clinic.drew, ReadCommand { room_id: room, up_to: last, now }).await.unwrap();
    clinic.open_room(store, ana, clinic.drew.account_id).await;
}

async fn change(clinic: &Clinic, store: &PgStore) {
    let (now, (ana, room_id)) = (clinic.database.runtime.now(), clinic.patients[0]);
    let sent = store.send_message(ana, clinic.command(room_id, "text")).await.unwrap();
    let SendOutcome::Stored { message, .. } = sent else { panic!("{sent:?}") };
    let changes = [
        MessageChange::Edit { message: "another".to_owned() },
        MessageChange::React { emoji: "👍".to_owned(), on: true },
        MessageChange::React { emoji: "👍".to_owned(), on: false },
        MessageChange::Retract,
    ];
    for change in changes {
        let client_id = clinic.database.runtime.client_id();
        let command = ChangeCommand { room_id, message_id: message.id, client_id, change, now };
        store.change_message(ana, command).await.unwrap();
        store.message_versions(ana, room_id, message.id).await.unwrap();
        store.receipts(ana, room_id, message.id).await.unwrap();
        let before = RoomSeq(message.room_seq.get() - 1);
        store.export_page(ana, room_id, before, 50).await.unwrap().unwrap();
    }
}

async fn drafts(clinic: &Clinic, store: &PgStore) {
    let (now, (ana, room_id)) = (clinic.database.runtime.now(), clinic.patients[0]);
    let put = |base| PutDraft { base: Rev(base), content: DraftContent::default() };
    let mut first = put(0);
    first.content.draft.text = "text".to_owned();
    for put in [first, put(1)] {
        store.put_draft(ana, PutDraftCommand { room_id, put, now }).await.unwrap();
    }
    store.drafts(ana, None).await.unwrap();
    store.withdraw_drafts(ana).await.unwrap();
}

async fn quick_replies(clinic: &Clinic, store: &PgStore) {
    let (now, drew) = (clinic.database.runtime.now(), clinic.drew);
    for by in [Some(drew), None] {
        let client_id = clinic.database.runtime.client_id();
        let (title, text) = ("title".to_owned(), "text".to_owned());
        let add = QuickReplyChange::Add { client_id, title, text };
        store.change_quick_replies(by, QuickReplyCommand { change: add, now }).await.unwrap();
        let id = store.quick_replies(drew).await.unwrap().unwrap().replies[0].id;
        let (title, text) = ("title".to_owned(), "another".to_owned());
        let changes = [
            QuickReplyChange::Edit { id, title, text },
            QuickReplyChange::Order { ids: vec![id] },
            QuickReplyChange::Remove { id },
        ];
        for change in changes {
            store.change_quick_replies(by, QuickReplyCommand { change, now }).await.unwrap();
        }
    }
}

async fn read(clinic: &Clinic, store: &PgStore) {
    let (drew, (ana, room)) = (clinic.drew, clinic.patients[0]);
    let ranges = [
        PageRange::Latest,
        PageRange::Before(RoomSeq(2_500)),
        PageRange::After(RoomSeq(2_500)),
        PageRange::ChangedAfter(Rev(2_500)),
    ];
    for range in ranges {
        store.messages(drew, room, PageRequest { range, limit: 50 }).await.unwrap().unwrap();
    }
    store.chat_list(drew, None, 50).await.unwrap();
    let now = clinic.database.runtime.now();
    store.begin_export(drew, room, ExportPlace::Server, now).await.unwrap();
    store.signing_seed([0; 32]).await.unwrap();
    for actor in [ana, drew] {
        store.unread(actor).await.unwrap();
        store.people(actor).await.unwrap();
        store.account(actor).await.unwrap();
        store.room(actor, room).await.unwrap();
        store.acquaintances(actor).await.unwrap();
        store.preferences(actor).await.unwrap();
        let now = clinic.database.runtime.now();
        store.note_seen(vec![(actor.account_id, now)]).await.unwrap();
        for hide_presence in [true, false] {
            store.set_preferences(actor, Preferences { hide_presence }, now).await.unwrap();
        }
    }
    let head = store.feed_head(drew.account_id).await.unwrap();
    for behind in [20, 3_000] {
        let from = Cursor { feed_seq: FeedSeq(head.feed_seq.get() - behind), ..head.clone() };
        store.feed(drew, from, 50).await.unwrap();
    }
    let beginning = Cursor { feed_seq: FeedSeq(0), ..head };
    store.feed(drew, beginning, 50).await.unwrap();
}

async fn sign_in(clinic: &Clinic, store: &PgStore) {
    let (runtime, drew) = (&clinic.database.runtime, clinic.drew);
    let now = runtime.now();
    store.credentials("drew").await.unwrap();
    store.has_accounts().await.unwrap();
    let keys = vec!["account:drew".to_owned(), "pair:192.0.2.1 drew".to_owned()];
    store.login_wait(&keys, now).await.unwrap();
    store.record_login(LoginThrottle::Failed { keys: keys.clone() }, now).await.unwrap();
    store.record_login(LoginThrottle::Succeeded { keys }, now).await.unwrap();
    let token = TokenHash(runtime.random_bytes());
    let new = NewSession {
        account_id: drew.account_id,
        kind: SessionKind::Cookie,
        token,
        device_name: "desk".to_owned(),
        platform: "linux".to_owned(),
        device_id: Some(drew.device_id),
        now,
        lifetime_ms: 1_000_000,
    };
    let session = store.create_session(new).await.unwrap();
    let later = |ms: i64| Timestamp(now.millis() + ms);
    assert!(store.peek_session(&token, later(1)).await.unwrap().is_some());
    let head = store.feed_head(drew.account_id).await.unwrap();
    let behind =
        [20, 3_000].map(|behind| Cursor { feed_seq: FeedSeq(head.feed_seq.get() - behind), ..head.clone() });
    for after in behind.into_iter().map(Some).chain([None]) {
        assert!(store.greet(&token, after, later(1)).await.unwrap().is_some());
    }
    assert!(store.session(&token, later(100_000)).await.unwrap().is_some());
    assert_eq!(store.session(&token, later(9_000_000)).await.unwrap(), None);
    store.end_session(session.actor, now).await.unwrap();
}

async fn provision(clinic: &Clinic, store: &PgStore) {
    let runtime = &clinic.database.runtime;
    let name = format!("new {}", runtime.uuid());
    let new = hire(runtime, store, Role::Patient, &name).await;
    store.link(None, &name, "drew").await.unwrap();
    store.end_link(None, &name, "drew").await.unwrap(); // Without a room yet.
    store.link(None, &name, "drew").await.unwrap();
    clinic.open_room(store, new, clinic.drew.account_id).await;
    store.end_link(None, &name, "drew").await.unwrap();
    store.link(None, &name, "drew").await.unwrap();
    store.set_clinic(None, bedside_server::demo_clinic()).await.unwrap();
    store.clinic().await.unwrap();
    let hash = "$argon2id$other".to_owned();
    for change in [
        AccountChange::Disable,
        AccountChange::Enable,
        AccountChange::SetPassword(hash.into()),
        AccountChange::SignOut,
        AccountChange::SetFacts(FactsChange::default()),
    ] {
        store.change_account(None, &name, change).await.unwrap();
    }
}

/// What is common, rare, absent, in one room and in a time; while a long room is being indexed, and after.
async fn search(clinic: &Clinic, store: &PgStore) {
    let (now, (ana, room)) = (clinic.database.runtime.now(), clinic.patients[0]);
    let within =
        SearchFilter { room_id: Some(room), since: Some(now), until: Some(now), ..Default::default() };
    for steps in [1, 30] {
        for _ in 0..steps {
            store.index_messages(RoomId(0)).await.unwrap();
        }
        for (text, filter) in
            [("text", SearchFilter::default()), ("te", within.clone()), ("zzz", SearchFilter::default())]
        {
            let request = SearchRequest { text: text.to_owned(), filter, before: None, limit: 50 };
            assert!(store.search(ana, request).await.unwrap().is_some());
        }
    }
    let found =
        SearchRequest { text: "text".to_owned(), filter: SearchFilter::default(), before: None, limit: 50 };
    assert_eq!(store.search(ana, found).await.unwrap().unwrap().messages.len(), 50);
    change(clinic, store).await;
    while store.index_messages(RoomId(room.get() - 1)).await.unwrap().next == Some(room) {}
}

async fn keep_house(clinic: &Clinic, store: &PgStore) {
    let now = clinic.database.runtime.now();
    store.seal_audit(now).await.unwrap();
    assert!(store.audit_chain_holds().await.unwrap());
    store.prune(now).await.unwrap();
    store.begin_epoch().await.unwrap();
    store.ping().await.unwrap();
}
