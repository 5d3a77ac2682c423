//! What an administrator does on the command line is known to every server at once.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use bedside_runtime::Runtime;
use bedside_testkit::{Balancer, Device};
use bedside_testservices::{Options, Postgres};
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_postgres::{AsyncMessage, NoTls};

use crate::node::{Node, Shared};
use crate::people::{PASSWORD, Pair, admit};

/// Far less than the 25 seconds after which a connection looks by itself.
const AT_ONCE: Duration = Duration::from_secs(8);

/// Two pairs' clinic.
struct Clinic {
    shared: Shared,
    pairs: Vec<Pair>,
    _postgres: Postgres,
}

impl Clinic {
    async fn new(runtime: &Runtime) -> Result<Self> {
        let postgres = Postgres::start(Options::durable()).await?;
        let database = postgres.fresh_database().await?;
        let pairs = admit(runtime, &database, 2).await?;
        Ok(Clinic { shared: Shared { database, redis: None }, pairs, _postgres: postgres })
    }

    async fn admin(&self, arguments: &[&str]) -> Result<()> {
        self.shared.run(&[&["admin"], arguments].concat(), PASSWORD).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sockets_of_somebody_shut_out_close_at_once_at_every_server() {
    // A second installation says that there is one already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (runtime, profiles) = (Runtime::system(), TempDir::new().unwrap());
    let clinic = Clinic::new(&runtime).await.unwrap();
    let mut nodes = [Node::prepare(&clinic.shared).unwrap(), Node::prepare(&clinic.shared).unwrap()];
    let mut devices = Vec::new();
    for node in &mut nodes {
        let server = node.start().await.unwrap();
        let (folder, only) =
            (profiles.path().join(server.port().to_string()), Balancer::before(vec![server]));
        let signed_in = Device::signed_in(&runtime, folder, Arc::new(only.unwrap()), ("ana1", PASSWORD));
        devices.push(signed_in.await.unwrap());
    }
    for device in &devices {
        device.until_it_is_live().await.unwrap();
    }
    clinic.admin(&["disable", "--username", "ana1"]).await.unwrap();
    let ended = async {
        for device in &devices {
            device.until_it_is_signed_out().await.unwrap();
        }
    };
    runtime.timeout(AT_ONCE, ended).await.expect("a session goes on");
}

#[tokio::test]
async fn every_command_says_whose_connections_are_to_look() {
    let runtime = Runtime::system();
    let clinic = Clinic::new(&runtime).await.unwrap();
    let (client, mut connection) = tokio_postgres::connect(&clinic.shared.database, NoTls).await.unwrap();
    let told = stream::poll_fn(move |context| connection.poll_message(context)).filter_map(payload);
    let mut told = Box::pin(told);
    let commands = async {
        client.batch_execute("LISTEN bedside_signals").await?;
        let pair = ["--patient", "ana1", "--practitioner", "drew2"];
        clinic.admin(&[&["link"], &pair[..]].concat()).await?;
        clinic.admin(&[&["end-link"], &pair[..]].concat()).await?;
        for command in ["disable", "enable", "set-password", "sign-out"] {
            clinic.admin(&[command, "--username", "ana1"]).await?;
        }
        anyhow::Ok(client)
    };
    let (ana, drew) = (clinic.pairs[0].accounts[0], clinic.pairs[1].accounts[1]);
    let expected =
        [json!([ana, drew]), json!([ana, drew]), json!([ana]), json!([ana]), json!([ana]), json!([ana])];
    let heard = async {
        for accounts in expected {
            let signal = told.next().await.context("the connection was closed")?;
            anyhow::ensure!(signal["kind"] == "changed" && signal["accounts"] == accounts, "{signal}");
        }
        anyhow::Ok(())
    };
    let both = runtime.timeout(Duration::from_secs(30), async { tokio::try_join!(commands, heard) });
    both.await.expect("a command says nothing").unwrap();
}

async fn payload(message: Result<AsyncMessage, tokio_postgres::Error>) -> Option<Value> {
    match message {
        Ok(AsyncMessage::Notification(notice)) => Some(serde_json::from_str(notice.payload()).unwrap()),
        _ => None,
    }
}
