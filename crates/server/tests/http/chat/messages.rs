//! `GET /chat/messages/<room_id>/`

use bedside_server::{Config, GetMarksRead};
use serde_json::Value;

use crate::support::TestApp;

async fn with_ten_messages(app: &TestApp) {
    let drew = app.native("drew").await;
    for n in 1..=10 {
        app.say(&drew, app.ana_drew, &format!("line {n}")).await;
    }
}

fn seqs(page: &Value) -> Vec<i64> {
    page["messages"].as_array().unwrap().iter().map(|message| message["room_seq"].as_i64().unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn messages_are_paged_backwards_forwards_and_by_change() {
    let app = TestApp::new().await;
    with_ten_messages(&app).await;
    let ana = app.native("ana").await;
    let page = async |query: &str| {
        app.get(&format!("/chat/messages/{}/{query}", app.ana_drew)).native(&ana).send().await.json()
    };
    let latest = page("?limit=3").await;
    assert_eq!((seqs(&latest), &latest["has_more"]), (vec![8, 9, 10], &Value::Bool(true)));
    let before = page("?before=3&limit=5").await;
    assert_eq!((seqs(&before), &before["has_more"]), (vec![1, 2], &Value::Bool(false)));
    let after = page("?after=3&limit=2").await;
    assert_eq!((seqs(&after), &after["has_more"]), (vec![4, 5], &Value::Bool(true)));
    let rev = after["messages"][1]["rev"].as_i64().unwrap();
    assert_eq!(seqs(&page(&format!("?changed_after={rev}")).await), [6, 7, 8, 9, 10]);
    assert_eq!(seqs(&page("").await).len(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_message_has_the_described_fields() {
    let app = TestApp::new().await;
    with_ten_messages(&app).await;
    let ana = app.native("ana").await;
    let page = app.get(&format!("/chat/messages/{}/?limit=1", app.ana_drew)).native(&ana).send().await.json();
    let message = &page["messages"][0];
    assert_eq!(page["room_id"], app.ana_drew.0);
    assert_eq!(message["sender_type"], "practitioner");
    assert_eq!(message["sender_id"], 1);
    assert_eq!(message["content"], "line 10");
    assert_eq!(message["is_read"], false);
    assert!(message["client_id"].is_null(), "the author's id is the author's");
}

#[tokio::test(start_paused = true)]
async fn two_places_at_once_make_no_sense() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let path = format!("/chat/messages/{}/?before=3&after=1", app.ana_drew);
    assert_eq!(app.get(&path).native(&ana).send().await.code(), "bad_request");
}

#[tokio::test(start_paused = true)]
async fn a_strangers_messages_and_missing_ones_are_the_same() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let foreign = app.get(&format!("/chat/messages/{}/", app.ben_eve)).native(&ana).send().await;
    let missing = app.get("/chat/messages/999999/").native(&ana).send().await;
    assert_eq!(foreign.code(), "not_found");
    assert_eq!(foreign.body, missing.body);
}

#[tokio::test(start_paused = true)]
async fn reading_marks_nothing_unless_the_clinic_wants_the_old_way() {
    for (setting, unread) in [(GetMarksRead::Never, 10), (GetMarksRead::CookieSessions, 0)] {
        let app = TestApp::with(Config { get_marks_read: setting, ..Config::default() }).await;
        with_ten_messages(&app).await;
        let (native, browser) = (app.native("ana").await, app.browser("ana").await);
        let path = format!("/chat/messages/{}/", app.ana_drew);
        app.get(&path).native(&native).send().await;
        assert_eq!(app.get("/chat/unread/").native(&native).send().await.json()["unread"], 10);
        app.get(&path).browser(&browser).send().await;
        assert_eq!(app.get("/chat/unread/").native(&native).send().await.json()["unread"], unread);
    }
}
