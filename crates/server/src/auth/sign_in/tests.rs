//! Who cannot sign in learns nothing from how long that took: each refusal costs a password's whole work.

use std::sync::atomic::Ordering;

use axum::body::Body;
use bedside_protocol::Timestamp;
use bedside_protocol::wire::Role;
use bedside_runtime::Runtime;
use http::{Request, StatusCode, header};
use tower::ServiceExt;

use crate::auth::password::{self, Cost};
use crate::store::sqlite::{SqliteStore, StoreOptions};
use crate::store::{AccountChange, NewAccount, Store};
use crate::{App, Config, PeerAddr};

const NOW: Timestamp = Timestamp(1_795_363_200_000);
const PASSWORD: &str = "a long enough password";

async fn hire(runtime: &Runtime, store: &SqliteStore, username: &str) {
    let new = NewAccount {
        role: Role::Patient,
        username: username.to_owned(),
        name: username.to_owned(),
        profession: None,
        birth_date: None,
        facts: Default::default(),
        password_hash: password::hash(runtime, &PASSWORD.to_owned().into(), Cost::Least).unwrap(),
        now: NOW,
    };
    store.create_account(None, new).await.unwrap();
}

/// An attempt through one of the two doors: the answer's status and body, and how many passwords were verified for it.
async fn attempt(app: &App, door: &str, body: String) -> (StatusCode, Vec<u8>, usize) {
    let verified = &app.state().verifier.verified;
    let before = verified.load(Ordering::SeqCst);
    let mut request = Request::post("/accounts/login/")
        .header(header::HOST, "bedside.test")
        .header(header::ORIGIN, "http://bedside.test")
        .header(header::COOKIE, "csrftoken=0123456789abcdef0123456789abcdef01234567890")
        .header(header::CONTENT_TYPE, door)
        .body(Body::from(body))
        .unwrap();
    request.extensions_mut().insert(PeerAddr("127.0.0.1:4000".parse().unwrap()));
    let answer = app.router().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), 65_536).await.unwrap().to_vec();
    (status, body, verified.load(Ordering::SeqCst) - before)
}

#[tokio::test(start_paused = true)]
async fn every_refusal_costs_a_whole_hash_and_says_the_same_at_both_doors() {
    let (runtime, folder) = (Runtime::simulated(1, NOW), tempfile::tempdir().unwrap());
    let store = SqliteStore::open(runtime.clone(), folder.path(), &StoreOptions::default()).unwrap();
    for username in ["ana", "ben"] {
        hire(&runtime, &store, username).await;
    }
    store.change_account(None, "ben", AccountChange::Disable).await.unwrap();
    let app = App::new(runtime, std::sync::Arc::new(store), Config::default());
    let native = |name: &str, password: &str| {
        format!(
            r#"{{"username": "{name}", "password": "{password}", "device_name": "t", "platform": "linux"}}"#
        )
    };
    let form =
        |name: &str, password: &str| format!("username={name}&password={}", password.replace(' ', "+"));
    type Wish<'a> = &'a dyn Fn(&str, &str) -> String;
    let doors: [(&str, Wish<'_>); 2] =
        [("application/json", &native), ("application/x-www-form-urlencoded", &form)];
    for (door, body) in doors {
        let wrong = attempt(&app, door, body("ana", "a wrong password")).await;
        assert_eq!((wrong.0, wrong.2), (StatusCode::UNAUTHORIZED, 1), "{door}");
        assert_eq!(attempt(&app, door, body("nobody", PASSWORD)).await, wrong, "{door}: an unknown name");
        assert_eq!(attempt(&app, door, body("ben", PASSWORD)).await, wrong, "{door}: a disabled account");
        let right = attempt(&app, door, body("ana", PASSWORD)).await;
        assert!(right.0.is_success() || right.0.is_redirection(), "{door}: {}", right.0);
    }
}
