//! What needs no session, and what is not there.

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn a_missing_slash_is_added_for_readers_only() {
    let app = TestApp::new().await;
    let answer = app.get("/chat/messages/3?before=7").send().await;
    assert_eq!(answer.status, 301);
    assert_eq!(answer.header("location"), Some("/chat/messages/3/?before=7"));
    assert_eq!(app.post("/chat/send-message").send().await.code(), "not_found");
    assert_eq!(app.get("//evil.example").send().await.code(), "not_found");
}

#[tokio::test(start_paused = true)]
async fn unknown_paths_and_methods_are_problems_too() {
    let app = TestApp::new().await;
    assert_eq!(app.get("/nowhere/").send().await.code(), "not_found");
    assert_eq!(app.post("/chat/").send().await.code(), "method_not_allowed");
    assert_eq!(app.get("/chat/send-message/").send().await.code(), "method_not_allowed");
    let page = app.get("/nowhere/").page().send().await;
    assert_eq!(page.status, 404);
    assert!(page.text().starts_with("<!DOCTYPE html>"));
}

#[tokio::test(start_paused = true)]
async fn the_root_leads_to_the_list() {
    let app = TestApp::new().await;
    let answer = app.get("/").send().await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, Some("/chat/")));
}

#[tokio::test(start_paused = true)]
async fn scripts_and_styles_are_files_of_their_own() {
    let app = TestApp::new().await;
    for (name, kind) in
        [("room.js", "text/javascript"), ("times.js", "text/javascript"), ("app.css", "text/css")]
    {
        let answer = app.get(&format!("/static/{name}")).send().await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").unwrap().starts_with(kind));
    }
    assert_eq!(app.get("/static/other.js").send().await.code(), "not_found");
}
