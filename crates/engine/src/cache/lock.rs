//! Whether its owner has locked the app, and the code that opens it.

use rusqlite::{Connection, OptionalExtension};

use super::changes::Part;
use super::{Cache, CacheError};
use crate::keys::LockCode;

const CODE: &str = "lock_code";
const LOCKED: &str = "locked";

impl Cache {
    /// The code that opens a locked app, if there is one.
    pub(crate) async fn lock_code(&self) -> Result<Option<LockCode>, CacheError> {
        self.readers.read(|db| secret(db, CODE)).await?.map(|body| read(&body)).transpose()
    }

    /// Keeps another code, or none.
    pub(crate) async fn keep_lock_code(&self, code: Option<&LockCode>) -> Result<(), CacheError> {
        let unreadable = |_| CacheError::Unreadable { what: "lock code" };
        let body = code.map(serde_json::to_string).transpose().map_err(unreadable)?;
        self.keep(CODE, body).await
    }

    /// Whether the app was locked and not opened since.
    pub(crate) async fn is_locked(&self) -> Result<bool, CacheError> {
        Ok(self.readers.read(|db| secret(db, LOCKED)).await?.is_some())
    }

    /// Keeps whether it is.
    pub(crate) async fn keep_locked(&self, locked: bool) -> Result<(), CacheError> {
        self.keep(LOCKED, locked.then(|| "1".to_owned())).await
    }

    async fn keep(&self, name: &'static str, value: Option<String>) -> Result<(), CacheError> {
        self.writer
            .write(move |group| {
                group.db.execute("DELETE FROM secrets WHERE name = ?1", [name])?;
                if let Some(value) = &value {
                    group.db.execute("INSERT INTO secrets (name, value) VALUES (?1, ?2)", [name, value])?;
                }
                group.changed(Part::Profile);
                Ok(())
            })
            .await
    }
}

fn secret(db: &Connection, name: &str) -> Result<Option<String>, CacheError> {
    let sql = "SELECT value FROM secrets WHERE name = ?1";
    Ok(db.query_row(sql, [name], |row| row.get(0)).optional()?)
}

fn read(body: &str) -> Result<LockCode, CacheError> {
    serde_json::from_str(body).map_err(|_| CacheError::Unreadable { what: "lock code" })
}
