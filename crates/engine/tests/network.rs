//! The real network: what is trusted, what is not, and how long it may be silent.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by panicking")]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bedside_engine::transport::{NetTransport, Transport, TransportError};
use bedside_runtime::Runtime;
use bytes::Bytes;
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const PATIENCE: Duration = Duration::from_secs(20);
/// Set in the process that trusts the certificate: where the server is.
const SERVER: &str = "BEDSIDE_TEST_SERVER";

/// A server on loopback with a certificate of its own making for one name.
struct Server {
    address: SocketAddr,
    _folder: TempDir,
    certificate: PathBuf,
}

fn install_provider() {
    let _ = rustls::crypto::ring::default_provider().install_default(); // Another test may have been first.
}

async fn server(name: &str) -> Server {
    install_provider();
    let runtime = Runtime::system();
    let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let certificate = folder.path().join("certificate.pem");
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connections = runtime.clone();
    runtime.spawn("test.server", async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            connections.spawn("test.connection", async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let mut request = [0; 4_096];
                let _ = stream.read(&mut request).await;
                let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok";
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    Server { address, _folder: folder, certificate }
}

fn get(url: String) -> http::Request<Bytes> {
    http::Request::get(url).body(Bytes::new()).unwrap()
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_refused_and_said_to_be_the_reason() {
    let server = server("localhost").await;
    let network = NetTransport::new().unwrap();
    let url = format!("https://localhost:{}/healthz", server.address.port());
    let answer = network.request(get(url), PATIENCE).await;
    assert!(matches!(answer, Err(TransportError::Certificate(_))), "{answer:?}");
}

#[tokio::test]
async fn the_socket_refuses_it_as_well() {
    let server = server("localhost").await;
    let network = NetTransport::new().unwrap();
    let url = format!("wss://localhost:{}/ws/feed/", server.address.port());
    let request = http::Request::get(url).body(()).unwrap();
    let opened = network.socket(request).await;
    assert!(matches!(opened, Err(TransportError::Certificate(_))), "{opened:?}");
}

/// Run again as a process whose system trusts the certificate, as an administrator would make it.
#[tokio::test]
async fn a_certificate_the_system_trusts_is_accepted_for_its_own_name_only() {
    let server = server("localhost").await;
    let port = server.address.port().to_string();
    let certificate = server.certificate.clone();
    let runtime = Runtime::system();
    let child = runtime.blocking(move || {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "in_a_process_that_trusts_it", "--ignored"])
            .env("SSL_CERT_FILE", certificate)
            .env(SERVER, port)
            .output()
            .unwrap()
    });
    let output = child.await;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[tokio::test]
#[ignore = "run by the test above, with its environment"]
async fn in_a_process_that_trusts_it() {
    install_provider();
    let port = std::env::var(SERVER).unwrap();
    let network = NetTransport::new().unwrap();
    let answer = network.request(get(format!("https://localhost:{port}/")), PATIENCE).await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.body()[..]), (200, &b"ok"[..]));
    let other_name = network.request(get(format!("https://127.0.0.1:{port}/")), PATIENCE).await;
    assert!(matches!(other_name, Err(TransportError::Certificate(_))), "{other_name:?}");
}

#[tokio::test]
async fn a_server_that_falls_silent_is_given_up_and_a_slow_one_is_not() {
    install_provider();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    Runtime::system().spawn("test.server", async move {
        let mut request = [0; 4_096];
        let (mut slow, _) = listener.accept().await.unwrap();
        assert_ne!(slow.read(&mut request).await.unwrap(), 0);
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\n";
        slow.write_all(head.as_bytes()).await.unwrap();
        for part in ["a", "b", "c", "d", "e", "f"] {
            tokio::time::sleep(Duration::from_millis(400)).await;
            slow.write_all(part.as_bytes()).await.unwrap();
        }
        let (mut silent, _) = listener.accept().await.unwrap();
        assert_ne!(silent.read(&mut request).await.unwrap(), 0);
        silent.write_all(head.as_bytes()).await.unwrap();
        std::future::pending::<()>().await;
    });
    let network = NetTransport::new().unwrap();
    let silence = Duration::from_millis(1_500);
    let url = format!("http://{address}/");
    let slow = network.request(get(url.clone()), silence).await.unwrap();
    assert_eq!(&slow.body()[..], b"abcdef");
    let silent = network.request(get(url), silence).await;
    assert!(matches!(silent, Err(TransportError::Silent)), "{silent:?}");
}
