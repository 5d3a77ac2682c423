//! Fills a database with a clinic large enough for every scan to show.

use bedside_protocol::RoomId;
use bedside_server::store::Store as _;
use tokio_postgres::Client;

use crate::support::Clinic;

/// 4,000 patients of 400 practitioners, each pair in a room of 25 messages, and all that belongs to them.
const CROWD: &str = "
  INSERT INTO accounts (role, role_no, username, username_key, name, password_hash, created_at)
    SELECT 'practitioner', 1000 + n, 'dr ' || n, 'dr ' || n, 'Dr ' || n, 'hash', 0 FROM generate_series(1, 400) n;
  INSERT INTO accounts (role, role_no, username, username_key, name, password_hash, created_at)
    SELECT 'patient', 1000 + n, 'p ' || n, 'p ' || n, 'P ' || n, 'hash', 0 FROM generate_series(1, 4000) n;
  INSERT INTO links (patient_id, practitioner_id, created_at)
    SELECT p.id, d.id, 0 FROM accounts p JOIN accounts d
      ON d.role = 'practitioner' AND d.role_no = 1001 + p.role_no % 400
    WHERE p.role = 'patient' AND p.role_no > 1000;
  INSERT INTO rooms (patient_id, practitioner_id, last_seq, room_rev, created_at, updated_at)
    SELECT patient_id, practitioner_id, 25, 28, 0, 0 FROM links WHERE created_at = 0;
  INSERT INTO room_members (room_id, account_id, role, from_at)
    SELECT id, patient_id, 'patient', 0 FROM rooms WHERE created_at = 0
    UNION ALL SELECT id, practitioner_id, 'practitioner', 0 FROM rooms WHERE created_at = 0;
  INSERT INTO read_marks (room_id, account_id, up_to, marked_unread, rev)
    SELECT room_id, account_id, 20, FALSE, 27 FROM room_members WHERE from_at = 0;
  INSERT INTO mark_history (room_id, account_id, kind, up_to, reached_at)
    SELECT room_id, account_id, 'read', n, 0 FROM room_members, generate_series(1, 20) n WHERE from_at = 0;
  INSERT INTO messages (room_id, room_seq, sender_id, rev, content, urgent, created_at, sender_no)
    SELECT r.id, n, CASE n % 2 WHEN 1 THEN r.patient_id ELSE r.practitioner_id END, n + 1, 'text ' || n, FALSE, n,
      (n + 1) / 2 FROM rooms r, generate_series(1, 25) n WHERE r.created_at = 0 ORDER BY n, r.id;
  INSERT INTO commands (account_id, client_id, kind, digest, message_id)
    SELECT sender_id, gen_random_uuid(), 'send_message', '\\x00', id FROM messages WHERE client_id IS NULL;
  INSERT INTO reactions (message_id, account_id, emoji, created_at)
    SELECT id, sender_id, '👍', 0 FROM messages WHERE id % 10 = 0;
  INSERT INTO message_versions (message_id, rev, content, written_at)
    SELECT id, 1, 'before', 0 FROM messages WHERE id % 5 = 0;
  INSERT INTO quick_replies (account_id, client_id, digest, place, title, content, created_at, changed_at)
    SELECT id, gen_random_uuid(), '\\x00', n, 'title', 'text', 0, 0 FROM accounts, generate_series(1, 20) n
    WHERE role = 'practitioner' AND created_at = 0;
  INSERT INTO feed (account_id, feed_seq, kind, room_id, object_id, rev, created_at)
    SELECT p.account_id, row_number() OVER (PARTITION BY p.account_id ORDER BY m.id), 'message', m.room_id, m.id, m.rev, 0
    FROM messages m JOIN room_members p ON p.room_id = m.room_id AND p.from_at = 0;
  INSERT INTO feed_heads (account_id, head)
    SELECT account_id, max(feed_seq) FROM feed WHERE created_at = 0 GROUP BY account_id;
  INSERT INTO devices (account_id, name, platform, created_at)
    SELECT id, 'desk', 'linux', 0 FROM accounts WHERE created_at = 0;
  INSERT INTO sessions
    (account_id, device_id, kind, token_hash, lifetime_ms, created_at, used_at, expires_at)
    SELECT account_id, id, 'bearer', sha256(id::TEXT::BYTEA), 1, 0, 0, 9000000000000000 FROM devices WHERE created_at = 0;
  INSERT INTO audit (happened_at, event, actor_id, room_id, object_id)
    SELECT 0, 'message_stored', sender_id, room_id, id FROM messages;
  INSERT INTO preferences (account_id, hide_presence) SELECT id, id % 10 = 0 FROM accounts WHERE created_at = 0;
  INSERT INTO last_seen (account_id, seen_at) SELECT id, 0 FROM accounts WHERE created_at = 0;
  INSERT INTO login_throttle (key, failures, failed_at, wait_until_at)
    SELECT 'pair:192.0.2.1 ' || n, 1, 9000000000000000, 0 FROM generate_series(1, 2000) n;
  INSERT INTO notifications (account_id, kind, room_id, room_seq, urgent, title, content, url, created_at, read_at)
    SELECT r.patient_id, 'message', r.id, n, FALSE, '', '', '', 0, CASE WHEN n < 21 THEN 0 END
    FROM rooms r, generate_series(1, 25) n WHERE r.created_at = 0;
  INSERT INTO contacts (account_id, channel, address, stop_token, code_expires_at, code_tries, codes_sent, codes_since_at)
    SELECT id, 'sms', '+49' || id, 'token ' || id, 0, 0, 1, 0 FROM accounts WHERE created_at = 0;
  INSERT INTO outreach_wishes (account_id, email_after, sms_after, sms_for, reminder_minutes)
    SELECT id, 10, 5, 'urgent', 0 FROM accounts WHERE created_at = 0;
  INSERT INTO outreach_checks (account_id, room_id, notification_id, due_at)
    SELECT account_id, room_id, 0, 9000000000000000 FROM room_members WHERE from_at = 0;
  INSERT INTO dispatches
    (account_id, room_id, notification_id, up_to, channel, urgent, key, state, created_at, due_at, tries, lease)
    SELECT account_id, room_id, 0, n, 'sms', FALSE, gen_random_uuid(),
      (ARRAY['waiting', 'sent', 'failed', 'withdrawn'])[1 + n % 4], 0, 9000000000000000, 1, 0
    FROM room_members, generate_series(1, 5) n WHERE from_at = 0;";

