//! `GET /chat/feed/`

use std::time::Duration;

use bedside_protocol::limits;
use serde_json::json;

use crate::support::{Native, TestApp};

async fn head(app: &TestApp, who: &Native) -> i64 {
    app.get("/chat/feed/").native(who).send().await.json()["head"].as_i64().unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_came_after_the_cursor_is_answered_at_once() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let before = head(&app, &ana).await;
    for text in ["one", "two", "three"] {
        app.say(&drew, app.ana_drew, text).await;
    }
    let path = format!("/chat/feed/?epoch={}&after={before}&wait=50&limit=2", app.epoch());
    let page = app.get(&path).native(&ana).send().await.json();
    assert_eq!(page["events"][0]["feed_seq"], before + 1);
    assert_eq!(page["events"][0]["message"]["content"], "one");
    assert_eq!(page["events"].as_array().unwrap().len(), 2);
    assert_eq!((&page["has_more"], &page["head"]), (&json!(true), &json!(before + 3)));
}

#[tokio::test(start_paused = true)]
async fn a_poll_is_held_until_something_comes() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let path = format!("/chat/feed/?epoch={}&after={}&wait=50", app.epoch(), head(&app, &ana).await);
    let began = app.runtime.monotonic();
    let poll = app.get(&path).native(&ana).send();
    let speak = async {
        app.wait(Duration::from_secs(7)).await;
        app.say(&drew, app.ana_drew, "at last").await;
    };
    let (page, ()) = tokio::join!(poll, speak);
    assert_eq!(page.json()["events"][0]["message"]["content"], "at last");
    assert_eq!((app.runtime.monotonic() - began).as_secs(), 7);
}

#[tokio::test(start_paused = true)]
async fn a_poll_ends_empty_after_the_longest_wait() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let path = format!("/chat/feed/?epoch={}&after={}&wait=9999", app.epoch(), head(&app, &ana).await);
    let began = app.runtime.monotonic();
    let page = app.get(&path).native(&ana).send().await.json();
    assert_eq!(page["events"], json!([]));
    assert_eq!((app.runtime.monotonic() - began).as_secs(), limits::LONG_POLL_MAX.as_secs());
}

#[tokio::test(start_paused = true)]
async fn another_epoch_or_a_cursor_ahead_needs_a_resync() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let other = app.get("/chat/feed/?epoch=another&after=1&wait=50").native(&ana).send().await.json();
    assert_eq!(other["resync_required"], true);
    let ahead = format!("/chat/feed/?epoch={}&after=99999&wait=50", app.epoch());
    assert_eq!(app.get(&ahead).native(&ana).send().await.json()["resync_required"], true);
}

#[tokio::test(start_paused = true)]
async fn a_closing_server_answers_its_polls() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let path = format!("/chat/feed/?epoch={}&after={}&wait=50", app.epoch(), head(&app, &ana).await);
    let began = app.runtime.monotonic();
    let closing = async {
        app.wait(Duration::from_secs(1)).await;
        app.app.closing().cancel();
    };
    let (page, ()) = tokio::join!(app.get(&path).native(&ana).send(), closing);
    assert_eq!(page.status, 200);
    assert_eq!((app.runtime.monotonic() - began).as_secs(), 1);
}
