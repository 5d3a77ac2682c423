//! `GET /metrics`

use std::time::Duration;

use axum::body::Body;
use bedside_protocol::limits;
use bedside_server::Config;
use serde_json::json;
use tower::ServiceExt as _;

use crate::support::{Ended, Exposition, TestApp, login};

async fn read(app: &TestApp) -> Exposition {
    Exposition::of(app).await
}

fn command<'a>(kind: &'a str, outcome: &'a str) -> [(&'a str, &'a str); 2] {
    [("kind", kind), ("outcome", outcome)]
}

#[tokio::test(start_paused = true)]
async fn every_metric_is_explained() {
    let app = TestApp::new().await;
    let read = read(&app).await;
    assert!(read.families.len() > 15, "{:?}", read.families.keys());
    for (name, family) in &read.families {
        assert!(family.help.len() > 10 && !family.kind.is_empty(), "{name}: {family:?}");
        assert!(name.starts_with("bedside_") || name == "process_start_time_seconds", "{name}");
    }
    assert_eq!(read.value("bedside_build_info", &[("version", env!("CARGO_PKG_VERSION"))]), 1.0);
    assert_eq!(read.value("process_start_time_seconds", &[]), 1_795_363_200.0);
}

#[tokio::test(start_paused = true)]
async fn counts_move_when_messages_are_sent() {
    let app = TestApp::new().await;
    let (ana, eve) = (app.native("ana").await, app.native("eve").await);
    let wish = json!({ "room_id": app.ana_drew, "message": "text", "client_id": app.client_id() });
    for status in [200, 200] {
        let answer = app.post("/chat/send-message/").native(&ana).json(&wish).send().await;
        assert_eq!(answer.status, status);
    }
    app.post("/chat/send-message/").native(&eve).json(&wish).send().await;
    app.post(&format!("/chat/room/{}/read/", app.ana_drew))
        .native(&ana)
        .json(&json!({ "up_to": 1 }))
        .send()
        .await;
    let read = read(&app).await;
    let commands = |outcome| read.value("bedside_commands_total", &command("send_message", outcome));
    assert_eq!(
        [commands("stored"), commands("repeated"), commands("refused"), commands("failed")],
        [1., 1., 1., 0.]
    );
    assert_eq!(read.value("bedside_commit_latency_seconds_count", &[("kind", "send_message")]), 3.0);
    let marks = ["stored", "repeated"]
        .map(|outcome| read.value("bedside_commands_total", &command("mark_read", outcome)));
    assert_eq!(marks.iter().sum::<f64>(), 1.0);
    assert_eq!(read.value("bedside_commands_under_way", &[]), 0.0);
}

#[tokio::test(start_paused = true)]
async fn a_command_that_waits_for_its_commit_is_under_way_and_the_latency_is_that_of_the_commit() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    app.store.stop_committing();
    let waiting = async {
        app.wait(Duration::from_secs(7)).await;
        let stalled = read(&app).await;
        app.store.commit_again();
        stalled
    };
    let (_, stalled) = tokio::join!(app.say(&ana, app.ana_drew, "late"), waiting);
    assert_eq!(stalled.value("bedside_commands_under_way", &[]), 1.0);
    app.wait(Duration::from_secs(2)).await;
    let read = read(&app).await;
    assert_eq!(read.value("bedside_commands_under_way", &[]), 0.0);
    assert!(read.value("bedside_commit_latency_seconds_sum", &[("kind", "send_message")]) >= 7.0);
}

#[tokio::test(start_paused = true)]
async fn a_database_that_does_not_commit_or_cannot_be_read_shows() {
    let app = TestApp::new().await;
    let state = async || {
        let read = read(&app).await;
        ["bedside_database_readable", "bedside_database_writable"].map(|name| read.value(name, &[]))
    };
    assert_eq!(state().await, [1.0, 1.0]);
    app.store.stop_committing();
    for _ in 0..6 {
        app.wait(Duration::from_secs(1)).await;
        state().await;
    }
    assert_eq!(state().await, [1.0, 0.0]);
    bedside_server::store::Store::close(&*app.store).await;
    app.wait(Duration::from_secs(1)).await;
    assert_eq!(state().await, [0.0, 0.0]);
}

