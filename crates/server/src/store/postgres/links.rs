//! Who may talk to whom: links of a patient with a practitioner. An ended link leaves the room readable.
//!
//! The link's row is written before a pair's room is looked for, which locks it: nobody opens a room for the pair any
//! more, and the one there is gets locked before any feed.

use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, Timestamp};

use super::accounts::with_username;
use super::audit::{Entry, Event, audit};
use super::feed::{self, Object};
use super::tx::{Tx, at};
use super::{room_life, rooms};
pub(super) use crate::store::common::pair::Pair;
use crate::store::common::provision::may_provision;
use crate::store::{Actor, EndLinkOutcome, LinkOutcome, StoreError};

pub(super) async fn link(
    tx: &Tx<'_>,
    by: Option<Actor>,
    patient: &str,
    practitioner: &str,
    now: Timestamp,
) -> Result<LinkOutcome, StoreError> {
    if !may_provision(by) {
        return Ok(LinkOutcome::Forbidden);
    }
    let Some(patient) = with_role(tx, patient, Role::Patient).await? else {
        return Ok(LinkOutcome::NoSuchPatient);
    };
    let Some(practitioner) = with_role(tx, practitioner, Role::Practitioner).await? else {
        return Ok(LinkOutcome::NoSuchPractitioner);
    };
    let pair = Pair { patient, practitioner };
    if !start(tx, pair, now).await? {
        return Ok(LinkOutcome::AlreadyLinked);
    }
    lock_room(tx, pair).await?;
    audit(tx, Entry::new(Event::Linked, by).about(patient.get()), now).await?;
    audit(tx, Entry::new(Event::Linked, by).about(practitioner.get()), now).await?;
    tell_of_each_other(tx, pair, now).await?;
    room_life::reopen(tx, pair, now).await?;
    Ok(LinkOutcome::Linked)
}

pub(super) async fn end(
    tx: &Tx<'_>,
    by: Option<Actor>,
    patient: &str,
    practitioner: &str,
    now: Timestamp,
) -> Result<EndLinkOutcome, StoreError> {
    if !may_provision(by) {
        return Ok(EndLinkOutcome::Forbidden);
    }
    let patient = with_role(tx, patient, Role::Patient).await?;
    let practitioner = with_role(tx, practitioner, Role::Practitioner).await?;
    let (Some(patient), Some(practitioner)) = (patient, practitioner) else {
        return Ok(EndLinkOutcome::NotLinked);
    };
    let pair = Pair { patient, practitioner };
    if !stop(tx, pair, now).await? {
        return Ok(EndLinkOutcome::NotLinked);
    }
    let has_room = lock_room(tx, pair).await?;
    audit(tx, Entry::new(Event::LinkEnded, by).about(patient.get()), now).await?;
    audit(tx, Entry::new(Event::LinkEnded, by).about(practitioner.get()), now).await?;
    if !has_room {
        tell_of_each_other(tx, pair, now).await?; // Delivered as `gone`.
    }
    room_life::end_membership(tx, pair, now).await?;
    Ok(EndLinkOutcome::Ended)
}

/// Locks a pair's room; whether there is one.
async fn lock_room(tx: &Tx<'_>, pair: Pair) -> Result<bool, StoreError> {
    match room_life::of_pair(tx, pair).await? {
        Some(room) => Ok(rooms::lock(tx, room).await?.is_some()),
        None => Ok(false),
    }
}

/// Both feeds are locked before either is written to.
async fn tell_of_each_other(tx: &Tx<'_>, pair: Pair, now: Timestamp) -> Result<(), StoreError> {
    for (reader, other) in pair.in_order() {
        feed::append(tx, &[reader], &Object::person(other), now).await?;
    }
    Ok(())
}

async fn with_role(tx: &Tx<'_>, username: &str, role: Role) -> Result<Option<AccountId>, StoreError> {
    let found = with_username(tx, username).await?;
    Ok(found.filter(|(_, found)| *found == role).map(|(account, _)| account))
}

/// Links them; false if they were.
pub(super) async fn start(tx: &Tx<'_>, pair: Pair, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .run(
            "INSERT INTO links (patient_id, practitioner_id, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (patient_id, practitioner_id) DO UPDATE SET created_at = $3, ended_at = NULL
             WHERE links.ended_at IS NOT NULL",
            &[&pair.patient.get(), &pair.practitioner.get(), &now.millis()],
        )
        .await?;
    Ok(changed == 1)
}

/// Ends their link; false if there was none.
async fn stop(tx: &Tx<'_>, pair: Pair, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .run(
            "UPDATE links SET ended_at = $3
             WHERE patient_id = $1 AND practitioner_id = $2 AND ended_at IS NULL",
            &[&pair.patient.get(), &pair.practitioner.get(), &now.millis()],
        )
        .await?;
    Ok(changed == 1)
}

/// Whether a link holds now; it does so until this transaction ends.
pub(super) async fn holds(tx: &Tx<'_>, pair: Pair) -> Result<bool, StoreError> {
    let row = tx
        .maybe(
            "SELECT 1 FROM links WHERE patient_id = $1 AND practitioner_id = $2 AND ended_at IS NULL FOR SHARE",
            &[&pair.patient.get(), &pair.practitioner.get()],
        )
        .await?;
    row.map(|row| at::<i32>(&row, 0)).transpose().map(|held| held.is_some())
}
