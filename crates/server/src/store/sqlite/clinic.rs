//! What the clinic says of itself.

use bedside_protocol::wire::Clinic;
use bedside_protocol::{Rev, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::audit::{Entry, Event, audit};
use super::writer::Write;
use crate::store::common::clinic::{changed, content_from_text, hours_from_text, hours_to_text};
use crate::store::common::provision::may_provision;
use crate::store::{Actor, ClinicChange, ClinicOutcome, StoreError};

pub(super) fn clinic(db: &Connection) -> Result<Clinic, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT name, phone, emergency_number, time_zone, warn_other_patient, rev, practitioners_export, hours,
                    notification_content
             FROM clinic WHERE only_row = 1",
        )?
        .query_row([], |row| Ok((clinic_at(row)?, row.get::<_, String>(7)?, row.get::<_, String>(8)?)))
        .optional()?;
    match found {
        Some((clinic, hours, content)) => Ok(Clinic {
            hours: hours_from_text(&hours)?,
            notification_content: content_from_text(&content)?,
            ..clinic
        }),
        None => Ok(Clinic::default()),
    }
}

/// All but its hours and what notifications may say.
fn clinic_at(row: &Row<'_>) -> rusqlite::Result<Clinic> {
    Ok(Clinic {
        name: row.get(0)?,
        phone: row.get(1)?,
        emergency_number: row.get(2)?,
        time_zone: row.get(3)?,
        warn_other_patient: row.get(4)?,
        rev: Rev(row.get(5)?),
        practitioners_export: row.get(6)?,
        ..Clinic::default()
    })
}

pub(super) fn set(
    tx: &Write<'_>,
    by: Option<Actor>,
    change: &ClinicChange,
    now: Timestamp,
) -> Result<ClinicOutcome, StoreError> {
    if !may_provision(by) {
        return Ok(ClinicOutcome::Forbidden);
    }
    let held = clinic(tx)?;
    let next = changed(&held, change.clone(), now);
    if next == held {
        return Ok(ClinicOutcome::Unchanged(held));
    }
    write(tx, &next)?;
    audit(tx, Entry::new(Event::ClinicChanged, by), now)?;
    Ok(ClinicOutcome::Changed(next))
}

fn write(tx: &Write<'_>, clinic: &Clinic) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO clinic (only_row, name, phone, emergency_number, hours, time_zone, warn_other_patient, rev,
                             practitioners_export, notification_content)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (only_row) DO UPDATE SET name = ?1, phone = ?2, emergency_number = ?3, hours = ?4,
           time_zone = ?5, warn_other_patient = ?6, rev = ?7, practitioners_export = ?8, notification_content = ?9",
    )?
    .execute(params![
        clinic.name,
        clinic.phone,
        clinic.emergency_number,
        hours_to_text(&clinic.hours)?,
        clinic.time_zone,
        clinic.warn_other_patient,
        clinic.rev.get(),
        clinic.practitioners_export,
        clinic.notification_content.as_str(),
    ])?;
    Ok(())
}
