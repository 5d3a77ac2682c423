//! The proxies of docs/operations.md, as it configures them, with TLS, before three servers of one clinic.
#![cfg(target_os = "linux")]

mod behind;
mod socket;

use anyhow::{Result, ensure};
use bedside_protocol::RoomId;
use bedside_tests::documented::{block, exchanged};
use bedside_tests::several::Clinic;
use bedside_tests::{Peer, scenario};
use bedside_testservices::{Haproxy, Nginx};

use self::behind::{Certificate, is_told_of_tls, signed_in};
use self::socket::Socket;

const PASSWORD: &str = "correct horse battery";

#[tokio::test(flavor = "multi_thread")]
async fn nginx_as_documented_passes_everything_on() {
    scenario("nginx", async |_| {
        let (clinic, certificate) = (Clinic::start(PASSWORD).await?, Certificate::make()?);
        let site = ours("nginx", &clinic, &certificate)?;
        let nginx = Nginx::start(&exchanged(&site, "listen 443 ssl", "listen 127.0.0.1:{port} ssl")?).await?;
        behind(clinic, &certificate, nginx.port()).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn haproxy_as_documented_passes_everything_on() {
    scenario("haproxy", async |_| {
        let (clinic, certificate) = (Clinic::start(PASSWORD).await?, Certificate::make()?);
        let text = ours("haproxy", &clinic, &certificate)?;
        let haproxy = Haproxy::start(&exchanged(&text, "bind :443", "bind 127.0.0.1:{port}")?).await?;
        behind(clinic, &certificate, haproxy.port()).await
    })
    .await;
}

/// The documented configuration with our servers' addresses and our files.
fn ours(kind: &str, clinic: &Clinic, certificate: &Certificate) -> Result<String> {
    let mut text = block(kind)?;
    for (node, documented) in clinic.nodes.iter().zip(["10.0.0.11:8080", "10.0.0.12:8080", "10.0.0.13:8080"])
    {
        text = exchanged(&text, documented, &format!("127.0.0.1:{}", node.port()))?;
    }
    exchanged(&text, "/etc/bedside/", &format!("{}/", certificate.folder().display()))
}

/// What holds behind either.
async fn behind(mut clinic: Clinic, certificate: &Certificate, port: u16) -> Result<()> {
    is_told_of_tls(certificate, port).await?;
    let ana = signed_in(certificate, port, "ana").await?;
    let drew = signed_in(certificate, port, "drew").await?;
    let room = drew.only_room().await?;
    let mut sockets = spread(&clinic, certificate, port, &ana).await?;
    let mut sent = Vec::new();
    say(&drew, room, &mut sent, "to everybody").await?;
    for socket in &mut sockets {
        socket.hears("to everybody").await?;
    }

    clinic.nodes[0].kill().await?;
    say(&drew, room, &mut sent, "with one server less").await?;
    clinic.nodes[0].start().await?;
    for (node, text) in clinic.nodes.iter_mut().zip(["first", "second", "third"]) {
        let restart = async { node.stop().await.and(node.start().await) };
        tokio::try_join!(restart, say(&drew, room, &mut sent, text))?;
    }
    for socket in sockets {
        socket.ended().await?;
    }
    let mut again = Socket::open(certificate, port, &ana).await?;
    say(&drew, room, &mut sent, "after the rolling restart").await?;
    again.hears("after the rolling restart").await?;
    ana.stored_exactly(room, &sent).await
}

async fn say<'t>(who: &Peer, room: RoomId, sent: &mut Vec<&'t str>, text: &'t str) -> Result<()> {
    who.send(room, text).await?;
    sent.push(text);
    Ok(())
}

/// Opens sockets until each server has one.
async fn spread(clinic: &Clinic, certificate: &Certificate, port: u16, who: &Peer) -> Result<Vec<Socket>> {
    let mut sockets = Vec::new();
    while clinic.sockets().contains(&0) {
        ensure!(sockets.len() < 9, "nine sockets, and so they lie: {:?}", clinic.sockets());
        sockets.push(Socket::open(certificate, port, who).await?);
    }
    Ok(sockets)
}
