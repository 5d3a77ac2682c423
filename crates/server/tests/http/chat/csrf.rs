//! A POST by cookie passes by its `Origin` or by its token; a bearer token needs neither.

use bedside_server::Config;
use serde_json::json;

use crate::support::{ORIGIN, TestApp};

#[tokio::test(start_paused = true)]
async fn a_cookie_alone_changes_nothing() {
    let app = TestApp::new().await;
    let ana = app.browser("ana").await;
    let wish = json!({ "room_id": app.ana_drew, "message": "hello" });
    let read = format!("/chat/room/{}/read/", app.ana_drew);
    for path in ["/chat/send-message/", "/chat/rooms/", &read, "/accounts/logout/"] {
        let bare = app.post(path).browser(&ana).json(&wish).send().await;
        assert_eq!(bare.code(), "csrf_failed", "{path}");
        for origin in ["null", "http://evil.example", "http://bedside.test:81", "https://bedside.test"] {
            let answer = app.post(path).browser(&ana).header("origin", origin).json(&wish).send().await;
            assert_eq!(answer.code(), "csrf_failed", "{path} from {origin}");
        }
    }
    let drew = app.native("drew").await;
    assert_eq!(app.get("/chat/unread/").native(&drew).send().await.json()["unread"], 0);
}

#[tokio::test(start_paused = true)]
async fn our_origin_or_the_token_lets_it_pass() {
    let app = TestApp::new().await;
    let ana = app.browser("ana").await;
    let wish = json!({ "room_id": app.ana_drew, "message": "hello" });
    let post = || app.post("/chat/send-message/").browser(&ana);
    assert_eq!(post().header("origin", ORIGIN).json(&wish).send().await.status, 200);
    assert_eq!(post().header("x-csrftoken", &ana.csrf).json(&wish).send().await.status, 200);
    let foreign = post().header("origin", "http://evil.example").header("x-csrftoken", &ana.csrf);
    assert_eq!(foreign.json(&wish).send().await.status, 200);
    let wrong = "A".repeat(43);
    assert_eq!(post().header("x-csrftoken", &wrong).json(&wish).send().await.code(), "csrf_failed");
}

#[tokio::test(start_paused = true)]
async fn an_allow_listed_origin_passes_exactly() {
    let allow_origins = vec!["https://platform.example".parse().unwrap()];
    let app = TestApp::with(Config { allow_origins, ..Config::default() }).await;
    let ana = app.browser("ana").await;
    let wish = json!({ "room_id": app.ana_drew, "message": "hello" });
    let from =
        |origin: &str| app.post("/chat/send-message/").browser(&ana).header("origin", origin).json(&wish);
    assert_eq!(from("https://platform.example").send().await.status, 200);
    assert_eq!(from("https://platform.example.evil").send().await.code(), "csrf_failed");
    assert_eq!(from("http://platform.example").send().await.code(), "csrf_failed");
}
