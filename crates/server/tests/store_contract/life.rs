use bedside_server::store::{SendOutcome, StoreError};

use crate::support::Clinic;

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
    clinic.store.close().await;
    assert!(clinic.store.ping().await.is_err());
}