#[tokio::test(start_paused = true)]
async fn sockets_are_counted_and_so_is_why_they_ended() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let page = app.browser("drew").await;
    let (mut feed, _) = app.greeted(&ana, None).await;
    let (silent, _) = app.greeted(&drew, None).await;
    let room = app.page_socket(&page, &format!("/ws/chat/{}/", app.ana_drew)).await.unwrap();
    let open = async || {
        let read = read(&app).await;
        ["feed", "room"].map(|kind| read.value("bedside_sockets", &[("kind", kind)]))
    };
    assert_eq!(open().await, [2.0, 1.0]);
    app.post("/accounts/logout/").native(&ana).send().await;
    assert!(matches!(feed.end().await, Ended::Closed(_)));
    drop(room);
    app.wait(limits::SOCKET_DEADLINE * 2).await; // Nothing answers the pings of a socket that is not read.
    drop(silent);
    assert_eq!(open().await, [0.0, 0.0]);
    let read = read(&app).await;
    let closed =
        |kind, reason| read.value("bedside_sockets_closed_total", &[("kind", kind), ("reason", reason)]);
    assert_eq!(closed("feed", "signed_out"), 1.0);
    assert_eq!(closed("feed", "silent"), 1.0);
    assert_eq!(closed("room", "gone"), 1.0);
    assert_eq!(closed("feed", "gone"), 0.0);
}

#[tokio::test(start_paused = true)]
async fn a_socket_says_that_the_server_went_away() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let (mut feed, _) = app.greeted(&ana, None).await;
    app.app.closing().cancel();
    assert_eq!(feed.end().await, Ended::Closed(1001));
    app.wait(Duration::from_secs(3)).await;
    let gone = [("kind", "feed"), ("reason", "going_away")];
    assert_eq!(read(&app).await.value("bedside_sockets_closed_total", &gone), 1.0);
}

#[tokio::test(start_paused = true)]
async fn a_held_poll_is_counted_while_it_is_held() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let head = app.get("/chat/feed/").native(&ana).send().await.json()["head"].clone();
    let path = format!("/chat/feed/?after={head}&wait=5");
    let held = async {
        app.wait(Duration::from_secs(2)).await;
        read(&app).await.value("bedside_long_polls", &[])
    };
    let (_, held) = tokio::join!(app.get(&path).native(&ana).send(), held);
    assert_eq!(held, 1.0);
    assert_eq!(read(&app).await.value("bedside_long_polls", &[]), 0.0);
}

#[tokio::test(start_paused = true)]
async fn the_lag_of_the_feed_is_told_by_where_it_was_stored() {
    let (one, two, _line) = TestApp::two().await;
    let (ana, drew) = (one.native("ana").await, one.native("drew").await);
    let (mut here, _) = one.greeted(&ana, None).await;
    let (mut elsewhere, _) = two.greeted(&ana, None).await;
    one.say(&drew, one.ana_drew, "text").await;
    assert_eq!((here.events().await.len(), elsewhere.events().await.len()), (1, 1));
    let lag = async |app: &TestApp| {
        let read = read(app).await;
        ["here", "elsewhere"].map(|place| read.value("bedside_feed_lag_seconds_count", &[("stored", place)]))
    };
    assert_eq!(lag(&one).await, [1.0, 0.0]);
    assert_eq!(lag(&two).await, [0.0, 1.0]);
    assert_eq!(read(&two).await.value("bedside_bus", &[("way", "postgres")]), 1.0);
    assert_eq!(read(&two).await.value("bedside_bus", &[("way", "polling")]), 0.0);
}

