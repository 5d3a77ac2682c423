//! What a practitioner has written and its patient has not read for long: for the list's filter and the home page alike.

use std::collections::HashMap;

use bedside_protocol::{RoomId, Timestamp};
use rusqlite::Connection;

use crate::cache::error::CacheError;

pub(super) fn is_practitioner(db: &Connection) -> Result<bool, CacheError> {
    let sql =
        "SELECT EXISTS (SELECT 1 FROM people JOIN profile USING (account_id) WHERE role = 'practitioner')";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// When the first message of one's own after the other's mark was stored, by room.
pub(super) fn since(db: &Connection) -> Result<HashMap<RoomId, Timestamp>, CacheError> {
    let mut statement = db.prepare_cached(SINCE)?;
    let mut rows = statement.query([])?;
    let mut since = HashMap::new();
    while let Some(row) = rows.next()? {
        if let Some(at) = row.get::<_, Option<i64>>(1)? {
            since.insert(RoomId(row.get(0)?), Timestamp(at));
        }
    }
    Ok(since)
}

const SINCE: &str = "SELECT room_id, (
        SELECT stored_at FROM messages
        WHERE messages.room_id = rooms.room_id AND room_seq > other_read AND sender_account = profile.account_id
            AND retracted_at IS NULL
        ORDER BY room_seq LIMIT 1)
    FROM rooms JOIN profile WHERE newest_seq > other_read AND other_account IS NOT NULL";

/// When that begins to be long.
pub(super) fn due(since: Timestamp, days: u8) -> Timestamp {
    Timestamp(since.millis().saturating_add(i64::from(days) * DAY_MS))
}

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::migrate::migrated;

    #[test]
    fn it_is_looked_up_by_place_and_nothing_is_sorted() {
        let db = migrated();
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {SINCE}")).unwrap();
        let steps = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        let plan = steps.map(Result::unwrap).collect::<Vec<_>>().join("; ");
        assert!(plan.contains("SEARCH messages USING INDEX"), "{plan}");
        assert!(!plan.contains("SCAN messages") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
