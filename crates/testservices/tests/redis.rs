//! A Redis of a test's own: it comes back at its port, without what it held.

#![cfg(target_os = "linux")]

use anyhow::Result;
use bedside_testservices::Redis;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// The first line of the answer to one command.
async fn ask(redis: &Redis, command: &str) -> Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", redis.port())).await?;
    stream.write_all(format!("{command}\r\n").as_bytes()).await?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).await?;
    Ok(line.trim_end().to_owned())
}

#[tokio::test]
async fn it_comes_back_empty_at_its_port() {
    let mut redis = Redis::start().await.unwrap();
    let url = redis.url();
    assert_eq!(ask(&redis, "SET room 7").await.unwrap(), "+OK");
    assert_eq!(ask(&redis, "STRLEN room").await.unwrap(), ":1");
    assert!(redis.process().is_some());
    redis.kill().await.unwrap();
    assert!(redis.process().is_none());
    assert!(ask(&redis, "PING").await.is_err());
    redis.start_again().await.unwrap();
    assert_eq!(ask(&redis, "STRLEN room").await.unwrap(), ":0");
    assert_eq!(redis.url(), url);
}
