//! What is to be sent outside: taken by workers under a lease, ended, listed, tried again.

use bedside_protocol::Timestamp;
use bedside_protocol::wire::Channel;
use futures_util::future::try_join_all;
use tokio_postgres::Row;

use super::audit::{Entry, Event, audit};
use super::tx::{Tx, at};
use crate::store::common::dispatch::{
    DETAILS, FAILED_LINES, GAUGES, LINES, RETRY_ALL, RETRY_ONE, Seen, withdraws,
};
use crate::store::common::outreach::{GAUGE_COUNTS, channel};
use crate::store::common::provision::may_provision;
use crate::store::{Actor, DispatchLine, Ended, Lease, OutreachGauges, StoreError, Taken, Which};

const DUE: &str = "SELECT id FROM dispatches WHERE state = 'waiting' AND channel = $3 AND due_at <= $1
    ORDER BY urgent DESC, due_at LIMIT $2 FOR UPDATE SKIP LOCKED";
const CLAIM: &str = "UPDATE dispatches SET due_at = $2, lease = $3, tries = tries + 1 WHERE id = ANY($1)";
const WITHDRAW: &str = "UPDATE dispatches d SET state = 'withdrawn', problem = gone.problem, finished_at = $3
    FROM unnest($1::BIGINT[], $2::TEXT[]) AS gone (id, problem) WHERE d.id = gone.id";

pub(super) async fn take(tx: &Tx<'_>, by: Channel, lease: Lease, limit: u32) -> Result<Taken, StoreError> {
    let rows = tx.rows(DUE, &[&lease.now.millis(), &i64::from(limit), &by.as_str()]).await?;
    let ids = rows.iter().map(|row| at(row, 0)).collect::<Result<Vec<i64>, _>>()?;
    if ids.is_empty() {
        return Ok(Taken::default());
    }
    let [details] = tx.prepared([DETAILS]).await?;
    let details = &details;
    let found = try_join_all(ids.iter().map(|id| async move { tx.ask(details, &[id]).await })).await?;
    let (mut taken, mut claimed) = (Taken::default(), Vec::new());
    let (mut gone, mut problems) = (Vec::new(), Vec::new());
    for (id, rows) in ids.into_iter().zip(&found) {
        let Some(row) = rows.first() else { continue };
        let seen = seen_at(row)?;
        match withdraws(&seen) {
            Some(problem) => {
                gone.push(id);
                problems.push(problem);
                taken.withdrawn += 1;
            }
            None => {
                claimed.push(id);
                taken.dispatches.extend(seen.into_dispatch(id));
            }
        }
    }
    tx.run(WITHDRAW, &[&gone, &problems, &lease.now.millis()]).await?;
    tx.run(CLAIM, &[&claimed, &lease.until.millis(), &lease.mark]).await?;
    Ok(taken)
}

fn seen_at(row: &Row) -> Result<Seen, StoreError> {
    Ok(Seen {
        key: at(row, 0)?,
        channel: channel(at(row, 1)?)?,
        urgent: at(row, 2)?,
        room: at(row, 3)?,
        tries: at(row, 4)?,
        since: at(row, 5)?,
        language: at(row, 6)?,
        disabled: at(row, 7)?,
        address: at(row, 8)?,
        stopped: at(row, 9)?,
        stop_token: at(row, 10)?,
        read: at(row, 11)?,
    })
}

pub(super) async fn end(
    tx: &Tx<'_>,
    (id, lease): (i64, i64),
    ended: &Ended,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row = ended.row(now);
    let changed = tx
        .run(
            "UPDATE dispatches SET state = $3, problem = $4, gateway_id = $5, finished_at = $6,
               due_at = coalesce($7, due_at), lease = 0
             WHERE id = $1 AND lease = $2 AND state = 'waiting'",
            &[&id, &lease, &row.state, &row.problem, &row.gateway_id, &row.finished_at, &row.due_at],
        )
        .await?;
    if changed > 0 && matches!(ended, Ended::Failed { stop: true, .. }) {
        tx.run(
            "UPDATE contacts SET stopped_at = $2 WHERE stopped_at IS NULL AND (account_id, channel) =
               (SELECT account_id, channel FROM dispatches WHERE id = $1)",
            &[&id, &now.millis()],
        )
        .await?;
    }
    Ok(changed > 0)
}

pub(super) async fn list(
    tx: &Tx<'_>,
    by: Option<Actor>,
    which: Which,
    limit: u32,
) -> Result<Vec<DispatchLine>, StoreError> {
    if !may_provision(by) {
        return Ok(Vec::new());
    }
    let sql = match which {
        Which::All => LINES,
        Which::Failed => FAILED_LINES,
    };
    let rows = tx.rows(sql, &[&i64::from(limit)]).await?;
    rows.iter().map(line_at).collect()
}

fn line_at(row: &Row) -> Result<DispatchLine, StoreError> {
    Ok(DispatchLine {
        id: at(row, 0)?,
        username: at(row, 1)?,
        channel: channel(at(row, 2)?)?,
        urgent: at(row, 3)?,
        state: at(row, 4)?,
        tries: u32::try_from(at::<i64>(row, 5)?).unwrap_or(u32::MAX),
        problem: at(row, 6)?,
        gateway_id: at(row, 7)?,
        created_at: Timestamp(at(row, 8)?),
        finished_at: at::<Option<i64>>(row, 9)?.map(Timestamp),
    })
}

/// The day that it has to be handed over begins anew.
pub(super) async fn retry(
    tx: &Tx<'_>,
    by: Option<Actor>,
    id: Option<i64>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    if !may_provision(by) {
        return Ok(0);
    }
    let (sql, from) = id.map_or((RETRY_ALL, 0), |id| (RETRY_ONE, id));
    let changed = tx.run(sql, &[&from, &now.millis()]).await?;
    if changed > 0 {
        let entry = Entry { object: id, ..Entry::new(Event::DispatchesRetried, by) };
        audit(tx, entry, now).await?;
    }
    Ok(changed)
}

pub(super) async fn gauges(tx: &Tx<'_>) -> Result<OutreachGauges, StoreError> {
    let row = tx.one(GAUGES, &[&GAUGE_COUNTS]).await?;
    Ok(OutreachGauges { checks: at(&row, 0)?, waiting: at(&row, 1)?, failed: at(&row, 2)? })
}
