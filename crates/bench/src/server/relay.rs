//! The limit: tokio-tungstenite and SQLite with group commit, and nothing else.
//!
//! A message is one row (WAL, `synchronous=FULL`) and one frame to every socket of its room, sent after COMMIT. No
//! accounts, no authorisation, no feed, no idempotency.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use bedside_protocol::room_socket::{RoomMessageFrame, RoomSend};
use bedside_protocol::wire::Role;
use bedside_protocol::{MessageId, Rev, RoomId, RoomSeq, Timestamp};
use clap::Args;
use futures_util::{SinkExt, StreamExt};
use rusqlite::Connection;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

/// Where it stores.
#[derive(Args)]
pub(crate) struct Options {
    /// A folder of its own.
    #[arg(long)]
    data: PathBuf,
}

type Rooms = Arc<Mutex<HashMap<i64, Vec<mpsc::Sender<Utf8Bytes>>>>>;

struct Job {
    room: i64,
    text: String,
}

pub(crate) async fn run(options: Options) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    let rooms = Rooms::default();
    let (jobs, queue) = mpsc::channel(4_096);
    let connection = open(&options)?;
    let writer_rooms = Arc::clone(&rooms);
    std::thread::spawn(move || write(connection, queue, &writer_rooms));
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(serve(stream, Arc::clone(&rooms), jobs.clone()));
    }
}

fn open(options: &Options) -> Result<Connection> {
    let connection = Connection::open(options.data.join("relay.db"))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE messages (id INTEGER PRIMARY KEY, room INTEGER NOT NULL, text TEXT NOT NULL) STRICT;",
    )?;
    Ok(connection)
}

/// One COMMIT for everything that waits, then the frames.
fn write(connection: Connection, mut queue: mpsc::Receiver<Job>, rooms: &Rooms) {
    while let Some(first) = queue.blocking_recv() {
        let mut batch = vec![first];
        while let Ok(job) = queue.try_recv() {
            batch.push(job);
        }
        match commit(&connection, &batch) {
            Ok(ids) => batch.iter().zip(ids).for_each(|(job, id)| relay(rooms, job, id)),
            Err(failed) => println!("commit failed: {failed}"),
        }
    }
}

fn commit(connection: &Connection, batch: &[Job]) -> rusqlite::Result<Vec<i64>> {
    let transaction = connection.unchecked_transaction()?;
    let mut ids = Vec::with_capacity(batch.len());
    {
        let mut insert = transaction.prepare_cached("INSERT INTO messages (room, text) VALUES (?1, ?2)")?;
        for job in batch {
            ids.push(insert.insert((job.room, &job.text))?);
        }
    }
    transaction.commit()?;
    Ok(ids)
}

fn relay(rooms: &Rooms, job: &Job, id: i64) {
    let frame = RoomMessageFrame {
        message: job.text.clone(),
        sender_type: Role::Patient,
        sender_id: 1,
        id: MessageId(id),
        room_id: RoomId(job.room),
        timestamp: Timestamp(0),
        room_seq: RoomSeq(id),
        rev: Rev(id),
        urgent: false,
        client_id: None,
        reply_to: None,
        quote: None,
    };
    let Ok(json) = serde_json::to_string(&frame) else { return };
    let json = Utf8Bytes::from(json);
    let sockets = rooms.lock().unwrap_or_else(PoisonError::into_inner);
    for socket in sockets.get(&job.room).into_iter().flatten() {
        // A full or closed socket misses it: this relay promises nothing.
        let _ = socket.try_send(json.clone());
    }
}

async fn serve(stream: TcpStream, rooms: Rooms, jobs: mpsc::Sender<Job>) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut room = 0;
    #[expect(clippy::result_large_err, reason = "the callback's type is tungstenite's")]
    let read_path = |request: &Request, response: Response| {
        room =
            request.uri().path().split('/').rev().nth(1).and_then(|id| id.parse().ok()).unwrap_or_default();
        Ok(response)
    };
    let config = WebSocketConfig::default().read_buffer_size(4 * 1024).write_buffer_size(0);
    let socket = tokio_tungstenite::accept_hdr_async_with_config(stream, read_path, Some(config)).await?;
    let (mut sink, mut stream) = socket.split();
    let (frames, mut outgoing) = mpsc::channel(256);
    rooms.lock().unwrap_or_else(PoisonError::into_inner).entry(room).or_default().push(frames);
    tokio::spawn(async move {
        while let Some(frame) = outgoing.recv().await {
            if sink.send(Message::Text(frame)).await.is_err() {
                return;
            }
        }
    });
    while let Some(Ok(frame)) = stream.next().await {
        if let Message::Text(json) = frame {
            let send: RoomSend = serde_json::from_str(&json)?;
            jobs.send(Job { room, text: send.message }).await?;
        }
    }
    Ok(())
}
