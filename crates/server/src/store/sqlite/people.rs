//! People as others may see them.

use bedside_protocol::wire::{LinkedPerson, Person, PersonFacts, Role};
use bedside_protocol::{AccountId, RoomId, Timestamp};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::access::{Action, Decision, Relation, can};
pub(super) use crate::store::common::membership::Sees;
pub(super) use crate::store::common::people::{PERSON_WIDTH, person_columns};
use crate::store::{Actor, StoreError};

pub(super) fn person_at(row: &Row<'_>, first: usize, sees: Sees) -> rusqlite::Result<Person> {
    let birth_date: Option<String> = row.get(first + 5)?;
    Ok(Person {
        account_id: AccountId(row.get(first)?),
        role: role_at(row, first + 1)?,
        role_id: row.get(first + 2)?,
        name: row.get(first + 3)?,
        profession: row.get(first + 4)?,
        birth_date: birth_date.filter(|_| sees == Sees::BirthDates),
        since: Timestamp(row.get(first + 6)?),
        facts: Box::new(facts_at(row, first + 7, sees)?),
    })
}

/// Four columns.
fn facts_at(row: &Row<'_>, first: usize, sees: Sees) -> rusqlite::Result<PersonFacts> {
    let record_number: Option<String> = row.get(first + 3)?;
    Ok(PersonFacts {
        phone: row.get(first)?,
        language: row.get(first + 1)?,
        time_zone: row.get(first + 2)?,
        record_number: record_number.filter(|_| sees == Sees::BirthDates),
    })
}

pub(super) fn role_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Role> {
    let word = row.get_ref(column)?.as_str()?;
    Role::parse(word)
        .ok_or_else(|| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, "not a role".into()))
}

/// A person by account, as a viewer of that role sees it.
pub(super) fn person(
    db: &Connection,
    account: AccountId,
    viewer: Role,
) -> Result<Option<Person>, StoreError> {
    let person = db
        .prepare_cached(concat!("SELECT ", person_columns!("a"), " FROM accounts a WHERE a.id = ?1"))?
        .query_row([account.get()], |row| person_at(row, 0, Sees::of(viewer)))
        .optional()?;
    Ok(person)
}

/// Everyone the actor is linked with, by name.
pub(super) fn linked(db: &Connection, actor: Actor) -> Result<Vec<LinkedPerson>, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(Vec::new());
    }
    let sql = match actor.role {
        Role::Patient => PRACTITIONERS_OF,
        Role::Practitioner | Role::Admin => PATIENTS_OF,
    };
    let people = db
        .prepare_cached(sql)?
        .query_map(params![actor.account_id.get()], |row| linked_person(row, Sees::of(actor.role)))?
        .collect::<Result<_, _>>()?;
    Ok(people)
}

const PRACTITIONERS_OF: &str = concat!(
    "SELECT ",
    person_columns!("a"),
    ", r.id
     FROM links l
     JOIN accounts a ON a.id = l.practitioner_id
     LEFT JOIN rooms r ON r.patient_id = l.patient_id AND r.practitioner_id = l.practitioner_id
     WHERE l.patient_id = ?1 AND l.ended_at IS NULL
     ORDER BY a.name COLLATE NOCASE, a.id"
);

const PATIENTS_OF: &str = concat!(
    "SELECT ",
    person_columns!("a"),
    ", r.id
     FROM links l
     JOIN accounts a ON a.id = l.patient_id
     LEFT JOIN rooms r ON r.patient_id = l.patient_id AND r.practitioner_id = l.practitioner_id
     WHERE l.practitioner_id = ?1 AND l.ended_at IS NULL
     ORDER BY a.name COLLATE NOCASE, a.id"
);

fn linked_person(row: &Row<'_>, sees: Sees) -> rusqlite::Result<LinkedPerson> {
    let room: Option<i64> = row.get(PERSON_WIDTH)?;
    Ok(LinkedPerson { person: person_at(row, 0, sees)?, room_id: room.map(RoomId) })
}

/// Whether the actor is linked with an account, or ever shared a room with it.
pub(super) fn are_linked(db: &Connection, actor: Actor, other: AccountId) -> Result<bool, StoreError> {
    let (patient, practitioner) = match actor.role {
        Role::Patient => (actor.account_id, other),
        Role::Practitioner | Role::Admin => (other, actor.account_id),
    };
    let linked = db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM links WHERE patient_id = ?1 AND practitioner_id = ?2 AND ended_at IS NULL)
                 OR EXISTS (SELECT 1 FROM rooms WHERE patient_id = ?1 AND practitioner_id = ?2)",
        )?
        .query_row(params![patient.get(), practitioner.get()], |row| row.get(0))?;
    Ok(linked)
}

/// Those an account is linked with now, in order.
pub(super) fn partners(db: &Connection, account: AccountId) -> Result<Vec<AccountId>, StoreError> {
    let partners = db
        .prepare_cached(
            "SELECT practitioner_id AS partner FROM links WHERE patient_id = ?1 AND ended_at IS NULL
             UNION SELECT patient_id FROM links WHERE practitioner_id = ?1 AND ended_at IS NULL ORDER BY partner",
        )?
        .query_map([account.get()], |row| row.get(0).map(AccountId))?
        .collect::<Result<_, _>>()?;
    Ok(partners)
}
