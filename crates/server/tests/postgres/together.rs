//! Messages that wait are stored together, and each has its own fate.

use bedside_server::store::{ReadCommand, ReadOutcome, SendOutcome, Store as _, StoreError};
use futures_util::future::join_all;
use futures_util::{FutureExt as _, StreamExt as _, stream::FuturesUnordered};

use crate::support::{Clinic, number};

/// A transaction that holds a room's row, as another server's would.
async fn hold(clinic: &Clinic, room: bedside_protocol::RoomId) -> tokio_postgres::Client {
    let holder = clinic.database.raw().await;
    holder.batch_execute(&format!("BEGIN; SELECT 1 FROM rooms WHERE id = {room} FOR UPDATE")).await.unwrap();
    holder
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_stored_in_few_transactions_and_in_order() {
    const MANY: i64 = 60;
    let clinic = Clinic::with_patients(1).await;
    let [store, _] = &clinic.stores;
    let (ana, room) = clinic.patients[0];
    let holder = hold(&clinic, room).await;
    let sends: FuturesUnordered<_> =
        (0..MANY).map(|no| store.send_message(ana, clinic.command(room, &no.to_string()))).collect();
    let (outcomes, ()) = tokio::join!(sends.collect::<Vec<_>>(), async {
        clinic.database.until_somebody_waits().await;
        holder.batch_execute("COMMIT").await.unwrap();
    });
    for outcome in outcomes {
        assert!(matches!(outcome, Ok(SendOutcome::Stored { .. })), "{outcome:?}");
    }
    let raw = clinic.database.raw().await;
    assert_eq!(
        number(&raw, "SELECT count(*) FROM messages WHERE content = (room_seq - 1)::TEXT").await,
        MANY
    );
    let transactions = number(&raw, "SELECT count(DISTINCT xmin::TEXT) FROM messages").await;
    assert!(transactions <= 3, "{transactions} transactions for {MANY} messages");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_be_stored_takes_no_other_with_it() {
    let clinic = Clinic::with_patients(2).await;
    let [store, _] = &clinic.stores;
    let [(ana, one), (ben, two)] = clinic.patients[..] else { panic!("two patients") };
    let holder = hold(&clinic, one).await;
    let impossible = "a text in PostgreSQL has no \0";
    let asked = [
        (ana, one, "first"),
        (ana, one, "second"),
        (ana, one, impossible),
        (ana, one, "third"),
        (ben, one, "somebody else's room"),
        (ben, two, "their own"),
    ];
    let sends =
        join_all(asked.map(|(actor, room, text)| store.send_message(actor, clinic.command(room, text))));
    let (outcomes, ()) = tokio::join!(sends, async {
        clinic.database.until_somebody_waits().await;
        holder.batch_execute("COMMIT").await.unwrap();
    });
    assert!(matches!(outcomes[2], Err(StoreError::Database(_))), "{:?}", outcomes[2]);
    assert!(matches!(outcomes[4], Ok(SendOutcome::NotFound)), "{:?}", outcomes[4]);
    for no in [0, 1, 3, 5] {
        assert!(matches!(outcomes[no], Ok(SendOutcome::Stored { .. })), "{:?}", outcomes[no]);
    }
    let raw = clinic.database.raw().await;
    let in_order = format!(
        "SELECT count(*) FROM messages WHERE (room_id, room_seq, content) IN
         (({one}, 1, 'first'), ({one}, 2, 'second'), ({one}, 3, 'third'), ({two}, 1, 'their own'))"
    );
    assert_eq!(number(&raw, &in_order).await, 4);
    assert_eq!(number(&raw, "SELECT count(*) FROM messages").await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_id_is_stored_once_however_often_it_comes_at_once() {
    let clinic = Clinic::with_patients(1).await;
    let [store, _] = &clinic.stores;
    let (ana, room) = clinic.patients[0];
    let command = clinic.command(room, "once");
    let other =
        bedside_server::store::SendCommand { content: "something else".to_owned(), ..command.clone() };
    let asked = [command.clone(), command.clone(), other, command];
    let outcomes = join_all(asked.map(|command| store.send_message(ana, command))).await;
    let is = |no: usize| outcomes[no].as_ref().unwrap();
    assert!(matches!(is(0), SendOutcome::Stored { .. }), "{:?}", is(0));
    assert!(matches!(is(1), SendOutcome::Repeated { .. }), "{:?}", is(1));
    assert!(matches!(is(2), SendOutcome::ClientIdReused), "{:?}", is(2));
    assert!(matches!(is(3), SendOutcome::Repeated { .. }), "{:?}", is(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_has_its_place_among_the_messages_also_when_its_reader_has_gone() {
    let clinic = Clinic::with_patients(1).await;
    let [store, _] = &clinic.stores;
    let (ana, room) = clinic.patients[0];
    let mark = |up_to| {
        let command = ReadCommand { room_id: room, up_to, now: clinic.database.runtime.now() };
        store.mark_read(clinic.drew, command)
    };
    let say = |text: &str| store.send_message(ana, clinic.command(room, text));
    let holder = hold(&clinic, room).await;
    let (before, given_up) = (say("before"), mark(bedside_protocol::RoomSeq(9)));
    let (kept, after) = (mark(bedside_protocol::RoomSeq(9)), say("after"));
    let mut before = Box::pin(before);
    assert!(before.as_mut().now_or_never().is_none());
    assert!(given_up.now_or_never().is_none(), "it stood in the line, and is gone");
    let (before, kept, after, ()) = tokio::join!(before, kept, after, async {
        clinic.database.until_somebody_waits().await;
        holder.batch_execute("COMMIT").await.unwrap();
    });
    assert!(before.is_ok() && after.is_ok());
    let Ok(ReadOutcome::Marked { read_mark, unread_count, .. }) = kept else { panic!("{kept:?}") };
    assert_eq!((read_mark.up_to.get(), unread_count), (1, 0), "what came after it is not read");
}
