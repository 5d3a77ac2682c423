//! What is looked at before a message goes: who writes to whom, what the clinic wants, which patients there are.

use bedside_core::guard::patients::Patient;
use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, RoomId};
use rusqlite::{Connection, OptionalExtension};

use super::clinic;
use crate::cache::error::CacheError;

/// Who writes to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Writing {
    /// The author's role.
    pub(crate) role: Role,
    /// Who reads it, if known.
    pub(crate) to: Option<AccountId>,
    /// Whether the clinic wants practitioners to be warned.
    pub(crate) warn_other_patient: bool,
}

/// `None` for a room that is not held.
pub(crate) fn writing(db: &Connection, room_id: RoomId) -> Result<Option<Writing>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT other_account, (SELECT role FROM people JOIN profile USING (account_id))
         FROM rooms WHERE room_id = ?1",
    )?;
    let found: Option<(Option<i64>, Option<String>)> =
        statement.query_row([room_id.get()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((to, role)) = found else { return Ok(None) };
    let role = role.as_deref().and_then(Role::parse).unwrap_or(Role::Patient);
    let warn_other_patient = clinic(db)?.warn_other_patient;
    Ok(Some(Writing { role, to: to.map(AccountId), warn_other_patient }))
}

/// Every patient held, linked or not.
pub(crate) fn patients(db: &Connection) -> Result<Vec<Patient>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT account_id, name, birth_date, record_number FROM people WHERE role = 'patient'",
    )?;
    let patients = statement.query_map([], |row| {
        Ok(Patient {
            account_id: AccountId(row.get(0)?),
            name: row.get(1)?,
            birth_date: row.get(2)?,
            record_number: row.get(3)?,
        })
    })?;
    Ok(patients.collect::<Result<_, _>>()?)
}
