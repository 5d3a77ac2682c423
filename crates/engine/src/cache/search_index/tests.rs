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

fn due(db: &Connection) -> Vec<(i64, i64)> {
    let mut statement = db.prepare("SELECT from_arrival, to_arrival FROM search_due ORDER BY 1").unwrap();
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

fn messages(places: std::ops::RangeInclusive<i64>, content: &str) -> Vec<Message> {
    places.map(|seq| message(seq, content)).collect()
}

#[test]
fn many_at_once_are_indexed_behind_in_slices_while_messages_come_and_change() {
    let mut db = migrated();
    store(&mut db, &messages(1..=2_500, "before"));
    assert_eq!((places(&db).len(), due(&db)), (0, vec![(1, 2_501)]));
    assert!(write(&mut db, |group| group.index_slice()));
    assert_eq!((places(&db).len(), due(&db)), (1_000, vec![(1, 1_501)]));
    assert_eq!(behind::behind(&db).unwrap().percent(), 40);
    let edited = Message { rev: Rev(9_000), content: "after".into(), ..message(3, "") };
    store(&mut db, &[message(2_501, "after"), edited]);
    assert_eq!(found(&db, "aft"), [2_601, 103], "few are found at once");
    while write(&mut db, |group| group.index_slice()) {}
    assert_eq!((places(&db).len(), due(&db)), (2_501, vec![]));
    assert_eq!(found(&db, "aft"), [2_601, 103]);
    assert_eq!(found(&db, "bef").len(), 2_499);
    assert!(is_whole(&db) && behind::behind(&db).unwrap().due == 0);
}

#[test]
fn what_is_taken_back_before_its_turn_is_never_indexed() {
    let mut db = migrated();
    store(&mut db, &messages(1..=100, "secret"));
    let retracted = Message { rev: Rev(900), retracted_at: Some(Timestamp(1)), ..message(7, "") };
    store(&mut db, &[retracted]);
    let mut many = messages(101..=200, "secret");
    many.push(Message { rev: Rev(901), retracted_at: Some(Timestamp(1)), ..message(150, "") });
    many.push(Message { rev: Rev(902), content: "changed".into(), ..message(160, "") });
    store(&mut db, &many);
    while write(&mut db, |group| group.index_slice()) {}
    assert_eq!((found(&db, "sec").len(), found(&db, "cha")), (197, vec![260]));
    assert!(is_whole(&db));
}

#[test]
fn what_is_due_is_one_range_while_nothing_stands_between() {
    let mut db = migrated();
    store(&mut db, &messages(1..=100, "a"));
    store(&mut db, &messages(101..=200, "a"));
    assert_eq!(due(&db), [(1, 201)]);
    store(&mut db, &[message(201, "alone")]);
    store(&mut db, &messages(202..=301, "a"));
    assert_eq!(due(&db), [(1, 201), (202, 302)]);
    assert!(write(&mut db, |group| group.index_slice()), "the newest first");
    assert_eq!(due(&db), [(1, 201)]);
    assert!(!write(&mut db, |group| group.index_slice()));
    assert_eq!(places(&db).len(), 301);
}

#[test]
fn an_index_of_another_form_is_made_anew() {
    let mut db = migrated();
    store(&mut db, &[message(1, "one")]);
    db.execute("UPDATE search_fill SET form = 0", []).unwrap();
    store(&mut db, &[message(2, "two")]);
    assert_eq!(places(&db), [RoomSeq(1)], "left alone until then");
    assert!(behind::behind(&db).unwrap().due > 0);
    while write(&mut db, |group| group.index_slice()) {}
    assert_eq!(places(&db), [RoomSeq(1), RoomSeq(2)]);
    assert_eq!((found(&db, "one"), found(&db, "two")), (vec![101], vec![102]));
}
