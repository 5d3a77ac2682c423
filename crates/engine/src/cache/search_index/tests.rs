//! What is kept of a text in the file, and that the index can be made anew.

use bedside_protocol::Timestamp;
use bedside_protocol::wire::{Message, Role};
use bedside_protocol::{AccountId, MessageId, Rev};

use super::*;
use crate::cache::migrate::migrated;

const ROOM: RoomId = RoomId(1);

fn message(seq: i64, content: &str) -> Message {
    Message {
        id: MessageId(100 + seq),
        room_id: ROOM,
        room_seq: RoomSeq(seq),
        rev: Rev(seq),
        sender_type: Role::Patient,
        sender_id: 1,
        sender_account: AccountId(1),
        content: content.to_owned(),
        timestamp: Timestamp(seq * DAY_MS),
        composed_at: None,
        edited_at: None,
        retracted_at: None,
        urgent: false,
        reactions: Vec::new(),
        client_id: None,
        reply_to: None,
        quote: None,
    }
}

fn write<T>(db: &mut Connection, work: impl FnOnce(&mut Group<'_>) -> Result<T, CacheError>) -> T {
    let tx = db.transaction().unwrap();
    let mut group = Group::begin(&tx, Timestamp(0)).unwrap();
    let value = work(&mut group).unwrap();
    group.finish().unwrap();
    tx.commit().unwrap();
    value
}

fn store(db: &mut Connection, messages: &[Message]) {
    write(db, |group| {
        messages.iter().try_for_each(|message| {
            group.apply(&bedside_core::cache_write::CacheWrite::Message(Box::new(message.clone())))
        })
    });
}

fn found(db: &Connection, term: &str) -> Vec<i64> {
    let sql = "SELECT rowid FROM message_grams WHERE message_grams MATCH ?1 ORDER BY rowid DESC";
    let mut statement = db.prepare(sql).unwrap();
    statement.query_map([format!("\"{term}\"")], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn is_whole(db: &Connection) -> bool {
    db.execute("INSERT INTO message_grams (message_grams) VALUES ('integrity-check')", []).is_ok()
}

/// Whether any page of the index holds these bytes.
fn holds(db: &Connection, term: &str) -> bool {
    let mut statement = db.prepare("SELECT block FROM message_grams_data").unwrap();
    let blocks = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    blocks.map(Result::unwrap).any(|block| block.windows(term.len()).any(|bytes| bytes == term.as_bytes()))
}

#[test]
fn nothing_of_a_text_that_was_taken_back_stays_in_the_index() {
    let mut db = migrated();
    store(&mut db, &[message(1, "😀"), message(2, "other")]);
    assert_eq!(found(&db, "😀"), [101]);
    assert!(holds(&db, "😀"));
    let retracted =
        Message { rev: Rev(9), content: String::new(), retracted_at: Some(Timestamp(1)), ..message(1, "") };
    store(&mut db, &[retracted]);
    assert_eq!((found(&db, "😀"), found(&db, "oth")), (vec![], vec![102]));
    assert!(!holds(&db, "😀"), "overwritten");
    assert!(is_whole(&db));
}

#[test]
fn an_edit_in_the_transaction_of_its_message_leaves_the_newest_text_only() {
    let mut db = migrated();
    let edited = Message { rev: Rev(5), content: "new".into(), ..message(1, "") };
    store(&mut db, &[message(1, "old"), edited.clone(), message(2, "old")]);
    assert_eq!((found(&db, "old"), found(&db, "new")), (vec![102], vec![101]));
    store(&mut db, &[Message { rev: Rev(6), content: "old".into(), ..edited }]);
    assert_eq!((found(&db, "old"), found(&db, "new")), (vec![102, 101], vec![]));
    assert!(is_whole(&db));
}

#[test]
fn what_was_there_before_is_indexed_in_slices_while_messages_come_and_change() {
    let mut db = migrated();
    let all: Vec<Message> = (1..=2_500).map(|seq| message(seq, "before")).collect();
    store(&mut db, &all);
    db.execute_batch(
        "INSERT INTO message_grams (message_grams) VALUES ('delete-all'); DELETE FROM searchable;
         UPDATE search_fill SET below = 2501, top = 2501;",
    )
    .unwrap();
    assert!(write(&mut db, |group| group.fill_index()));
    assert_eq!(places(&db).len(), 1_000);
    assert_eq!(fill(&db).unwrap().percent(), 39);
    let edited = Message { rev: Rev(9_000), content: "after".into(), ..message(3, "") };
    store(&mut db, &[message(2_501, "after"), edited]);
    while write(&mut db, |group| group.fill_index()) {}
    assert_eq!(places(&db).len(), 2_501);
    assert_eq!(found(&db, "aft"), [2_601, 103]);
    assert_eq!(found(&db, "bef").len(), 2_499);
    assert!(is_whole(&db) && !fill(&db).unwrap().is_due());
}

#[test]
fn an_index_of_another_form_is_made_anew() {
    let mut db = migrated();
    store(&mut db, &[message(1, "one")]);
    db.execute("UPDATE search_fill SET form = 0", []).unwrap();
    store(&mut db, &[message(2, "two")]);
    assert_eq!(places(&db), [RoomSeq(1)], "left alone until then");
    assert!(fill(&db).unwrap().is_due());
    while write(&mut db, |group| group.fill_index()) {}
    assert_eq!(places(&db), [RoomSeq(1), RoomSeq(2)]);
    assert_eq!((found(&db, "one"), found(&db, "two")), (vec![101], vec![102]));
}
