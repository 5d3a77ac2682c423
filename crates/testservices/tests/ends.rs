//! Nothing of a test process's servers outlives it, however it ends.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test")]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use bedside_testservices::{Redis, shared};

/// Another test process, with servers of its own.
struct Holder {
    process: Child,
    output: BufReader<ChildStdout>,
    ports: [u16; 2],
}

fn holder() -> Holder {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "holds_servers_until_its_input_ends", "--nocapture"]);
    let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(process.stdout.take().unwrap());
    let ports = [port(&mut output), port(&mut output)];
    Holder { process, output, ports }
}

fn port(output: &mut impl BufRead) -> u16 {
    let lines = output.lines().map(Result::unwrap);
    lines.into_iter().find_map(|line| line.strip_prefix("port ").map(str::to_owned)).unwrap().parse().unwrap()
}

#[ignore = "a part of the other tests, which start it in a process of its own"]
#[tokio::test]
async fn holds_servers_until_its_input_ends() {
    let postgres = shared().await.unwrap();
    let redis = Redis::start().await.unwrap();
    println!("\nport {}\nport {}", postgres.port(), redis.port());
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

fn listening(port: u16) -> bool {
    std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
}

fn folders(process: u32) -> usize {
    let prefix = format!("bedside-services-{process}-");
    let entries = std::fs::read_dir(std::env::temp_dir()).unwrap().flatten();
    entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix)).count()
}

fn until_nothing_is_left(holder: &Holder) {
    let end = Instant::now() + Duration::from_secs(30);
    let left = || folders(holder.process.id()) > 0 || holder.ports.into_iter().any(listening);
    while left() {
        assert!(Instant::now() < end, "{} folders left", folders(holder.process.id()));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn servers_go_with_a_killed_test() {
    let mut holder = holder();
    assert!(holder.ports.into_iter().all(listening));
    assert_eq!(folders(holder.process.id()), 2);
    holder.process.kill().unwrap();
    holder.process.wait().unwrap();
    until_nothing_is_left(&holder);
}

#[test]
fn a_shared_cluster_goes_with_a_test_that_ends_well() {
    let mut holder = holder();
    drop(holder.process.stdin.take());
    holder.output.read_to_end(&mut Vec::new()).unwrap();
    assert!(holder.process.wait().unwrap().success());
    until_nothing_is_left(&holder);
}
