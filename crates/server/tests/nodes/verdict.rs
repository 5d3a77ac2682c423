//! What has to be true at the end: each message once, each room dense, each device equal to the database.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use bedside_protocol::{ClientId, RoomId};
use bedside_runtime::Runtime;
use futures_util::future::try_join_all;
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::clinic::Clinic;
use crate::crowd::{Crowd, RECOVERY, Writer};

/// A message as the database has it.
struct Stored {
    client_id: ClientId,
    /// Id, place, revision and text.
    shown: (i64, i64, i64, String),
}

type Rooms = BTreeMap<RoomId, Vec<Stored>>;

/// Looks at everything.
pub(crate) async fn pass(runtime: &Runtime, clinic: &Clinic, crowd: &Crowd) -> Result<()> {
    let rooms = stored(runtime, &clinic.url_after_promotion()).await?;
    for pair in &crowd.pairs {
        let room = rooms.get(&pair[0].room).context("a room is empty")?;
        ensure!(room.iter().map(|message| message.shown.1).eq((1..).take(room.len())), "not dense");
        each_is_there_once(room, pair)?;
    }
    let equal = try_join_all(crowd.writers().map(|writer| has_all_of_it(writer, &rooms)));
    runtime.timeout(RECOVERY, equal).await.context("a device does not get everything")??;
    let failed: usize = clinic.nodes.iter().map(|node| node.said(" http.status=500 ")).sum();
    ensure!(failed == 0, "servers answered 500 {failed} times");
    Ok(())
}

/// Whatever was written was acknowledged: it is there exactly once, nothing else is, and everybody's own messages are in
/// the order they were written.
fn each_is_there_once(room: &[Stored], pair: &[Writer; 2]) -> Result<()> {
    let mut all = 0;
    for writer in pair {
        let written = writer.written.lock().unwrap();
        let theirs = room.iter().map(|message| message.client_id).filter(|id| written.contains(id));
        ensure!(theirs.eq(written.iter().copied()), "lost, doubled or out of order in {}", writer.room);
        all += written.len();
    }
    ensure!(room.len() == all, "{all} written, {} stored", room.len());
    Ok(())
}

async fn has_all_of_it(writer: &Writer, rooms: &Rooms) -> Result<()> {
    let room = rooms.get(&writer.room).context("a room is empty")?;
    writer.device.until_it_has(writer.room, room.len()).await?;
    let held = writer.device.held(writer.room).await?;
    let held = held.into_iter().map(|m| (m.message_id.get(), m.seq.0, m.rev.0, m.content));
    ensure!(held.eq(room.iter().map(|message| message.shown.clone())), "a device has something else");
    Ok(())
}

/// What the database holds, by room and place.
async fn stored(runtime: &Runtime, url: &str) -> Result<Rooms> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    runtime.spawn("raw connection", async move {
        connection.await.ok(); // Its end shows in what the client is answered.
    });
    let sql =
        "SELECT room_id, client_id, id, room_seq, rev, content FROM messages ORDER BY room_id, room_seq";
    let mut rooms = Rooms::new();
    for row in client.query(sql, &[]).await? {
        let shown = (row.get(2), row.get(3), row.get(4), row.get(5));
        let client_id = ClientId(row.get::<_, Uuid>(1));
        rooms.entry(RoomId(row.get(0))).or_default().push(Stored { client_id, shown });
    }
    Ok(rooms)
}
