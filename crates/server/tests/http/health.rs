//! `GET /livez`, `/readyz` and `/healthz`

use std::time::Duration;

use bedside_server::store::Store as _;

use crate::support::{Answer, TestApp};

/// Within which a server answers, whatever its store does.
const AT_ONCE: Duration = Duration::from_secs(2);

async fn asked(app: &TestApp, path: &str) -> Answer {
    let began = app.runtime.monotonic();
    let answer = app.get(path).send().await;
    assert!(app.runtime.monotonic() - began < AT_ONCE, "{path}");
    answer
}

#[tokio::test(start_paused = true)]
async fn health_names_the_versions_spoken() {
    let app = TestApp::new().await;
    for path in ["/healthz", "/readyz"] {
        let health = asked(&app, path).await.json();
        assert_eq!(health["status"], "ok");
        assert_eq!(health["proto"], serde_json::json!([1]));
        assert_eq!(health["writes"], "ok");
    }
}

#[tokio::test(start_paused = true)]
async fn health_is_asked_of_the_store_once_a_second_whoever_asks_us() {
    let app = TestApp::new().await;
    let before = app.store.pings();
    for _ in 0..50 {
        assert_eq!(asked(&app, "/healthz").await.status, 200);
    }
    assert_eq!(app.store.pings() - before, 1);
}

#[tokio::test(start_paused = true)]
async fn a_database_that_cannot_be_read_is_said_to_be_and_the_process_lives() {
    let app = TestApp::new().await;
    app.store.close().await;
    let answer = asked(&app, "/healthz").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "unavailable"));
    assert_eq!(answer.json()["detail"], "The database cannot be read.");
    assert_eq!(asked(&app, "/readyz").await.status, 503);
    assert_eq!(asked(&app, "/livez").await.status, 204);
}

#[tokio::test(start_paused = true)]
async fn a_database_that_does_not_commit_is_said_to_and_takes_no_server_out() {
    let app = TestApp::new().await;
    app.store.stop_committing();
    for _ in 0..10 {
        assert_eq!(asked(&app, "/readyz").await.status, 200);
    }
    assert_eq!(asked(&app, "/healthz").await.json()["writes"], "stalled");
    let required = asked(&app, "/healthz?writes=required").await;
    assert_eq!(required.code(), "unavailable");
    assert!(required.json()["detail"].as_str().unwrap().contains("standby"), "{}", required.text());
    app.store.commit_again();
    app.wait(Duration::from_secs(1)).await;
    assert_eq!(asked(&app, "/healthz?writes=required").await.json()["writes"], "ok");
}

#[tokio::test(start_paused = true)]
async fn a_slow_commit_is_not_called_a_stall() {
    let app = TestApp::new().await;
    assert_eq!(asked(&app, "/healthz?writes=required").await.status, 200);
    app.wait(Duration::from_secs(1)).await;
    app.store.stop_committing();
    assert_eq!(asked(&app, "/healthz?writes=required").await.json()["writes"], "ok");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_has_never_committed_is_not_said_to_have() {
    let app = TestApp::new().await;
    app.store.stop_committing();
    assert_eq!(asked(&app, "/healthz").await.status, 200);
    assert_eq!(asked(&app, "/healthz?writes=required").await.status, 503);
    app.store.commit_again();
    assert_eq!(asked(&app, "/healthz?writes=required").await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_closing_is_not_to_be_sent_to() {
    let app = TestApp::new().await;
    app.app.closing().cancel();
    assert_eq!(asked(&app, "/readyz").await.status, 503);
    assert_eq!(asked(&app, "/livez").await.status, 204);
}
