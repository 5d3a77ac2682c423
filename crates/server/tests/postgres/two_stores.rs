//! The same thing asked of two servers at the same moment.

use std::collections::BTreeSet;

use bedside_protocol::wire::Role;
use bedside_server::store::{
    EndLinkOutcome, LinkOutcome, LoginThrottle, NewAccountOutcome, OpenRoomOutcome, SendOutcome, Store as _,
};
use futures_util::future::join_all;

use crate::support::{Clinic, assert_no_deadlock, hire, new_account, number};

/// How often a race is run.
const ROUNDS: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_command_sent_through_both_is_stored_once() {
    let clinic = Clinic::with_patients(1).await;
    let ([one, two], (ana, room)) = (&clinic.stores, clinic.patients[0]);
    for _ in 0..ROUNDS {
        let command = clinic.command(room, "once");
        let answers = tokio::join!(one.send_message(ana, command.clone()), two.send_message(ana, command));
        match (answers.0.unwrap(), answers.1.unwrap()) {
            (SendOutcome::Stored { message: a, .. }, SendOutcome::Repeated { message: b })
            | (SendOutcome::Repeated { message: a }, SendOutcome::Stored { message: b, .. }) => {
                assert_eq!(a, b)
            }
            other => panic!("{other:?}"),
        }
    }
    let raw = clinic.database.raw().await;
    let rounds = i64::try_from(ROUNDS).unwrap();
    assert_eq!(number(&raw, "SELECT count(*) FROM messages").await, rounds);
    assert_eq!(number(&raw, "SELECT count(*) FROM commands").await, rounds);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_id_for_two_messages_is_refused_whichever_room_and_server_they_go_to() {
    let clinic = Clinic::with_patients(2).await;
    let [one, two] = &clinic.stores;
    for _ in 0..ROUNDS {
        let first = clinic.command(clinic.patients[0].1, "first");
        let mut second = clinic.command(clinic.patients[1].1, "second");
        second.client_id = first.client_id;
        let answers =
            tokio::join!(one.send_message(clinic.drew, first), two.send_message(clinic.drew, second));
        match (answers.0.unwrap(), answers.1.unwrap()) {
            (SendOutcome::Stored { .. }, SendOutcome::ClientIdReused)
            | (SendOutcome::ClientIdReused, SendOutcome::Stored { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_linked_and_its_room_opened_through_both_is_one() {
    let clinic = Clinic::with_patients(0).await;
    let ([one, two], drew) = (&clinic.stores, clinic.drew);
    for round in 0..ROUNDS {
        let name = format!("ana {round}");
        let ana = hire(&clinic.database.runtime, one, Role::Patient, &name).await;
        let linked = tokio::join!(one.link(None, &name, "drew"), two.link(None, &name, "drew"));
        let linked =
            BTreeSet::from([linked.0.unwrap(), linked.1.unwrap()].map(|outcome| format!("{outcome:?}")));
        assert_eq!(linked, BTreeSet::from(["AlreadyLinked".to_owned(), "Linked".to_owned()]));
        let opened = tokio::join!(
            clinic.open_room(one, ana, drew.account_id),
            clinic.open_room(two, drew, ana.account_id)
        );
        let (
            OpenRoomOutcome::Room { room: a, deliveries },
            OpenRoomOutcome::Room { room: b, deliveries: others },
        ) = opened
        else {
            panic!("both see it")
        };
        assert_eq!(a.room_id, b.room_id);
        assert_eq!(deliveries.len() + others.len(), 2, "made once, and told to both people");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_taken_through_both_is_one_account_and_numbers_stay_dense() {
    let clinic = Clinic::with_patients(0).await;
    let ([one, two], runtime) = (&clinic.stores, &clinic.database.runtime);
    for round in 0..ROUNDS {
        let new = new_account(runtime, Role::Patient, &format!("ana {round}"));
        let answers = tokio::join!(one.create_account(None, new.clone()), two.create_account(None, new));
        let taken = [answers.0.unwrap(), answers.1.unwrap()];
        let taken =
            taken.iter().filter(|outcome| matches!(outcome, NewAccountOutcome::UsernameTaken)).count();
        assert_eq!(taken, 1);
    }
    let highest = "SELECT max(role_no) FROM accounts WHERE role = 'patient'";
    assert_eq!(number(&clinic.database.raw().await, highest).await, i64::try_from(ROUNDS).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_to_sign_in_are_counted_by_all_servers_together() {
    let clinic = Clinic::with_patients(1).await;
    let now = clinic.database.runtime.now();
    let failures = (0..ROUNDS).map(|no| {
        // Named in either order: rows are locked in one.
        let mut keys = vec!["pair:192.0.2.1 ana".to_owned(), "address:192.0.2.1".to_owned()];
        keys.rotate_left(no % 2);
        clinic.stores[no % 2].record_login(LoginThrottle::Failed { keys }, now)
    });
    for failure in join_all(failures).await {
        failure.unwrap();
    }
    let counted = "SELECT min(failures) FROM login_throttle";
    assert_eq!(number(&clinic.database.raw().await, counted).await, i64::try_from(ROUNDS).unwrap());
    for store in &clinic.stores {
        let wait = store.login_wait(&["address:192.0.2.1".to_owned()], now).await.unwrap();
        assert_eq!(wait, Some(1_000), "the twentieth failure of an address makes it wait");
    }
}

/// The first room of a pair is opened, and written to, while the link ends: what was answered stays readable.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_stored_while_the_link_ended_is_within_what_its_people_may_read() {
    let clinic = Clinic::with_patients(0).await;
    let ([one, two], drew) = (&clinic.stores, clinic.drew);
    let ana = hire(&clinic.database.runtime, one, Role::Patient, "ana").await;
    assert_eq!(one.link(None, "ana", "drew").await.unwrap(), LinkOutcome::Linked);
    let (link, commands) = (clinic.database.raw().await, clinic.database.raw().await);
    link.batch_execute("BEGIN; SELECT 1 FROM links FOR SHARE").await.unwrap();
    let ends = one.end_link(None, "ana", "drew");
    let (ended, room) = tokio::join!(ends, async {
        clinic.database.until_waiting(1).await; // The end has looked for a room, found none, and waits for the link.
        let opened = clinic.open_room(two, ana, drew.account_id).await;
        let OpenRoomOutcome::Room { room, .. } = opened else { panic!("{opened:?}") };
        commands.batch_execute("BEGIN; LOCK TABLE commands IN SHARE MODE").await.unwrap();
        let (sent, ()) = tokio::join!(clinic.say(two, ana, room.room_id), async {
            clinic.database.until_waiting(2).await; // The message has its place, and waits to be known by its id.
            link.batch_execute("COMMIT").await.unwrap();
            clinic.database.until_waiting_in("%rooms%").await; // The end waits for the message.
            commands.batch_execute("COMMIT").await.unwrap();
        });
        sent.unwrap();
        room.room_id
    });
    assert_eq!(ended.unwrap(), EndLinkOutcome::Ended);
    let seen = two.room(ana, room).await.unwrap().expect("a room of one's own");
    assert_eq!((seen.last_seq.get(), seen.writable), (1, false), "the message that was answered is there");
    assert_eq!(seen.last_message.unwrap().content, "text");
    assert_no_deadlock().await;
}
