//! `/chat/quick-replies/`

use http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Native, TestApp};

const PATH: &str = "/chat/quick-replies/";

async fn add(app: &TestApp, who: &Native, body: &Value) -> Answer {
    app.post(PATH).native(who).json(body).send().await
}

fn titles(answer: &Answer) -> Vec<String> {
    let replies = answer.json()["replies"].as_array().unwrap().clone();
    replies.iter().map(|reply| reply["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(start_paused = true)]
async fn quick_replies_are_added_changed_ordered_and_removed() {
    let app = TestApp::new().await;
    let drew = app.native("drew").await;
    add(&app, &drew, &json!({ "title": " Blood\ntest ", "text": "Come fasting, {patient first name}." }))
        .await;
    let two = add(&app, &drew, &json!({ "title": "Holiday", "text": "We are closed." })).await;
    assert_eq!(titles(&two), ["Blood test", "Holiday"]);
    let ids: Vec<i64> =
        two.json()["replies"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect();
    let put =
        async |path: &str, body: Value| app.request(Method::PUT, path).native(&drew).json(&body).send().await;
    let ordered = put(PATH, json!({ "order": [ids[1]] })).await;
    assert_eq!(titles(&ordered), ["Holiday", "Blood test"]);
    let edited =
        put(&format!("{PATH}{}/", ids[1]), json!({ "title": "Closed", "text": "Until Monday." })).await;
    assert_eq!(edited.json()["replies"][0]["text"], "Until Monday.");
    let removed = app.request(Method::DELETE, &format!("{PATH}{}/", ids[0])).native(&drew).send().await;
    assert_eq!(titles(&removed), ["Closed"]);
    assert_eq!(titles(&app.get(PATH).native(&drew).send().await), ["Closed"]);
}

#[tokio::test(start_paused = true)]
async fn an_addition_sent_twice_is_one_and_other_words_under_its_id_are_refused() {
    let app = TestApp::new().await;
    let drew = app.native("drew").await;
    let body = json!({ "client_id": app.client_id(), "title": "Once", "text": "x" });
    assert_eq!(titles(&add(&app, &drew, &body).await), ["Once"]);
    assert_eq!(titles(&add(&app, &drew, &body).await), ["Once"]);
    let other = json!({ "client_id": body["client_id"], "title": "Other", "text": "x" });
    assert_eq!(add(&app, &drew, &other).await.code(), "client_id_reused");
}

#[tokio::test(start_paused = true)]
async fn what_is_empty_or_too_long_is_refused_and_a_foreign_one_is_a_missing_one() {
    let app = TestApp::new().await;
    let (drew, eve) = (app.native("drew").await, app.native("eve").await);
    assert_eq!(add(&app, &drew, &json!({ "title": " ", "text": "x" })).await.code(), "invalid_value");
    let long = json!({ "title": "x", "text": "x".repeat(2_001) });
    assert_eq!(add(&app, &drew, &long).await.code(), "too_large");
    let eves = add(&app, &eve, &json!({ "title": "Eve's", "text": "x" })).await.json();
    let remove =
        async |id: &Value| app.request(Method::DELETE, &format!("{PATH}{id}/")).native(&drew).send().await;
    let foreign = remove(&eves["replies"][0]["id"]).await;
    assert_eq!(foreign.code(), "not_found");
    assert_eq!(foreign.body, remove(&json!(999_999)).await.body);
    assert_eq!(foreign.body, remove(&json!("x")).await.body);
}

#[tokio::test(start_paused = true)]
async fn what_an_administrator_writes_reaches_every_practitioner_at_once_and_no_patient() {
    let app = TestApp::new().await;
    let (root, eve, ana) = (app.native("root").await, app.native("eve").await, app.native("ana").await);
    let (mut eves, _) = app.greeted(&eve, None).await;
    let (mut anas, _) = app.greeted(&ana, None).await;
    assert_eq!(add(&app, &root, &json!({ "title": "Clinic's", "text": "x" })).await.status, 200);
    assert_eq!(eves.events().await[0]["kind"], "quick_replies");
    let seen = app.get(PATH).native(&eve).send().await.json();
    assert_eq!(
        (&seen["replies"][0]["title"], &seen["replies"][0]["owner"]),
        (&json!("Clinic's"), &json!("clinic"))
    );
    assert_eq!(app.get(PATH).native(&ana).send().await.code(), "not_found");
    app.say(&ana, app.ana_drew, "hello").await;
    assert_eq!(anas.events().await[0]["kind"], "message", "nothing came before it");
}

#[tokio::test(start_paused = true)]
async fn by_cookie_a_change_needs_proof_that_it_is_meant() {
    let app = TestApp::new().await;
    let drew = app.browser("drew").await;
    let body = json!({ "title": "x", "text": "x" });
    for (method, path) in
        [(Method::POST, PATH), (Method::PUT, PATH), (Method::DELETE, "/chat/quick-replies/1/")]
    {
        let answer = app.request(method, path).browser(&drew).json(&body).send().await;
        assert_eq!(answer.code(), "csrf_failed", "{path}");
    }
}
