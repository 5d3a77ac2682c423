//! Filling a new database with the clinic that [`crate::demo`] plans.
//!
//! Some pairs go into one transaction each time, so that the writer's log stays small. What is there already is left
//! as it is: an interrupted fill is finished by running it again. Past messages have no feed rows; clients begin
//! with a snapshot.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::Ordering;

use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::SqliteStore;
use super::accounts::{self, with_username};
use super::audit::{Entry, Event, audit};
use super::links;
use super::room_life;
use super::writer::Write;
use crate::demo::{Conversation, DemoPerson, converse, patient, practitioner};
use crate::store::common::demo::{DemoPair, chunks};
use crate::store::common::pair::Pair;
use crate::store::model::NotDemo;
use crate::store::{DemoPlan, DemoProgress, NewAccount, StoreError};

pub(super) async fn fill(
    store: &SqliteStore,
    plan: DemoPlan,
    progress: DemoProgress,
) -> Result<Result<(), NotDemo>, StoreError> {
    if !store.write(claim).await? {
        return Ok(Err(NotDemo));
    }
    store.inner.demo.store(true, Ordering::Release);
    let total = u64::from(plan.pairs) + u64::from(plan.clinic);
    for rooms in chunks(&plan) {
        let (plan, done) = (plan.clone(), u64::from(rooms.end));
        store.write(move |tx| write_rooms(tx, &plan, rooms.clone())).await?;
        progress(done, total);
    }
    Ok(Ok(()))
}

/// Marks the database as demo; false if it holds real accounts.
fn claim(tx: &Write<'_>) -> Result<bool, StoreError> {
    let demo = tx.query_row("SELECT 1 FROM meta WHERE key = 'demo'", [], |_| Ok(())).optional()?;
    if demo.is_some() {
        return Ok(true);
    }
    if tx.query_row("SELECT EXISTS (SELECT 1 FROM accounts)", [], |row| row.get(0))? {
        return Ok(false);
    }
    tx.execute("INSERT INTO meta (key, value) VALUES ('demo', '1')", [])?;
    Ok(true)
}

fn write_rooms(tx: &Write<'_>, plan: &DemoPlan, rooms: Range<u32>) -> Result<(), StoreError> {
    for room in rooms {
        write_pair(tx, plan, DemoPair::of_room(plan, room))?;
    }
    audit(tx, Entry::new(Event::DemoFilled, None), plan.now)
}

/// Links a patient with a practitioner, both made if missing, and gives their new room its past.
fn write_pair(tx: &Write<'_>, plan: &DemoPlan, both: DemoPair) -> Result<(), StoreError> {
    let practitioner = practitioner(plan.seed, both.practitioner_no, plan.now);
    let pair = Pair {
        patient: person(tx, plan, Role::Patient, patient(plan.seed, both.patient_no, plan.now))?,
        practitioner: person(tx, plan, Role::Practitioner, practitioner)?,
    };
    if !links::start(tx, pair, plan.now)? {
        return Ok(());
    }
    // Of one practitioner's rooms, those of lower numbers are fresher.
    let past = converse(plan.seed, both.patient_no, both.messages, plan.now);
    write_room(tx, plan, pair, &past)
}

fn person(tx: &Write<'_>, plan: &DemoPlan, role: Role, person: DemoPerson) -> Result<AccountId, StoreError> {
    if let Some((account, _)) = with_username(tx, &person.username)? {
        return Ok(account);
    }
    accounts::insert(
        tx,
        &NewAccount {
            role,
            username: person.username,
            name: person.name,
            profession: person.profession,
            birth_date: person.birth_date,
            facts: person.facts,
            password_hash: plan.password_hash.clone(),
            now: person.since,
        },
    )
}

fn write_room(tx: &Write<'_>, plan: &DemoPlan, pair: Pair, past: &Conversation) -> Result<(), StoreError> {
    let began = past.lines.first().map_or(plan.now, |line| line.at);
    let room = room_life::insert(tx, pair, began)?;
    let mut rev = 1;
    let mut written: HashMap<AccountId, i64> = HashMap::new();
    for (place, line) in (1_i64..).zip(&past.lines) {
        rev += 1;
        let author = if line.from == Role::Patient { pair.patient } else { pair.practitioner };
        let sender_no = written.entry(author).and_modify(|count| *count += 1).or_insert(1);
        tx.prepare_cached(
            "INSERT INTO messages
               (room_id, room_seq, sender_id, rev, content, urgent, composed_at, created_at, sender_no)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)",
        )?
        .execute(params![
            room.get(),
            place,
            author.get(),
            rev,
            line.text,
            line.urgent,
            line.at.millis(),
            *sender_no
        ])?;
    }
    for (account, up_to) in [(pair.patient, past.patient_read), (pair.practitioner, past.practitioner_read)] {
        rev += 1;
        tx.prepare_cached(
            "UPDATE read_marks SET up_to = ?3, delivered_to = ?3, rev = ?4 WHERE room_id = ?1 AND account_id = ?2",
        )?
        .execute(params![room.get(), account.get(), up_to, rev])?;
    }
    let ended = past.lines.last().map_or(began, |line| line.at);
    finish(tx, room.get(), past.lines.len(), rev, ended)
}

fn finish(tx: &Write<'_>, room: i64, messages: usize, rev: i64, at: Timestamp) -> Result<(), StoreError> {
    let last = i64::try_from(messages).unwrap_or(i64::MAX);
    tx.prepare_cached("UPDATE rooms SET last_seq = ?2, room_rev = ?3, updated_at = ?4 WHERE id = ?1")?
        .execute(params![room, last, rev, at.millis()])?;
    Ok(())
}
