//! `GET /chat/unread/`

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn unread_counts_their_messages_only() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    app.say(&drew, app.ana_drew, "one").await;
    app.say(&drew, app.ana_drew, "two").await;
    assert_eq!(app.get("/chat/unread/").native(&ana).send().await.text(), r#"{"unread":2}"#);
    assert_eq!(app.get("/chat/unread/").native(&drew).send().await.text(), r#"{"unread":0}"#);
}
