//! `POST /accounts/logout/`

use std::time::Duration;

use bedside_protocol::close;
use bedside_server::store::Store as _;
use serde_json::json;

use crate::support::{Ended, TestApp};

#[tokio::test(start_paused = true)]
async fn a_session_ends_with_its_sockets_and_no_others() {
    let app = TestApp::new().await;
    let (here, elsewhere) = (app.native("ana").await, app.native("ana").await);
    let (mut ended, _) = app.greeted(&here, None).await;
    let (mut kept, _) = app.greeted(&elsewhere, None).await;
    let began = app.runtime.monotonic();
    assert_eq!(app.post("/accounts/logout/").native(&here).send().await.status, 204);
    assert_eq!(ended.of_type("error").await["code"], "unauthenticated");
    assert_eq!(ended.end().await, Ended::Closed(close::UNAUTHENTICATED));
    assert!(app.runtime.monotonic() - began < Duration::from_secs(1), "at once, not at the next check");
    assert!(kept.is_silent().await);
    assert_eq!(app.get("/accounts/me/").native(&here).send().await.code(), "unauthenticated");
    assert_eq!(app.get("/accounts/me/").native(&elsewhere).send().await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_browser_is_led_to_the_form_and_loses_its_cookie() {
    let app = TestApp::new().await;
    let ana = app.browser("ana").await;
    assert_eq!(app.post("/accounts/logout/").browser(&ana).send().await.code(), "csrf_failed");
    let fields = [("csrfmiddlewaretoken", ana.csrf.as_str())];
    let answer = app.post("/accounts/logout/").page().browser(&ana).form(&fields).send().await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), Some("/accounts/login/"));
    assert_eq!(answer.cookie("sessionid").unwrap(), "");
    assert_eq!(app.get("/chat/").browser(&ana).send().await.code(), "unauthenticated");
}

#[tokio::test(start_paused = true)]
async fn hanging_up_in_the_middle_of_signing_out_leaves_no_socket_open() {
    let app = TestApp::new().await;
    let here = app.native("ana").await;
    let (mut socket, _) = app.greeted(&here, None).await;
    let began = app.runtime.monotonic();
    {
        let mut asking = std::pin::pin!(app.post("/accounts/logout/").native(&here).send());
        while app.get("/accounts/me/").native(&here).send().await.status == 200 {
            if futures_util::poll!(asking.as_mut()).is_ready() {
                break; // A database beyond a network may answer first: then nobody hung up, and the same must hold.
            }
            tokio::task::yield_now().await;
        }
    }
    assert_eq!(socket.end().await, Ended::Closed(close::UNAUTHENTICATED));
    assert!(app.runtime.monotonic() - began < Duration::from_secs(1), "at once, not at the next check");
}

#[tokio::test(start_paused = true)]
async fn a_session_that_ends_before_hello_is_not_welcomed() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let mut socket = app.feed_socket(&ana).await;
    assert_eq!(app.post("/accounts/logout/").native(&ana).send().await.status, 204);
    socket.send(&json!({ "type": "hello", "proto": 1 })).await;
    assert_eq!(socket.next().await["code"], "unauthenticated");
    assert_eq!(socket.end().await, Ended::Closed(close::UNAUTHENTICATED));
}

#[tokio::test(start_paused = true)]
async fn signing_out_ends_a_long_poll_with_the_truth() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let head = app.store.feed_head(ana.account_id).await.unwrap();
    let path = format!("/chat/feed/?epoch={}&after={}&wait=50", head.epoch.as_str(), head.feed_seq);
    let polling = app.get(&path).native(&ana).send();
    let signing_out = async {
        app.wait(Duration::from_secs(1)).await;
        app.post("/accounts/logout/").native(&ana).send().await
    };
    let (polled, _) = tokio::join!(polling, signing_out);
    assert_eq!(polled.code(), "unauthenticated");
}
