//! `GET /chat/room/<room_id>/`

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn a_member_sees_the_room() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let answer = app.get(&format!("/chat/room/{}/", app.ana_drew)).native(&ana).send().await;
    assert_eq!(answer.json()["room"]["other"]["name"], "Drew Lindqvist");
    assert_eq!(answer.json()["room"]["writable"], true);
}

#[tokio::test(start_paused = true)]
async fn a_strangers_room_and_a_missing_one_are_the_same() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let foreign = app.get(&format!("/chat/room/{}/", app.ben_eve)).native(&ana).send().await;
    let missing = app.get("/chat/room/999999/").native(&ana).send().await;
    let no_number = app.get("/chat/room/abc/").native(&ana).send().await;
    assert_eq!(foreign.code(), "not_found");
    assert_eq!(foreign.body, missing.body);
    assert_eq!(foreign.body, no_number.body);
}

#[tokio::test(start_paused = true)]
async fn the_page_has_history_and_a_form_that_works_without_scripts() {
    let app = TestApp::new().await;
    let drew = app.native("drew").await;
    app.say(&drew, app.ana_drew, "1 < 2 & \"quoted\"").await;
    let ana = app.browser("ana").await;
    let path = format!("/chat/room/{}/", app.ana_drew);
    let page = app.get(&path).page().browser(&ana).send().await;
    let text = page.text();
    assert!(text.contains("1 &lt; 2 &amp; "));
    assert!(text.contains(r#"action="/chat/send-message/""#));
    assert!(
        page.header("content-security-policy").unwrap().contains("connect-src 'self' ws://bedside.test;")
            || page
                .header("content-security-policy")
                .unwrap()
                .ends_with("connect-src 'self' ws://bedside.test")
    );
    let client_id = value_of(&text, "client_id");
    let room = app.ana_drew.to_string();
    let fields = [
        ("room_id", room.as_str()),
        ("message", "from the form"),
        ("client_id", &client_id),
        ("csrfmiddlewaretoken", &ana.csrf),
    ];
    for _ in 0..2 {
        let sent = app.post("/chat/send-message/").page().browser(&ana).form(&fields).send().await;
        assert_eq!(sent.status, 303);
        assert_eq!(sent.header("location"), Some(path.as_str()));
    }
    let page = app.get(&path).page().browser(&ana).send().await.text();
    assert_eq!(page.matches("from the form").count(), 1);
}

fn value_of(page: &str, name: &str) -> String {
    let start = format!(r#"name="{name}" value=""#);
    let (_, rest) = page.split_once(&start).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_page_about_nothing_says_so_in_the_readers_language() {
    let app = TestApp::new().await;
    let ana = app.browser("ana").await;
    let german = app.get("/chat/room/999/").page().header("accept-language", "de-AT,de;q=0.9").browser(&ana);
    let page = german.send().await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains(r#"<html lang="de""#));
}

#[tokio::test(start_paused = true)]
async fn long_history_is_paged() {
    let app = TestApp::new().await;
    let drew = app.native("drew").await;
    for n in 1..=60 {
        app.say(&drew, app.ana_drew, &format!("line {n}.")).await;
    }
    let ana = app.browser("ana").await;
    let path = format!("/chat/room/{}/", app.ana_drew);
    let newest = app.get(&path).page().browser(&ana).send().await.text();
    assert!(newest.contains("line 60.") && newest.contains("line 11.") && !newest.contains("line 10."));
    assert!(newest.contains(r#"href="?before=11""#));
    let older = app.get(&format!("{path}?before=11")).page().browser(&ana).send().await.text();
    assert!(older.contains("line 1.") && older.contains("line 10.") && !older.contains("line 11."));
}
