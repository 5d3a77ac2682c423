//! `WS /ws/feed/`: many who come at once.

use std::time::Duration;

use bedside_protocol::{Cursor, FeedSeq, close};
use bedside_server::{Config, Limits};
use serde_json::json;

use crate::support::{Ended, Exposition, TestApp};

/// One account may open any number of sockets.
async fn unlimited() -> TestApp {
    TestApp::with(Config { limits: Limits::Off, ..Config::default() }).await
}

#[tokio::test(start_paused = true)]
async fn a_few_are_greeted_at_once_and_many_in_their_turn() {
    let app = unlimited().await;
    let ana = app.native("ana").await;
    let began = app.runtime.monotonic();
    for _ in 0..25 {
        app.greeted(&ana, None).await;
    }
    assert_eq!(app.runtime.monotonic(), began);
    for _ in 0..50 {
        app.greeted(&ana, None).await;
    }
    let took = app.runtime.monotonic() - began;
    let due = Duration::from_millis(250); // At 200 in a second.
    assert!((due..due * 3 / 2).contains(&took), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn what_is_stored_while_one_waits_for_ones_turn_is_not_missed() {
    let app = unlimited().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (_, welcome) = app.greeted(&ana, None).await;
    let seen = welcome["head"]["feed_seq"].as_i64().unwrap();
    for _ in 0..30 {
        let mut before = app.feed_socket(&drew).await;
        before.send(&json!({ "type": "hello", "proto": 1 })).await;
    }
    let mut socket = app.feed_socket(&ana).await;
    let cursor = Cursor { epoch: app.epoch(), feed_seq: FeedSeq(seen) };
    socket.send(&json!({ "type": "hello", "proto": 1, "cursor": cursor })).await;
    app.say(&drew, app.ana_drew, "meanwhile").await;
    assert_eq!(socket.next().await["head"]["feed_seq"], seen + 1);
    app.say(&drew, app.ana_drew, "afterwards").await;
    for text in ["meanwhile", "afterwards"] {
        let events = socket.events().await;
        assert_eq!((events.len(), &events[0]["message"]["content"]), (1, &json!(text)));
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_comes_to_a_line_that_is_too_long_is_told_when_to_come_again() {
    let app = unlimited().await;
    let ana = app.native("ana").await;
    let mut crowd = Vec::new();
    for _ in 0..2_600 {
        let mut socket = app.feed_socket(&ana).await;
        socket.send(&json!({ "type": "hello", "proto": 1 })).await;
        crowd.push(socket);
    }
    let mut last = crowd.pop().unwrap();
    let again = last.next().await;
    assert_eq!(again["type"], "going_away");
    assert!((5_000..=10_000).contains(&again["retry_in_ms"].as_u64().unwrap()), "{again}");
    assert_eq!(last.end().await, Ended::Closed(close::GOING_AWAY));
    assert!(Exposition::of(&app).await.value("bedside_sockets_arriving", &[]) > 1_000.0);
    let mut first = crowd.swap_remove(26);
    assert_eq!(first.next().await["type"], "welcome");
    app.wait(Duration::from_secs(10)).await;
    assert_eq!(Exposition::of(&app).await.value("bedside_sockets_arriving", &[]), 0.0);
}
