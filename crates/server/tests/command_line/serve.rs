//! `serve`

use bedside_testservices::{Options, Postgres};
use serde_json::json;

use crate::process::{PASSWORD, Server, run};

fn login(username: &str) -> serde_json::Value {
    json!({ "username": username, "password": PASSWORD, "device_name": "Test", "platform": "linux" })
}

#[test]
fn a_clinic_is_served_stopped_and_served_again() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["admin", "create-patient", "--username", "ana", "--name", "Ana"], PASSWORD);
    let server = Server::start(folder.path(), &[]);
    let (status, body) = server.post("/accounts/login/", &login("ana"));
    assert_eq!((status, &body["account"]["name"]), (200, &json!("Ana")));
    assert!(server.stop(), "it ends well when asked to");
    let server = Server::start(folder.path(), &[]);
    assert_eq!(server.post("/accounts/login/", &login("ana")).0, 200);
    assert!(server.stop());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_clinic_moves_ends_by_itself_and_the_next_serves_it_from_there() {
    let postgres = Postgres::start(Options::durable()).await.unwrap();
    let database = postgres.fresh_database().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["admin", "create-patient", "--username", "ana", "--name", "Ana"], PASSWORD);
    let server = Server::start(folder.path(), &[]);
    assert_eq!(server.post("/accounts/login/", &login("ana")).0, 200);
    let from = folder.path().to_str().unwrap();
    let moved = run(folder.path(), &["copy-store", "--from", from, "--to", &database, "--finish"], "");
    assert!(moved.status.success(), "{}", String::from_utf8_lossy(&moved.stderr));
    assert!(server.ends(), "as if it had been stopped");
    let again = run(folder.path(), &["serve", "--listen", "127.0.0.1:0"], "");
    assert!(String::from_utf8_lossy(&again.stderr).contains("has moved to PostgreSQL"));
    let file = folder.path().join("address");
    std::fs::write(&file, &database).unwrap();
    let server = Server::served_from(&file);
    assert_eq!(server.post("/accounts/login/", &login("ana")).0, 200);
    assert!(server.stop());
}

#[test]
fn two_servers_never_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let second = run(folder.path(), &["serve", "--listen", "127.0.0.1:0"], "");
    assert!(!second.status.success());
    assert!(String::from_utf8_lossy(&second.stderr).contains("in use"));
    assert!(server.stop());
}

#[test]
fn nothing_dangerous_is_served_to_the_network() {
    let real = tempfile::tempdir().unwrap();
    let demo = tempfile::tempdir().unwrap();
    run(demo.path(), &["demo-data", "--pairs", "1", "--password", PASSWORD], "");
    let refused = |folder: &tempfile::TempDir, arguments: &[&str]| {
        let all = [&["serve", "--listen", "0.0.0.0:0"], arguments].concat();
        let output = run(folder.path(), &all, "");
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(refused(&real, &[]).contains("loopback only"));
    assert!(refused(&real, &["--trusted-proxy", "10.0.0.1", "--limits", "off"]).contains("--limits off"));
    assert!(refused(&demo, &["--trusted-proxy", "10.0.0.1"]).contains("demo clinic"));
}

#[test]
fn a_server_without_limits_says_so_in_its_log_and_no_other_does() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    for (limits, says) in [("off", true), ("on", false)] {
        let data = folder.path().join("data");
        assert!(Server::logging(&log, &data, &["--limits", limits]).stop());
        let said = std::fs::read_to_string(&log).unwrap();
        assert_eq!(said.contains("RATE LIMITS ARE OFF"), says, "{limits}: {said}");
    }
}

#[test]
fn a_demo_clinic_is_served_at_home() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["demo-data", "--pairs", "2", "--password", PASSWORD], "");
    let server = Server::start(folder.path(), &["--limits", "off"]);
    for name in ["patient00001", "practitioner00001"] {
        assert_eq!(server.post("/accounts/login/", &login(name)).0, 200);
    }
    assert!(server.stop());
}

#[test]
fn a_public_address_must_be_one() {
    let folder = tempfile::tempdir().unwrap();
    for wrong in ["chat.example.org", "ftp://chat.example.org", "https://chat.example.org/chat"] {
        let output = run(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--public-url", wrong], "");
        assert!(!output.status.success(), "{wrong}");
    }
}

#[test]
fn the_time_until_a_message_is_stale_is_one_above_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for wrong in ["0s", "soon", "-4h"] {
        let output =
            run(folder.path(), &["serve", "--listen", "127.0.0.1:0", &format!("--stale-after={wrong}")], "");
        assert!(!output.status.success(), "{wrong}");
    }
    assert!(Server::start(folder.path(), &["--stale-after", "90m"]).stop());
}

#[test]
fn redis_is_refused_beside_the_embedded_database() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |url: &str| {
        let output = run(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--redis", url], "");
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(refused("redis://:hush@127.0.0.1:1").contains("several servers on one PostgreSQL"));
    let wrong = refused(":hush@127.0.0.1:6379");
    assert!(wrong.contains("an address like redis://") && !wrong.contains("hush"), "{wrong}");
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing is made");
}
