//! Who may talk to whom: links of a patient with a practitioner. An ended link leaves the room readable.

use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::accounts::with_username;
use super::audit::{Entry, Event, audit};
use super::feed::{self, Object};
use super::room_life;
use super::writer::Write;
pub(super) use crate::store::common::pair::Pair;
use crate::store::common::provision::may_provision;
use crate::store::{Actor, EndLinkOutcome, LinkOutcome, StoreError};

pub(super) fn link(
    tx: &Write<'_>,
    by: Option<Actor>,
    patient: &str,
    practitioner: &str,
    now: Timestamp,
) -> Result<LinkOutcome, StoreError> {
    if !may_provision(by) {
        return Ok(LinkOutcome::Forbidden);
    }
    let Some(patient) = with_role(tx, patient, Role::Patient)? else {
        return Ok(LinkOutcome::NoSuchPatient);
    };
    let Some(practitioner) = with_role(tx, practitioner, Role::Practitioner)? else {
        return Ok(LinkOutcome::NoSuchPractitioner);
    };
    let pair = Pair { patient, practitioner };
    if !start(tx, pair, now)? {
        return Ok(LinkOutcome::AlreadyLinked);
    }
    audit(tx, Entry::new(Event::Linked, by).about(patient.get()), now)?;
    audit(tx, Entry::new(Event::Linked, by).about(practitioner.get()), now)?;
    for (reader, other) in pair.in_order() {
        feed::append(tx, reader, &Object::person(other), now)?;
    }
    room_life::reopen(tx, pair, now)?;
    Ok(LinkOutcome::Linked)
}

pub(super) fn end(
    tx: &Write<'_>,
    by: Option<Actor>,
    patient: &str,
    practitioner: &str,
    now: Timestamp,
) -> Result<EndLinkOutcome, StoreError> {
    if !may_provision(by) {
        return Ok(EndLinkOutcome::Forbidden);
    }
    let (Some(patient), Some(practitioner)) =
        (with_role(tx, patient, Role::Patient)?, with_role(tx, practitioner, Role::Practitioner)?)
    else {
        return Ok(EndLinkOutcome::NotLinked);
    };
    let pair = Pair { patient, practitioner };
    if !stop(tx, pair, now)? {
        return Ok(EndLinkOutcome::NotLinked);
    }
    audit(tx, Entry::new(Event::LinkEnded, by).about(patient.get()), now)?;
    audit(tx, Entry::new(Event::LinkEnded, by).about(practitioner.get()), now)?;
    if room_life::of_pair(tx, pair)?.is_none() {
        for (reader, other) in pair.in_order() {
            feed::append(tx, reader, &Object::person(other), now)?; // Delivered as `gone`.
        }
    }
    room_life::end_membership(tx, pair, now)?;
    Ok(EndLinkOutcome::Ended)
}

fn with_role(tx: &Write<'_>, username: &str, role: Role) -> Result<Option<AccountId>, StoreError> {
    let found = with_username(tx, username)?;
    Ok(found.filter(|(_, found)| *found == role).map(|(account, _)| account))
}

/// Links them; false if they were.
pub(super) fn start(tx: &Write<'_>, pair: Pair, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "INSERT INTO links (patient_id, practitioner_id, created_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (patient_id, practitioner_id) DO UPDATE SET created_at = ?3, ended_at = NULL
             WHERE ended_at IS NOT NULL",
        )?
        .execute(params![pair.patient.get(), pair.practitioner.get(), now.millis()])?;
    Ok(changed == 1)
}

/// Ends their link; false if there was none.
fn stop(tx: &Write<'_>, pair: Pair, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE links SET ended_at = ?3
             WHERE patient_id = ?1 AND practitioner_id = ?2 AND ended_at IS NULL",
        )?
        .execute(params![pair.patient.get(), pair.practitioner.get(), now.millis()])?;
    Ok(changed == 1)
}

/// Whether a link holds now.
pub(super) fn holds(tx: &Write<'_>, pair: Pair) -> Result<bool, StoreError> {
    let found = tx
        .prepare_cached(
            "SELECT 1 FROM links WHERE patient_id = ?1 AND practitioner_id = ?2 AND ended_at IS NULL",
        )?
        .query_row(params![pair.patient.get(), pair.practitioner.get()], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}
