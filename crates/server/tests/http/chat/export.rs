//! `GET /chat/export/<room_id>/`

use std::io::Cursor;

use bedside_export::package::{Signed, Verdict, verify};
use bedside_export::{Format, Wrong, read};
use bedside_server::store::{ClinicChange, Store};
use serde_json::json;

use crate::support::{Native, TestApp};

async fn conversation(app: &TestApp, ana: &Native, drew: &Native, count: usize) {
    for number in 1..=count {
        let who = if number % 2 == 1 { ana } else { drew };
        app.say(who, app.ana_drew, &format!("number {number} <b>صباح الخير</b>")).await;
        app.wait(std::time::Duration::from_millis(700)).await;
    }
}

fn path(app: &TestApp, query: &str) -> String {
    format!("/chat/export/{}/?{query}", app.ana_drew)
}

#[tokio::test(start_paused = true)]
async fn a_member_gets_the_conversation_in_every_format() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    conversation(&app, &ana, &drew, 5).await;
    for format in Format::ALL {
        for who in [&ana, &drew] {
            let answer = app.get(&path(&app, &format!("format={}", format.word()))).native(who).send().await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            assert_eq!(answer.header("content-type"), Some(format.media_type()));
            let name = format!("attachment; filename=\"conversation-{}.{}\"", app.ana_drew, format.ending());
            assert_eq!(answer.header("content-disposition"), Some(name.as_str()));
            let text = answer.text();
            assert!(text.contains("number 1") && text.contains("number 5"), "{text}");
        }
    }
    let json = app.get(&path(&app, "format=json")).native(&ana).send().await;
    let mut texts = Vec::new();
    let found = read(json.body.as_slice(), |message| texts.push(message.text)).unwrap();
    assert_eq!((found.count, found.wrong), (5, Vec::<Wrong>::new()));
    assert_eq!(found.head.name(ana.account_id), "Ana Ribeiro");
    assert_eq!(texts.len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_long_conversation_comes_whole_over_several_pages() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    conversation(&app, &ana, &drew, 1_203).await;
    let answer = app.get(&path(&app, "format=json")).native(&ana).send().await;
    let mut places = Vec::new();
    let found = read(answer.body.as_slice(), |message| places.push(message.room_seq.0)).unwrap();
    assert_eq!(found.wrong, []);
    assert_eq!(places, (1..=1_203).collect::<Vec<i64>>());
}

#[tokio::test(start_paused = true)]
async fn a_range_of_days_is_meant_in_the_readers_zone() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    app.say(&ana, app.ana_drew, "first").await; // 2026-11-22T16:00Z
    app.wait(std::time::Duration::from_secs(7 * 60 * 60 + 1_800)).await;
    app.say(&drew, app.ana_drew, "second").await; // 23:30Z: the next day in Berlin
    let texts = async |query: &str| {
        let answer = app.get(&path(&app, &format!("format=json&{query}"))).native(&ana).send().await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let mut texts = Vec::new();
        read(answer.body.as_slice(), |message| texts.push(message.text)).unwrap();
        texts.join(" ")
    };
    assert_eq!(texts("to=2026-11-22&zone=UTC").await, "first second");
    assert_eq!(texts("to=2026-11-22&zone=Europe/Berlin").await, "first");
    assert_eq!(texts("from=2026-11-23&zone=Europe/Berlin").await, "second");
    assert_eq!(texts("from=2026-11-22T16:30:00Z&to=2026-11-23").await, "second");
}

