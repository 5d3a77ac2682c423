//! `GET /chat/`

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn the_list_is_json_for_a_program() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    app.say(&ana, app.ana_drew, "good morning").await;
    let list = app.get("/chat/").header("accept", "application/json").native(&drew).send().await.json();
    assert_eq!(list["unread"], 1);
    assert_eq!(list["rooms"][0]["room_id"], app.ana_drew.0);
    assert_eq!(list["rooms"][0]["other"]["name"], "Ana Ribeiro");
    assert_eq!(list["rooms"][0]["last_message"]["content"], "good morning");
    assert_eq!(list["rooms"][0]["url"], format!("/chat/room/{}/", app.ana_drew));
    assert_eq!(list["cursor"]["epoch"], app.epoch().as_str());
}

#[tokio::test(start_paused = true)]
async fn the_list_is_paged_by_room() {
    let app = TestApp::new().await;
    let eve = app.native("eve").await;
    let ana = app.native("ana").await;
    let open = serde_json::json!({ "account_id": ana.account_id });
    assert_eq!(app.post("/chat/rooms/").native(&eve).json(&open).send().await.status, 200);
    let first = app.get("/chat/?limit=1").native(&eve).send().await.json();
    assert_eq!(first["has_more"], true);
    let after = &first["rooms"][0]["room_id"];
    let second = app.get(&format!("/chat/?limit=1&after_room={after}")).native(&eve).send().await.json();
    assert_eq!(second["has_more"], false);
    assert_ne!(second["rooms"][0]["room_id"], *after);
}

#[tokio::test(start_paused = true)]
async fn a_browser_sees_links_previews_and_unread_counts() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    app.say(&ana, app.ana_drew, "<b>good</b> morning").await;
    let drew = app.browser("drew").await;
    let page = app.get("/chat/").page().browser(&drew).send().await;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains(&format!(r#"href="/chat/room/{}/""#, app.ana_drew)));
    assert!(text.contains("Ana Ribeiro") && text.contains("1 unread message"));
    assert!(text.contains("&lt;b&gt;good&lt;/b&gt; morning"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"));
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
}

#[tokio::test(start_paused = true)]
async fn an_administrators_browser_is_told_what_the_account_is_for_and_can_leave() {
    let app = TestApp::new().await;
    let root = app.browser("root").await;
    let page = app.get("/chat/").page().browser(&root).send().await;
    assert_eq!(page.status, 403);
    let text = page.text();
    assert!(text.contains("This account has no conversations.") && text.contains("bedside-server admin"));
    assert!(text.contains(r#"action="/accounts/logout/""#), "{text}");
    let german = app.get("/chat/").page().header("accept-language", "de").browser(&root).send().await;
    assert!(german.text().contains("Ein Verwaltungskonto"));
    assert_eq!(app.get("/chat/").browser(&root).send().await.code(), "not_found", "as for every program");
}

#[tokio::test(start_paused = true)]
async fn a_stranger_is_asked_to_sign_in() {
    let app = TestApp::new().await;
    let page = app.get("/chat/").page().send().await;
    assert_eq!(page.status, 302);
    assert_eq!(page.header("location"), Some("/accounts/login/?next=%2Fchat%2F"));
    assert_eq!(app.get("/chat/").send().await.code(), "unauthenticated");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_produced_is_said() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let answer = app.get("/chat/").header("accept", "image/png").native(&ana).send().await;
    assert_eq!(answer.code(), "not_acceptable");
    assert_eq!(app.get("/chat/?limit=x").native(&ana).send().await.code(), "bad_request");
}