/// A long past in a room: its messages, and their places in its people's feeds.
fn long_past(room: RoomId) -> String {
    format!(
        "INSERT INTO messages (room_id, room_seq, sender_id, rev, content, urgent, created_at, sender_no)
           SELECT id, n, CASE n % 2 WHEN 1 THEN patient_id ELSE practitioner_id END, n + 1, 'text', FALSE, n, (n + 1) / 2
           FROM rooms, generate_series(1, 5000) n WHERE id = {room};
         UPDATE rooms SET last_seq = 5000, room_rev = 5003 WHERE id = {room};
         INSERT INTO feed (account_id, feed_seq, kind, room_id, object_id, rev, created_at)
           SELECT p.account_id, h.head + m.room_seq, 'message', {room}, m.id, m.rev, 1
           FROM messages m JOIN room_members p USING (room_id) JOIN feed_heads h USING (account_id)
           WHERE m.room_id = {room};
         UPDATE feed_heads SET head = head + 5000
           WHERE account_id IN (SELECT account_id FROM room_members WHERE room_id = {room});"
    )
}

/// Seals beyond what any one statement may read; each covers a row.
const SEALS: u32 = 700;

async fn seal(clinic: &Clinic, raw: &Client) {
    for _ in 0..SEALS {
        raw.batch_execute("INSERT INTO audit (happened_at, event) VALUES (0, 'pruned')").await.unwrap();
        clinic.stores[0].seal_audit(clinic.database.runtime.now()).await.unwrap();
    }
}

/// Fills the database of a clinic whose first patient has written for years.
pub(crate) async fn fill(clinic: &Clinic, raw: &Client) {
    seal(clinic, raw).await;
    raw.batch_execute(CROWD).await.unwrap();
    raw.batch_execute(&long_past(clinic.patients[0].1)).await.unwrap();
    raw.batch_execute("VACUUM ANALYZE").await.unwrap();
}
