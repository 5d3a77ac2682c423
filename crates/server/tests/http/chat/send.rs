//! `POST /chat/send-message/`

use std::time::Duration;

use bedside_protocol::limits;
use bedside_server::{Config, Limits};
use serde_json::{Value, json};

use crate::support::{ORIGIN, TestApp};

#[tokio::test(start_paused = true)]
async fn the_described_request_works_under_any_content_type() {
    let app = TestApp::new().await;
    let ana = app.browser("ana").await;
    let body = json!({ "room_id": app.ana_drew, "message": "hello" }).to_string();
    for content_type in
        ["text/plain;charset=UTF-8", "application/json", "application/x-www-form-urlencoded", "x/y"]
    {
        let post = app.post("/chat/send-message/").browser(&ana).header("origin", ORIGIN);
        let answer = post.header("content-type", content_type).text(body.clone()).send().await;
        assert_eq!(answer.status, 200, "{content_type}");
        assert_eq!(answer.json()["status"], "success");
        assert_eq!(answer.json()["success"], true);
        assert_eq!(answer.json()["message"]["content"], "hello");
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_id_may_be_text_as_pages_send_it() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let wish = json!({ "room_id": app.ana_drew.to_string(), "message": "hello" });
    assert_eq!(app.post("/chat/send-message/").native(&ana).json(&wish).send().await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn the_same_command_is_stored_once_and_answered_alike() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let wish = json!({ "room_id": app.ana_drew, "message": "hello", "client_id": app.client_id() });
    let send = async |wish: &Value| app.post("/chat/send-message/").native(&ana).json(wish).send().await;
    let first = send(&wish).await;
    assert_eq!(first.body, send(&wish).await.body);
    let mut other = wish.clone();
    other["message"] = json!("something else");
    assert_eq!(send(&other).await.code(), "client_id_reused");
    let page = app.get(&format!("/chat/messages/{}/", app.ana_drew)).native(&ana).send().await.json();
    assert_eq!(page["messages"].as_array().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn text_is_normalised_and_its_limits_are_said() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let send = async |text: &str| {
        let wish = json!({ "room_id": app.ana_drew, "message": text });
        app.post("/chat/send-message/").native(&ana).json(&wish).send().await
    };
    assert_eq!(send("  Scho\u{308}n\r\n").await.json()["message"]["content"], "Sch\u{f6}n");
    assert_eq!(send(" \u{200B} ").await.code(), "empty_message");
    assert_eq!(send(&"x".repeat(limits::MESSAGE_CHARS)).await.status, 200);
    assert_eq!(send(&"x".repeat(limits::MESSAGE_CHARS + 1)).await.code(), "too_large");
    assert_eq!(send(&"x".repeat(limits::BODY_BYTES)).await.code(), "too_large");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_read_is_refused_without_quoting_it() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let send =
        async |body: &str| app.post("/chat/send-message/").native(&ana).text(body.to_owned()).send().await;
    for body in ["", "{", r#"{"room_id":1}"#, r#"{"room_id":"my secret","message":"x"}"#, r#"["my secret"]"#]
    {
        let answer = send(body).await;
        assert_eq!(answer.code(), "bad_request", "{body}");
        assert!(!answer.text().contains("secret"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_strangers_room_and_a_missing_one_are_the_same() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let send = async |room: i64| {
        let wish = json!({ "room_id": room, "message": "hello" });
        app.post("/chat/send-message/").native(&ana).json(&wish).send().await
    };
    let foreign = send(app.ben_eve.0).await;
    assert_eq!(foreign.code(), "not_found");
    assert_eq!(foreign.body, send(999_999).await.body);
}

#[tokio::test(start_paused = true)]
async fn an_account_that_floods_is_slowed_down() {
    for (limits, refused) in [(Limits::On, true), (Limits::Off, false)] {
        let app = TestApp::with(Config { limits, ..Config::default() }).await;
        let (ana, drew) = (app.native("ana").await, app.native("drew").await);
        let wish = json!({ "room_id": app.ana_drew, "message": "hello" });
        let mut last = None;
        for _ in 0..130 {
            last = Some(app.post("/chat/send-message/").native(&ana).json(&wish).send().await);
        }
        let last = last.unwrap();
        assert_eq!(last.status == 429, refused);
        if refused {
            assert_eq!(last.code(), "rate_limited");
            assert_eq!(last.header("retry-after"), Some("1"));
        }
        let other = app.post("/chat/send-message/").native(&drew).json(&wish).send().await;
        assert_eq!(other.status, 200);
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_whose_sender_hung_up_is_delivered_all_the_same() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut socket, _) = app.greeted(&drew, None).await;
    let wish = json!({ "room_id": app.ana_drew, "message": "hello" });
    let mut told = None;
    // Hangs up after so many steps, until one of them is just after the command was handed in; a database beyond a
    // network takes thousands.
    for patience in (0..100).chain((0..120).map(|n| (100.0 * 1.08_f64.powi(n)) as u32)) {
        let mut steps = 0;
        let hang_up = std::future::poll_fn(|context| {
            steps += 1;
            context.waker().wake_by_ref();
            if steps > patience { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        });
        let post = app.post("/chat/send-message/").native(&ana).json(&wish).send();
        tokio::select! {
            biased;
            _ = post => break,
            () = hang_up => {}
        }
        if let Ok(events) = tokio::time::timeout(Duration::from_millis(10), socket.events()).await {
            told = Some(events);
            break;
        }
    }
    let told = told.expect("no attempt hung up between handing the command in and its answer");
    assert_eq!(told[0]["message"]["content"], "hello");
}
