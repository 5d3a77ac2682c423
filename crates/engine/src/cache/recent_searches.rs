//! What was searched for on this device. Never leaves the encrypted cache.

use bedside_protocol::search::fold;
use rusqlite::{Connection, params};

use super::Cache;
use super::changes::Part;
use super::error::CacheError;
use super::group::Group;

/// Most that are remembered.
const KEPT: u32 = 10;

impl Cache {
    /// Remembers what was searched for.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn keep_search(&self, text: String) -> Result<(), CacheError> {
        self.writer.write(move |group| group.keep_search(&text)).await
    }

    /// Forgets everything that was searched for.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn forget_searches(&self) -> Result<(), CacheError> {
        self.writer.write(|group| group.forget_searches()).await
    }
}

impl Group<'_> {
    /// A text that goes on where an earlier one stopped takes its place.
    fn keep_search(&mut self, text: &str) -> Result<(), CacheError> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Ok(());
        }
        let folded = fold(&text);
        for earlier in recent(self.db)?.into_iter().filter(|earlier| folded.starts_with(&fold(earlier))) {
            self.db.prepare_cached("DELETE FROM recent_searches WHERE content = ?1")?.execute([earlier])?;
        }
        self.db
            .prepare_cached("INSERT INTO recent_searches (content, kept_at) VALUES (?1, ?2)")?
            .execute(params![text, self.now.millis()])?;
        self.db
            .prepare_cached(
                "DELETE FROM recent_searches WHERE content NOT IN
                    (SELECT content FROM recent_searches ORDER BY kept_at DESC, content LIMIT ?1)",
            )?
            .execute([KEPT])?;
        self.changed(Part::Search);
        Ok(())
    }

    fn forget_searches(&mut self) -> Result<(), CacheError> {
        self.db.execute("DELETE FROM recent_searches", [])?;
        self.changed(Part::Search);
        Ok(())
    }
}

/// What was searched for, the newest first.
pub(crate) fn recent(db: &Connection) -> Result<Vec<String>, CacheError> {
    let mut statement =
        db.prepare_cached("SELECT content FROM recent_searches ORDER BY kept_at DESC, content")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
