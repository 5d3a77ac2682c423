//! Migrations: applied in the order of their ids, each once, and never changed afterwards.

use sha2::{Digest, Sha256};

/// One file of a folder of migrations.
pub(in crate::store) struct Migration {
    /// The moment it was written, `YYYYMMDDhhmmss`; they are applied in this order.
    pub(in crate::store) id: i64,
    pub(in crate::store) name: &'static str,
    pub(in crate::store) sql: &'static str,
}

/// Why a database is not this build's to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A newer server has used it.
    #[error("the database was used by a newer version (migration {0}); use that one")]
    Newer(i64),
    /// A migration is not the one that was applied.
    #[error("migration {0} is not the one this database was made with")]
    Changed(i64),
}

impl Migration {
    /// Of the whole file; kept in the database.
    pub(in crate::store) fn checksum(&self) -> [u8; 32] {
        Sha256::digest(self.sql.as_bytes()).into()
    }
}

/// Each that was applied, id and checksum, must be known to this build, and unchanged.
pub(in crate::store) fn check(migrations: &[Migration], applied: &[(i64, Vec<u8>)]) -> Result<(), Unfit> {
    for (id, checksum) in applied {
        let known = migrations.iter().find(|known| known.id == *id).ok_or(Unfit::Newer(*id))?;
        if known.checksum().as_slice() != checksum {
            return Err(Unfit::Changed(*id));
        }
    }
    Ok(())
}