#[tokio::test(start_paused = true)]
async fn a_foreign_room_and_a_missing_one_are_the_same() {
    let app = TestApp::new().await;
    let (ana, root) = (app.native("ana").await, app.native("root").await);
    let foreign = app.get(&format!("/chat/export/{}/", app.ben_eve)).native(&ana).send().await;
    let missing = app.get("/chat/export/987654/").native(&ana).send().await;
    assert_eq!((foreign.status.as_u16(), foreign.json()), (404, missing.json()));
    assert_eq!(app.get(&path(&app, "")).native(&root).send().await.code(), "not_found");
    assert_eq!(app.get(&path(&app, "")).send().await.code(), "unauthenticated");
    let noted =
        app.post(&format!("/chat/export/{}/", app.ben_eve)).native(&ana).json(&json!({})).send().await;
    assert_eq!(noted.code(), "not_found");
    let noted = app.post(&path(&app, "")).native(&ana).json(&json!({})).send().await;
    assert_eq!(noted.status, 204);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_meant_is_refused_with_a_reason() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    for query in ["format=docx", "package=tar", "from=yesterday", "to=2026-02-30", "zone=Mars/Olympus"] {
        let answer = app.get(&path(&app, query)).native(&ana).send().await;
        assert_eq!(
            (answer.code(), answer.json()["detail"].is_string()),
            ("invalid_value".into(), true),
            "{query}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_clinic_may_switch_it_off_for_practitioners() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let off = ClinicChange { practitioners_export: Some(false), ..ClinicChange::default() };
    app.store.set_clinic(None, off).await.unwrap();
    assert_eq!(app.get(&path(&app, "")).native(&drew).send().await.code(), "forbidden");
    assert_eq!(app.get(&path(&app, "")).native(&ana).send().await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn somebody_who_asks_for_it_all_the_time_must_wait() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let mut answers = Vec::new();
    for _ in 0..25 {
        answers.push(app.get(&path(&app, "format=text")).native(&ana).send().await.status.as_u16());
    }
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 20);
    assert_eq!(answers.last(), Some(&429));
}

#[tokio::test(start_paused = true)]
async fn a_package_is_signed_with_the_clinics_key() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    conversation(&app, &ana, &drew, 620).await;
    let key = app.get("/chat/export-key/").send().await.json()["key"].as_str().unwrap().to_owned();
    let answer = app.get(&path(&app, "format=json&package=zip")).native(&ana).send().await;
    assert_eq!(answer.header("content-type"), Some("application/zip"));
    let verdict = verify(Cursor::new(&answer.body), None).unwrap();
    let Verdict::Intact { manifest, signed } = verdict else { panic!("{verdict:?}") };
    assert_eq!(signed, Signed::By(key.clone()));
    assert_eq!(manifest.conversations[0].messages, 620);
    assert_eq!(app.get("/chat/export-key/").send().await.json()["key"].as_str(), Some(key.as_str()));
}

#[tokio::test(start_paused = true)]
async fn all_of_ones_own_conversations_come_in_one_package() {
    let app = TestApp::new().await;
    let (ana, drew, eve, ben) =
        (app.native("ana").await, app.native("drew").await, app.native("eve").await, app.native("ben").await);
    conversation(&app, &ana, &drew, 4).await;
    let other = app.open_room(&ana, &eve).await;
    app.say(&eve, other, "only for Ana").await;
    app.say(&ben, app.ben_eve, "only for Eve").await;
    let answer = app.get("/chat/export/?format=text").native(&ana).send().await;
    let verdict = verify(Cursor::new(&answer.body), None).unwrap();
    let Verdict::Intact { manifest, .. } = verdict else { panic!("{verdict:?}") };
    let rooms: Vec<_> = manifest.conversations.iter().map(|one| (one.room_id, one.messages)).collect();
    assert_eq!(rooms, [(app.ana_drew, 4), (other, 1)]);
    let names: Vec<_> = manifest.files.iter().map(|file| file.name.clone()).collect();
    assert_eq!(
        names,
        [format!("Drew Lindqvist ({}).txt", app.ana_drew), format!("Eve Sandoval ({other}).txt")]
    );
    let root = app.native("root").await;
    assert_eq!(app.get("/chat/export/?package=zip").native(&root).send().await.code(), "not_found");
}
