//! People as others may see them.

use bedside_protocol::wire::{LinkedPerson, Person, PersonFacts, Role};
use bedside_protocol::{AccountId, RoomId, Timestamp};
use tokio_postgres::Row;

use super::tx::{Tx, at};
use crate::access::{Action, Decision, Relation, can};
pub(super) use crate::store::common::membership::Sees;
pub(super) use crate::store::common::people::{PERSON_WIDTH, person_columns};
use crate::store::{Actor, StoreError};

pub(super) fn person_at(row: &Row, first: usize, sees: Sees) -> Result<Person, StoreError> {
    let birth_date: Option<String> = at(row, first + 5)?;
    Ok(Person {
        account_id: AccountId(at(row, first)?),
        role: role_at(row, first + 1)?,
        role_id: at(row, first + 2)?,
        name: at(row, first + 3)?,
        profession: at(row, first + 4)?,
        birth_date: birth_date.filter(|_| sees == Sees::BirthDates),
        since: Timestamp(at(row, first + 6)?),
        facts: Box::new(facts_at(row, first + 7, sees)?),
    })
}

/// Four columns.
fn facts_at(row: &Row, first: usize, sees: Sees) -> Result<PersonFacts, StoreError> {
    let record_number: Option<String> = at(row, first + 3)?;
    Ok(PersonFacts {
        phone: at(row, first)?,
        language: at(row, first + 1)?,
        time_zone: at(row, first + 2)?,
        record_number: record_number.filter(|_| sees == Sees::BirthDates),
    })
}

pub(super) fn role_at(row: &Row, column: usize) -> Result<Role, StoreError> {
    Role::parse(at(row, column)?).ok_or(StoreError::Corrupt("not a role"))
}

/// A person by account, as a viewer of that role sees it.
pub(super) async fn person(
    tx: &Tx<'_>,
    account: AccountId,
    viewer: Role,
) -> Result<Option<Person>, StoreError> {
    const SQL: &str = concat!("SELECT ", person_columns!("a"), " FROM accounts a WHERE a.id = $1");
    let row = tx.maybe(SQL, &[&account.get()]).await?;
    row.map(|row| person_at(&row, 0, Sees::of(viewer))).transpose()
}

/// Everyone the actor is linked with, by name.
pub(super) async fn linked(tx: &Tx<'_>, actor: Actor) -> Result<Vec<LinkedPerson>, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(Vec::new());
    }
    let sql = match actor.role {
        Role::Patient => PRACTITIONERS_OF,
        Role::Practitioner | Role::Admin => PATIENTS_OF,
    };
    let rows = tx.rows(sql, &[&actor.account_id.get()]).await?;
    rows.iter().map(|row| linked_person(row, Sees::of(actor.role))).collect()
}

const PRACTITIONERS_OF: &str = concat!(
    "SELECT ",
    person_columns!("a"),
    ", r.id
     FROM links l
     JOIN accounts a ON a.id = l.practitioner_id
     LEFT JOIN rooms r ON r.patient_id = l.patient_id AND r.practitioner_id = l.practitioner_id
     WHERE l.patient_id = $1 AND l.ended_at IS NULL
     ORDER BY lower(a.name) COLLATE \"C\", a.id"
);

const PATIENTS_OF: &str = concat!(
    "SELECT ",
    person_columns!("a"),
    ", r.id
     FROM links l
     JOIN accounts a ON a.id = l.patient_id
     LEFT JOIN rooms r ON r.patient_id = l.patient_id AND r.practitioner_id = l.practitioner_id
     WHERE l.practitioner_id = $1 AND l.ended_at IS NULL
     ORDER BY lower(a.name) COLLATE \"C\", a.id"
);

fn linked_person(row: &Row, sees: Sees) -> Result<LinkedPerson, StoreError> {
    let room: Option<i64> = at(row, PERSON_WIDTH)?;
    Ok(LinkedPerson { person: person_at(row, 0, sees)?, room_id: room.map(RoomId) })
}

/// Whether the actor is linked with an account, or ever shared a room with it.
pub(super) async fn are_linked(tx: &Tx<'_>, actor: Actor, other: AccountId) -> Result<bool, StoreError> {
    let (patient, practitioner) = match actor.role {
        Role::Patient => (actor.account_id, other),
        Role::Practitioner | Role::Admin => (other, actor.account_id),
    };
    let row = tx
        .one(
            "SELECT EXISTS (SELECT FROM links WHERE patient_id = $1 AND practitioner_id = $2 AND ended_at IS NULL)
                 OR EXISTS (SELECT FROM rooms WHERE patient_id = $1 AND practitioner_id = $2)",
            &[&patient.get(), &practitioner.get()],
        )
        .await?;
    at(&row, 0)
}

/// Those an account is linked with now, in order.
pub(super) async fn partners(tx: &Tx<'_>, account: AccountId) -> Result<Vec<AccountId>, StoreError> {
    let rows = tx
        .rows(
            "SELECT practitioner_id AS partner FROM links WHERE patient_id = $1 AND ended_at IS NULL
             UNION SELECT patient_id FROM links WHERE practitioner_id = $1 AND ended_at IS NULL ORDER BY partner",
            &[&account.get()],
        )
        .await?;
    rows.iter().map(|row| at(row, 0).map(AccountId)).collect()
}
