//! The real binary on a real database, killed where it hurts: what is due arrives, and twice only if it was killed between the
//! mail server's yes and the commit, then under the same Message-ID.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use bedside_protocol::wire::{Channel, Role};
use bedside_protocol::{AccountId, Timestamp};
use bedside_runtime::Runtime;
use bedside_server::store::sqlite::{SqliteStore, StoreOptions};
use bedside_server::store::{
    Actor, CodeHash, ContactChange, ContactOutcome, NewAccount, NewAccountOutcome, NewSession,
    Notifying as _, OpenRoomOutcome, SendCommand, SendOutcome, SessionKind, Store, TokenHash,
};
use bedside_testservices::{Mail, Smtp, SmtpOptions};

const CANARY: &str = "canary-4711";
const PATIENCE: Duration = Duration::from_secs(60);

struct Server(Child);

impl Server {
    fn start(folder: &Path, smtp: &Smtp) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bedside-server"))
            .args(["serve", "--listen", "127.0.0.1:0", "--public-url", "https://chat.example.org"])
            .args(["--smtp-from", "Bedside <chat@example.org>"])
            .env("BEDSIDE_DATA", folder)
            .env("BEDSIDE_SMTP", format!("smtp+cleartext://127.0.0.1:{}", smtp.port()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let line = BufReader::new(child.stdout.as_mut().unwrap()).lines().next().unwrap().unwrap();
        assert!(line.starts_with("listening on "), "{line}");
        Server(child)
    }

    /// As a crash ends it.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill(); // It may have been killed already.
        let _ = self.0.wait();
    }
}

/// Ana, reached by e-mail, has not read for twenty minutes what Drew has written.
async fn prepare(folder: &Path) {
    let runtime = Runtime::system();
    let store = SqliteStore::open(runtime.clone(), folder, &StoreOptions::default()).unwrap();
    let ana = hire(&store, &runtime, Role::Patient, "ana").await;
    let drew = hire(&store, &runtime, Role::Practitioner, "drew").await;
    store.link(None, "ana", "drew").await.unwrap();
    let opened = store.open_room(drew, ana.account_id, runtime.now()).await.unwrap();
    let OpenRoomOutcome::Room { room, .. } = opened else { panic!("not linked") };
    let now = runtime.now();
    let add = ContactChange::Add {
        address: "ana@example.org".to_owned(),
        code_hash: [7; 32],
        stop_token: "0123456789abcdef".to_owned(),
    };
    assert_eq!(store.change_contact(ana, Channel::Email, add, now).await.unwrap(), ContactOutcome::Done);
    let confirm = ContactChange::Confirm(CodeHash::by(|_| [7; 32]));
    assert_eq!(store.change_contact(ana, Channel::Email, confirm, now).await.unwrap(), ContactOutcome::Done);
    let command = SendCommand {
        room_id: room.room_id,
        client_id: runtime.client_id(),
        content: CANARY.to_owned(),
        composed_at: None,
        urgent: false,
        reply_to: None,
        now: Timestamp(now.0 - 20 * 60_000),
    };
    let sent = store.send_message(drew, command).await.unwrap();
    assert!(matches!(sent, SendOutcome::Stored { .. }));
    store.close().await;
    runtime.shutdown(Duration::from_secs(5)).await;
}

async fn hire(store: &SqliteStore, runtime: &Runtime, role: Role, username: &str) -> Actor {
    let new = NewAccount {
        role,
        username: username.to_owned(),
        name: format!("{username} Canary"),
        profession: None,
        birth_date: None,
        facts: Default::default(),
        password_hash: "$argon2id$test".to_owned().into(),
        now: runtime.now(),
    };
    let outcome = store.create_account(None, new).await.unwrap();
    let NewAccountOutcome::Created(account) = outcome else { panic!("{outcome:?}") };
    session(store, runtime, account.person.account_id).await
}

