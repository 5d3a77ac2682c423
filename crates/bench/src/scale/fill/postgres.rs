//! Past messages in a PostgreSQL database. Foreign keys are not checked row by row; the counts are, at the end.

use anyhow::{Context, Result, ensure};
use bedside_protocol::limits::FEED_REPLAY_MAX;
use bedside_testservices::Session;

use super::{STEP_MS, Stretch, TEXTS, moment};

pub(super) async fn fill(session: &mut Session, stretch: Stretch, say: impl Fn(i64)) -> Result<()> {
    session.ask("SET session_replication_role = replica; SET synchronous_commit = off").await?;
    session.ask(&rooms()).await?;
    let rooms = session.ask("SELECT count(*) FROM place").await?;
    ensure!(rooms == Some(stretch.rooms.to_string()), "another number of rooms than was asked for");
    for portion in stretch.portions() {
        let last = session.ask("SELECT coalesce(max(id), 0) FROM messages").await?.context("no number")?;
        session.ask(&write(portion, stretch, &last)).await?;
        say(portion.to);
    }
    session.ask(&finish(stretch)).await?;
    let stored = session.ask("SELECT count(*) FROM commands").await?.context("no number")?;
    ensure!(stored == stretch.to.to_string(), "{stored} commands instead of {}", stretch.to);
    // As autovacuum leaves it; the checkpoint, so that the first visit does not pay for the fill.
    session.ask("VACUUM (ANALYZE)").await?;
    session.ask("CHECKPOINT").await?;
    Ok(())
}

/// Everybody has signed in once; every account has one room, and its feed grows with that.
fn rooms() -> String {
    format!(
        "INSERT INTO devices (account_id, name, platform, created_at)
           SELECT id, 'bench', 'linux', {first} FROM accounts WHERE id NOT IN (SELECT account_id FROM devices);
         CREATE TEMPORARY TABLE place AS
           WITH owned AS (SELECT account_id, min(id) AS device FROM devices GROUP BY account_id)
           SELECT row_number() OVER (ORDER BY r.id) - 1 AS place, r.id AS room, r.room_rev - r.last_seq AS rev,
                  r.patient_id AS patient, p.device AS patient_device, ph.head - r.last_seq AS patient_head,
                  r.practitioner_id AS practitioner, q.device AS practitioner_device,
                  qh.head - r.last_seq AS practitioner_head
           FROM rooms r
           JOIN owned p ON p.account_id = r.patient_id
           JOIN owned q ON q.account_id = r.practitioner_id
           JOIN feed_heads ph ON ph.account_id = r.patient_id
           JOIN feed_heads qh ON qh.account_id = r.practitioner_id;
         CREATE UNIQUE INDEX place_by_place ON place (place);
         CREATE UNIQUE INDEX place_by_room ON place (room);
         ANALYZE place",
        first = moment(0),
    )
}

/// Patient and practitioner write by turns. Ids of commands are of version 7, as clients make them.
fn write(portion: Stretch, whole: Stretch, last: &str) -> String {
    let texts: Vec<String> = TEXTS.iter().map(|text| format!("'{text}'")).collect();
    format!(
        "BEGIN;
         INSERT INTO messages
           (room_id, room_seq, sender_id, rev, client_id, content, urgent, composed_at, created_at, sender_no)
         SELECT room, seq, CASE WHEN seq % 2 = 1 THEN patient ELSE practitioner END, rev + seq,
                (lpad(to_hex(at), 12, '0') || '7' || substr(random, 1, 3) || '8' || substr(random, 4, 15))::uuid,
                (ARRAY[{texts}])[1 + number % {kinds}], false, at, at, (seq + 1) / 2
         FROM (SELECT number, number / {rooms} + 1 AS seq, {first} + number * {STEP_MS} AS at,
                      md5(number::text || 'bench') AS random
               FROM generate_series({from}::bigint, {to} - 1) AS number) AS line
         JOIN place ON place = number % {rooms}
         ORDER BY number;
         INSERT INTO commands (account_id, client_id, kind, digest, message_id)
           SELECT sender_id, client_id, 'send_message', sha256(int8send(id)), id
           FROM messages WHERE id > {last} ORDER BY id;
         INSERT INTO audit (happened_at, event, actor_id, device_id, room_id, object_id)
           SELECT created_at, 'message_stored', sender_id,
                  CASE WHEN sender_id = patient THEN patient_device ELSE practitioner_device END, room_id, id
           FROM messages JOIN place ON room = room_id WHERE id > {last} ORDER BY id;
         INSERT INTO feed (account_id, feed_seq, kind, room_id, object_id, rev, created_at)
           SELECT account, head + room_seq, 'message', room_id, id, m.rev, created_at
           FROM messages m JOIN place ON room = room_id
           CROSS JOIN LATERAL (VALUES (patient, patient_head), (practitioner, practitioner_head)) AS e (account, head)
           WHERE id > {last} AND {end} - room_seq < {FEED_REPLAY_MAX} ORDER BY id, account;
         COMMIT",
        texts = texts.join(", "),
        kinds = TEXTS.len(),
        rooms = whole.rooms,
        first = moment(0),
        from = portion.from,
        to = portion.to,
        end = end(whole),
    )
}

/// The rooms and feeds where the last message leaves them.
fn finish(stretch: Stretch) -> String {
    let end = end(stretch);
    format!(
        "BEGIN;
         UPDATE rooms SET last_seq = {end}, room_rev = rev + {end}, updated_at = {at} FROM place WHERE id = room;
         UPDATE feed_heads SET head = patient_head + {end} FROM place WHERE account_id = patient;
         UPDATE feed_heads SET head = practitioner_head + {end} FROM place WHERE account_id = practitioner;
         DELETE FROM feed USING feed_heads h
           WHERE h.account_id = feed.account_id AND feed_seq <= h.head - {FEED_REPLAY_MAX};
         COMMIT",
        at = moment(stretch.to),
    )
}

/// A room's last place at the end, of its `place` in order of ids.
fn end(stretch: Stretch) -> String {
    let (each, left) = (stretch.to / stretch.rooms, stretch.to % stretch.rooms);
    format!("({each} + CASE WHEN place < {left} THEN 1 ELSE 0 END)")
}
