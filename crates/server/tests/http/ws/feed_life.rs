//! `WS /ws/feed/`: how it begins, lasts and ends.

use std::time::Duration;

use bedside_protocol::{close, limits};
use bedside_server::store::Store as _;
use serde_json::json;

use crate::support::{Ended, TestApp};

#[tokio::test(start_paused = true)]
async fn a_socket_that_says_nothing_is_closed_after_ten_seconds() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let mut socket = app.feed_socket(&ana).await;
    let began = app.runtime.monotonic();
    assert_eq!(socket.end().await, Ended::Closed(close::TIMEOUT));
    assert_eq!((app.runtime.monotonic() - began).as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn an_old_version_is_asked_to_update() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let mut socket = app.feed_socket(&ana).await;
    socket.send(&json!({ "type": "hello", "proto": 99 })).await;
    assert_eq!(socket.next().await["code"], "upgrade_required");
    assert_eq!(socket.end().await, Ended::Closed(close::UPGRADE_REQUIRED));
}

#[tokio::test(start_paused = true)]
async fn the_first_frame_must_be_hello() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let mut socket = app.feed_socket(&ana).await;
    socket.send(&json!({ "type": "ping", "n": 1 })).await;
    assert_eq!(socket.next().await["code"], "bad_request");
    assert_eq!(socket.end().await, Ended::Closed(1008));
}

#[tokio::test(start_paused = true)]
async fn an_idle_socket_that_answers_pings_lives_on() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut socket, _) = app.greeted(&ana, None).await;
    let later = async {
        app.wait(limits::SOCKET_DEADLINE * 5).await;
        app.say(&drew, app.ana_drew, "still there?").await;
    };
    let (events, ()) = tokio::join!(socket.events(), later); // Reading is what answers the pings.
    assert_eq!(events[0]["message"]["content"], "still there?");
}

#[tokio::test(start_paused = true)]
async fn a_silent_socket_is_dropped_at_the_deadline() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    app.wait(limits::SOCKET_DEADLINE + limits::PING_EVERY + Duration::from_secs(3)).await; // Unread: unanswered.
    // Reading on, the client answers an old ping first and may find the pipe broken before the close frame.
    assert!(matches!(socket.end().await, Ended::Broken | Ended::Closed(close::TIMEOUT)));
}

#[tokio::test(start_paused = true)]
async fn a_session_ended_behind_our_back_ends_the_socket() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    let token = bedside_server::store::TokenHash(sha2_of(&ana.token));
    let session = app.store.session(&token, app.runtime.now()).await.unwrap().unwrap();
    app.store.end_session(session.actor, app.runtime.now()).await.unwrap();
    let began = app.runtime.monotonic();
    assert_eq!(socket.end().await, Ended::Closed(close::UNAUTHENTICATED));
    assert!(app.runtime.monotonic() - began <= limits::PING_EVERY);
}

fn sha2_of(token: &str) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(token.as_bytes()).into()
}

#[tokio::test(start_paused = true)]
async fn a_closing_server_says_goodbye_and_finishes_what_it_began() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    let mut ids = Vec::new();
    for n in 0..20 {
        ids.push(json!(app.client_id()));
        let text = format!("line {n}");
        socket
            .send(&json!({ "type": "send", "client_id": ids[n], "room_id": app.ana_drew, "message": text }))
            .await;
    }
    let mut answered = vec![socket.of_type("sent").await["client_id"].clone()];
    let server = app.app.clone();
    app.runtime.spawn("test.shutdown", async move { server.shutdown(Duration::from_secs(10)).await });
    let goodbye = loop {
        let frame = socket.next().await;
        match frame["type"].as_str().unwrap() {
            "sent" => answered.push(frame["client_id"].clone()),
            "going_away" => break frame,
            other => assert_eq!(other, "events"),
        }
    };
    assert_eq!(answered, ids, "what was begun is answered before the goodbye");
    assert!(goodbye["retry_in_ms"].as_u64().unwrap() <= 5, "nobody else is in its way");
    assert_eq!(socket.end().await, Ended::Closed(close::GOING_AWAY));
}

