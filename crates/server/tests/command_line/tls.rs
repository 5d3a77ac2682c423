//! `serve --tls-cert --tls-key`

use std::net::TcpStream;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::process::{Server, exchange, run};

#[test]
fn a_server_with_a_certificate_speaks_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default(); // Another test may have been first.
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let files = ["--tls-cert", cert.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let server = Server::start(&folder.path().join("data"), &files);
    assert!(server.url.starts_with("https://"));

    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = StreamOwned::new(connection, TcpStream::connect(server.address()).unwrap());
    let request = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let (status, body) = exchange(stream, request);
    assert_eq!((status, &body["status"]), (200, &serde_json::json!("ok")));
    assert!(server.stop());
}

#[test]
fn a_certificate_without_its_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let cert = folder.path().join("cert.pem");
    std::fs::write(&cert, "nothing").unwrap();
    let path = cert.to_str().unwrap();
    let only = run(folder.path(), &["serve", "--tls-cert", path], "");
    assert!(!only.status.success());
    let broken = run(folder.path(), &["serve", "--tls-cert", path, "--tls-key", path], "");
    assert!(String::from_utf8_lossy(&broken.stderr).contains("cert.pem"));
}
