//! A web site with pages of its own in front of a server, on one origin: how a clinic's platform stands before it.

use std::sync::Arc;

use anyhow::Result;
use tokio::io::{AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::proxy::{asks_for_websocket, closing, read_head};

/// A page of the site.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Every path that begins with this shows it.
    pub path: &'static str,
    /// What it is, for the browser.
    pub media_type: &'static str,
    /// Its text.
    pub body: &'static str,
}

/// A running site.
#[derive(Debug)]
pub struct Site {
    port: u16,
    _accepting: JoinSet<()>,
}

impl Site {
    /// Puts pages in front of a server; whatever they do not cover is the server's.
    pub async fn start(server: u16, pages: Vec<Page>) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let mut accepting = JoinSet::new();
        accepting.spawn(accept(listener, server, Arc::new(pages)));
        Ok(Site { port, _accepting: accepting })
    }

    /// Its origin.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

async fn accept(listener: TcpListener, server: u16, pages: Arc<Vec<Page>>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let pages = Arc::clone(&pages);
        // A browser opens connections it never uses: one that fails concerns nobody.
        connections.spawn(async move { drop(serve(stream, server, &pages).await) });
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(mut browser: TcpStream, server: u16, pages: &[Page]) -> std::io::Result<()> {
    let head = read_head(&mut browser).await?;
    let asked = String::from_utf8_lossy(&head).split(' ').nth(1).unwrap_or_default().to_owned();
    if let Some(page) = pages.iter().find(|page| asked.starts_with(page.path)) {
        return browser.write_all(answer(page).as_bytes()).await;
    }
    let mut upstream = TcpStream::connect(("127.0.0.1", server)).await?;
    let head = if asks_for_websocket(&head) { head } else { closing(&head) };
    upstream.write_all(&head).await?;
    copy_bidirectional(&mut browser, &mut upstream).await.map(|_| ())
}

fn answer(page: &Page) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
        page.media_type,
        page.body.len(),
        page.body
    )
}