#[tokio::test(start_paused = true)]
async fn many_clients_of_a_closing_server_are_told_different_moments() {
    let app = TestApp::new().await;
    let mut sockets = Vec::new();
    for who in [app.native("ana").await, app.native("drew").await] {
        for _ in 0..25 {
            sockets.push(app.greeted(&who, None).await.0);
        }
    }
    let mut unheard = app.feed_socket(&app.native("ben").await).await; // It has not said hello yet.
    let server = app.app.clone();
    app.runtime.spawn("test.shutdown", async move { server.shutdown(Duration::from_secs(10)).await });
    let mut moments = Vec::new();
    for socket in &mut sockets {
        moments.push(socket.of_type("going_away").await["retry_in_ms"].as_u64().unwrap());
    }
    assert!(moments.iter().all(|at| *at <= 250), "five milliseconds for each: {moments:?}");
    let early = moments.iter().filter(|at| **at < 125).count();
    assert!((15..=35).contains(&early), "{moments:?}");
    assert!(unheard.of_type("going_away").await["retry_in_ms"].as_u64().unwrap() <= 255);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_read_is_dropped_and_loses_nothing() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let bearer = format!("Bearer {}", ana.token);
    let mut slow = app.socket_of("/ws/feed/", &[("authorization", &bearer)], 2_048).await.unwrap();
    slow.send(&json!({ "type": "hello", "proto": 1 })).await;
    let welcome = slow.next().await;
    for n in 0..700 {
        app.say(&drew, app.ana_drew, &format!("line {n}")).await;
        app.wait(Duration::from_millis(50)).await; // Within the account's rate.
    }
    assert!(matches!(slow.end().await, Ended::Broken | Ended::Closed(close::TOO_SLOW)));
    let cursor = serde_json::from_value(welcome["head"].clone()).unwrap();
    let (mut again, _) = app.greeted(&ana, Some(cursor)).await;
    let mut seen = 0;
    while seen < 700 {
        seen += again.events().await.len();
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_has_only_so_many_sockets() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let mut sockets = Vec::new();
    for _ in 0..32 {
        sockets.push(app.greeted(&ana, None).await);
    }
    let mut one_more = app.feed_socket(&ana).await;
    one_more.send(&json!({ "type": "hello", "proto": 1 })).await;
    assert_eq!(one_more.next().await["code"], "rate_limited");
    sockets.pop();
    app.wait(Duration::from_secs(1)).await;
    app.greeted(&ana, None).await;
}

#[tokio::test(start_paused = true)]
async fn a_page_from_elsewhere_opens_no_socket_and_a_bare_cookie_is_ignored() {
    let app = TestApp::new().await;
    let ana = app.browser("ana").await;
    let cookies = ana.cookies();
    let foreign = app.socket("/ws/feed/", &[("cookie", &cookies), ("origin", "http://evil.example")]).await;
    let refused = foreign.err().unwrap();
    assert_eq!((refused.status.as_u16(), &refused.body["code"]), (403, &json!("origin_not_allowed")));
    let mut bare = app.socket("/ws/feed/", &[("cookie", &cookies)]).await.unwrap();
    bare.send(&json!({ "type": "hello", "proto": 1 })).await;
    assert_eq!(bare.next().await["code"], "unauthenticated");
    let mut ours = app.page_socket(&ana, "/ws/feed/").await.unwrap();
    ours.send(&json!({ "type": "hello", "proto": 1 })).await;
    assert_eq!(ours.next().await["type"], "welcome");
}

#[tokio::test(start_paused = true)]
async fn what_another_process_stored_is_told_at_the_next_check() {
    let app = TestApp::new().await;
    let ben = app.native("ben").await;
    let (mut socket, _) = app.greeted(&ben, None).await;
    app.store.link(None, "ben", "drew").await.unwrap(); // Past the hub, as an administrator's command does.
    let began = app.runtime.monotonic();
    let told = socket.events().await;
    assert_eq!((&told[0]["kind"], &told[0]["person"]["name"]), (&json!("person"), &json!("Drew Lindqvist")));
    assert!(app.runtime.monotonic() - began <= limits::PING_EVERY);
}
