//! `GET /chat/people/`

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn linked_people_are_listed_with_their_room_if_there_is_one() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let people = app.get("/chat/people/").native(&ana).send().await.json();
    let seen: Vec<_> = people["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["person"]["name"].as_str().unwrap(), entry["room_id"].as_i64()))
        .collect();
    assert_eq!(seen, [("Drew Lindqvist", Some(app.ana_drew.0)), ("Eve Sandoval", None)]);
}

#[tokio::test(start_paused = true)]
async fn a_date_of_birth_is_for_practitioners() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let seen_by_drew = app.get("/chat/people/").native(&drew).send().await.json();
    assert_eq!(seen_by_drew["people"][0]["person"]["birth_date"], "1980-02-03");
    assert!(!app.get("/chat/people/").native(&ana).send().await.text().contains("birth_date"));
}
