use bedside_protocol::Timestamp;
use bedside_protocol::wire::Role;
use bedside_server::store::{FeedSlice, SendOutcome, StoreError};

use crate::support::{Clinic, DAY_MS, START};

pub(crate) async fn everything_answered_is_there_after_a_restart(clinic: Clinic) {
    let mut staff = clinic.staffed().await;
    let command = staff.command(staff.ana_drew, "kept");
    staff.store.send_message(staff.ana, command.clone()).await.unwrap();
    staff.read(staff.drew, staff.ana_drew, 1).await;
    let (list, head) =
        (staff.store.chat_list(staff.drew, None, 50).await.unwrap(), staff.head(staff.drew).await);
    staff.clinic.restart().await;
    assert_eq!(staff.store.chat_list(staff.drew, None, 50).await.unwrap(), list);
    assert_eq!(staff.head(staff.drew).await, head);
    let again = staff.store.send_message(staff.ana, command).await.unwrap();
    assert!(matches!(again, SendOutcome::Repeated { .. }), "the client id must be remembered");
}

pub(crate) async fn a_closed_store_refuses_instead_of_losing(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.store.close().await;
    let sent = staff.store.send_message(staff.ana, staff.command(staff.ana_drew, "late")).await;
    assert!(matches!(sent, Err(StoreError::Closing)));
    assert!(matches!(staff.store.unread(staff.ana).await, Err(StoreError::Closing)));
    staff.store.close().await;
}

pub(crate) async fn a_ping_answers_while_the_store_is_open(clinic: Clinic) {
    assert!(clinic.store.ping().await.is_ok());
    assert!(clinic.store.ping_writes().await.is_ok());
    assert!(clinic.store.ping_writes().await.is_ok(), "and again");
    clinic.store.close().await;
    assert!(clinic.store.ping().await.is_err());
    assert!(clinic.store.ping_writes().await.is_err());
}

pub(crate) async fn a_new_epoch_makes_old_cursors_resync_and_gives_no_number_twice(clinic: Clinic) {
    let mut staff = clinic.staffed().await;
    let (before, _) = staff.say(staff.ana, staff.ana_drew, "before").await;
    let cursor = staff.store.feed_head(staff.drew.account_id).await.unwrap();
    staff.store.begin_epoch().await.unwrap();
    staff.clinic.restart().await;
    assert_ne!(staff.store.facts().epoch, cursor.epoch);
    let slice = staff.store.feed(staff.drew, cursor, 50).await.unwrap();
    assert!(matches!(slice, FeedSlice::ResyncRequired { .. }));
    let (after, _) = staff.say(staff.ana, staff.ana_drew, "after").await;
    assert!(after.id.get() > before.id.get() + 900_000, "ids jump");
    let late = staff.clinic.hire(Role::Patient, "late", "Late Comer").await;
    let account = staff.store.account(late).await.unwrap().unwrap();
    assert!(account.person.account_id.get() > 900_000 && account.person.role_id > 900_000, "so do people's");
}

pub(crate) async fn numbers_never_jump_twice_by_the_same(clinic: Clinic) {
    let mut ids = vec![clinic.hire(Role::Patient, "ana", "Ana").await.account_id.get()];
    for name in ["ben", "bob"] {
        clinic.store.begin_epoch().await.unwrap();
        ids.push(clinic.hire(Role::Patient, name, name).await.account_id.get());
    }
    assert_ne!(ids[1] - ids[0], ids[2] - ids[1], "a backup put back twice would give the same numbers twice");
}

pub(crate) async fn sessions_long_over_are_removed_and_live_ones_stay(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (token, _) = staff.sign_in(staff.ana.account_id).await;
    staff.store.end_session(staff.ben, START).await.unwrap();
    let later = |days: i64| Timestamp(START.millis() + days * DAY_MS);
    assert_eq!(staff.store.prune(later(100)).await.unwrap(), 0, "not long enough");
    for day in [29, 58, 87, 116] {
        assert!(staff.store.session(&token, later(day)).await.unwrap().is_some());
    }
    assert!(staff.store.prune(later(130)).await.unwrap() >= 5, "the personas' own");
    assert!(staff.store.session(&token, later(131)).await.unwrap().is_some());
    assert!(staff.store.seal_audit(later(131)).await.unwrap() > 0, "what they did stays");
}
