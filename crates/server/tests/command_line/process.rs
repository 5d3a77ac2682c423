//! Starting the binary and speaking to it.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

pub(crate) const PASSWORD: &str = "a long enough password";

/// Runs the binary to its end with these words on standard input.
pub(crate) fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = command(folder, arguments).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let _ = stdin.write_all(input.as_bytes()); // It may have refused already.
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    told(Command::new(env!("CARGO_BIN_EXE_bedside-server")), ("BEDSIDE_DATA", folder), arguments)
}

/// Told where the clinic is by one variable.
fn told(mut command: Command, (variable, place): (&str, &Path), arguments: &[&str]) -> Command {
    command.args(arguments).env(variable, place).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A running server; killed if the test ends without stopping it.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
    /// Where its metrics are, if it says so.
    pub(crate) metrics: Option<String>,
}

impl Server {
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Server {
        let program = Command::new(env!("CARGO_BIN_EXE_bedside-server"));
        Self::spawn(program, folder, arguments)
    }

    /// The same on a database whose address is in a file.
    pub(crate) fn served_from(address: &Path) -> Server {
        let program = Command::new(env!("CARGO_BIN_EXE_bedside-server"));
        Self::listening(program, ("BEDSIDE_DATABASE_FILE", address), &[], Stdio::null())
    }

    /// The same by a command that runs the binary.
    pub(crate) fn spawn(program: Command, folder: &Path, arguments: &[&str]) -> Server {
        Self::listening(program, ("BEDSIDE_DATA", folder), arguments, Stdio::null())
    }

    /// The same with its log in a file.
    pub(crate) fn logging(log: &Path, folder: &Path, arguments: &[&str]) -> Server {
        let program = Command::new(env!("CARGO_BIN_EXE_bedside-server"));
        Self::listening(program, ("BEDSIDE_DATA", folder), arguments, File::create(log).unwrap().into())
    }

    fn listening(program: Command, place: (&str, &Path), arguments: &[&str], log: Stdio) -> Server {
        let all = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut child = told(program, place, &all).stderr(log).spawn().unwrap();
        let (mut said, mut metrics) = (BufReader::new(child.stdout.as_mut().unwrap()).lines(), None);
        let mut line = said.next().unwrap().unwrap();
        if let Some(address) = line.strip_prefix("metrics on ") {
            metrics = Some(address.to_owned());
            line = said.next().unwrap().unwrap();
        }
        let url = line.strip_prefix("listening on ").expect("it says where it listens").to_owned();
        Server { child, url, metrics }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.url.split_once("//").unwrap().1.parse().unwrap()
    }

    /// A request over a connection of its own; status and JSON body.
    pub(crate) fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.post_as("", path, body)
    }

    /// The same by whoever has this token.
    pub(crate) fn post_as(&self, token: &str, path: &str, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let length = body.len();
        let by = if token.is_empty() { String::new() } else { format!("\r\nauthorization: Bearer {token}") };
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}{by}"
        );
        exchange(TcpStream::connect(self.address()).unwrap(), &format!("{head}\r\n\r\n{body}"))
    }

    /// Waits until it has ended by itself; whether well.
    pub(crate) fn ends(mut self) -> bool {
        self.child.wait().unwrap().success()
    }

    /// Asks it to stop and waits until it has.
    pub(crate) fn stop(mut self) -> bool {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill(); // It has ended already if the test stopped it.
        let _ = self.child.wait();
    }
}

/// Writes a request and reads the answer to its end; status and JSON body.
pub(crate) fn exchange(stream: impl Read + Write, request: &str) -> (u16, Value) {
    let (status, body) = exchange_text(stream, request);
    (status, serde_json::from_str(&body).unwrap_or(Value::Null))
}

/// The same with the body as it is.
pub(crate) fn exchange_text(mut stream: impl Read + Write, request: &str) -> (u16, String) {
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer); // A TLS peer may leave without saying so.
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, body.to_owned())
}
