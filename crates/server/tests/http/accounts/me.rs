//! `GET /accounts/me/`

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn everyone_sees_their_own_account() {
    let app = TestApp::new().await;
    for name in ["ana", "drew", "root"] {
        let who = app.native(name).await;
        let answer = app.get("/accounts/me/").native(&who).send().await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json()["username"], name);
        assert_eq!(answer.json()["account_id"], who.account_id.0);
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_session_there_is_no_account() {
    let app = TestApp::new().await;
    assert_eq!(app.get("/accounts/me/").send().await.code(), "unauthenticated");
    let made_up = app.get("/accounts/me/").header("authorization", "Bearer made-up").send().await;
    assert_eq!(made_up.code(), "unauthenticated");
}

#[tokio::test(start_paused = true)]
async fn a_token_works_only_the_way_it_was_issued_for() {
    let app = TestApp::new().await;
    let (native, browser) = (app.native("ana").await, app.browser("ana").await);
    let as_cookie = format!("sessionid={}", native.token);
    assert_eq!(app.get("/accounts/me/").cookies(&as_cookie).send().await.code(), "unauthenticated");
    let as_bearer = format!("Bearer {}", browser.session);
    assert_eq!(
        app.get("/accounts/me/").header("authorization", &as_bearer).send().await.code(),
        "unauthenticated"
    );
}
