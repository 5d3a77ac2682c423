//! A host that takes a connection and then says nothing.

use std::time::Duration;

use bedside_runtime::Runtime;
use bedside_server::store::StoreError;
use bedside_server::store::postgres::{PgOpenError, PgOptions, PgStore};
use tokio::net::TcpListener;

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_says_nothing_is_given_up() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("postgres://u@127.0.0.1:{}/b", listener.local_addr().unwrap().port());
    let within = Some(Duration::from_millis(300));
    let options = PgOptions { connect_within: within, ..PgOptions::new(address.into()) };
    let opened = tokio::time::timeout(Duration::from_secs(20), PgStore::open(Runtime::system(), &options));
    let refused = opened.await.expect("it is not waited for").err();
    assert!(matches!(refused, Some(PgOpenError::Database(StoreError::Unreachable(_)))), "{refused:?}");
}
