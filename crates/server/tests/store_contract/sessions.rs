use std::time::Duration;

use bedside_protocol::Timestamp;
use bedside_server::store::TokenHash;

use crate::support::{Clinic, DAY_MS, START};

fn after(days: i64) -> Timestamp {
    Timestamp(START.millis() + days * DAY_MS)
}

pub(crate) async fn a_session_is_found_by_its_token_only(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (token, session) = staff.sign_in(staff.ana.account_id).await;
    assert_eq!(staff.store.session(&token, START).await.unwrap(), Some(session));
    assert_eq!(staff.store.session(&TokenHash([0xEE; 32]), START).await.unwrap(), None);
}

pub(crate) async fn a_session_runs_out_unless_it_is_used(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (token, _) = staff.sign_in(staff.ana.account_id).await;
    assert_eq!(staff.store.session(&token, after(30)).await.unwrap(), None);
    assert_eq!(staff.store.session(&token, START).await.unwrap(), None, "it must not come back");
}

pub(crate) async fn using_a_session_moves_its_end(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (token, first) = staff.sign_in(staff.ana.account_id).await;
    assert_eq!(first.expires_at, after(30));
    let soon = Timestamp(START.millis() + 59_999);
    assert_eq!(staff.store.session(&token, soon).await.unwrap().unwrap().expires_at, after(30));
    assert_eq!(staff.store.session(&token, after(29)).await.unwrap().unwrap().expires_at, after(59));
    assert!(staff.store.session(&token, after(58)).await.unwrap().is_some());
}

pub(crate) async fn an_ended_session_is_gone_at_once(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (token, session) = staff.sign_in(staff.ana.account_id).await;
    let (other, _) = staff.sign_in(staff.ana.account_id).await;
    staff.store.end_session(session.actor, START).await.unwrap();
    assert_eq!(staff.store.session(&token, START).await.unwrap(), None);
    assert!(staff.store.session(&other, START).await.unwrap().is_some());
    staff.runtime.sleep(Duration::from_secs(120)).await;
    assert_eq!(staff.store.session(&token, staff.runtime.now()).await.unwrap(), None);
}

pub(crate) async fn signing_in_again_continues_ones_own_device(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let mut new = staff.new_session(staff.ana.account_id);
    new.device_id = Some(staff.ana.device_id);
    assert_eq!(staff.store.create_session(new).await.unwrap().actor.device_id, staff.ana.device_id);
}

pub(crate) async fn nobody_continues_anothers_device(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let mut new = staff.new_session(staff.eve.account_id);
    new.device_id = Some(staff.ana.device_id);
    let session = staff.store.create_session(new).await.unwrap();
    assert_ne!(session.actor.device_id, staff.ana.device_id);
}
