//! What the clinic says of itself.

use bedside_protocol::wire::Clinic;
use bedside_protocol::{Rev, Timestamp};
use tokio_postgres::Row;

use super::audit::{Entry, Event, audit};
use super::tx::{Tx, at};
use crate::store::common::clinic::{changed, content_from_text, hours_from_text, hours_to_text};
use crate::store::common::provision::may_provision;
use crate::store::{Actor, ClinicChange, ClinicOutcome, StoreError};

const COLUMNS: &str =
    "SELECT name, phone, emergency_number, hours, time_zone, warn_other_patient, rev, practitioners_export,
                              notification_content
                       FROM clinic WHERE only_row = 1";

pub(super) async fn clinic(tx: &Tx<'_>) -> Result<Clinic, StoreError> {
    let row = tx.maybe(COLUMNS, &[]).await?;
    row.as_ref().map_or_else(|| Ok(Clinic::default()), clinic_at)
}

fn clinic_at(row: &Row) -> Result<Clinic, StoreError> {
    Ok(Clinic {
        name: at(row, 0)?,
        phone: at(row, 1)?,
        emergency_number: at(row, 2)?,
        hours: hours_from_text(at(row, 3)?)?,
        time_zone: at(row, 4)?,
        warn_other_patient: at(row, 5)?,
        rev: Rev(at(row, 6)?),
        practitioners_export: at(row, 7)?,
        notification_content: content_from_text(at(row, 8)?)?,
    })
}

pub(super) async fn set(
    tx: &Tx<'_>,
    by: Option<Actor>,
    change: ClinicChange,
    now: Timestamp,
) -> Result<ClinicOutcome, StoreError> {
    if !may_provision(by) {
        return Ok(ClinicOutcome::Forbidden);
    }
    // Whoever else changes it waits: each change builds on the one before.
    tx.script("LOCK TABLE clinic IN SHARE ROW EXCLUSIVE MODE").await?;
    let held = clinic(tx).await?;
    let next = changed(&held, change, now);
    if next == held {
        return Ok(ClinicOutcome::Unchanged(held));
    }
    write(tx, &next).await?;
    audit(tx, Entry::new(Event::ClinicChanged, by), now).await?;
    Ok(ClinicOutcome::Changed(next))
}

async fn write(tx: &Tx<'_>, clinic: &Clinic) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO clinic (only_row, name, phone, emergency_number, hours, time_zone, warn_other_patient, rev,
                             practitioners_export, notification_content)
         VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (only_row) DO UPDATE SET name = $1, phone = $2, emergency_number = $3, hours = $4,
           time_zone = $5, warn_other_patient = $6, rev = $7, practitioners_export = $8,
           notification_content = $9",
        &[
            &clinic.name,
            &clinic.phone,
            &clinic.emergency_number,
            &hours_to_text(&clinic.hours)?,
            &clinic.time_zone,
            &clinic.warn_other_patient,
            &clinic.rev.get(),
            &clinic.practitioners_export,
            &clinic.notification_content.as_str(),
        ],
    )
    .await?;
    Ok(())
}
