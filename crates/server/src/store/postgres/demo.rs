//! Filling a new database with the clinic that [`crate::demo`] plans.
//!
//! Some pairs go into one transaction each time. What is there already is left as it is: an interrupted fill is finished
//! by running it again. Past messages have no feed rows; clients begin with a snapshot.

use std::ops::Range;

use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, RoomId};

use super::accounts::{self, with_username};
use super::audit::{Entry, Event, audit};
use super::tx::{Tx, at};
use super::{links, room_life};
use crate::demo::{Conversation, DemoPerson, converse, patient, practitioner};
use crate::store::common::demo::DemoPair;
use crate::store::common::pair::Pair;
use crate::store::{DemoPlan, NewAccount, StoreError};

/// Marks the database as demo; false if it holds real accounts.
pub(super) async fn claim(tx: &Tx<'_>) -> Result<bool, StoreError> {
    accounts::lock_numbers(tx).await?;
    if tx.maybe("SELECT 1 FROM meta WHERE key = 'demo'", &[]).await?.is_some() {
        return Ok(true);
    }
    if accounts::any(tx).await? {
        return Ok(false);
    }
    tx.run("INSERT INTO meta (key, value) VALUES ('demo', '1')", &[]).await?;
    Ok(true)
}

pub(super) async fn write_rooms(tx: &Tx<'_>, plan: &DemoPlan, rooms: Range<u32>) -> Result<(), StoreError> {
    accounts::lock_numbers(tx).await?;
    for room in rooms {
        write_pair(tx, plan, DemoPair::of_room(plan, room)).await?;
    }
    audit(tx, Entry::new(Event::DemoFilled, None), plan.now).await
}

/// Links a patient with a practitioner, both made if missing, and gives their new room its past.
async fn write_pair(tx: &Tx<'_>, plan: &DemoPlan, both: DemoPair) -> Result<(), StoreError> {
    let practitioner = practitioner(plan.seed, both.practitioner_no, plan.now);
    let pair = Pair {
        patient: person(tx, plan, Role::Patient, patient(plan.seed, both.patient_no, plan.now)).await?,
        practitioner: person(tx, plan, Role::Practitioner, practitioner).await?,
    };
    if !links::start(tx, pair, plan.now).await? {
        return Ok(());
    }
    // Of one practitioner's rooms, those of lower numbers are fresher.
    let past = converse(plan.seed, both.patient_no, both.messages, plan.now);
    write_room(tx, plan, pair, &past).await
}

async fn person(
    tx: &Tx<'_>,
    plan: &DemoPlan,
    role: Role,
    person: DemoPerson,
) -> Result<AccountId, StoreError> {
    if let Some((account, _)) = with_username(tx, &person.username).await? {
        return Ok(account);
    }
    let new = NewAccount {
        role,
        username: person.username,
        name: person.name,
        profession: person.profession,
        birth_date: person.birth_date,
        facts: person.facts,
        password_hash: plan.password_hash.clone(),
        now: person.since,
    };
    accounts::insert(tx, &new).await
}

async fn write_room(tx: &Tx<'_>, plan: &DemoPlan, pair: Pair, past: &Conversation) -> Result<(), StoreError> {
    let began = past.lines.first().map_or(plan.now, |line| line.at);
    let room = room_life::insert(tx, pair, began).await?;
    let lines = write_lines(tx, room, pair, past).await?;
    for (rev, account, up_to) in
        [(lines + 2, pair.patient, past.patient_read), (lines + 3, pair.practitioner, past.practitioner_read)]
    {
        tx.run(
            "UPDATE read_marks SET up_to = $3, delivered_to = $3, rev = $4 WHERE room_id = $1 AND account_id = $2",
            &[&room.get(), &account.get(), &up_to, &rev],
        )
        .await?;
    }
    let ended = past.lines.last().map_or(began, |line| line.at);
    tx.run(
        "UPDATE rooms SET last_seq = $2, room_rev = $3, updated_at = $4 WHERE id = $1",
        &[&room.get(), &lines, &(lines + 3), &ended.millis()],
    )
    .await?;
    Ok(())
}

/// Writes a conversation's lines in one statement; how many there were. The first revision is the room's own.
async fn write_lines(tx: &Tx<'_>, room: RoomId, pair: Pair, past: &Conversation) -> Result<i64, StoreError> {
    let patient = |role| role == Role::Patient;
    let by_patient: Vec<bool> = past.lines.iter().map(|line| patient(line.from)).collect();
    let texts: Vec<&str> = past.lines.iter().map(|line| line.text).collect();
    let urgent: Vec<bool> = past.lines.iter().map(|line| line.urgent).collect();
    let moments: Vec<i64> = past.lines.iter().map(|line| line.at.millis()).collect();
    let row = tx
        .one(
            "WITH written AS (
               INSERT INTO messages
                 (room_id, room_seq, sender_id, rev, content, urgent, composed_at, created_at, sender_no)
               SELECT $1, place, CASE WHEN by_patient THEN $2::BIGINT ELSE $3::BIGINT END, place + 1, text, urgent, at, at,
                      row_number() OVER (PARTITION BY by_patient ORDER BY place)
               FROM unnest($4::BOOLEAN[], $5::TEXT[], $6::BOOLEAN[], $7::BIGINT[]) WITH ORDINALITY
                 AS line (by_patient, text, urgent, at, place)
               ORDER BY place
               RETURNING 1)
             SELECT count(*) FROM written",
            &[
                &room.get(),
                &pair.patient.get(),
                &pair.practitioner.get(),
                &by_patient,
                &texts,
                &urgent,
                &moments,
            ],
        )
        .await?;
    at(&row, 0)
}
