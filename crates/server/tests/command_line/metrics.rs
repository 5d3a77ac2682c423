//! `serve --metrics`

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;

use crate::process::{Server, exchange_text, run};

const READ: &str = "GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let all = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
    let output = run(folder, &all, "");
    assert!(!output.status.success());
    assert!(std::fs::read_dir(folder).unwrap().next().is_none(), "nothing is made");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn metrics_are_served_on_a_listener_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--metrics", "127.0.0.1:0"]);
    let url = server.metrics.clone().unwrap();
    let address = url.strip_prefix("http://").unwrap().strip_suffix("/metrics").unwrap();
    let address: SocketAddr = address.parse().unwrap();
    let (status, text) = exchange_text(TcpStream::connect(address).unwrap(), READ);
    assert_eq!(status, 200);
    assert!(
        text.contains("bedside_build_info{") && text.contains("bedside_store_committed_total "),
        "{text}"
    );
    assert_eq!(exchange_text(TcpStream::connect(server.address()).unwrap(), READ).0, 404);
    assert!(server.stop());
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn metrics_are_served_nowhere_unless_it_is_said_where() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    assert_eq!(server.metrics, None);
    assert!(server.stop());
}

#[test]
fn beyond_this_machine_metrics_are_refused_unless_a_reader_is_named() {
    let folder = tempfile::tempdir().unwrap();
    assert!(refused(folder.path(), &["--metrics", "0.0.0.0:0"]).contains("--metrics-reader"));
    assert!(refused(folder.path(), &["--metrics-reader", "10.0.0.7"]).contains("--metrics"));
    let server = Server::start(folder.path(), &["--metrics", "0.0.0.0:0", "--metrics-reader", "10.0.0.7"]);
    assert!(server.metrics.is_some());
    assert!(server.stop());
}

#[test]
fn an_address_that_is_taken_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = refused(folder.path(), &["--metrics", &address]);
    assert!(said.contains(&address) && said.contains("another program"), "{said}");
}
