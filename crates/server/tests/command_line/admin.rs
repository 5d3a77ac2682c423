//! `admin …` and `demo-data`

use serde_json::json;

use crate::process::{PASSWORD, Server, run};

fn text(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

#[test]
fn accounts_are_made_with_a_password_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let create = [
        "admin",
        "create-patient",
        "--username",
        "ana",
        "--name",
        "Ana Ribeiro",
        "--birth-date",
        "1980-02-03",
    ];
    let made = run(folder.path(), &create, PASSWORD);
    assert!(made.status.success(), "{}", text(&made));
    assert!(!text(&made).contains(PASSWORD));
    let again =
        run(folder.path(), &["admin", "create-admin", "--username", "ANA", "--name", "Another"], PASSWORD);
    assert!(!again.status.success());
    assert!(text(&again).contains("taken"));
}

#[test]
fn a_short_password_a_wrong_date_and_a_name_with_spaces_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let create = ["admin", "create-patient", "--username", "ana", "--name", "Ana"];
    assert!(text(&run(folder.path(), &create, "short\n")).contains("at least 8"));
    let date = [&create[..], &["--birth-date", "03.02.1980"]].concat();
    assert!(!run(folder.path(), &date, PASSWORD).status.success());
    let spaces = ["admin", "create-patient", "--username", "an a", "--name", "Ana"];
    assert!(text(&run(folder.path(), &spaces, PASSWORD)).contains("no spaces"));
}

#[test]
fn a_password_is_no_argument() {
    let folder = tempfile::tempdir().unwrap();
    let create = ["admin", "create-admin", "--username", "root", "--name", "Root", "--password", PASSWORD];
    assert!(!run(folder.path(), &create, "").status.success());
}

#[test]
fn people_are_linked_by_user_name() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["admin", "create-patient", "--username", "ana", "--name", "Ana"], PASSWORD);
    let drew =
        ["admin", "create-practitioner", "--username", "drew", "--name", "Drew", "--profession", "Midwife"];
    run(folder.path(), &drew, PASSWORD);
    let link = |patient, practitioner| {
        run(folder.path(), &["admin", "link", "--patient", patient, "--practitioner", practitioner], "")
    };
    assert!(link("ana", "drew").status.success());
    assert!(text(&link("ana", "drew")).contains("already"));
    assert!(text(&link("drew", "ana")).contains("no patient drew"));
}

#[test]
fn demo_data_and_real_accounts_do_not_mix() {
    let real = tempfile::tempdir().unwrap();
    run(real.path(), &["admin", "create-admin", "--username", "root", "--name", "Root"], PASSWORD);
    let demo = ["demo-data", "--pairs", "2", "--messages", "3", "--password", PASSWORD];
    assert!(text(&run(real.path(), &demo, "")).contains("real accounts"));
    let empty = tempfile::tempdir().unwrap();
    let filled = run(empty.path(), &demo, "");
    assert!(filled.status.success(), "{}", text(&filled));
    let account =
        run(empty.path(), &["admin", "create-admin", "--username", "root", "--name", "Root"], PASSWORD);
    assert!(text(&account).contains("demo clinic"));
}

#[test]
fn people_are_made_while_the_server_runs() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    run(folder.path(), &["admin", "create-patient", "--username", "ana", "--name", "Ana"], PASSWORD);
    let login = json!({
        "username": "ana", "password": PASSWORD.trim(), "device_name": "test", "platform": "linux"
    });
    assert_eq!(server.post("/accounts/login/", &login).0, 200);
    let restored = run(folder.path(), &["restored"], "");
    assert!(text(&restored).contains("in use"), "a running server's clinic does not begin anew");
}

#[test]
fn a_restored_folder_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["admin", "create-patient", "--username", "ana", "--name", "Ana"], PASSWORD);
    let restored = run(folder.path(), &["restored"], "");
    assert!(restored.status.success(), "{}", text(&restored));
}

/// Somebody who signs in or not.
fn signs_in(server: &Server, password: &str) -> bool {
    let login =
        json!({ "username": "ana", "password": password, "device_name": "test", "platform": "linux" });
    server.post("/accounts/login/", &login).0 == 200
}

#[test]
fn somebody_is_shut_out_and_let_in_while_the_server_runs() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--limits", "off"]);
    run(folder.path(), &["admin", "create-patient", "--username", "ana", "--name", "Ana"], PASSWORD);
    let admin = |verb: &str, input: &str| run(folder.path(), &["admin", verb, "--username", "ana"], input);
    assert!(signs_in(&server, PASSWORD));
    assert!(admin("disable", "").status.success());
    assert!(!signs_in(&server, PASSWORD));
    assert!(admin("enable", "").status.success());
    assert!(signs_in(&server, PASSWORD));
    assert!(text(&admin("set-password", "short")).contains("at least 8"));
    assert!(admin("set-password", "quite another password").status.success());
    assert!(!signs_in(&server, PASSWORD));
    assert!(signs_in(&server, "quite another password"));
    assert!(text(&admin("sign-out", "")).contains("signed out everywhere"));
    let nobody = run(folder.path(), &["admin", "disable", "--username", "nobody"], "");
    assert!(text(&nobody).contains("no account nobody"));
}

