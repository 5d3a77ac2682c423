//! Every route of the table with every persona: the answers follow `can`, and foreign is missing.

use bedside_protocol::wire::Role;
use bedside_server::access::{Action, Decision, Relation, can};
use bedside_server::routes::{Access, Method, Route, TABLE};
use serde_json::json;

use crate::support::{Answer, Native, TestApp};

/// The first message of the clinic.
const MESSAGE: i64 = 1;

async fn ask(app: &TestApp, route: &Route, who: Option<&Native>, room: i64, other: i64) -> Answer {
    let path = route.path.replace("{room_id}", &room.to_string());
    let path = path.replace("{message_id}", &MESSAGE.to_string());
    let reply = if path.contains("{reply_id}") { reply_of(app, who).await } else { 0 };
    let path = path.replace("{reply_id}", &reply.to_string());
    let path = path.replace("/search/", "/search/?q=hello");
    let request = match route.method {
        Method::Get => app.get(&path),
        Method::Post => app.post(&path),
        Method::Put => app.request(http::Method::PUT, &path),
        Method::Delete => app.request(http::Method::DELETE, &path),
    };
    let body = json!({
        "room_id": room, "message": "hello", "up_to": 0, "account_id": other,
        "change": "react", "emoji": "👍", "on": true, "title": "hello", "text": "hello", "order": [], "base": 0,
        "email_after": 10, "sms_after": 5, "sms_for": "urgent", "reminder": 0, "action": "remove", "channel": "email",
        "recipient_type": "patient", "recipient_id": 1,
    });
    let request = if route.method == Method::Get { request } else { request.json(&body) };
    match who {
        Some(who) => request.native(who).send().await,
        None => request.send().await,
    }
}

/// A quick reply that somebody may change, if there can be one.
async fn reply_of(app: &TestApp, who: Option<&Native>) -> i64 {
    let Some(who) = who else { return 1 };
    let body = json!({ "title": "hello", "text": "hello" });
    let added = app.post("/chat/quick-replies/").native(who).json(&body).send().await;
    if added.status.is_success() { added.json()["replies"][0]["id"].as_i64().unwrap() } else { 1 }
}

/// A socket's route answers a plain GET with 400 once the caller is let in.
fn is_let_in(route: &Route, answer: &Answer) -> bool {
    answer.status.is_success() || (route.path.starts_with("/ws/") && answer.status == 400)
}

#[tokio::test(start_paused = true)]
async fn every_signed_route_refuses_those_without_a_session() {
    let app = TestApp::new().await;
    for route in TABLE.iter().filter(|route| route.access != Access::Public) {
        let answer = ask(&app, route, None, app.ana_drew.0, 1).await;
        assert_eq!(answer.code(), "unauthenticated", "{route:?}");
    }
}

const PERSONAS: [(&str, Role); 5] = [
    ("ana", Role::Patient),
    ("ben", Role::Patient),
    ("drew", Role::Practitioner),
    ("eve", Role::Practitioner),
    ("root", Role::Admin),
];

#[tokio::test(start_paused = true)]
async fn every_route_answers_every_persona_as_the_table_says() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let sent = app.say(&ana, app.ana_drew, "hello").await;
    assert_eq!(sent["message_id"], MESSAGE);
    let (ana, drew) = (ana.account_id.0, drew.account_id.0);
    for (name, role) in PERSONAS {
        let other = if name == "drew" { ana } else { drew };
        let mut who = app.native(name).await;
        for route in TABLE {
            let Access::Signed(action) = route.access else { continue };
            let answer = ask(&app, route, Some(&who), app.ana_drew.0, other).await;
            let told = match can(role, action, relation(name, action)) {
                Decision::Allow => is_let_in(route, &answer),
                Decision::Deny => answer.status == 403,
                Decision::Hide => answer.status == 404,
            };
            assert!(told, "{name} {route:?}: {} {}", answer.status, answer.text());
            if route.path == "/accounts/logout/" {
                who = app.native(name).await;
            }
        }
    }
}

/// How a persona stands to Ana and Drew's room, or to Drew (Drew to Ana).
fn relation(name: &str, action: Action) -> Relation {
    match (action, name) {
        (
            Action::UseAccount
            | Action::SeeOwnLists
            | Action::UseQuickReplies
            | Action::Provision
            | Action::Notify,
            _,
        ) => Relation::Oneself,
        (Action::OpenRoom, "ana" | "drew") => Relation::Linked,
        (_, "ana" | "drew") => Relation::Member,
        _ => Relation::Stranger,
    }
}

#[tokio::test(start_paused = true)]
async fn a_foreign_room_answers_like_a_missing_one_on_every_route() {
    let app = TestApp::new().await;
    let ben = app.native("ben").await;
    for route in TABLE {
        let Access::Signed(action) = route.access else { continue };
        if matches!(
            action,
            Action::ReadRoom
                | Action::ExportRoom
                | Action::SendToRoom
                | Action::ShareDraft
                | Action::MarkRead
                | Action::React
        ) {
            let foreign = ask(&app, route, Some(&ben), app.ana_drew.0, 1).await;
            let missing = ask(&app, route, Some(&ben), 999_999, 1).await;
            assert_eq!(foreign.code(), "not_found", "{route:?}");
            assert_eq!(foreign.body, missing.body, "{route:?}");
        }
    }
}
