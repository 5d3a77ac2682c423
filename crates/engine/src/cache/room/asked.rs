//! Since when the other member waits for a word: the first of their messages after one's own last. What was taken back is no
//! word of anybody's. Derived, kept in the
//! room's row in the transaction that changes it; nothing of it is held in memory.

use bedside_protocol::{AccountId, RoomId};
use rusqlite::{Connection, params};

use crate::cache::error::CacheError;

/// Somebody who has written this often in a row has waited since then at least.
const LONGEST: u32 = 200;

const BACKWARDS: &str = "SELECT room_seq, sender_account, stored_at, retracted_at IS NOT NULL FROM messages
    WHERE room_id = ?1 ORDER BY room_seq DESC LIMIT ?2";

/// Notes it anew; answers whether it is another moment than before.
pub(super) fn note(db: &Connection, id: RoomId, me: Option<AccountId>) -> Result<bool, CacheError> {
    let since = since(db, id, me)?;
    let mut statement =
        db.prepare_cached("UPDATE rooms SET asked_at = ?2 WHERE room_id = ?1 AND asked_at IS NOT ?2")?;
    Ok(statement.execute(params![id.get(), since])? > 0)
}

/// Back to one's own last word, or to a stretch that is not held: it may hold one.
fn since(db: &Connection, id: RoomId, me: Option<AccountId>) -> Result<Option<i64>, CacheError> {
    let mut statement = db.prepare_cached(BACKWARDS)?;
    let mut rows = statement.query(params![id.get(), LONGEST])?;
    let (mut since, mut next) = (None, None);
    while let Some(row) = rows.next()? {
        let (seq, sender, retracted): (i64, i64, bool) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let own = me.map(AccountId::get) == Some(sender);
        if (own && !retracted) || next.is_some_and(|next| next != seq) {
            break;
        }
        next = Some(seq - 1);
        if !retracted {
            since = Some(row.get(2)?);
        }
    }
    Ok(since)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::migrate::migrated;

    #[test]
    fn going_back_reads_the_index_from_its_end_and_sorts_nothing() {
        let db = migrated();
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {BACKWARDS}")).unwrap();
        let steps = statement.query_map(params![1, 2], |row| row.get::<_, String>(3)).unwrap();
        let plan = steps.map(Result::unwrap).collect::<Vec<_>>().join("; ");
        assert!(plan.contains("SEARCH messages USING INDEX") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