async fn session(store: &SqliteStore, runtime: &Runtime, account_id: AccountId) -> Actor {
    let new = NewSession {
        account_id,
        kind: SessionKind::Bearer,
        token: TokenHash(runtime.random_bytes()),
        device_name: "desk".to_owned(),
        platform: "linux".to_owned(),
        device_id: None,
        now: runtime.now(),
        lifetime_ms: 1_000,
    };
    store.create_session(new).await.unwrap().actor
}

async fn until(what: &str, mut so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < PATIENCE, "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The lease of the worker that was killed is over.
fn let_leases_run_out(folder: &Path) {
    let database = rusqlite::Connection::open(folder.join("bedside.sqlite3")).unwrap();
    database.execute("UPDATE dispatches SET due_at = 0 WHERE state = 'waiting'", []).unwrap();
}

fn state(folder: &Path) -> Vec<(String, i64)> {
    let database = rusqlite::Connection::open(folder.join("bedside.sqlite3")).unwrap();
    let mut statement = database.prepare("SELECT state, tries FROM dispatches").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// What the administrator sees beside the running server.
fn listed(folder: &Path) -> String {
    let listed = Command::new(env!("CARGO_BIN_EXE_bedside-server"))
        .args(["admin", "notifications", "list"])
        .env("BEDSIDE_DATA", folder)
        .output()
        .unwrap();
    assert!(listed.status.success(), "{listed:?}");
    String::from_utf8(listed.stdout).unwrap()
}

fn message_id(mail: &Mail) -> &str {
    mail.data.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_before_the_mail_servers_yes_sends_once() {
    let (folder, smtp) = (tempfile::tempdir().unwrap(), Smtp::start(&SmtpOptions::default()).await.unwrap());
    prepare(folder.path()).await;
    smtp.answer_messages(Some("451 try later")).unwrap();
    for _ in 0..2 {
        let server = Server::start(folder.path(), &smtp);
        let tried = state(folder.path()).first().map_or(0, |(_, tries)| *tries);
        until("it is tried", || state(folder.path()).first().is_some_and(|(_, tries)| *tries > tried)).await;
        server.kill();
        let_leases_run_out(folder.path());
    }
    smtp.answer_messages(None).unwrap();
    let server = Server::start(folder.path(), &smtp);
    until("it is sent", || state(folder.path()).first().is_some_and(|(state, _)| state == "sent")).await;
    let log = listed(folder.path());
    assert!(log.contains("\tana\temail\tusual\tsent\t3\t") && !log.contains("example.org"), "{log}");
    server.kill();
    let server = Server::start(folder.path(), &smtp);
    tokio::time::sleep(Duration::from_secs(7)).await; // Longer than the workers wait between two looks.
    drop(server);
    let mails = smtp.mails().unwrap();
    assert_eq!(mails.len(), 1, "{mails:?}");
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!(mail.to, ["ana@example.org"]);
    for never in [CANARY, "drew", "Canary"] {
        assert!(!mail.data.contains(never), "{never} in {}", mail.data);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_after_the_mail_servers_yes_sends_again_under_the_same_name() {
    let (folder, smtp) = (tempfile::tempdir().unwrap(), Smtp::start(&SmtpOptions::default()).await.unwrap());
    prepare(folder.path()).await;
    smtp.answer_messages(Some("slow 10")).unwrap();
    let server = Server::start(folder.path(), &smtp);
    until("the mail server has it", || smtp.mails().unwrap().len() == 1).await;
    server.kill();
    assert_eq!(state(folder.path()), [("waiting".to_owned(), 1)]);
    smtp.answer_messages(None).unwrap();
    let_leases_run_out(folder.path());
    let _server = Server::start(folder.path(), &smtp);
    until("it is sent", || state(folder.path()) == [("sent".to_owned(), 2)]).await;
    let mails = smtp.mails().unwrap();
    assert_eq!(mails.len(), 2);
    assert_eq!(message_id(&mails[0]), message_id(&mails[1]));
}
