//! What an upgraded build owes its cache: what the build before it passed over is fetched again (sync rule 17).
//!
//! Decides only that; the sync machine does it, and says when it is done.

use rusqlite::{Connection, params};

use super::error::OpenError;

/// If this build stores more than the one that fed the cache, everything is to be listed anew. The cursor stays, and
/// so does all that is readable.
pub(super) fn note(db: &mut Connection, kinds: u32) -> Result<(), OpenError> {
    let tx = db.transaction()?;
    let raised = tx.execute(
        "UPDATE profile SET kinds = ?1, resync = epoch IS NOT NULL WHERE only_row = 1 AND kinds < ?1",
        params![kinds],
    )?;
    if raised > 0 {
        tx.execute("UPDATE rooms SET synced_rev = 0 WHERE synced_rev <> 0", [])?;
    }
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use bedside_protocol::feed::KINDS;

    use super::*;
    use crate::cache::migrate::migrated;

    fn cache() -> Connection {
        let db = migrated();
        db.execute("UPDATE profile SET epoch = 'a', feed_seq = 7, kinds = ?1", [KINDS]).unwrap();
        db.execute_batch(
            "INSERT INTO rooms (room_id, room_rev, synced_rev, last_seq, my_read, my_read_confirmed, flags_rev,
                                marked_unread, other_read, writable, created_at, updated_at, newest_seq, newest_text,
                                newest_retracted, unread, held_unread, held_urgent, told_unread, told_up_to,
                                told_read)
             VALUES (1, 5, 5, 3, 0, 0, 0, 0, 0, 1, 0, 0, 0, '', 0, 0, 0, 0, 0, 0, 0);",
        )
        .unwrap();
        db
    }

    fn state(db: &Connection) -> (i64, bool, i64) {
        let sql = "SELECT feed_seq, resync, synced_rev FROM profile, rooms";
        db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap()
    }

    #[test]
    fn a_build_that_stores_more_lists_everything_anew_from_the_same_cursor() {
        let mut db = cache();
        note(&mut db, KINDS).unwrap();
        assert_eq!(state(&db), (7, false, 5));
        note(&mut db, KINDS + 1).unwrap();
        assert_eq!(state(&db), (7, true, 0));
        db.execute("UPDATE profile SET resync = 0", []).unwrap();
        note(&mut db, KINDS + 1).unwrap();
        assert!(!state(&db).1, "once");
    }

    #[test]
    fn a_cache_that_holds_nothing_yet_owes_nothing() {
        let mut db = migrated();
        note(&mut db, KINDS + 1).unwrap();
        let resync: bool = db.query_row("SELECT resync FROM profile", [], |row| row.get(0)).unwrap();
        assert!(!resync);
    }
}