#[tokio::test(start_paused = true)]
async fn attempts_to_sign_in_are_counted_by_how_they_ended() {
    let app = TestApp::new().await;
    app.native("ana").await;
    let mut wrong = login("drew");
    wrong["password"] = json!("not the right one");
    for _ in 0..6 {
        app.post("/accounts/login/").json(&wrong).send().await;
    }
    let read = read(&app).await;
    let ended = |how| read.value("bedside_sign_ins_total", &[("outcome", how)]);
    assert_eq!([ended("signed_in"), ended("wrong_credentials"), ended("throttled")], [1.0, 5.0, 1.0]);
}

#[tokio::test(start_paused = true)]
async fn requests_are_counted_by_the_pattern_of_their_route() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    for room in [app.ana_drew, app.ben_eve] {
        app.get(&format!("/chat/messages/{room}/")).native(&ana).send().await;
    }
    app.get("/nowhere/of/ana/").send().await;
    let read = read(&app).await;
    let requests = |route, status| {
        read.value("bedside_http_requests_total", &[("method", "GET"), ("route", route), ("status", status)])
    };
    assert_eq!(requests("/chat/messages/{room_id}/", "2xx"), 1.0);
    assert_eq!(requests("/chat/messages/{room_id}/", "4xx"), 1.0);
    assert_eq!(requests("none", "4xx"), 1.0);
    let took = [("method", "GET"), ("route", "/chat/messages/{room_id}/")];
    assert_eq!(read.value("bedside_http_request_duration_seconds_count", &took), 2.0);
}

/// Every label and each of its values is a word of the server's own.
#[tokio::test(start_paused = true)]
async fn no_label_names_anybody() {
    let app = TestApp::with(Config::default()).await;
    let ana = app.native("ana").await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    app.say(&ana, app.ana_drew, "hush").await;
    socket.next().await;
    app.get(&format!("/chat/room/{}/", app.ana_drew)).native(&ana).send().await;
    app.get("/ana/?name=ana").from("192.0.2.7").send().await;
    let read = read(&app).await;
    for (name, value) in read.labels() {
        let known = match name {
            "route" => value == "none" || value.starts_with('/') && !value.contains("ana"),
            "le" => value.parse::<f64>().is_ok(),
            "version" => value == env!("CARGO_PKG_VERSION"),
            "kind" | "outcome" | "reason" | "stored" | "way" | "pool" | "state" | "channel" | "fate"
            | "what" => value.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
            "method" => ["GET", "HEAD", "POST", "OPTIONS", "other"].contains(&value),
            "status" => ["1xx", "2xx", "3xx", "4xx", "5xx"].contains(&value),
            other => panic!("{other} is no label of ours"),
        };
        assert!(known, "{name}={value}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_store_says_what_it_works_with() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    app.say(&ana, app.ana_drew, "text").await;
    let read = read(&app).await;
    assert_eq!(read.value("bedside_store_waiting", &[]), 0.0);
    if read.has("bedside_database_connections") {
        for pool in ["writing", "reading"] {
            let of = |state| read.value("bedside_database_connections", &[("pool", pool), ("state", state)]);
            assert!(of("idle") >= 1.0 && of("in_use") == 0.0);
            assert_eq!(read.value("bedside_database_connections_max", &[("pool", pool)]), 3.0);
        }
    } else {
        assert!(read.value("bedside_store_committed_total", &[]) >= 1.0);
        let commits = read.value("bedside_store_commit_duration_seconds_count", &[]);
        assert!(commits >= 1.0 && commits <= read.value("bedside_store_committed_total", &[]));
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_else_is_served_there_and_metrics_nowhere_else() {
    let app = TestApp::new().await;
    for path in ["/", "/chat/", "/healthz"] {
        let request = http::Request::get(path).body(Body::empty()).unwrap();
        assert_eq!(app.app.metrics_router().oneshot(request).await.unwrap().status(), 404, "{path}");
    }
    assert_eq!(app.get("/metrics").send().await.code(), "not_found");
}
