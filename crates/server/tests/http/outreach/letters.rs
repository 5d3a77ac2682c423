use std::time::Duration;

use bedside_protocol::RoomSeq;
use bedside_server::store::{
    AccountChange, FactsChange, NewSession, SendCommand, SessionKind, Store as _, TokenHash,
};
use serde_json::json;

use super::post_office::{CANARY, Clinic, code};
use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn an_unread_message_becomes_one_email_that_says_nothing_of_it() {
    let clinic = Clinic::reaching_ana().await;
    clinic.say(false).await;
    clinic.minutes(9).await;
    assert!(clinic.email.carried().is_empty());
    for _ in 0..20 {
        clinic.say(false).await;
    }
    clinic.minutes(120).await;
    let [letter] = &clinic.email.carried()[..] else { panic!("{:?}", clinic.email.carried()) };
    assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("ana@example.org", "You have a new message"));
    let room = clinic.app.ana_drew;
    for part in [&letter.text, &letter.html] {
        assert!(part.contains(&format!("https://chat.example.org/chat/room/{room}/")), "{part}");
        assert!(part.contains(&format!("bedside://room/{room}")), "{part}");
        for never in [CANARY, "Drew", "Ana", "Lindqvist", "Ribeiro", "Physiotherapist"] {
            assert!(!part.contains(never) && !letter.subject.contains(never), "{never} in {part}");
        }
    }
    assert!(clinic.sms.carried().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_urgent_message_becomes_an_sms_and_an_email() {
    let clinic = Clinic::reaching_ana().await;
    clinic.say(true).await;
    clinic.minutes(60).await;
    let [sms] = &clinic.sms.carried()[..] else { panic!("{:?}", clinic.sms.carried()) };
    assert_eq!(sms.to, "+4915112345678");
    let room = clinic.app.ana_drew;
    let expected =
        format!("An urgent message is waiting for you\nhttps://chat.example.org/chat/room/{room}/");
    assert_eq!((sms.text.as_str(), sms.html.as_str()), (expected.as_str(), ""));
    assert!(sms.text.len() <= 160);
    assert_eq!(clinic.email.carried().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_read_on_the_room_socket_or_by_http_is_not_told() {
    let clinic = Clinic::reaching_ana().await;
    clinic.say(true).await;
    let path = format!("/chat/room/{}/read/", clinic.app.ana_drew);
    let read = clinic.app.post(&path).native(&clinic.ana).json(&json!({ "up_to": RoomSeq(1) })).send().await;
    assert_eq!(read.status, 200);
    clinic.minutes(60).await;
    assert!(clinic.email.carried().is_empty() && clinic.sms.carried().is_empty());
    let alerts = clinic.app.get("/chat/notifications/").native(&clinic.ana).send().await.json();
    assert_eq!((&alerts["unread"], &alerts["notifications"][0]["is_read"]), (&json!(0), &json!(true)));
}

#[tokio::test(start_paused = true)]
async fn whoever_has_a_socket_is_there_and_leaves_no_alert() {
    let clinic = Clinic::reaching_ana().await;
    let (mut socket, _) = clinic.app.greeted(&clinic.ana, None).await;
    clinic.say(false).await;
    for _ in 0..45 {
        socket.send(&json!({ "type": "ping" })).await;
        clinic.app.wait(Duration::from_secs(20)).await;
        clinic.app.app.reach_out().await;
    }
    assert!(clinic.email.carried().is_empty());
    let alerts = clinic.app.get("/chat/notifications/").native(&clinic.ana).send().await.json();
    assert_eq!(alerts["notifications"], json!([]));
    drop(socket);
    clinic.minutes(7).await;
    assert_eq!(clinic.email.carried().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn letters_are_in_the_persons_language() {
    let clinic = Clinic::reaching_ana().await;
    let facts = FactsChange { language: Some(Some("ar".to_owned())), ..FactsChange::default() };
    clinic.app.store.change_account(None, "ana", AccountChange::SetFacts(facts)).await.unwrap();
    clinic.say(false).await;
    clinic.minutes(11).await;
    let letter = clinic.email.carried().remove(0);
    assert_eq!(letter.subject, "لديك رسالة جديدة");
    assert!(letter.html.contains("dir=\"rtl\"") && letter.html.contains("lang=\"ar\""));
    let link = format!("https://chat.example.org/chat/room/{}/", clinic.app.ana_drew);
    assert!(letter.text.lines().any(|line| line == link), "{}", letter.text);
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_messages_in_a_burst_become_an_email_for_each_conversation() {
    let clinic = Clinic::reaching_ana().await;
    let session = NewSession {
        account_id: clinic.drew.account_id,
        kind: SessionKind::Bearer,
        token: TokenHash(clinic.app.runtime.random_bytes()),
        device_name: "Burst".to_owned(),
        platform: "linux".to_owned(),
        device_id: None,
        now: clinic.app.runtime.now(),
        lifetime_ms: 1_000,
    };
    let actor = clinic.app.store.create_session(session).await.unwrap().actor;
    let send = || {
        let command = SendCommand {
            room_id: clinic.app.ana_drew,
            client_id: clinic.app.client_id(),
            content: CANARY.to_owned(),
            composed_at: None,
            urgent: false,
            reply_to: None,
            now: clinic.app.runtime.now(),
        };
        clinic.app.store.send_message(actor, command)
    };
    for _ in 0..100 {
        futures_util::future::try_join_all((0..100).map(|_| send())).await.unwrap();
    }
    clinic.minutes(60).await;
    assert_eq!(clinic.email.carried().len(), 1);
    let alerts = clinic.app.get("/chat/notifications/").native(&clinic.ana).send().await.json();
    assert_eq!(alerts["unread"], 1_000);
}

#[tokio::test(start_paused = true)]
async fn an_address_is_added_with_a_code_and_never_without() {
    let clinic = Clinic::open().await;
    let add = json!({ "action": "add", "channel": "email", "address": "ana@example.org" });
    assert_eq!(clinic.contact(add.clone()).await.status, 200);
    let sent = clinic.email.take();
    assert!(sent[0].html.contains(&code(&sent[0])));
    let again = clinic.contact(add).await;
    assert_eq!((again.code().as_str(), again.header("retry-after")), ("rate_limited", Some("60")));
    let wrong = clinic.contact(json!({ "action": "confirm", "channel": "email", "code": "000000" })).await;
    assert_eq!(wrong.code(), "invalid_value");
    let settings = clinic.app.get("/accounts/outreach/").native(&clinic.ana).send().await.json();
    let pending = json!([{ "channel": "email", "pending": "ana@example.org", "stopped": false }]);
    assert_eq!((&settings["contacts"], &settings["channels"]), (&pending, &json!(["email", "sms"])));
    clinic.say(false).await;
    clinic.minutes(30).await;
    assert!(clinic.email.take().is_empty());
    let odd = clinic.contact(json!({ "action": "add", "channel": "sms", "address": "0151 1234" })).await;
    assert_eq!(odd.code(), "invalid_value");
    let right =
        clinic.contact(json!({ "action": "confirm", "channel": "email", "code": code(&sent[0]) })).await;
    assert_eq!(right.code(), "invalid_value", "it is 30 minutes old");
}

#[tokio::test(start_paused = true)]
async fn wishes_are_checked_kept_and_told() {
    let clinic = Clinic::open().await;
    let post =
        async |body| clinic.app.post("/accounts/outreach/").native(&clinic.ana).json(&body).send().await;
    let wishes = json!({
        "email_after": 30, "sms_after": 2, "sms_for": "all", "quiet": { "from": 1320, "to": 420 }, "reminder": 15,
    });
    assert_eq!(post(wishes.clone()).await.json()["wishes"], wishes);
    let told = clinic.app.get("/accounts/outreach/").native(&clinic.ana).send().await.json();
    assert_eq!(told["wishes"], wishes);
    for (field, value) in [("email_after", 0), ("sms_after", 1_441), ("reminder", 4)] {
        let mut odd = wishes.clone();
        odd[field] = json!(value);
        assert_eq!(post(odd).await.code(), "invalid_value", "{field}");
    }
    let root = clinic.app.native("root").await;
    assert_eq!(clinic.app.get("/accounts/outreach/").native(&root).send().await.status, 404);
}

#[tokio::test(start_paused = true)]
async fn a_clinic_without_gateways_says_so() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let told = app.get("/accounts/outreach/").native(&ana).send().await.json();
    assert_eq!(told["channels"], json!([]));
    let add = json!({ "action": "add", "channel": "email", "address": "ana@example.org" });
    let answer = app.post("/accounts/outreach/contacts/").native(&ana).json(&add).send().await;
    assert_eq!(answer.code(), "conflict");
}
