//! An administrator has no conversations: the app says so, and keeps neither a session nor a cache.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bedside_engine::keys::MemoryKeychain;
use bedside_engine::transport::{Socket, Transport, TransportError};
use bedside_engine::{Client, ClientConfig};
use bedside_protocol::Timestamp;
use bedside_protocol::ipc::{IpcError, Request, SessionState};
use bedside_runtime::Runtime;
use bytes::Bytes;
use tempfile::TempDir;

/// A server that lets root in; it keeps what it was asked, with the token.
#[derive(Default)]
struct Clinic(Mutex<Vec<String>>);

#[async_trait]
impl Transport for Clinic {
    async fn request(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let token = request.headers().get("authorization").map_or("", |value| value.to_str().unwrap());
        let asked = format!("{} {token}", request.uri().path());
        self.0.lock().unwrap().push(asked);
        let (status, body) = match request.uri().path() {
            "/healthz" => (200, r#"{"status": "ok", "proto": [1], "version": "0"}"#),
            "/accounts/login/" => (
                200,
                r#"{"token": "t", "expires_at": "2027-11-22T16:00:00.123Z", "device_id": 5, "account": {
                    "account_id": 9, "role": "admin", "role_id": 1, "name": "Ruth Admin",
                    "since": "2026-11-22T16:00:00.123Z", "username": "root"}}"#,
            ),
            _ => (204, ""),
        };
        let answer = http::Response::builder().status(status).header("content-type", "application/json");
        Ok(answer.body(Bytes::from_static(body.as_bytes())).unwrap())
    }

    async fn socket(&self, _: http::Request<()>) -> Result<Socket, TransportError> {
        Err(TransportError::Unreachable("no socket is wanted".into()))
    }
}

#[tokio::test(start_paused = true)]
async fn an_administrator_is_not_signed_in_and_nothing_is_kept() {
    let folder = TempDir::new().unwrap();
    let clinic = Arc::new(Clinic::default());
    let client = Client::open(ClientConfig {
        runtime: Runtime::simulated(7, Timestamp(1_795_363_200_000)),
        folder: folder.path().join("profile"),
        profile: String::new(),
        server: String::new(),
        version: "0".to_owned(),
        device_name: "test".to_owned(),
        platform: "linux".to_owned(),
        time_zone: Arc::new(|| "Europe/Berlin".to_owned()),
        keychain: Some(Arc::new(MemoryKeychain::default())),
        transport: Arc::clone(&clinic) as Arc<dyn Transport>,
    })
    .await;
    let request = Request::SignIn {
        server: "http://127.0.0.1".to_owned(),
        username: "root".to_owned(),
        password: "correct horse battery".to_owned(),
        passphrase: None,
    };
    assert_eq!(client.request(request).await.map(drop), Err(IpcError::AdministratorAccount));
    assert_eq!(client.session().borrow().state, SessionState::SignedOut { ended_by_server: false });
    let asked = clinic.0.lock().unwrap().clone();
    assert_eq!(asked, ["/healthz ", "/accounts/login/ ", "/accounts/logout/ Bearer t"]);
    assert!(client.cache().is_none());
    let kept = std::fs::read_dir(folder.path().join("profile")).map_or(0, Iterator::count);
    assert_eq!(kept, 0, "neither a key nor a cache");
}
