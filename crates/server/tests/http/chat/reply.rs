//! Replying by `POST /chat/send-message/`, and what a page shows of it.

use bedside_protocol::RoomId;
use serde_json::{Value, json};

use crate::support::{Answer, Native, TestApp};

impl TestApp {
    async fn reply(&self, who: &Native, room: RoomId, to: &Value, text: &str) -> Answer {
        let wish = json!({ "room_id": room, "message": text, "reply_to": to });
        self.post("/chat/send-message/").native(who).json(&wish).send().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_reply_is_answered_and_read_with_what_it_quotes() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let asked = app.say(&drew, app.ana_drew, "Thursday?").await;
    let answer = app.reply(&ana, app.ana_drew, &asked["message_id"], "Yes").await.json();
    let quote = json!({
        "message_id": asked["message_id"], "room_seq": 1, "sender_account": drew.account_id, "text": "Thursday?",
    });
    assert_eq!((&answer["message"]["reply_to"], &answer["message"]["quote"]), (&asked["message_id"], &quote));
    let page = app.get(&format!("/chat/messages/{}/", app.ana_drew)).native(&drew).send().await.json();
    assert_eq!(page["messages"][1]["quote"], quote);
    assert_eq!(page["messages"][0].get("quote"), None, "what quotes nothing says nothing of it");
}

#[tokio::test(start_paused = true)]
async fn a_reply_to_another_rooms_message_is_refused_like_one_to_nothing() {
    let app = TestApp::new().await;
    let (ana, ben) = (app.native("ana").await, app.native("ben").await);
    let foreign = app.say(&ben, app.ben_eve, "secret").await;
    let refused = app.reply(&ana, app.ana_drew, &foreign["message_id"], "Yes").await;
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (422, "cannot_reply"));
    let missing = app.reply(&ana, app.ana_drew, &json!(9_999), "Yes").await;
    assert_eq!(missing.body, refused.body);
    let page = app.get(&format!("/chat/messages/{}/", app.ana_drew)).native(&ana).send().await.json();
    assert_eq!(page["messages"], json!([]));
}

#[tokio::test(start_paused = true)]
async fn the_page_shows_what_is_quoted_and_leads_there() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let asked = app.say(&drew, app.ana_drew, "Is <this> well?").await;
    app.reply(&ana, app.ana_drew, &asked["message_id"], "Yes").await;
    let browser = app.browser("ana").await;
    let path = format!("/chat/room/{}/", app.ana_drew);
    let page = app.get(&path).page().browser(&browser).send().await.text();
    assert!(page.contains(r##"<a class="message__quote" href="#m1">"##), "{page}");
    let (_, link) = page.split_once("message__quote").unwrap();
    assert!(link.contains("Drew Lindqvist") && link.contains("Is &lt;this&gt; well?"), "{link}");
    for n in 0..60 {
        app.say(&drew, app.ana_drew, &format!("line {n}.")).await;
    }
    app.reply(&ana, app.ana_drew, &asked["message_id"], "Again: yes").await;
    let retract = json!({ "change": "retract" });
    let path_of = format!("/chat/messages/{}/{}/", app.ana_drew, asked["message_id"]);
    app.post(&path_of).native(&drew).json(&retract).send().await;
    let page = app.get(&path).page().browser(&browser).send().await.text();
    assert!(page.contains(r##"href="?before=2#m1""##), "{page}");
    assert!(!page.contains("well?") && page.contains("This message was taken back."), "{page}");
}
