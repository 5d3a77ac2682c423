//! Everyone one is linked with, ordered by name.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::LinkedPersonRow;
use rusqlite::Connection;

use super::rooms::person_view;
use crate::cache::error::CacheError;
use crate::cache::profile;

/// Linked people with the conversation there is.
pub(crate) fn linked(db: &Connection) -> Result<Vec<LinkedPersonRow>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT people.account_id, role, role_id, name, profession, birth_date, since_at,
                phone, language, time_zone, record_number,
                coalesce((SELECT min(room_id) FROM rooms WHERE other_account = people.account_id), linked_room_id)
         FROM people WHERE linked = 1 ORDER BY name_folded, people.account_id",
    )?;
    let people = statement.query_map([], |row| {
        Ok(LinkedPersonRow {
            person: person_view(profile::read_person(row, 0)?),
            room_id: row.get::<_, Option<i64>>(11)?.map(RoomId),
            presence: None,
        })
    })?;
    Ok(people.collect::<Result<_, _>>()?)
}
