//! `GET /chat/search/`

use serde_json::{Value, json};

use crate::support::TestApp;

fn texts(answer: &Value) -> Vec<&str> {
    answer["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| message["content"].as_str().unwrap())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn messages_are_found_by_parts_of_their_words_newest_first_in_pages() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    for text in ["Blood pressure 120", "nothing", "More blood", "Bluthochdruck"] {
        app.say(&ana, app.ana_drew, text).await;
    }
    let get = async |query: &str| app.get(&format!("/chat/search/?{query}")).native(&ana).send().await.json();
    let first = get("q=bl&limit=2").await;
    assert_eq!((texts(&first), &first["complete"]), (vec!["Bluthochdruck", "More blood"], &json!(true)));
    assert_eq!(first["messages"][0]["room_id"], json!(app.ana_drew));
    let next = get(&format!("q=bl&limit=2&before={}", first["next"])).await;
    assert_eq!((texts(&next), next.get("next")), (vec!["Blood pressure 120"], None));
    assert_eq!(texts(&get("q=blood%20more").await), ["More blood"]);
    assert_eq!(texts(&get("q=bl&from=them").await), Vec::<&str>::new());
    assert_eq!(texts(&get("from=me&until=2000-01-01T00:00:00.000Z").await), Vec::<&str>::new());
    assert_eq!(
        texts(&get(&format!("q=no&room_id={}&since=2000-01-01T00:00:00.000Z", app.ana_drew)).await),
        ["nothing"]
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_indexed_and_what_is_not_yet_are_found_alike() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    for text in ["one thing", "another thing"] {
        app.say(&ana, app.ana_drew, text).await;
        let found = app.get("/chat/search/?q=thing").native(&ana).send().await.json();
        assert_eq!(texts(&found)[0], text);
        while app.app.index_messages().await.unwrap() {}
    }
    let found = app.get("/chat/search/?q=thing").native(&ana).send().await.json();
    assert_eq!(texts(&found), ["another thing", "one thing"]);
}

#[tokio::test(start_paused = true)]
async fn a_search_for_nothing_in_a_strangers_room_or_by_nobody_is_refused() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    for query in ["", "?q=%20", "?limit=5", "?q=x&from=both", "?q=x&since=yesterday"] {
        let answer = app.get(&format!("/chat/search/{query}")).native(&ana).send().await;
        assert_eq!(answer.code(), "bad_request", "{query}");
    }
    for room in [app.ben_eve.get(), 9_999] {
        let answer = app.get(&format!("/chat/search/?q=x&room_id={room}")).native(&ana).send().await;
        assert_eq!(answer.code(), "not_found");
    }
    assert_eq!(app.get("/chat/search/?q=x").send().await.code(), "unauthenticated");
}

#[tokio::test(start_paused = true)]
async fn searching_without_end_has_to_wait() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let mut codes = Vec::new();
    for _ in 0..41 {
        codes.push(app.get("/chat/search/?q=x").native(&ana).send().await.status.as_u16());
    }
    assert!(codes[..40].iter().all(|code| *code == 200), "{codes:?}");
    assert_eq!(codes[40], 429);
    assert_eq!(app.get("/chat/search/?q=x").native(&drew).send().await.status, 200);
}
