//! nginx and HAProxy in front of a small server: what they pass on, and that a reload is there when it says so.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test")]

use std::net::SocketAddr;

use bedside_testservices::{Haproxy, Nginx};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that answers every request with its name, until the test ends.
async fn server(name: &'static str) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::task::spawn_local(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::task::spawn_local(answer(stream, name));
        }
    });
    address
}

async fn answer(mut stream: TcpStream, name: &str) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") && stream.read_buf(&mut request).await.is_ok_and(|read| read > 0) {}
    let length = name.len();
    let text = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{name}");
    let _ = stream.write_all(text.as_bytes()).await;
}

/// The body of an answer.
async fn get(port: u16) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(b"GET / HTTP/1.0\r\nHost: clinic\r\n\r\n").await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text.rsplit_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or(text)
}

fn nginx_site(to: SocketAddr) -> String {
    format!("server {{ listen 127.0.0.1:{{port}}; location / {{ proxy_pass http://{to}; }} }}")
}

fn haproxy_configuration(to: SocketAddr) -> String {
    format!(
        "defaults\n  mode http\n  timeout connect 5s\n  timeout client 30s\n  timeout server 30s\n\
         frontend clinic\n  bind 127.0.0.1:{{port}}\n  default_backend nodes\n\
         backend nodes\n  server one {to}\n"
    )
}

#[tokio::test]
async fn nginx_passes_on_and_reloads() {
    tokio::task::LocalSet::new()
        .run_until(async {
            let (one, two) = (server("one").await, server("two").await);
            let mut nginx = Nginx::start(&nginx_site(one)).await.unwrap();
            assert_eq!(get(nginx.port()).await, "one");
            nginx.reload(&nginx_site(two)).await.unwrap();
            assert_eq!(get(nginx.port()).await, "two");
            let refused = nginx.reload("nonsense;").await.unwrap_err();
            assert!(refused.to_string().contains("unknown directive"), "{refused}");
            assert_eq!(get(nginx.port()).await, "two");
        })
        .await;
}

#[tokio::test]
async fn haproxy_passes_on_and_reloads() {
    tokio::task::LocalSet::new()
        .run_until(async {
            let (one, two) = (server("one").await, server("two").await);
            let mut haproxy = Haproxy::start(&haproxy_configuration(one)).await.unwrap();
            assert_eq!(get(haproxy.port()).await, "one");
            haproxy.reload(&haproxy_configuration(two)).await.unwrap();
            assert_eq!(get(haproxy.port()).await, "two");
            let refused = haproxy.reload("nonsense\n").await.unwrap_err();
            assert!(refused.to_string().contains("unknown keyword"), "{refused}");
            assert_eq!(get(haproxy.port()).await, "two");
        })
        .await;
}

#[tokio::test]
async fn a_server_that_does_not_start_shows_its_log() {
    let refused = Nginx::start("nonsense;").await.unwrap_err();
    assert!(refused.to_string().contains("unknown directive \"nonsense\""), "{refused}");
    let refused = Haproxy::start("nonsense\n").await.unwrap_err();
    assert!(refused.to_string().contains("unknown keyword 'nonsense'"), "{refused}");
}
