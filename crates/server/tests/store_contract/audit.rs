use bedside_protocol::Timestamp;
use bedside_server::store::LoginThrottle;

use crate::support::{Clinic, START};

pub(crate) async fn every_deed_leaves_a_row_and_none_leaves_its_content(clinic: Clinic) {
    let staff = clinic.staffed().await; // 5 accounts, 5 sign-ins, 2 links of 2 rows, 2 rooms.
    assert_eq!(staff.store.seal_audit(START).await.unwrap(), 16);
    staff.say(staff.ana, staff.ana_drew, "private").await;
    staff.store.end_session(staff.ana, START).await.unwrap();
    let failed = LoginThrottle::Failed { keys: vec!["account:ana".to_owned()] };
    staff.store.record_login(failed, START).await.unwrap();
    staff.read(staff.drew, staff.ana_drew, 1).await; // Too chatty to be audited.
    assert_eq!(staff.store.seal_audit(START).await.unwrap(), 3);
}

pub(crate) async fn sealing_twice_seals_nothing_twice(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.store.seal_audit(START).await.unwrap();
    assert_eq!(staff.store.seal_audit(Timestamp(START.millis() + 1)).await.unwrap(), 0);
}
