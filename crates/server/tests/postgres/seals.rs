//! Audit seals while others write: ids are given before their rows are committed.

use std::sync::atomic::{AtomicBool, Ordering};

use bedside_server::store::postgres::PgStore;
use bedside_server::store::{LoginThrottle, Store as _};
use futures_util::future::join_all;

use crate::support::{Clinic, number};

const LATE: &str = "INSERT INTO audit (happened_at, event) VALUES (0, 'sign_in_failed')";

async fn seal(clinic: &Clinic, store: &PgStore) -> u64 {
    store.seal_audit(clinic.database.runtime.now()).await.unwrap()
}

async fn fail_to_sign_in(clinic: &Clinic, store: &PgStore, key: &str) {
    let failed = LoginThrottle::Failed { keys: vec![key.to_owned()] };
    store.record_login(failed, clinic.database.runtime.now()).await.unwrap();
}

async fn chain_holds(clinic: &Clinic) -> bool {
    clinic.stores[1].audit_chain_holds().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_committed_behind_a_later_one_is_sealed_with_it() {
    let clinic = Clinic::with_patients(1).await;
    let [one, two] = &clinic.stores;
    seal(&clinic, one).await;
    let late = clinic.database.raw().await;
    late.batch_execute(&format!("BEGIN; {LATE}")).await.unwrap();
    fail_to_sign_in(&clinic, two, "address:192.0.2.1").await; // Has a later id, and is there.
    let (sealed, ()) = tokio::join!(seal(&clinic, one), async {
        clinic.database.until_somebody_waits().await;
        late.batch_execute("COMMIT").await.unwrap();
    });
    assert_eq!(sealed, 2);
    assert!(chain_holds(&clinic).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_does_not_end_puts_sealing_off() {
    let clinic = Clinic::with_patients(1).await;
    let [one, two] = &clinic.stores;
    seal(&clinic, one).await;
    let late = clinic.database.raw().await;
    late.batch_execute(&format!("BEGIN; {LATE}")).await.unwrap();
    fail_to_sign_in(&clinic, two, "address:192.0.2.1").await;
    one.seal_audit(clinic.database.runtime.now()).await.unwrap_err();
    fail_to_sign_in(&clinic, two, "address:192.0.2.1").await; // Nobody is kept from writing for it.
    assert!(chain_holds(&clinic).await);
    late.batch_execute("COMMIT").await.unwrap();
    assert_eq!(seal(&clinic, one).await, 3);
    assert!(chain_holds(&clinic).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_sealed_by_two_servers_while_many_write_holds() {
    let clinic = Clinic::with_patients(3).await;
    let writing = AtomicBool::new(true);
    let writers = (0..6).map(async |no: usize| {
        let (patient, room) = clinic.patients[no % 3];
        for turn in 0..25 {
            let store = &clinic.stores[turn % 2];
            clinic.say(store, patient, room).await.unwrap();
            fail_to_sign_in(&clinic, store, &format!("address:192.0.2.{no}")).await;
        }
    });
    let sealers = clinic.stores.iter().map(async |store| {
        let mut sealed = 0;
        while writing.load(Ordering::Relaxed) {
            sealed += seal(&clinic, store).await;
        }
        sealed
    });
    let writers = async {
        join_all(writers).await;
        writing.store(false, Ordering::Relaxed);
    };
    let (sealed, ()) = tokio::join!(join_all(sealers), writers);
    let sealed = sealed.iter().sum::<u64>() + seal(&clinic, &clinic.stores[0]).await;
    let raw = clinic.database.raw().await;
    assert_eq!(i64::try_from(sealed).unwrap(), number(&raw, "SELECT count(*) FROM audit").await);
    assert!(number(&raw, "SELECT count(*) FROM audit_seals").await > 2, "sealed while they wrote");
    assert!(chain_holds(&clinic).await);
}
