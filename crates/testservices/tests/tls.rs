//! A cluster with a certificate: over TCP it talks TLS and nothing else.

#![cfg(target_os = "linux")]

use bedside_testservices::{Options, Postgres, Tls};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_postgres::NoTls;

/// The protocol's request for TLS: a length and a number; the answer is one letter.
const REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

#[tokio::test]
async fn only_tls_is_admitted() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let tls = Tls { certificate: made.cert.pem(), key: made.signing_key.serialize_pem() };
    let postgres = Postgres::start(Options { tls: Some(tls), ..Options::default() }).await.unwrap();
    // Its own questions still get through.
    let url = postgres.fresh_database().await.unwrap();

    let mut stream = TcpStream::connect(("127.0.0.1", postgres.port())).await.unwrap();
    stream.write_all(&REQUEST).await.unwrap();
    assert_eq!(stream.read_u8().await.unwrap(), b'S');

    let refused = tokio_postgres::connect(&url, NoTls).await.map(|_| ()).unwrap_err();
    let message = refused.as_db_error().unwrap().message();
    assert!(message.contains("no encryption"), "{message}");
}
