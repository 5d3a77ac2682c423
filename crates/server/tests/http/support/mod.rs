//! A whole server for one test, with its people.

mod exposition;
mod line;
mod request;
mod socket;

use std::sync::Arc;
use std::time::Duration;

use bedside_protocol::wire::{Role, SendMessage};
use bedside_protocol::{AccountId, ClientId, Epoch, RoomId, Timestamp};
use bedside_runtime::Runtime;
use bedside_server::bus::Wires;
use bedside_server::password::{self, Cost};
use bedside_server::store::{
    NewAccount, NewAccountOutcome, NewSession, OpenRoomOutcome, SessionKind, Store, TokenHash,
};
use bedside_server::{App, Config};
use bedside_testkit::ground::{Ground, Place};
use serde_json::{Value, json};

pub(crate) use exposition::Exposition;
pub(crate) use line::Line;
pub(crate) use request::{Answer, Request};
pub(crate) use socket::Ended;

/// 2026-11-22T16:00:00Z
pub(crate) const START: Timestamp = Timestamp(1_795_363_200_000);
/// Where the described pages are served from.
pub(crate) const ORIGIN: &str = "http://bedside.test";

/// Ana (patient) and Drew have a room, Ben and Eve another; Ana and Eve are linked without one.
pub(crate) struct TestApp {
    pub(crate) app: App,
    pub(crate) store: Arc<Ground>,
    pub(crate) runtime: Runtime,
    pub(crate) ana_drew: RoomId,
    pub(crate) ben_eve: RoomId,
    _folder: Arc<tempfile::TempDir>,
}

/// A signed-in native client.
#[derive(Clone, Debug)]
pub(crate) struct Native {
    pub(crate) token: String,
    pub(crate) account_id: AccountId,
}

/// A signed-in browser.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    pub(crate) session: String,
    pub(crate) csrf: String,
}

impl Browser {
    pub(crate) fn cookies(&self) -> String {
        format!("csrftoken={}; sessionid={}", self.csrf, self.session)
    }
}

impl TestApp {
    pub(crate) async fn new() -> Self {
        Self::with(Config::default()).await
    }

    pub(crate) async fn with(config: Config) -> Self {
        let runtime = Runtime::simulated(1, START);
        let folder = tempfile::tempdir().unwrap();
        let place = Place::of_the_day(folder.path().to_owned()).unwrap();
        let store = Ground::open(&runtime, &place).await.unwrap();
        for (role, username, name) in PEOPLE {
            create(&runtime, &*store, role, username, name).await;
        }
        for (patient, practitioner) in [("ana", "drew"), ("ben", "eve"), ("ana", "eve")] {
            store.link(None, patient, practitioner).await.unwrap();
        }
        let ana_drew = open_room(&runtime, &*store, "ana", "drew").await;
        let ben_eve = open_room(&runtime, &*store, "ben", "eve").await;
        let app = App::new(runtime.clone(), store.clone(), config);
        TestApp { app, store, runtime, ana_drew, ben_eve, _folder: Arc::new(folder) }
    }

    /// Two servers on one store that wake each other over a line.
    pub(crate) async fn two() -> (Self, Self, Line) {
        let (one, line) = (Self::new().await, Line::new());
        let on_line = |app: &TestApp| TestApp {
            app: App::beside_others(
                app.runtime.clone(),
                app.store.clone(),
                Config::default(),
                Wires { redis: None, postgres: Some(Arc::new(line.clone())) },
            ),
            store: app.store.clone(),
            runtime: app.runtime.clone(),
            _folder: app._folder.clone(),
            ..*app
        };
        let (first, second) = (on_line(&one), on_line(&one));
        first.wait(Duration::from_secs(10)).await; // Connected, and past the look that follows.
        (first, second, line)
    }

    /// A server like this one, on the same line, in a runtime that can be killed.
    pub(crate) fn and_dies(&self, line: &Line) -> (Self, Runtime) {
        let runtime = self.runtime.fork();
        let wires = Wires { redis: None, postgres: Some(Arc::new(line.clone())) };
        let app = App::beside_others(runtime.clone(), self.store.clone(), Config::default(), wires);
        let (store, folder) = (self.store.clone(), self._folder.clone());
        (TestApp { app, store, runtime: self.runtime.clone(), _folder: folder, ..*self }, runtime)
    }

    /// Another server on the same store, which remembers nothing of this one.
    pub(crate) fn restarted(&self) -> Self {
        let app = App::new(self.runtime.clone(), self.store.clone(), Config::default());
        let (store, folder) = (self.store.clone(), self._folder.clone());
        TestApp { app, store, runtime: self.runtime.clone(), _folder: folder, ..*self }
    }

    /// Makes one more account.
    pub(crate) async fn hire(&self, role: Role, username: &str, name: &str) {
        create(&self.runtime, &*self.store, role, username, name).await;
    }

