//! `GET` and `POST /accounts/preferences/`

use serde_json::json;

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn an_account_wishes_nothing_until_it_says_so_and_then_everywhere() {
    let app = TestApp::new().await;
    for name in ["ana", "drew", "root"] {
        let who = app.native(name).await;
        let read = || app.get("/accounts/preferences/").native(&who).send();
        assert_eq!(read().await.json(), json!({ "hide_presence": false }));
        let wish = json!({ "hide_presence": true });
        let answer = app.post("/accounts/preferences/").native(&who).json(&wish).send().await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, wish.clone()));
        assert_eq!(read().await.json(), wish);
    }
}

#[tokio::test(start_paused = true)]
async fn what_one_wishes_changes_nothing_for_others() {
    let app = TestApp::new().await;
    let (ana, ben) = (app.native("ana").await, app.native("ben").await);
    app.post("/accounts/preferences/").native(&ana).json(&json!({ "hide_presence": true })).send().await;
    let of_ben = app.get("/accounts/preferences/").native(&ben).send().await;
    assert_eq!(of_ben.json(), json!({ "hide_presence": false }));
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_read_changes_nothing() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let wish = json!({ "hide_presence": "perhaps" });
    let answer = app.post("/accounts/preferences/").native(&ana).json(&wish).send().await;
    assert_eq!(answer.code(), "bad_request");
    assert_eq!(app.get("/accounts/preferences/").send().await.code(), "unauthenticated");
}
