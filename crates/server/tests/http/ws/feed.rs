//! `WS /ws/feed/`: what is said on it.

use bedside_protocol::{Cursor, FeedSeq, close, limits};
use bedside_server::store::{AccountChange, Store as _};
use serde_json::json;

use crate::support::{Ended, TestApp};

#[tokio::test(start_paused = true)]
async fn hello_is_answered_with_who_and_where() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let (_socket, welcome) = app.greeted(&ana, None).await;
    assert_eq!(welcome["proto"], 1);
    assert_eq!(welcome["account"]["username"], "ana");
    assert_eq!(welcome["head"]["epoch"], app.epoch().as_str());
    assert_eq!(welcome["stale_after_ms"], 4 * 60 * 60 * 1_000);
}

#[tokio::test(start_paused = true)]
async fn the_token_may_come_in_the_first_frame() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let mut socket = app.socket("/ws/feed/", &[]).await.unwrap();
    socket.send(&json!({ "type": "hello", "proto": 1, "token": ana.token })).await;
    assert_eq!(socket.next().await["type"], "welcome");
    let mut stranger = app.socket("/ws/feed/", &[]).await.unwrap();
    stranger.send(&json!({ "type": "hello", "proto": 1, "token": "made-up" })).await;
    assert_eq!(stranger.next().await["code"], "unauthenticated");
    assert_eq!(stranger.end().await, Ended::Closed(close::UNAUTHENTICATED));
}

#[tokio::test(start_paused = true)]
async fn a_message_is_acknowledged_and_reaches_both_accounts() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut here, _) = app.greeted(&ana, None).await;
    let (mut there, _) = app.greeted(&drew, None).await;
    let client_id = app.client_id();
    let send = json!({ "type": "send", "client_id": client_id, "room_id": app.ana_drew, "message": "hello" });
    here.send(&send).await;
    let sent = here.of_type("sent").await;
    assert_eq!(sent["client_id"], json!(client_id));
    assert_eq!(sent["message"]["room_seq"], 1);
    let told = there.events().await;
    assert_eq!(told[0]["message"]["content"], "hello");
    assert!(told[0]["message"]["client_id"].is_null());
    here.send(&send).await;
    assert_eq!(here.of_type("sent").await["message"]["id"], sent["message"]["id"]);
    assert!(there.is_silent().await, "a repeated command is not told again");
}

