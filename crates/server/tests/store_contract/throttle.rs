use bedside_protocol::Timestamp;
use bedside_server::store::LoginThrottle;

use crate::support::{Clinic, START};

const ACCOUNT: &str = "account:ana";
const PAIR: &str = "pair:192.0.2.1 ana";
const ADDRESS: &str = "address:192.0.2.1";

fn at(seconds: i64) -> Timestamp {
    Timestamp(START.millis() + seconds * 1_000)
}

async fn fail(clinic: &Clinic, keys: &[&str], times: i64, now: Timestamp) {
    let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    for _ in 0..times {
        clinic.store.record_login(LoginThrottle::Failed { keys: keys.clone() }, now).await.unwrap();
    }
}

async fn wait(clinic: &Clinic, keys: &[&str], now: Timestamp) -> Option<u64> {
    let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    clinic.store.login_wait(&keys, now).await.unwrap()
}

pub(crate) async fn five_failures_of_an_account_make_their_address_wait(clinic: Clinic) {
    let keys = [ACCOUNT, PAIR, ADDRESS];
    fail(&clinic, &keys, 4, START).await;
    assert_eq!(wait(&clinic, &keys, START).await, None);
    fail(&clinic, &keys, 1, START).await;
    assert_eq!(wait(&clinic, &keys, START).await, Some(1_000));
    assert_eq!(wait(&clinic, &keys, at(1)).await, None);
    fail(&clinic, &[PAIR], 3, at(1)).await;
    assert_eq!(wait(&clinic, &keys, at(1)).await, Some(8_000));
    assert_eq!(
        wait(&clinic, &[ACCOUNT, "pair:198.51.100.7 ana"], at(1)).await,
        None,
        "not its owner elsewhere"
    );
}

pub(crate) async fn failures_from_everywhere_make_an_account_wait_a_minute_at_most(clinic: Clinic) {
    fail(&clinic, &[ACCOUNT], 49, START).await;
    assert_eq!(wait(&clinic, &[ACCOUNT], START).await, None);
    fail(&clinic, &[ACCOUNT], 1, START).await;
    assert_eq!(wait(&clinic, &[ACCOUNT], START).await, Some(1_000));
    fail(&clinic, &[ACCOUNT], 50, START).await;
    assert_eq!(wait(&clinic, &[ACCOUNT], START).await, Some(60_000));
}

pub(crate) async fn an_address_is_allowed_twenty_failures(clinic: Clinic) {
    fail(&clinic, &[ADDRESS], 19, START).await;
    assert_eq!(wait(&clinic, &[ADDRESS], START).await, None);
    fail(&clinic, &[ADDRESS], 1, START).await;
    assert_eq!(wait(&clinic, &["account:ben", ADDRESS], START).await, Some(1_000));
}

pub(crate) async fn a_success_forgets_the_accounts_failures(clinic: Clinic) {
    fail(&clinic, &[ACCOUNT, PAIR, ADDRESS], 20, START).await;
    let keys = vec![ACCOUNT.to_owned(), PAIR.to_owned()];
    clinic.store.record_login(LoginThrottle::Succeeded { keys }, START).await.unwrap();
    assert_eq!(wait(&clinic, &[ACCOUNT, PAIR], START).await, None);
    assert_eq!(wait(&clinic, &[ADDRESS], START).await, Some(1_000), "an address may not buy itself free");
}

pub(crate) async fn a_pause_forgets_failures(clinic: Clinic) {
    fail(&clinic, &[PAIR], 4, START).await;
    fail(&clinic, &[PAIR], 1, at(15 * 60)).await;
    assert_eq!(wait(&clinic, &[PAIR], at(15 * 60)).await, None);
}

pub(crate) async fn waiting_survives_a_restart(mut clinic: Clinic) {
    fail(&clinic, &[PAIR], 7, START).await;
    clinic.restart().await;
    assert_eq!(wait(&clinic, &[PAIR], START).await, Some(4_000));
}

pub(crate) async fn a_name_written_otherwise_is_the_same_account(clinic: Clinic) {
    for name in ["account:ana", "account:ANA", "account:Ána", "account: ana", "account:aNa"] {
        fail(&clinic, &[name], 10, START).await;
    }
    assert_eq!(wait(&clinic, &["account:AnA"], START).await, Some(1_000));
}
