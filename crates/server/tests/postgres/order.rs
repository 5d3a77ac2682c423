//! The order of a feed when transactions of several servers overlap (rule 9).

use std::collections::BTreeSet;

use futures_util::future::{join_all, try_join_all};
use tokio_postgres::Client;

use crate::support::{Clinic, Database, number};

/// The places after one, as a reader sees them that remembers how far it has come.
async fn read_after(reader: &Client, place: i64) -> Vec<i64> {
    let rows =
        reader.query("SELECT place FROM plain WHERE place > $1 ORDER BY place", &[&place]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// Why no feed's place comes from a sequence.
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_of_a_plain_sequence_misses_the_slow_transaction_for_ever() {
    let database = Database::fresh().await;
    let (slow, quick, reader) = (database.raw().await, database.raw().await, database.raw().await);
    reader.batch_execute("CREATE TABLE plain (place BIGSERIAL PRIMARY KEY)").await.unwrap();
    slow.batch_execute("BEGIN; INSERT INTO plain DEFAULT VALUES").await.unwrap();
    quick.batch_execute("INSERT INTO plain DEFAULT VALUES").await.unwrap();
    assert_eq!(read_after(&reader, 0).await, [2], "the quick one has overtaken");
    slow.batch_execute("COMMIT").await.unwrap();
    assert_eq!(read_after(&reader, 2).await, [] as [i64; 0], "and the slow one is behind the reader");
    assert_eq!(number(&reader, "SELECT count(*) FROM plain").await, 2);
}

/// How many messages each sender sends.
const EACH: usize = 25;

#[tokio::test(flavor = "multi_thread")]
async fn readers_of_a_feed_that_many_write_to_see_every_place_in_order() {
    let clinic = Clinic::with_patients(6).await;
    let begin = clinic.head(clinic.drew).await;
    let senders = clinic.patients.iter().enumerate().map(async |(no, (patient, room))| {
        for turn in 0..EACH {
            clinic.say(&clinic.stores[(no + turn) % 2], *patient, *room).await.unwrap();
        }
    });
    let end = begin + i64::try_from(EACH * clinic.patients.len()).unwrap();
    let readers = clinic.stores.iter().map(async |store| {
        let mut last = begin;
        while last < end {
            for place in clinic.places(store, clinic.drew, last).await {
                assert_eq!(place, last + 1, "a later event came first");
                last = place;
            }
        }
    });
    tokio::join!(join_all(senders), join_all(readers));
    assert_eq!(clinic.head(clinic.drew).await, end);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_waits_for_the_slow_one_that_has_the_place_before_it() {
    let clinic = Clinic::with_patients(2).await;
    let [(_, slow_room), (ben, quick_room)] = clinic.patients[..] else { panic!("two patients") };
    let (drew, last) = (clinic.drew, clinic.head(clinic.drew).await);
    let slow = clinic.database.raw().await;
    let takes_a_place = format!(
        "BEGIN;
         SELECT account_id FROM feed_heads WHERE account_id = {0} FOR NO KEY UPDATE;
         UPDATE feed_heads SET head = head + 1 WHERE account_id = {0};
         INSERT INTO feed (account_id, feed_seq, kind, room_id, object_id, rev, created_at)
           SELECT {0}, head, 'room', {1}, {1}, 1, 0 FROM feed_heads WHERE account_id = {0}",
        drew.account_id, slow_room
    );
    slow.batch_execute(&takes_a_place).await.unwrap();
    let [one, two] = &clinic.stores;
    let (sent, ()) = tokio::join!(clinic.say(two, ben, quick_room), async {
        clinic.database.until_somebody_waits().await;
        assert_eq!(clinic.places(one, drew, last).await, [] as [i64; 0], "neither is there yet");
        slow.batch_execute("COMMIT").await.unwrap();
    });
    sent.unwrap();
    assert_eq!(clinic.places(one, drew, last).await, [last + 1, last + 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_waits_for_its_room_has_no_place_yet() {
    let clinic = Clinic::with_patients(2).await;
    let [(ana, held_room), (ben, free_room)] = clinic.patients[..] else { panic!("two patients") };
    let (drew, last) = (clinic.drew, clinic.head(clinic.drew).await);
    let slow = clinic.database.raw().await;
    slow.batch_execute(&format!("BEGIN; SELECT 1 FROM rooms WHERE id = {held_room} FOR UPDATE"))
        .await
        .unwrap();
    let [one, two] = &clinic.stores;
    let (waited, ()) = tokio::join!(clinic.say(one, ana, held_room), async {
        clinic.database.until_somebody_waits().await;
        clinic.say(two, ben, free_room).await.unwrap(); // Another room does not wait.
        assert_eq!(clinic.places(two, drew, last).await, [last + 1]);
        slow.batch_execute("COMMIT").await.unwrap();
    });
    waited.unwrap();
    assert_eq!(clinic.places(two, drew, last + 1).await, [last + 2], "behind what was read meanwhile");
}

#[tokio::test(flavor = "multi_thread")]
async fn places_in_a_room_are_dense_whichever_server_gives_them() {
    let clinic = Clinic::with_patients(1).await;
    let (ana, room) = clinic.patients[0];
    let sends = (0..40).map(|no| {
        let actor = if no % 3 == 0 { clinic.drew } else { ana };
        clinic.say(&clinic.stores[no % 2], actor, room)
    });
    try_join_all(sends).await.unwrap();
    let raw = clinic.database.raw().await;
    let rows = raw
        .query("SELECT room_seq, sender_id, sender_no FROM messages ORDER BY room_seq", &[])
        .await
        .unwrap();
    let places: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(places, (1..=40).collect::<Vec<_>>());
    let numbers: BTreeSet<(i64, i64)> = rows.iter().map(|row| (row.get(1), row.get(2))).collect();
    assert_eq!(numbers.len(), 40, "each author's messages are numbered once");
}
