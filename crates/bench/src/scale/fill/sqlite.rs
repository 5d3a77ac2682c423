//! Past messages in a data folder. Foreign keys are checked as they are written.

use std::path::Path;

use anyhow::{Context, Result};
use bedside_protocol::limits::FEED_REPLAY_MAX;
use rusqlite::{Connection, Statement, params};

use super::{Stretch, moment, text};

/// The file a data folder holds.
const DATABASE: &str = "bedside.sqlite3";

/// A room with what its rows continue.
struct Room {
    id: i64,
    /// Patient and practitioner: account, device, and the feed place before the room's first message.
    members: [Member; 2],
    /// The revision before the room's first message.
    rev: i64,
}

struct Member {
    account: i64,
    device: i64,
    head: i64,
}

pub(super) async fn fill(folder: &Path, stretch: Stretch, say: impl Fn(i64)) -> Result<()> {
    let mut connection = open(&folder.join(DATABASE))?;
    let mut rooms = rooms(&connection)?;
    anyhow::ensure!(
        i64::try_from(rooms.len())? == stretch.rooms,
        "another number of rooms than was asked for"
    );
    for portion in stretch.portions() {
        // One portion at a time, so that an interrupted run ends soon.
        let write = move || write(&mut connection, &rooms, portion, stretch).map(|()| (connection, rooms));
        (connection, rooms) = tokio::task::spawn_blocking(write).await??;
        say(portion.to);
    }
    finish(&connection, &rooms, stretch)?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(())
}

fn open(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    // What is lost with the machine is filled again; the server syncs every commit of its own.
    connection.execute_batch(
        "PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -262144;",
    )?;
    Ok(connection)
}

fn rooms(connection: &Connection) -> Result<Vec<Room>> {
    connection.execute(NEW_DEVICES, [moment(0)])?;
    let mut select = connection.prepare(ROOMS)?;
    let rows = select.query_map([], |row| {
        let member = |at: usize| {
            Ok::<_, rusqlite::Error>(Member {
                account: row.get(at)?,
                device: row.get(at + 1)?,
                head: row.get(at + 2)?,
            })
        };
        Ok(Room { id: row.get(0)?, rev: row.get(1)?, members: [member(2)?, member(5)?] })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody has signed in once.
const NEW_DEVICES: &str = "INSERT INTO devices (account_id, name, platform, created_at)
    SELECT id, 'bench', 'linux', ?1 FROM accounts WHERE id NOT IN (SELECT account_id FROM devices)";

/// Every account has one room, and its feed grows with that.
const ROOMS: &str = "
    WITH owned AS (SELECT account_id, min(id) AS device FROM devices GROUP BY account_id)
    SELECT r.id, r.room_rev - r.last_seq,
           r.patient_id, p.device, coalesce(ph.head, 0) - r.last_seq,
           r.practitioner_id, q.device, coalesce(qh.head, 0) - r.last_seq
    FROM rooms r
    JOIN owned p ON p.account_id = r.patient_id
    JOIN owned q ON q.account_id = r.practitioner_id
    LEFT JOIN feed_heads ph ON ph.account_id = r.patient_id
    LEFT JOIN feed_heads qh ON qh.account_id = r.practitioner_id
    ORDER BY r.id";

fn write(connection: &mut Connection, rooms: &[Room], portion: Stretch, whole: Stretch) -> Result<()> {
    let transaction = connection.transaction()?;
    let mut writer = Writer::new(&transaction)?;
    for number in portion.from..portion.to {
        let index = number % whole.rooms;
        let room = rooms.get(usize::try_from(index)?).context("no such room")?;
        writer.message(room, number, whole.seq(number), whole.last_seq(index))?;
    }
    drop(writer);
    Ok(transaction.commit()?)
}

/// The statements of a message, prepared.
struct Writer<'c> {
    connection: &'c Connection,
    message: Statement<'c>,
    command: Statement<'c>,
    audit: Statement<'c>,
    feed: Statement<'c>,
}

impl<'c> Writer<'c> {
    fn new(connection: &'c Connection) -> Result<Self> {
        Ok(Writer {
            connection,
            message: connection.prepare(
                "INSERT INTO messages (room_id, room_seq, sender_id, rev, client_id, content, urgent, composed_at,
                   created_at, sender_no) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?7, ?8)",
            )?,
            command: connection.prepare(
                "INSERT INTO commands (account_id, client_id, kind, digest, message_id)
                 VALUES (?1, ?2, 'send_message', randomblob(32), ?3)",
            )?,
            audit: connection.prepare(
                "INSERT INTO audit (happened_at, event, actor_id, device_id, room_id, object_id)
                 VALUES (?1, 'message_stored', ?2, ?3, ?4, ?5)",
            )?,
            feed: connection.prepare(
                "INSERT INTO feed (account_id, feed_seq, kind, room_id, object_id, rev, created_at)
                 VALUES (?1, ?2, 'message', ?3, ?4, ?5, ?6)",
            )?,
        })
    }

    /// Patient and practitioner write by turns.
    fn message(&mut self, room: &Room, number: i64, seq: i64, last_seq: i64) -> Result<()> {
        let [patient, practitioner] = &room.members;
        let sender = if seq % 2 == 1 { patient } else { practitioner };
        let (at, rev, client_id) = (moment(number), room.rev + seq, client_id(moment(number))?);
        self.message.execute(params![
            room.id,
            seq,
            sender.account,
            rev,
            client_id.as_bytes(),
            text(number),
            at,
            (seq + 1) / 2
        ])?;
        let id = self.connection.last_insert_rowid();
        self.command.execute(params![sender.account, client_id.as_bytes(), id])?;
        self.audit.execute(params![at, sender.account, sender.device, room.id, id])?;
        if last_seq - seq < FEED_REPLAY_MAX {
            for member in [patient, practitioner] {
                self.feed.execute(params![member.account, member.head + seq, room.id, id, rev, at])?;
            }
        }
        Ok(())
    }
}

/// Of version 7, as clients make them.
fn client_id(at: i64) -> Result<uuid::Uuid> {
    let (_, random) = uuid::Uuid::now_v7().as_u64_pair();
    let [_, _, _, _, _, _, random @ ..] = u128::from(random).to_be_bytes();
    Ok(uuid::Builder::from_unix_timestamp_millis(at.try_into()?, &random).into_uuid())
}

/// The rooms and feeds where the last message leaves them, and the log written back.
fn finish(connection: &Connection, rooms: &[Room], stretch: Stretch) -> Result<()> {
    let transaction = connection.unchecked_transaction()?;
    for (index, room) in (0..).zip(rooms) {
        let last_seq = stretch.last_seq(index);
        transaction
            .prepare_cached("UPDATE rooms SET last_seq = ?2, room_rev = ?3, updated_at = ?4 WHERE id = ?1")?
            .execute([room.id, last_seq, room.rev + last_seq, moment(stretch.to)])?;
        for member in &room.members {
            let head = member.head + last_seq;
            transaction
                .prepare_cached("INSERT OR REPLACE INTO feed_heads (account_id, head) VALUES (?1, ?2)")?
                .execute([member.account, head])?;
            transaction
                .prepare_cached("DELETE FROM feed WHERE account_id = ?1 AND feed_seq <= ?2")?
                .execute([member.account, head - FEED_REPLAY_MAX])?;
        }
    }
    transaction.commit()?;
    let stored: i64 = connection.query_row("SELECT count(*) FROM commands", [], |row| row.get(0))?;
    anyhow::ensure!(stored == stretch.to, "{stored} commands instead of {}", stretch.to);
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}