#[test]
fn a_link_is_ended_by_user_name() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["admin", "create-patient", "--username", "ana", "--name", "Ana"], PASSWORD);
    run(folder.path(), &["admin", "create-practitioner", "--username", "drew", "--name", "Drew"], PASSWORD);
    let both = |verb| run(folder.path(), &["admin", verb, "--patient", "ana", "--practitioner", "drew"], "");
    both("link");
    assert!(text(&both("end-link")).contains("no longer linked"));
    let again = both("end-link");
    assert!(!again.status.success() && text(&again).contains("not linked"));
}

#[test]
fn a_clinic_made_with_a_key_opens_with_it_only() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key");
    std::fs::write(&key, "the clinic's own key\n").unwrap();
    let (data, key) = (folder.path().join("data"), key.to_str().unwrap().to_owned());
    let create = ["admin", "create-patient", "--username", "ana", "--name", "Ana"];
    let with_key = [&create[..], &["--key-file", &key]].concat();
    assert!(run(&data, &with_key, PASSWORD).status.success());
    assert!(text(&run(&data, &create, PASSWORD)).contains("its key is wrong"));
    let database = std::fs::read(data.join("bedside.sqlite3")).unwrap();
    assert!(!database.starts_with(b"SQLite format 3"));
    let server = Server::start(&data, &["--key-file", &key]);
    assert!(signs_in(&server, PASSWORD));
    let empty = folder.path().join("empty");
    std::fs::write(&empty, "\n").unwrap();
    let empty = [&create[..], &["--key-file", empty.to_str().unwrap()]].concat();
    assert!(text(&run(&data, &empty, PASSWORD)).contains("holds no key"));
}

#[test]
fn what_the_clinic_says_is_set_and_printed() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = |options: &[&str]| run(folder.path(), &[&["admin", "clinic"], options].concat(), "");
    let before = text(&clinic(&[]));
    assert!(before.contains("112") && before.contains("not set"), "{before}");
    let set = clinic(&[
        "--name",
        "Harbour",
        "--phone",
        "+49 30 23125 100",
        "--hours",
        "mon-fri 8:00-12:00",
        "--time-zone",
        "Europe/Berlin",
        "--warn-other-patient",
        "off",
        "--notification-content",
        "name",
    ]);
    assert!(set.status.success(), "{}", text(&set));
    let after = text(&clinic(&[]));
    for said in
        ["Harbour", "+49 30 23125 100", "mon-fri 08:00-12:00", "Europe/Berlin", "off", "112", "say   name\n"]
    {
        assert!(after.contains(said), "{said}: {after}");
    }
    let kept = text(&clinic(&["--phone", ""]));
    assert!(kept.contains("Harbour") && !kept.contains("23125"), "only what is named changes: {kept}");
    for (wrong, why) in [
        (["--hours", "mon 12:00-08:00"], "ends before it begins"),
        (["--time-zone", "Berlin"], "no such time zone"),
        (["--emergency-number", "help"], "two to eight digits"),
    ] {
        let refused = clinic(&wrong);
        assert!(!refused.status.success() && text(&refused).contains(why), "{}", text(&refused));
    }
}

#[test]
fn what_is_known_of_a_person_is_noted_by_user_name() {
    let folder = tempfile::tempdir().unwrap();
    let create =
        ["admin", "create-patient", "--username", "ana", "--name", "Ana", "--record-number", "104000"];
    assert!(run(folder.path(), &create, PASSWORD).status.success());
    run(folder.path(), &["admin", "create-practitioner", "--username", "drew", "--name", "Drew"], PASSWORD);
    let note = |who: &str, options: &[&str]| {
        text(&run(folder.path(), &[&["admin", "set-person", "--username", who], options].concat(), ""))
    };
    let noted = note("ana", &["--phone", "+49 30 23125 101", "--language", "pt-BR", "--record-number", ""]);
    assert!(noted.contains("noted of ana"), "{noted}");
    assert!(note("ana", &[]).contains("nothing was named"));
    assert!(note("ana", &["--language", "German"]).contains("tag like"));
    assert!(note("drew", &["--record-number", "104001"]).contains("only a patient"));
    assert!(note("nobody", &["--phone", "030 1234"]).contains("no account nobody"));
}

#[test]
fn the_clinics_quick_replies_are_written_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let quick_reply =
        |arguments: &[&str]| run(folder.path(), &[&["admin", "quick-reply"], arguments].concat(), "");
    let add = |title| quick_reply(&["add", "--title", title, "--text", "Dear {patient first name}"]);
    assert!(add("Holiday").status.success());
    assert!(text(&add("Results")).contains("has 2 now"));
    assert!(text(&add("")).contains("empty"));
    assert!(
        text(&quick_reply(&["edit", "--id", "1", "--title", "Closed", "--text", "x"])).contains("changed")
    );
    assert!(quick_reply(&["remove", "--id", "2"]).status.success());
    assert!(text(&quick_reply(&["remove", "--id", "9"])).contains("no such"));
    let listed = text(&quick_reply(&["list"]));
    assert!(listed.contains("1\tClosed") && !listed.contains("Results"), "{listed}");
}