    pub(crate) fn get(&self, path: &str) -> Request<'_> {
        Request::new(self, http::Method::GET, path)
    }

    pub(crate) fn request(&self, method: http::Method, path: &str) -> Request<'_> {
        Request::new(self, method, path)
    }

    pub(crate) fn post(&self, path: &str) -> Request<'_> {
        Request::new(self, http::Method::POST, path)
    }

    /// Signs in as the desktop app does.
    pub(crate) async fn native(&self, username: &str) -> Native {
        let answer = self.post("/accounts/login/").json(&login(username)).send().await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let body = answer.json();
        Native {
            token: body["token"].as_str().unwrap().to_owned(),
            account_id: AccountId(body["account"]["account_id"].as_i64().unwrap()),
        }
    }

    /// Signs in as a browser does.
    pub(crate) async fn browser(&self, username: &str) -> Browser {
        let csrf = self.get("/accounts/login/").send().await.cookie("csrftoken").unwrap();
        let password = password_of(username);
        let form = [("username", username), ("password", &password), ("csrfmiddlewaretoken", &csrf)];
        let cookies = format!("csrftoken={csrf}");
        let answer = self.post("/accounts/login/").cookies(&cookies).form(&form).send().await;
        assert_eq!(answer.status, 302, "{}", answer.text());
        Browser { session: answer.cookie("sessionid").unwrap(), csrf }
    }

    /// Sends a message over HTTP and gives back the answer's body.
    pub(crate) async fn say(&self, who: &Native, room_id: RoomId, text: &str) -> Value {
        let wish = SendMessage {
            room_id,
            message: text.to_owned(),
            client_id: Some(self.client_id()),
            composed_at: None,
            urgent: false,
            reply_to: None,
        };
        let answer = self.post("/chat/send-message/").native(who).json(&wish).send().await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// The room of two linked people, made if need be.
    pub(crate) async fn open_room(&self, who: &Native, other: &Native) -> RoomId {
        let wish = json!({ "account_id": other.account_id });
        let answer = self.post("/chat/rooms/").native(who).json(&wish).send().await;
        RoomId(answer.json()["room"]["room_id"].as_i64().unwrap())
    }

    pub(crate) fn client_id(&self) -> ClientId {
        self.runtime.client_id()
    }

    pub(crate) fn epoch(&self) -> Epoch {
        self.store.facts().epoch.clone()
    }

    pub(crate) async fn wait(&self, duration: Duration) {
        self.runtime.sleep(duration).await;
    }
}

const PEOPLE: [(Role, &str, &str); 5] = [
    (Role::Patient, "ana", "Ana Ribeiro"),
    (Role::Patient, "ben", "Ben Okafor"),
    (Role::Practitioner, "drew", "Drew Lindqvist"),
    (Role::Practitioner, "eve", "Eve Sandoval"),
    (Role::Admin, "root", "Root"),
];

pub(crate) fn password_of(username: &str) -> String {
    format!("{username}-keeps-it-secret")
}

pub(crate) fn login(username: &str) -> Value {
    json!({
        "username": username,
        "password": password_of(username),
        "device_name": "Test device",
        "platform": "linux",
    })
}

async fn create(runtime: &Runtime, store: &dyn Store, role: Role, username: &str, name: &str) {
    let new = NewAccount {
        role,
        username: username.to_owned(),
        name: name.to_owned(),
        profession: (role == Role::Practitioner).then(|| "Physiotherapist".to_owned()),
        birth_date: (role == Role::Patient).then(|| "1980-02-03".to_owned()),
        facts: Default::default(),
        password_hash: password::hash(runtime, &password_of(username).into(), Cost::Least).unwrap(),
        now: runtime.now(),
    };
    let outcome = store.create_account(None, new).await.unwrap();
    assert!(matches!(outcome, NewAccountOutcome::Created(_)));
}

async fn open_room(runtime: &Runtime, store: &dyn Store, patient: &str, practitioner: &str) -> RoomId {
    let who = store.credentials(patient).await.unwrap().unwrap();
    let other = store.credentials(practitioner).await.unwrap().unwrap();
    let session = NewSession {
        account_id: who.account_id,
        kind: SessionKind::Bearer,
        token: TokenHash(runtime.random_bytes()),
        device_name: "Set-up".to_owned(),
        platform: "linux".to_owned(),
        device_id: None,
        now: runtime.now(),
        lifetime_ms: 1_000,
    };
    let actor = store.create_session(session).await.unwrap().actor;
    match store.open_room(actor, other.account_id, START).await.unwrap() {
        OpenRoomOutcome::Room { room, .. } => room.room_id,
        OpenRoomOutcome::NotFound => panic!("not linked"),
    }
}
