//! Nothing is acknowledged before it is on the disk (sync rule 3), counted by the calls that put it there.

use std::path::Path;

use bedside_testservices::Syncs;
use serde_json::json;

use crate::process::{PASSWORD, Server, run};

#[test]
fn each_acknowledgement_follows_a_sync_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    furnish(&data);
    let log = folder.path().join("syncs");
    let traced = Syncs::traced(Path::new(env!("CARGO_BIN_EXE_bedside-server")), &log).unwrap();
    let server = Server::spawn(traced, &data, &[]);
    let login =
        json!({ "username": "ana", "password": PASSWORD, "device_name": "Test", "platform": "linux" });
    let signed = server.post("/accounts/login/", &login).1;
    let token = signed["token"].as_str().unwrap();
    let drew = json!({ "account_id": signed["account"]["account_id"].as_i64().unwrap() - 1 });
    let room = server.post_as(token, "/chat/rooms/", &drew).1["room"]["room_id"].clone();
    let syncs = Syncs::of(&log, "-wal");
    for n in 1..=20 {
        let before = syncs.finished();
        let message = json!({ "room_id": room, "message": format!("message {n}") });
        let (status, answer) = server.post_as(token, "/chat/send-message/", &message);
        assert!(syncs.finished() > before, "message {n} was acknowledged and never synced");
        assert_eq!((status, &answer["message"]["room_seq"]), (200, &json!(n)), "{answer}");
    }
    assert!(server.stop());
}

/// Drew, and then ana, who may write to each other.
fn furnish(data: &Path) {
    let practitioner = ["admin", "create-practitioner", "--username", "drew", "--name", "Drew"];
    for arguments in [
        &[&practitioner[..], &["--profession", "Physiotherapist"]].concat()[..],
        &["admin", "create-patient", "--username", "ana", "--name", "Ana"],
        &["admin", "link", "--practitioner", "drew", "--patient", "ana"],
    ] {
        assert!(run(data, arguments, PASSWORD).status.success(), "{arguments:?}");
    }
}