#[tokio::test(start_paused = true)]
async fn many_commands_in_flight_keep_their_order() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut here, _) = app.greeted(&ana, None).await;
    let (mut there, welcome) = app.greeted(&drew, None).await;
    for n in 0..100 {
        let message = format!("line {n}");
        let client_id = app.client_id();
        here.send(
            &json!({ "type": "send", "client_id": client_id, "room_id": app.ana_drew, "message": message }),
        )
        .await;
    }
    let mut next = welcome["head"]["feed_seq"].as_i64().unwrap() + 1;
    let mut lines = Vec::new();
    while lines.len() < 100 {
        for event in there.events().await {
            assert_eq!(event["feed_seq"], next, "dense");
            next += 1;
            lines.push(event["message"]["content"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(lines, (0..100).map(|n| format!("line {n}")).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn the_stream_goes_on_where_the_cursor_stands() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (_, welcome) = app.greeted(&ana, None).await;
    let seen = welcome["head"]["feed_seq"].as_i64().unwrap();
    for text in ["one", "two"] {
        app.say(&drew, app.ana_drew, text).await;
    }
    let cursor = Cursor { epoch: app.epoch(), feed_seq: FeedSeq(seen) };
    let (mut socket, welcome) = app.greeted(&ana, Some(cursor)).await;
    assert_eq!(welcome["head"]["feed_seq"], seen + 2);
    let missed = socket.events().await;
    assert_eq!(
        missed.iter().map(|event| event["feed_seq"].as_i64().unwrap()).collect::<Vec<_>>(),
        [seen + 1, seen + 2]
    );
    app.say(&drew, app.ana_drew, "three").await;
    assert_eq!(socket.events().await[0]["feed_seq"], seen + 3);
}

#[tokio::test(start_paused = true)]
async fn a_cursor_that_cannot_be_continued_needs_a_resync() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    for (epoch, feed_seq) in [("another".to_owned(), 1), (app.epoch().0, 99_999)] {
        let cursor = Cursor { epoch: bedside_protocol::Epoch(epoch), feed_seq: FeedSeq(feed_seq) };
        let (mut socket, welcome) = app.greeted(&ana, Some(cursor)).await;
        let resync = socket.next().await;
        assert_eq!(resync["type"], "resync_required");
        assert_eq!(resync["head"], welcome["head"]);
        app.say(&drew, app.ana_drew, "after the head").await;
        let next = welcome["head"]["feed_seq"].as_i64().unwrap() + 1;
        assert_eq!(socket.events().await[0]["feed_seq"], next);
    }
}

#[tokio::test(start_paused = true)]
async fn a_command_that_fails_changes_nothing_and_says_which() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    let id = app.client_id();
    let send =
        |room: i64, text: &str| json!({ "type": "send", "client_id": id, "room_id": room, "message": text });
    socket.send(&send(app.ben_eve.0, "hello")).await;
    let foreign = socket.next().await;
    socket.send(&send(999_999, "hello")).await;
    assert_eq!(foreign, socket.next().await);
    assert_eq!(foreign["code"], "not_found");
    assert_eq!(foreign["client_id"], json!(id));
    socket.send(&send(app.ana_drew.0, "  ")).await;
    assert_eq!(socket.next().await["code"], "empty_message");
    socket.send(&send(app.ana_drew.0, "hello")).await;
    assert_eq!(socket.of_type("sent").await["message"]["room_seq"], 1);
    socket.send(&send(app.ana_drew.0, "something else")).await;
    assert_eq!(socket.of_type("error").await["code"], "client_id_reused");
}

#[tokio::test(start_paused = true)]
async fn unreadable_frames_are_answered_and_forgiven() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    for text in ["", "{", r#"{"type":"hologram"}"#, r#"{"type":"hello","proto":1}"#] {
        socket.send_text(text).await;
        assert_eq!(socket.next().await["code"], "bad_request", "{text}");
    }
    socket.send(&json!({ "type": "ping", "n": 7 })).await;
    assert_eq!(socket.next().await, json!({ "type": "pong", "n": 7 }));
}

#[tokio::test(start_paused = true)]
async fn a_read_mark_is_not_answered_but_told_to_both() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    app.say(&drew, app.ana_drew, "hello").await;
    let (mut here, _) = app.greeted(&ana, None).await;
    let (mut there, _) = app.greeted(&drew, None).await;
    here.send(&json!({ "type": "read", "room_id": app.ana_drew, "up_to": 1 })).await;
    for socket in [&mut here, &mut there] {
        let told = socket.events().await;
        assert_eq!((&told[0]["kind"], &told[0]["read_mark"]["up_to"]), (&json!("read_mark"), &json!(1)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_flood_of_messages_is_slowed_down_by_name() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    let mut ids = Vec::new();
    for _ in 0..130 {
        ids.push(app.client_id());
        let send =
            json!({ "type": "send", "client_id": ids.last(), "room_id": app.ana_drew, "message": "x" });
        socket.send(&send).await;
    }
    let refused = socket.of_type("error").await;
    assert_eq!(refused["code"], "rate_limited");
    assert!(refused["retry_after_ms"].as_u64().unwrap() > 0);
    assert!(ids.iter().any(|id| json!(id) == refused["client_id"]));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_heeds_no_refusal_is_cut_off() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    for _ in 0..100 {
        socket.send_text("{").await;
    }
    for _ in 0..99 {
        assert_eq!(socket.next().await["code"], "bad_request");
    }
    assert_eq!(socket.next().await["code"], "rate_limited");
    assert_eq!(socket.end().await, Ended::Closed(close::TOO_SLOW));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_never_stops_talking_is_looked_at_all_the_same() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    app.store.change_account(None, "ana", AccountChange::SignOut).await.unwrap();
    for n in 0..50 {
        socket.send(&json!({ "type": "ping", "n": n })).await;
    }
    tokio::time::advance(limits::PING_EVERY).await;
    let mut answered = 0;
    while socket.next().await["type"] == "pong" {
        answered += 1;
    }
    assert!(answered <= 1, "{answered} frames went before the look");
    assert_eq!(socket.end().await, Ended::Closed(close::UNAUTHENTICATED));
}

#[tokio::test(start_paused = true)]
async fn a_frame_beyond_the_limit_ends_the_socket() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    socket.send_text(&"x".repeat(limits::FRAME_BYTES + 1)).await;
    assert_eq!(socket.end().await, Ended::Closed(close::TOO_LARGE));
}

#[tokio::test(start_paused = true)]
async fn a_room_is_set_up_by_a_frame_too_and_the_feed_says_so() {
    let app = TestApp::new().await;
    let drew = app.native("drew").await;
    let (mut here, _) = app.greeted(&drew, None).await;
    here.send(&json!({ "type": "flags", "room_id": app.ana_drew, "pinned": true })).await;
    assert_eq!(here.events().await[0]["room"]["flags"]["pinned"], true);
    here.send(&json!({ "type": "flags", "room_id": app.ben_eve, "pinned": true })).await;
    assert_eq!(here.of_type("error").await["code"], "not_found");
}
