//! A network between app and server that can be told to misbehave.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// What gets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// Everything.
    Open,
    /// Everything but WebSockets, as behind many a company's proxy.
    WithoutWebSockets,
    /// Nothing; connections that exist are cut.
    Cut,
}

/// A running network.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    path: Arc<watch::Sender<Path>>,
    accepted: Arc<AtomicUsize>,
    _accepting: JoinSet<()>,
}

impl Proxy {
    /// Puts a network in front of a port.
    pub async fn start(to: u16, path: Path) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let (sender, state) = watch::channel(path);
        let mut accepting = JoinSet::new();
        let accepted = Arc::new(AtomicUsize::new(0));
        accepting.spawn(accept(listener, to, state, Arc::clone(&accepted)));
        Ok(Proxy { port, path: Arc::new(sender), accepted, _accepting: accepting })
    }

    /// Changes what gets through.
    pub fn set(&self, path: Path) {
        self.path.send_replace(path);
    }

    /// How many connections have come.
    #[must_use]
    pub fn accepted(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

async fn accept(listener: TcpListener, to: u16, path: watch::Receiver<Path>, accepted: Arc<AtomicUsize>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        accepted.fetch_add(1, Ordering::SeqCst);
        connections.spawn(serve(stream, to, path.clone()));
        while connections.try_join_next().is_some() {}
    }
}

/// A connection that fails is what this is for.
async fn serve(stream: TcpStream, to: u16, mut path: watch::Receiver<Path>) {
    let asked = *path.borrow_and_update();
    if asked == Path::Cut {
        return;
    }
    tokio::select! {
        _ = forward(stream, to, asked) => {}
        () = until_cut(&mut path) => {}
    }
}

async fn until_cut(path: &mut watch::Receiver<Path>) {
    if path.wait_for(|path| *path == Path::Cut).await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn forward(mut client: TcpStream, to: u16, path: Path) -> std::io::Result<()> {
    let mut server = TcpStream::connect(("127.0.0.1", to)).await?;
    if path == Path::Open {
        return copy_bidirectional(&mut client, &mut server).await.map(|_| ());
    }
    // One request per connection, so that none hides an upgrade behind another: the answer's end closes it.
    let head = read_head(&mut client).await?;
    if asks_for_websocket(&head) {
        return client
            .write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .await;
    }
    server.write_all(&closing(&head)).await?;
    copy_bidirectional(&mut client, &mut server).await.map(|_| ())
}

pub(crate) async fn read_head(client: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut buffer = [0; 4_096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < 65_536 {
        match client.read(&mut buffer).await? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => head.extend_from_slice(buffer.get(..read).unwrap_or_default()),
        }
    }
    Ok(head)
}

pub(crate) fn asks_for_websocket(head: &[u8]) -> bool {
    String::from_utf8_lossy(head).to_ascii_lowercase().contains("upgrade: websocket")
}

/// The same request, asking the server to close the connection after its answer.
pub(crate) fn closing(head: &[u8]) -> Vec<u8> {
    let line_end = head.windows(2).position(|end| end == b"\r\n").map_or(head.len(), |at| at + 2);
    let (line, rest) = head.split_at(line_end);
    [line, b"Connection: close\r\n", rest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upgrade_is_known_however_it_is_written() {
        assert!(asks_for_websocket(b"GET / HTTP/1.1\r\nUPGRADE: WebSocket\r\n\r\n"));
        assert!(!asks_for_websocket(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    #[test]
    fn a_request_is_told_to_close_its_connection() {
        let closed = closing(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assert_eq!(closed, b"GET / HTTP/1.1\r\nConnection: close\r\nHost: x\r\n\r\n");
    }
}
