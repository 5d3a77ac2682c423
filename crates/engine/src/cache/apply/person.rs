//! People: those one is linked with, and those one shares a room with.

use bedside_protocol::text::fold_for_search;
use bedside_protocol::wire::{LinkedPerson, Person};
use rusqlite::params;

use crate::cache::changes::Part;
use crate::cache::error::CacheError;
use crate::cache::group::Group;

impl Group<'_> {
    /// A person's data; whether they are linked stays as it is.
    pub(super) fn person(&mut self, person: &Person) -> Result<(), CacheError> {
        let changed = self
            .db
            .prepare_cached(
                "INSERT INTO people (account_id, role, role_id, name, name_folded, profession, birth_date,
                                     since_at, phone, language, time_zone, record_number, linked)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0)
                 ON CONFLICT (account_id) DO UPDATE SET role = ?2, role_id = ?3, name = ?4, name_folded = ?5,
                    profession = ?6, birth_date = ?7, since_at = ?8, phone = ?9, language = ?10, time_zone = ?11,
                    record_number = ?12
                 WHERE name <> ?4 OR profession IS NOT ?6 OR birth_date IS NOT ?7 OR role <> ?2
                    OR role_id <> ?3 OR since_at <> ?8 OR phone IS NOT ?9 OR language IS NOT ?10
                    OR time_zone IS NOT ?11 OR record_number IS NOT ?12",
            )?
            .execute(params![
                person.account_id.get(),
                person.role.as_str(),
                person.role_id,
                person.name,
                fold_for_search(&person.name),
                person.profession,
                person.birth_date,
                person.since.millis(),
                person.facts.phone,
                person.facts.language,
                person.facts.time_zone,
                person.facts.record_number,
            ])?;
        if changed > 0 {
            self.changed(Part::People);
        }
        Ok(())
    }

    pub(super) fn linked_person(&mut self, person: &Person) -> Result<(), CacheError> {
        self.person(person)?;
        self.db.execute("UPDATE people SET linked = 1 WHERE account_id = ?1", [person.account_id.get()])?;
        self.changed(Part::People);
        Ok(())
    }

    /// The whole list: whoever is not on it is no longer linked (their conversation stays).
    pub(super) fn all_people(&mut self, people: &[LinkedPerson]) -> Result<(), CacheError> {
        self.db.execute("UPDATE people SET linked = 0, linked_room_id = NULL", [])?;
        for linked in people {
            self.person(&linked.person)?;
            self.db
                .prepare_cached("UPDATE people SET linked = 1, linked_room_id = ?2 WHERE account_id = ?1")?
                .execute(params![
                    linked.person.account_id.get(),
                    linked.room_id.map(bedside_protocol::RoomId::get)
                ])?;
        }
        self.changed(Part::People);
        Ok(())
    }
}
