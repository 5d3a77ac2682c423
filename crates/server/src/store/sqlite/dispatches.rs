//! What is to be sent outside: taken by workers under a lease, ended, listed, tried again.

use bedside_protocol::Timestamp;
use bedside_protocol::wire::Channel;
use rusqlite::{Connection, Row, named_params, params};
use uuid::Uuid;

use super::audit::{Entry, Event, audit};
use super::writer::Write;
use crate::store::common::dispatch::{
    DETAILS, FAILED_LINES, GAUGES, LINES, RETRY_ALL, RETRY_ONE, Seen, withdraws,
};
use crate::store::common::outreach::{GAUGE_COUNTS, channel};
use crate::store::common::provision::may_provision;
use crate::store::{Actor, DispatchLine, Ended, Lease, OutreachGauges, StoreError, Taken, Which};

pub(super) fn take(tx: &Write<'_>, by: Channel, lease: Lease, limit: u32) -> Result<Taken, StoreError> {
    let ids: Vec<i64> = tx
        .prepare_cached(
            "SELECT id FROM dispatches WHERE state = 'waiting' AND channel = ?3 AND due_at <= ?1
             ORDER BY urgent DESC, due_at LIMIT ?2",
        )?
        .query_map(params![lease.now.millis(), limit, by.as_str()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut taken = Taken::default();
    for id in ids {
        let seen =
            tx.prepare_cached(DETAILS)?.query_row(named_params! { "$1": id }, |row| Ok(seen_at(row)))?;
        let seen = seen?;
        match withdraws(&seen) {
            Some(problem) => {
                withdraw(tx, id, problem, lease.now)?;
                taken.withdrawn += 1;
            }
            None => {
                claim(tx, id, lease)?;
                taken.dispatches.extend(seen.into_dispatch(id));
            }
        }
    }
    Ok(taken)
}

fn claim(tx: &Write<'_>, id: i64, lease: Lease) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE dispatches SET due_at = ?2, lease = ?3, tries = tries + 1 WHERE id = ?1")?
        .execute([id, lease.until.millis(), lease.mark])?;
    Ok(())
}

fn withdraw(tx: &Write<'_>, id: i64, problem: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE dispatches SET state = 'withdrawn', problem = ?2, finished_at = ?3 WHERE id = ?1",
    )?
    .execute(params![id, problem, now.millis()])?;
    Ok(())
}

fn seen_at(row: &Row<'_>) -> Result<Seen, StoreError> {
    Ok(Seen {
        key: Uuid::from_bytes(row.get(0)?),
        channel: channel(&row.get::<_, String>(1)?)?,
        urgent: row.get(2)?,
        room: row.get(3)?,
        tries: row.get(4)?,
        since: row.get(5)?,
        language: row.get(6)?,
        disabled: row.get(7)?,
        address: row.get(8)?,
        stopped: row.get(9)?,
        stop_token: row.get(10)?,
        read: row.get(11)?,
    })
}

pub(super) fn end(
    tx: &Write<'_>,
    (id, lease): (i64, i64),
    ended: &Ended,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row = ended.row(now);
    let changed = tx
        .prepare_cached(
            "UPDATE dispatches SET state = ?3, problem = ?4, gateway_id = ?5, finished_at = ?6,
               due_at = coalesce(?7, due_at), lease = 0
             WHERE id = ?1 AND lease = ?2 AND state = 'waiting'",
        )?
        .execute(params![id, lease, row.state, row.problem, row.gateway_id, row.finished_at, row.due_at])?;
    if changed > 0 && matches!(ended, Ended::Failed { stop: true, .. }) {
        tx.prepare_cached(
            "UPDATE contacts SET stopped_at = ?2 WHERE stopped_at IS NULL AND (account_id, channel) =
               (SELECT account_id, channel FROM dispatches WHERE id = ?1)",
        )?
        .execute([id, now.millis()])?;
    }
    Ok(changed > 0)
}

pub(super) fn list(
    db: &Connection,
    by: Option<Actor>,
    which: Which,
    limit: u32,
) -> Result<Vec<DispatchLine>, StoreError> {
    if !may_provision(by) {
        return Ok(Vec::new());
    }
    let mut statement = db.prepare_cached(match which {
        Which::All => LINES,
        Which::Failed => FAILED_LINES,
    })?;
    let mut rows = statement.query(named_params! { "$1": limit })?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(DispatchLine {
            id: row.get(0)?,
            username: row.get(1)?,
            channel: channel(&row.get::<_, String>(2)?)?,
            urgent: row.get(3)?,
            state: row.get(4)?,
            tries: row.get(5)?,
            problem: row.get(6)?,
            gateway_id: row.get(7)?,
            created_at: Timestamp(row.get(8)?),
            finished_at: row.get::<_, Option<i64>>(9)?.map(Timestamp),
        });
    }
    Ok(lines)
}

/// The day that it has to be handed over begins anew.
pub(super) fn retry(
    tx: &Write<'_>,
    by: Option<Actor>,
    id: Option<i64>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    if !may_provision(by) {
        return Ok(0);
    }
    let (sql, from) = id.map_or((RETRY_ALL, 0), |id| (RETRY_ONE, id));
    let changed = tx.prepare_cached(sql)?.execute(named_params! { "$1": from, "$2": now.millis() })?;
    if changed > 0 {
        let entry = Entry { object: id, ..Entry::new(Event::DispatchesRetried, by) };
        audit(tx, entry, now)?;
    }
    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
}

pub(super) fn gauges(db: &Connection) -> Result<OutreachGauges, StoreError> {
    let gauges = db.prepare_cached(GAUGES)?.query_row(named_params! { "$1": GAUGE_COUNTS }, |row| {
        Ok(OutreachGauges { checks: row.get(0)?, waiting: row.get(1)?, failed: row.get(2)? })
    })?;
    Ok(gauges)
}
